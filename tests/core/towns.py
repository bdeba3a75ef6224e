"""Random small towns for property tests: roads, green spaces and routes near Neixiang.

Points lie on a lattice of half a metre, so that corners, shared edges and right angles meet
often. The widths of strips do not: a strip that is flush with a road to the last bit would
leave to chance whether the two touch.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import shapely
from hypothesis import strategies as st
from shapely import Geometry, LineString, affinity

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.polylines import cut_into_segments
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.io.grid_fit import fit_grid
from tests.drawn import LONG_AGO, PLANE, PROTECTED, Row, county, green, road, route

Xy = tuple[float, float]

PLACE = (578_000.0, 3_658_000.0)
ANNIVERSARY = date(2021, 11, 22)
CLASSES = ("expressway", "arterial", "secondary", "local", "highway", "other")
DELIVERIES = (LONG_AGO, PROTECTED, ANNIVERSARY, date(2021, 11, 21), date(2030, 1, 1))
STRIPS_M = (0.713_1, 1.913_7, 3.307_1)
PITS_M = ((2.113, 1.517), (1.031, 0.877))


@functools.cache
def true_grid() -> Grid:
    """The county grid of Neixiang with its scale factor."""
    return fit_grid(4546, (*PLACE, *PLACE))


@dataclass(frozen=True)
class Town:
    """Rows of roads and green spaces in a grid."""

    roads: tuple[Row, ...]
    greens: tuple[Row, ...]
    grid: Grid

    def county(self, **facts: Any) -> County:
        """The county of this town."""
        return county(self.roads, self.greens, **{"grid": self.grid, **facts})

    def moved(self, east_m: float, north_m: float) -> Town:
        """The town somewhere else on the same grid."""
        return replace(
            self,
            roads=tuple(_moved(row, east_m, north_m) for row in self.roads),
            greens=tuple(_moved(row, east_m, north_m) for row in self.greens),
        )


def _moved(row: Row, east_m: float, north_m: float) -> Row:
    return {**row, "shape": affinity.translate(row["shape"], east_m, north_m)}


_steps = st.integers(-160, 160)
_sizes = st.integers(3, 120)
_grids = st.sampled_from([PLANE, None])


def _place(east: int, north: int) -> tuple[float, float]:
    return PLACE[0] + east / 2, PLACE[1] + north / 2


def _area(*corners: tuple[int, int]) -> shapely.Polygon:
    return shapely.Polygon([_place(*corner) for corner in corners])


@st.composite
def _leaning(draw: st.DrawFn) -> tuple[Geometry, ...]:
    """Two parallelograms side by side, which share an edge at any angle."""
    e, n = draw(_steps), draw(_steps)
    along = draw(_sizes), draw(st.integers(-100, 100))
    across = draw(st.integers(-20, 20)), draw(st.integers(4, 40))
    if along[0] * across[1] - along[1] * across[0] < 40:
        across = -along[1] // 4, max(along[0] // 4, 2)
    rows = [(e + k * across[0], n + k * across[1]) for k in range(3)]
    return tuple(
        _area(
            rows[k],
            (rows[k][0] + along[0], rows[k][1] + along[1]),
            (rows[k + 1][0] + along[0], rows[k + 1][1] + along[1]),
            rows[k + 1],
        )
        for k in range(draw(st.integers(1, 2)))
    )


@st.composite
def _boxes(draw: st.DrawFn) -> tuple[Geometry, ...]:
    """A box, with a hole in it where it is large, or two boxes as one road."""
    e, n, width, height = draw(_steps), draw(_steps), draw(_sizes), draw(_sizes)
    box = shapely.box(*_place(e, n), *_place(e + width, n + height))
    other = draw(st.sampled_from(["none", "hole", "part"]))
    if other == "hole" and min(width, height) > 12:
        return (box.difference(shapely.box(*_place(e + 4, n + 3), *_place(e + 9, n + 8))),)
    if other == "part":
        away = draw(st.integers(0, 30))
        far = shapely.box(*_place(e + width + away, n), *_place(e + width + away + 12, n + 9))
        return (shapely.MultiPolygon([box, far]),)
    return (box,)


@st.composite
def lines(draw: st.DrawFn, most: int = 6) -> LineString:
    """A line on the lattice that may bend, fold back and cross itself."""
    points = draw(st.lists(st.tuples(_steps, _steps), min_size=2, max_size=most))
    if len(set(points)) == 1:
        points.append((points[0][0] + 60, points[0][1] + 1))
    return LineString([_place(*point) for point in points])


@st.composite
def snapped_lines(draw: st.DrawFn, town: Town) -> LineString:
    """A line through corners of the town's roads, places on their edges, and other points."""
    edges = [
        edge
        for row in town.roads
        for part in shapely.get_parts(row["shape"])
        for ring in ([part] if isinstance(part, LineString) else shapely.get_rings(part))
        for edge in pairwise(ring.coords)
    ]
    if not edges:
        return draw(lines())
    points = []
    for edge in draw(st.lists(st.sampled_from(edges), min_size=1, max_size=3)):
        for share in draw(st.lists(st.integers(0, 7), min_size=1, max_size=2, unique=True)):
            points.append(_on(edge, share / 7))
        if draw(st.booleans()):
            points.append(_place(draw(_steps), draw(_steps)))
    if len(set(points)) == 1:
        points.append(_place(170, 171))
    return LineString(points)


