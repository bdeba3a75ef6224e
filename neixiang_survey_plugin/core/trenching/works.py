"""What is dug and taken in one set of works, and what several sets come to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import Column, Geometries
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.crooked import MITRE_LIMIT
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.occupation import ellipsoidal_area_m2
from neixiang_survey_plugin.core.measuring.polylines import cut_into_segments
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.trees import Tree

# What two polygons share by rounding is no piece of ground, and what parts them by rounding no gap.
_SPECK_M2 = 1e-6
_SAME_PLACE_M = 1e-6
UNKNOWN_PAVEMENT = "unknown"


@dataclass(frozen=True)
class Trench:
    """One trench: its axis, its width, what is dug of each metre, how wide the works are there.

    Planar grid metres and square metres; None is unknown.
    """

    axis: LineString
    width_m: float | None
    section_m2: float | None
    working_m: float | None


@dataclass(frozen=True)
class Works:
    """What is dug in one go, under one closure of each road."""

    trenches: tuple[Trench, ...]

    @property
    def dug(self) -> Geometry | None:
        """The ground that is dug open; None where a width is not known."""
        return _ground([(one.axis, one.width_m) for one in self.trenches])

    @property
    def taken(self) -> Geometry | None:
        """The ground that the works take; None where a width is not known."""
        return _ground([(one.axis, one.working_m) for one in self.trenches])


@dataclass(frozen=True)
class Figures:
    """What works come to; lengths and areas on the ellipsoid, None is unknown.

    ``openings`` are connected pieces of working strip within roads, each set of works for itself;
    ``closures`` how often a road is closed. ``road_m2`` is the road surface dug open by pavement,
    ``green_m2`` the green space taken, each place once. ``cost`` is in yuan.
    """

    trench_m: float
    openings: int | None
    closures: int | None
    road_m2: Mapping[str, float] | None
    green_m2: float | None
    earth_m3: float | None
    cost: float | None


@dataclass(frozen=True, eq=False)
class WorksGround:
    """The layers that works are measured on; a layer that is None leaves its figure unknown."""

    grid: Grid
    roads: RoadLayer | None
    greens: AreaLayer | None
    surfaces: Geometries | None
    pavement: Column | None
    tree: Tree | None
    prices: Mapping[str, float] = field(default_factory=dict)


def works_ground(county: County, ground: Ground) -> WorksGround:
    """The layers of a county for measuring works."""
    table = county.layers.get("surfaces")
    return WorksGround(
        grid=county.grid,
        roads=ground.roads,
        greens=ground.greens,
        surfaces=None if table is None else table.geometry,
        pavement=None if table is None else table.columns["pavement"][table.feature],
        tree=None if table is None else table.tree,
        prices=county.prices,
    )


def strip_of(axis: LineString, width_m: float) -> Geometry:
    """The ground along an axis: flat ends, mitred bends, as working strips are measured."""
    return shapely.buffer(
        axis, width_m / 2.0, cap_style="flat", join_style="mitre", mitre_limit=MITRE_LIMIT
    )


def joined(grounds: Sequence[Geometry]) -> Geometry:
    """Grounds as one; neighbours that rounding has parted by less than a micrometre are joined."""
    return shapely.union_all(grounds, grid_size=_SAME_PLACE_M)


def measure_works(works: Sequence[Works], ground: WorksGround) -> Figures:
    """What sets of works come to, each done for itself."""
    trenches = [trench for one in works for trench in one.trenches]
    lengths_m = _lengths_m(trenches, ground.grid)
    earth_m3 = _summed(
        None if one.section_m2 is None else one.section_m2 * length_m
        for one, length_m in zip(trenches, lengths_m, strict=True)
    )
    road_m2 = _added([_road_m2(one.dug, ground) for one in works])
    green_m2 = _green_m2(works, ground)
    return Figures(
        trench_m=math.fsum(lengths_m),
        openings=_whole(_openings(one.taken, ground) for one in works),
        closures=_whole(_closures(one.taken, ground) for one in works),
        road_m2=road_m2,
        green_m2=green_m2,
        earth_m3=earth_m3,
        cost=_cost(earth_m3, road_m2, green_m2, ground.prices),
    )


def _ground(strips: Iterable[tuple[LineString, float | None]]) -> Geometry | None:
    grounds = []
    for axis, width_m in strips:
        if width_m is None:
            return None
        grounds.append(strip_of(axis, width_m))
    return joined(grounds)


def _lengths_m(trenches: Sequence[Trench], grid: Grid) -> list[float]:
    if not trenches:
        return []
    total_m: list[float] = cut_into_segments([one.axis for one in trenches], grid).total_m.tolist()
    return total_m


def _summed(figures: Iterable[float | None]) -> float | None:
    found = list(figures)
    known = [one for one in found if one is not None]
    return math.fsum(known) if len(known) == len(found) else None


def _whole(figures: Iterable[int | None]) -> int | None:
    total = _summed(figures)
    return None if total is None else int(total)


def _parts(layer: RoadLayer, taken: Geometry) -> tuple[Geometries, Column]:
    """The parts of city roads and highways that a ground meets, with the road of each."""
    rows = layer.tree.query(taken, "intersects")
    rows = rows[layer.counted[layer.road[rows]]]
    return layer.areas[rows], layer.road_id[layer.road[rows]]


def _openings(taken: Geometry | None, ground: WorksGround) -> int | None:
    if taken is None or ground.roads is None:
        return None
    areas, _ = _parts(ground.roads, taken)
    pieces = shapely.get_parts(shapely.intersection(taken, shapely.union_all(areas)))
    return int((shapely.area(pieces) > _SPECK_M2).sum())


def _closures(taken: Geometry | None, ground: WorksGround) -> int | None:
    if taken is None or ground.roads is None:
        return None
    areas, ids = _parts(ground.roads, taken)
    inside = shapely.area(shapely.intersection(taken, areas)) > _SPECK_M2
    return len(set(ids[inside].tolist()))


def _road_m2(dug: Geometry | None, ground: WorksGround) -> Mapping[str, float] | None:
    """The road surface in a ground by pavement; what no surface covers is of unknown pavement."""
    if dug is None or ground.roads is None:
        return None
    within = shapely.intersection(dug, shapely.union_all(_parts(ground.roads, dug)[0]))
    found: dict[str, float] = {}
    covered = []
    if ground.tree is not None and ground.surfaces is not None and ground.pavement is not None:
        rows = ground.tree.query(within, "intersects")
        for row in rows.tolist():
            piece = shapely.intersection(within, ground.surfaces[row])
            name = ground.pavement[row] or UNKNOWN_PAVEMENT
            found[name] = found.get(name, 0.0) + _m2(piece, ground.grid)
            covered.append(piece)
    rest = shapely.difference(within, shapely.union_all(covered)) if covered else within
    if shapely.area(rest) > _SPECK_M2:
        found[UNKNOWN_PAVEMENT] = found.get(UNKNOWN_PAVEMENT, 0.0) + _m2(rest, ground.grid)
    return {name: area for name, area in sorted(found.items()) if area > _SPECK_M2}


def _green_m2(works: Sequence[Works], ground: WorksGround) -> float | None:
    """The green space that all works take, each place once."""
    strips = [one.taken for one in works]
    if ground.greens is None or any(one is None for one in strips):
        return None
    taken = shapely.union_all([one for one in strips if one is not None])
    rows = ground.greens.tree.query(taken, "intersects")
    areas = ground.greens.areas[rows]
    return _m2(shapely.intersection(taken, shapely.union_all(areas)), ground.grid)


def _m2(geometry: Geometry, grid: Grid) -> float:
    parts = np.array([one for one in shapely.get_parts(geometry) if one.area > 0.0], dtype=object)
    return float(ellipsoidal_area_m2(parts, grid).sum()) if len(parts) else 0.0


def _added(figures: Sequence[Mapping[str, float] | None]) -> Mapping[str, float] | None:
    added: dict[str, float] = {}
    for one in figures:
        if one is None:
            return None
        for name, area_m2 in one.items():
            added[name] = added.get(name, 0.0) + area_m2
    return dict(sorted(added.items()))


def _cost(
    earth_m3: float | None,
    road_m2: Mapping[str, float] | None,
    green_m2: float | None,
    prices: Mapping[str, float],
) -> float | None:
    """Yuan for earth, pavement and green; None where a figure or its price is not known."""
    if road_m2 is None:
        return None
    items = [("trench_m3", earth_m3), ("green_m2", green_m2)]
    items += [(f"{name}_m2", area_m2) for name, area_m2 in road_m2.items()]
    total = 0.0
    for name, amount in items:
        if amount is None or (amount > 0.0 and name not in prices):
            return None
        total += amount * prices.get(name, 0.0)
    return total
