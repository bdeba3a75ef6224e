"""Conflicts of one edit beside the bare shapely distances, and of a thousand routes at once.

The town has so many mains of all utilities, most of their facts known. The peer of one edit is
given the mains near the route and nothing to judge: it asks shapely for the distance of each,
the nearest points, the crossings, where the line is nearer than it may be, and where that begins
and ends along it. No levels, no crossings exempt, no classes: what comes out is not yet an
answer. Both run in turn on the same moves in one process; the ratio is the figure to read.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import shapely

from benchmarks.town import make_town, random_routes
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.live_conflicts import LiveConflicts
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.vocabulary import PIPELINE_UTILITY
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.policy_file import read_policy
from neixiang_survey_plugin.places import rules_folder

SIZES = (20_000, 200_000)
REACH_M = 2.0
UTILITIES = np.array(list(PIPELINE_UTILITY), dtype=object)
PRESSURES = np.array(["low", "medium_b", "medium_a"], dtype=object)
LAYINGS = np.array(["direct", "direct", "duct", None], dtype=object)


def furnished(features: int, seed: int = 5) -> County:
    """A town whose mains have utilities, widths and depths; one in ten lacks its cover."""
    county = make_town(features, read_policy(rules_folder() / "neixiang_2022.toml"))
    pipes = county.layers["pipelines"]
    random = np.random.default_rng(seed)
    count = len(pipes)
    utility = random.choice(UTILITIES, count)
    columns = {
        **pipes.columns,
        "utility": utility,
        "laying": random.choice(LAYINGS, count),
        "diameter_mm": random.choice([110.0, 200.0, 300.0, 500.0], count),
        "pressure_class": np.where(utility == "gas", random.choice(PRESSURES, count), None),
        "voltage_kv": np.where(utility == "power", 10.0, np.nan).astype(float),
        "cover_m": np.where(random.random(count) < 0.1, np.nan, random.uniform(0.7, 3.0, count)),
        "position_accuracy_m": np.full(count, 0.15),
    }
    return replace(
        county,
        layers={"roads": county.layers["roads"], "pipelines": replace(pipes, columns=columns)},
    )


def as_route(number: int, line: shapely.LineString) -> Route:
    """A route of which everything is known."""
    utility = ("water", "power", "gas", "heat", "telecom")[number % 5]
    return Route(
        f"r{number}",
        utility,
        line,
        diameter_mm=110.0,
        laying="direct",
        pressure_class="medium_a" if utility == "gas" else None,
        voltage_kv=10.0 if utility == "power" else None,
        cover_m=1.1,
    )


def bare_calls(line: shapely.LineString, near: np.ndarray) -> float:
    """The shapely calls that the geometry alone takes, for the right mains."""
    distance = shapely.distance(line, near)
    shapely.shortest_line(line, near)
    shapely.intersection(line, near)
    inside = shapely.intersection(line, shapely.buffer(near, REACH_M))
    for end in (0, -1):
        shapely.line_locate_point(line, shapely.get_point(shapely.get_parts(inside), end))
    return float(distance.sum())


def edits(county: County, count: int) -> tuple[list[float], list[float], list[float], float]:
    """Seconds of each edit: ours, the bare calls, the distances alone; and mains a route."""
    search = ConflictSearch(county, load_clearances())
    live = LiveConflicts(search)
    lines = random_routes(county, count)
    mains = county.layers["pipelines"].geometry
    tree = shapely.STRtree(mains)
    ours, bare, distances, near_count = [], [], [], 0
    for number, line in enumerate(lines):
        near = mains[tree.query(line, predicate="dwithin", distance=REACH_M)]
        near_count += len(near)
        route = replace(as_route(0, line), utility="water")
        calls: list[tuple[list[float], Callable[[], object]]] = [
            (ours, lambda route=route: live.put(route)),
            (bare, lambda line=line, near=near: bare_calls(line, near)),
            (distances, lambda line=line, near=near: shapely.distance(line, near)),
        ]
        for times, call in calls if number % 2 else reversed(calls):
            spent = _timed(call)
            if number >= count // 10:  # the first tenth warms up
                times.append(spent)
    return ours, bare, distances, near_count / count


def _timed(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def _quantiles(times: list[float]) -> tuple[float, float]:
    median, p99 = np.quantile(times, [0.5, 0.99]) * 1e3
    return float(median), float(p99)


def main() -> None:
    """Print both tables for every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=600)
    parser.add_argument("--routes", type=int, default=1_000)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    print("| pipelines | mains a route | ours median | ours p99 | bare median | bare p99 "
          "| median | p99 | distances alone p99 |")  # fmt: skip
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    counties = [(size, furnished(size)) for size in options.sizes]
    for size, county in counties:
        ours, bare, distances, near = edits(county, options.edits)
        (median, p99), (bare_median, bare_p99) = _quantiles(ours), _quantiles(bare)
        print(
            f"| {size:,} | {near:.1f} | {median:.3f} ms | {p99:.3f} ms | {bare_median:.3f} ms "
            f"| {bare_p99:.3f} ms | {median / bare_median:.2f} x | {p99 / bare_p99:.2f} x "
            f"| {_quantiles(distances)[1]:.3f} ms |"
        )
    print()
    print("| pipelines | routes | indexing | all conflicts | conflicts |")
    print("|---:|---:|---:|---:|---:|")
    for size, county in counties:
        begin = time.perf_counter()
        search = ConflictSearch(county, load_clearances())
        indexed = time.perf_counter()
        routes = [
            as_route(number, line)
            for number, line in enumerate(random_routes(county, options.routes))
        ]
        searching = time.perf_counter()
        found = search.all_conflicts(routes)
        done = time.perf_counter()
        print(
            f"| {size:,} | {len(routes):,} | {indexed - begin:.2f} s "
            f"| {done - searching:.3f} s | {len(found):,} |"
        )


if __name__ == "__main__":
    main()
