"""All conflicts of a thousand routes beside PostGIS, which finds the same pairs.

PostGIS gets the pairs' distances as a table of classes and answers by ST_DWithin over an index,
first which routes and mains lie nearer than their clearance and no more (in two ways, with whole
routes and with their segments: the faster one counts), then with what a conflict says of a pair:
how near, from where to where along the route, crossing where. Levels, cover, what is exempt at
crossings and ends, outcomes and who yields it is not asked; ours are all of that. Both must find
the very same pairs at the very same distances; where they do not, this ends with status 1.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import shapely

from benchmarks.bench_conflicts import as_route, furnished
from benchmarks.postgis_peer import Postgis, PostgisMissingError, postgis
from benchmarks.town import random_routes
from neixiang_survey_plugin.app.conflict_candidates import candidates
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.core.conflicts.neighbour_search import find_neighbours
from neixiang_survey_plugin.core.conflicts.neighbours import Neighbours, closest
from neixiang_survey_plugin.core.conflicts.stretches import Stretches, left_over
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.clearance_file import load_clearances

SIZES = (20_000, 200_000)
T = TypeVar("T")
Pairs = set[tuple[int, int]]

_TABLES = """
CREATE TABLE pipes (id int, class int, radius float8, geom geometry);
CREATE TABLE routes (id int, class int, radius float8, reach float8, geom geometry);
CREATE TABLE asked (r int, p int, most float8);
"""
_INDEXES = """
CREATE INDEX ON pipes USING gist (geom);
CREATE TABLE segments AS
    SELECT id, class, radius, reach, (ST_DumpSegments(geom)).geom AS geom FROM routes;
CREATE INDEX ON asked (r, p);
VACUUM ANALYZE pipes; VACUUM ANALYZE routes; VACUUM ANALYZE segments; VACUUM ANALYZE asked;
"""
# The first ST_DWithin is one that an index can answer: its distance is the route's alone.
_NEAR = """
SELECT DISTINCT r.id, p.id FROM {routes} r
JOIN pipes p ON ST_DWithin(p.geom, r.geom, r.reach)
JOIN asked a ON a.r = r.class AND a.p = p.class
WHERE ST_DWithin(p.geom, r.geom, a.most + r.radius + p.radius)
"""
_WAYS = tuple(_NEAR.format(routes=table) for table in ("routes", "segments"))
_FIGURES = """
SELECT n.r, n.p, ST_Distance(n.route, n.pipe) distance_m,
       ST_LineLocatePoint(n.route, ST_ClosestPoint(n.route, n.pipe)) nearest_at,
       ST_LineLocatePoint(n.route, ST_StartPoint(d.geom)) from_at,
       ST_LineLocatePoint(n.route, ST_EndPoint(d.geom)) to_at,
       ST_Intersection(n.route, n.pipe) crossings
FROM (SELECT r.id r, p.id p, r.geom route, p.geom pipe, a.most + r.radius + p.radius reach
      FROM routes r
      JOIN pipes p ON ST_DWithin(p.geom, r.geom, r.reach)
      JOIN asked a ON a.r = r.class AND a.p = p.class
      WHERE ST_DWithin(p.geom, r.geom, a.most + r.radius + p.radius)) n,
LATERAL ST_Dump(ST_Intersection(n.route, ST_Buffer(n.pipe, n.reach))) d
"""
_DISTANCES = f"SELECT DISTINCT r, p, distance_m FROM ({_FIGURES}) f;"
_SAME_M = 1e-6


def our_near(search: ConflictSearch, routes: list[Route]) -> Neighbours:
    """The pairs that the search looks at: nearer than their clearance somewhere."""
    every = search.courses(routes)
    layer = search.layers.pipelines
    assert layer is not None
    (segment, thing), _ = candidates(every, layer)
    return find_neighbours(
        every, layer.things, segment, thing, search.clearances.horizontal_figures
    )


def pairs_of(near: Neighbours) -> Pairs:
    """Routes and mains by their rows."""
    return set(zip(near.route.tolist(), near.thing.tolist(), strict=True))


def are_as_near(near: Neighbours, theirs: list[list[str]]) -> bool:
    """Whether the other's distances of centre lines are those of the search."""
    spans = left_over(near.stretches(), Stretches.none())
    distance_m = np.full(len(near), np.inf)
    np.minimum.at(distance_m, spans.owner, closest(near, spans).distance_m)
    pairs = zip(near.route.tolist(), near.thing.tolist(), strict=True)
    ours = dict(zip(pairs, distance_m.tolist(), strict=True))
    named = {(int(route), int(pipe)): float(metres) for route, pipe, metres in theirs}
    return ours.keys() == named.keys() and all(
        abs(ours[pair] - metres) <= _SAME_M for pair, metres in named.items()
    )


