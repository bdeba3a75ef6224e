"""One edit of one route, measured and judged in full, beside the bare geometry calls.

An edit is one move of the pointer while a vertex of a route of 12 segments and 500 m is dragged.

The peer is given what nobody is given: the roads and greens that the route really meets, so
that it needs no index; and it judges nothing. Both run in turn on the same moves in one process;
the ratio is the figure to read, not the milliseconds. Pipelines lie in the town and in the way
of nobody: conflicts with them are not part of an edit yet.
"""

from __future__ import annotations

import argparse
import functools
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, TypeVar

import numpy as np
import shapely

from benchmarks.town import make_town, random_routes
from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.policy_file import read_policy
from neixiang_survey_plugin.places import rules_folder

ON = date(2026, 11, 22)
WIDTH_M = 1.6
T = TypeVar("T")
SIZES = (20_000, 200_000, 1_000_000)


class Trees(NamedTuple):
    """The indexes that the peer's candidates are found with."""

    roads: shapely.STRtree
    greens: shapely.STRtree


class Candidates:
    """What the peer is handed: the right pairs, found beforehand and not timed."""

    def __init__(self, line: shapely.LineString, county: County, trees: Trees) -> None:
        points = shapely.get_coordinates(line)
        segments = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
        segment, road = trees.roads.query(segments, predicate="intersects")
        strip = working_strip(line)
        roads = county.layers["roads"].geometry
        greens = county.layers["green_spaces"].geometry
        self.segments, self.entered = segments[segment], roads[road]
        self.touched = roads[trees.roads.query(strip, predicate="dwithin", distance=0.1)]
        self.greens = greens[trees.greens.query(strip, predicate="dwithin", distance=0.1)]


def working_strip(line: shapely.LineString) -> shapely.Polygon:
    """The strip as every program has to draw it."""
    return shapely.buffer(line, WIDTH_M / 2, cap_style="flat", join_style="mitre", mitre_limit=5.0)


def bare_calls(line: shapely.LineString, found: Candidates) -> tuple[float, float]:
    """The shapely calls that the same figures take: metres inside roads, square metres of green.

    Segment by segment, since a whole line's intersection dissolves a line that doubles back;
    where each piece begins and ends along its segment; which roads the strip touches, and which
    lie within the layer's accuracy; the patches, where they lie (for the scale factor), their
    total with each place once.
    """
    strip = working_strip(line)
    pieces, owner = shapely.get_parts(
        shapely.intersection(found.segments, found.entered), return_index=True
    )
    for end in (0, -1):
        shapely.line_locate_point(found.segments[owner], shapely.get_point(pieces, end))
    inside_m = shapely.length(pieces).sum()
    shapely.prepare(strip)
    shapely.intersects(strip, found.touched)
    shapely.dwithin(strip, found.touched, 0.1)
    patches = shapely.intersection(strip, found.greens)
    shapely.area(patches)
    shapely.centroid(patches)
    return float(inside_m), float(shapely.area(shapely.union_all(patches)))


def drags(county: County, count: int, moves: int) -> Iterator[list[shapely.LineString]]:
    """Routes whose one vertex follows the pointer: some decimetres from move to move."""
    random = np.random.default_rng(5)
    for line in random_routes(county, count):
        points = shapely.get_coordinates(line)
        vertex = random.integers(0, len(points))
        steps = np.cumsum(random.normal(0.0, 0.4, (moves, 2)), axis=0)
        dragged = np.repeat(points[None], moves, axis=0)
        dragged[:, vertex] += steps
        yield list(shapely.linestrings(dragged))


def run(features: int, count: int, moves: int) -> tuple[float, float, float, float]:
    """Median and 99th percentile in milliseconds: ours, then the bare calls'."""
    policy = read_policy(rules_folder() / "neixiang_2022.toml")
    county = make_town(features, policy)
    checker = Checker(county)
    assert checker.ground.roads is not None
    assert checker.ground.greens is not None
    trees = Trees(checker.ground.roads.tree, checker.ground.greens.tree)
    live = LiveCheck(checker, [], ON)
    ours, bare = [], []
    for lines in drags(county, count, moves):
        for number, line in enumerate(lines):
            route = Route("edited", "water", line, applicant_kind="company", unit="water")
            candidates = Candidates(line, county, trees)
            if number % 2:
                our_ms, results = _timed(functools.partial(live.put, route))
                bare_ms, answer = _timed(functools.partial(bare_calls, line, candidates))
            else:
                bare_ms, answer = _timed(functools.partial(bare_calls, line, candidates))
                our_ms, results = _timed(functools.partial(live.put, route))
            _check_same(results[0].measures, answer)
            ours.append(our_ms)
            bare.append(bare_ms)
    quantiles = [float(np.quantile(times, q)) for times in (ours, bare) for q in (0.5, 0.99)]
    return quantiles[0], quantiles[1], quantiles[2], quantiles[3]


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    begin = time.perf_counter()
    answer = call()
    return (time.perf_counter() - begin) * 1e3, answer


def _check_same(measures: RouteMeasures, answer: tuple[float, float]) -> None:
    """Both must have measured the same thing, or the ratio says nothing."""
    inside_m = sum(crossing.length_m for crossing in measures.roads.crossings)
    green_m2 = measures.green.strip.at_least
    factor = measures.grid_length_m / measures.length_m
    assert abs(inside_m * factor - answer[0]) < 1e-3, (inside_m * factor, answer[0])
    assert abs(green_m2 * factor**2 - answer[1]) < 1e-3, (green_m2, answer[1])


def main() -> None:
    """Print the table for every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--routes", type=int, default=60)
    parser.add_argument("--moves", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    print("| features a layer | ours median | ours p99 | bare median | bare p99 | median | p99 |")
    print("|---:|---:|---:|---:|---:|---:|---:|")
    for features in options.sizes:
        median, p99, bare_median, bare_p99 = run(features, options.routes, options.moves)
        print(
            f"| {features:,} | {median:.3f} ms | {p99:.3f} ms | {bare_median:.3f} ms "
            f"| {bare_p99:.3f} ms | {median / bare_median:.2f} x | {p99 / bare_p99:.2f} x |"
        )


if __name__ == "__main__":
    main()
