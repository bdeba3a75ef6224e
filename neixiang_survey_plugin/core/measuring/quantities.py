"""What lines dig up and take, piece by piece: trench, road surface by pavement, green by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.ground import Ground, prepare_ground
from neixiang_survey_plugin.core.measuring.inside import cut_at_vertices, metres_inside
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay, trench_strips
from neixiang_survey_plugin.core.measuring.measures import RoadFacts
from neixiang_survey_plugin.core.measuring.occupation import ellipsoidal_area_m2
from neixiang_survey_plugin.core.measuring.strips import open_cut
from neixiang_survey_plugin.core.routes import Route

_SPECK_M2 = 1e-6  # what two polygons share by rounding is no piece of ground
_SPECK_M = 1e-6


@dataclass(frozen=True)
class TrenchQuantity:
    """What is dug and bored of one line: metres on the ellipsoid, widths on the grid.

    ``area_m2`` is the ground of trench and pits, None where the trench's width is unknown.
    """

    route_id: str
    utility: str
    open_m: float
    width_m: float | None
    area_m2: float | None
    bored_m: float


@dataclass(frozen=True)
class RoadQuantity:
    """The surface of one kind that the trench of one line opens in one road.

    ``surface_kind`` and ``pavement`` are None where the layer of surfaces does not say.
    ``length_m`` is the centre line's open-cut part on it; ``area_m2`` None without a trench width.
    """

    route_id: str
    road: RoadFacts
    surface_kind: str | None
    pavement: str | None
    length_m: float
    width_m: float | None
    area_m2: float | None


@dataclass(frozen=True)
class GreenQuantity:
    """The ground that the works of one line take of one green space, working strip and pits."""

    route_id: str
    green_id: str
    name: str | None
    green_kind: str | None
    length_m: float
    width_m: float | None
    area_m2: float | None


@dataclass(frozen=True)
class Quantities:
    """What lines dig up and take, in the order of the lines."""

    trenches: tuple[TrenchQuantity, ...]
    roads: tuple[RoadQuantity, ...]
    greens: tuple[GreenQuantity, ...]


@dataclass(frozen=True, eq=False)
class _Laid:
    """One line: its open-cut segments, the ground of its trench and of its works."""

    route: Route
    segments: Geometries
    trench_width_m: float | None
    working_width_m: float | None
    trench: Geometry | None
    strip: Geometry | None


def measure_quantities(routes: Sequence[Route], county: County) -> Quantities:
    """The quantities of lines on a county, each line for itself."""
    if not routes:
        return Quantities((), (), ())
    ground = prepare_ground(county)
    laid = lay(routes, ground)
    ones = [_laid(laid, row, one) for row, one in enumerate(_trenches(laid))]
    surfaces, greens = county.layers.get("surfaces"), county.layers.get("green_spaces")
    return Quantities(
        trenches=tuple(_trench(one, county.grid) for one in ones),
        roads=tuple(row for one in ones for row in _roads(one, ground, surfaces)),
        greens=tuple(row for one in ones for row in _greens(one, greens, county.grid)),
    )


def _trenches(laid: LaidRoutes) -> Geometries:
    """The trench and pits of each line; None where the width is unknown and something is dug."""
    trenches = trench_strips(laid, np.ones(len(laid), dtype=bool)).whole
    trenches[np.isnan(laid.trench_m) & laid.dug] = None
    return trenches


def _laid(laid: LaidRoutes, row: int, trench: Geometry | None) -> _Laid:
    cuts = open_cut(laid.lines, row, laid.routes[row].trenchless)
    unknown = bool(laid.width_missing[row] or laid.pit_missing[row])
    return _Laid(
        route=laid.routes[row],
        segments=cut_at_vertices(cuts),
        trench_width_m=_known(laid.trench_m[row]),
        working_width_m=_known(laid.width_m[row]),
        trench=None if laid.pit_missing[row] else trench,
        strip=None if unknown else laid.strip[row],
    )


def _trench(one: _Laid, grid: Grid) -> TrenchQuantity:
    bored_m = sum(bore.to_m - bore.from_m for bore in one.route.trenchless)
    area_m2 = None if one.trench is None else _m2(one.trench, grid)
    return TrenchQuantity(
        one.route.route_id,
        one.route.utility,
        metres_inside(one.segments, None, grid),
        one.trench_width_m,
        area_m2,
        bored_m,
    )


def _roads(one: _Laid, ground: Ground, surfaces: FeatureTable | None) -> Iterator[RoadQuantity]:
    """One row a road, kind of surface and pavement, in the order of the layers."""
    roads = ground.roads
    if roads is None:
        return
    reach = one.route.line if one.trench is None else one.trench
    for part in sorted(roads.tree.query(reach, predicate="intersects").tolist()):
        facts = roads.facts(int(roads.road[part]))
        for kind, pavement, area in _covered(roads.areas[part], reach, surfaces):
            length_m = metres_inside(one.segments, area, ground.grid)
            area_m2 = None
            if one.trench is not None:
                area_m2 = _m2(shapely.intersection(one.trench, area), ground.grid)
            if length_m > _SPECK_M or (area_m2 or 0.0) > _SPECK_M2:
                width_m = one.trench_width_m
                yield RoadQuantity(
                    one.route.route_id, facts, kind, pavement, length_m, width_m, area_m2
                )


def _covered(
    road: Geometry, reach: Geometry, surfaces: FeatureTable | None
) -> Iterator[tuple[str | None, str | None, Geometry]]:
    """A road by what covers it near a line; the rest, of which nobody says anything, comes last."""
    rest = road
    if surfaces is not None:
        tree = surfaces.tree
        pieces: dict[tuple[str | None, str | None], list[Geometry]] = {}
        for part in sorted(tree.query(reach, predicate="intersects").tolist()):
            row = surfaces.feature[part]
            said = surfaces.columns["surface_kind"][row], surfaces.columns["pavement"][row]
            pieces.setdefault(said, []).append(surfaces.geometry[part])
        for (kind, pavement), areas in pieces.items():
            own = shapely.intersection(rest, shapely.union_all(areas))
            rest = shapely.difference(rest, own)
            yield kind, pavement, own
    yield None, None, rest


def _greens(one: _Laid, greens: FeatureTable | None, grid: Grid) -> Iterator[GreenQuantity]:
    """One row a green space that the works take ground of."""
    if greens is None:
        return
    reach = one.route.line if one.strip is None else one.strip
    tree = greens.tree
    parts = sorted(tree.query(reach, predicate="intersects").tolist())
    for row in dict.fromkeys(int(greens.feature[part]) for part in parts):
        area = shapely.union_all(greens.geometry[greens.feature == row])
        length_m = metres_inside(one.segments, area, grid)
        area_m2 = None
        if one.strip is not None:
            area_m2 = _m2(shapely.intersection(one.strip, area), grid)
        if length_m > _SPECK_M or (area_m2 or 0.0) > _SPECK_M2:
            yield GreenQuantity(
                one.route.route_id,
                str(greens.ids[row]),
                greens.columns["name"][row],
                greens.columns["green_kind"][row],
                length_m,
                one.working_width_m,
                area_m2,
            )


def _m2(area: Geometry, grid: Grid) -> float:
    parts = np.array([one for one in shapely.get_parts(area) if one.area > 0.0], dtype=np.object_)
    return float(ellipsoidal_area_m2(parts, grid).sum()) if len(parts) else 0.0


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