def _on(edge: tuple[Xy, Xy], share: float) -> Xy:
    (e0, n0), (e1, n1) = edge
    return e0 + share * (e1 - e0), n0 + share * (n1 - n0)


@st.composite
def _road_facts(draw: st.DrawFn, known: bool) -> dict[str, Any]:
    unknown = () if known else (None,)
    return {
        "road_class": draw(st.sampled_from(CLASSES + unknown)),
        "delivered_on": draw(st.sampled_from(DELIVERIES + unknown)),
        "overhauled_on": draw(st.sampled_from((LONG_AGO, PROTECTED, None))),
    }


@st.composite
def _roads(draw: st.DrawFn, known: bool) -> tuple[Row, ...]:
    found: list[Row] = []
    for _ in range(draw(st.integers(0, 3))):
        for shape in draw(_leaning() | _boxes()):
            width_m = draw(st.sampled_from((None, 5.0, 12.0, 30.0)))
            found.append({"shape": shape, "width_m": width_m})
    for _ in range(draw(st.integers(0, 2))):
        width_m = draw(st.sampled_from((3.5, 8.0, 21.0) if known else (3.5, 8.0, None)))
        found.append({"shape": draw(lines(3)), "width_m": width_m})
    return tuple(
        road(one["shape"], f"R{number}", width_m=one["width_m"], **draw(_road_facts(known)))
        for number, one in enumerate(found)
    )


@st.composite
def _greens(draw: st.DrawFn) -> tuple[Row, ...]:
    shapes = [s for _ in range(draw(st.integers(0, 3))) for s in draw(_leaning() | _boxes())]
    return tuple(green(shape, f"G{number}") for number, shape in enumerate(shapes))


@st.composite
def towns(draw: st.DrawFn, known: bool = False) -> Town:
    """A town; with ``known`` every fact of every road is known."""
    return Town(draw(_roads(known)), draw(_greens()), draw(_grids) or true_grid())


@st.composite
def bores(draw: st.DrawFn, length_m: float) -> tuple[Bore, ...]:
    """Up to two bores of a line of this length."""
    count = draw(st.sampled_from((0, 0, 1, 2)))
    ends = draw(st.lists(st.integers(0, 40), min_size=2 * count, max_size=2 * count, unique=True))
    metres = [length_m * end / 40 for end in sorted(ends)]
    return tuple(Bore(*pair) for pair in zip(metres[::2], metres[1::2], strict=True))


@st.composite
def routes(
    draw: st.DrawFn, grid: Grid, route_id: str = "r1", known: bool = False, most: int = 6
) -> Route:
    """A route of a company in a grid; with ``known`` its widths and pits are known."""
    line = draw(lines(most))
    unknown = () if known else (None,)
    pit = draw(st.sampled_from(PITS_M + (() if known else ((None, None),))))
    return replace(
        route(line, route_id),
        working_width_m=draw(st.sampled_from(STRIPS_M)),
        trench_width_m=draw(st.sampled_from((0.613, *unknown))),
        pit_length_m=pit[0],
        pit_width_m=pit[1],
        trenchless=draw(bores(length_m(line, grid))),
    )


def length_m(line: LineString, grid: Grid) -> float:
    """Ellipsoidal length of a line."""
    return float(cut_into_segments([line], grid).total_m[0])


def mirrored(one: Route, grid: Grid) -> Route:
    """The same route drawn from its end, its bores mirrored."""
    total_m = length_m(one.line, grid)
    return replace(
        one,
        line=one.line.reverse(),
        trenchless=tuple(
            Bore(max(total_m - bore.to_m, 0.0), total_m - bore.from_m, bore.depth_m)
            for bore in reversed(one.trenchless)
        ),
    )