def fill(database: Postgis, search: ConflictSearch, routes: list[Route]) -> None:
    """Give the database what our search has: lines, classes, half widths, distances."""
    every = search.courses(routes)
    layer = search.layers.pipelines
    assert layer is not None
    own, things = every.things, layer.things
    database.run(_TABLES)
    wkb = shapely.to_wkb(things.geometry, hex=True)
    columns = (range(len(things)), things.table_class, things.most_radius_m, wkb)
    database.load("pipes", list(zip(*columns, strict=True)))
    radius_m = own.most_radius_m
    reach_m = layer.reach_m[own.table_class] + radius_m + things.most_radius_m.max()
    wkb = shapely.to_wkb(np.array([route.line for route in routes], dtype=object), hex=True)
    columns = (range(len(routes)), own.table_class, radius_m, reach_m, wkb)
    database.load("routes", list(zip(*columns, strict=True)))
    asked_m = search.clearances.horizontal_figures.most_m
    database.load("asked", [(r, p, asked_m[r, p]) for r, p in np.ndindex(asked_m.shape)])
    database.run(_INDEXES)


def compare(features: int, count: int, times: int) -> bool:
    """Print one row; whether both found the same pairs."""
    county = furnished(features)
    search = ConflictSearch(county, load_clearances())
    routes = [as_route(n, line) for n, line in enumerate(random_routes(county, count))]
    with postgis() as database:
        fill(database, search, routes)
        theirs_ms = min(statistics.median(database.milliseconds(way, times)) for way in _WAYS)
        figures_ms = statistics.median(database.milliseconds(_FIGURES, times))
        found = [{(int(r), int(p)) for r, p in database.run(f"{way};")} for way in _WAYS]
        distances = database.run(_DISTANCES)
    near, near_ms = _median_ms(lambda: our_near(search, routes), times)
    conflicts, all_ms = _median_ms(lambda: search.all_conflicts(routes), times)
    pairs = pairs_of(near)
    same = all(one == pairs for one in found) and are_as_near(near, distances)
    print(
        f"| {features:,} | {len(pairs):,} | {'yes' if same else 'NO'} "
        f"| {theirs_ms:,.0f} ms | {near_ms:,.0f} ms | {theirs_ms / near_ms:.2f} x "
        f"| {figures_ms:,.0f} ms | {all_ms:,.0f} ms, {len(conflicts):,} conflicts "
        f"| {figures_ms / all_ms:.2f} x | {theirs_ms / all_ms:.2f} x |"
    )
    return same


def _median_ms(call: Callable[[], T], times: int) -> tuple[T, float]:
    """What a call gives, and its median after one that is not counted."""
    answer, spent_ms = call(), []
    for _ in range(times):
        begin = time.perf_counter()
        answer = call()
        spent_ms.append((time.perf_counter() - begin) * 1e3)
    return answer, statistics.median(spent_ms)


def main() -> int:
    """Print a row for every size; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--routes", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    print("| pipelines | near pairs | the same | PostGIS, pairs | ours, pairs | PostGIS / ours "
          "| PostGIS, pairs with figures | ours, all conflicts | PostGIS / ours "
          "| PostGIS, pairs / ours, all conflicts |")  # fmt: skip
    print("|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|")
    try:
        same = [compare(size, options.routes, options.times) for size in options.sizes]
    except PostgisMissingError as error:
        print(f"Not run: {error}")
        return 0
    return 0 if all(same) else 1


if __name__ == "__main__":
    sys.exit(main())
