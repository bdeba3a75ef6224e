"""From drawn streets to road areas: sections, junctions, and who owns the ground there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from shapely import LineString, Point, Polygon, STRtree, union_all
from shapely.geometry.base import BaseGeometry

from sample_county.blocks import GROWN_GRAIN, OLD_TOWN_GRAIN, cut_block
from sample_county.curves import cut_at, polygons, strip, to_grain
from sample_county.lattice import lattice_streets
from sample_county.names import street_names
from sample_county.place import MAPPED_BOX, dice
from sample_county.skeleton import BUILT_UP, OLD_TOWN, StreetLine, main_roads

RANK = {"expressway": 0, "highway": 1, "arterial": 2, "secondary": 3, "local": 4, "other": 5}
_CORNER_M = 14.0  # radius of the rounded corners at junctions of main roads
_LONGEST_CORNER_M2 = 260.0


@dataclass(frozen=True)
class Section:
    """A stretch of street between junctions.

    ``area`` is what the road layer shows, ``own`` the part of it that no higher road owns, so
    that the ``own`` of all sections cover the ground once.
    """

    street: StreetLine
    axis: LineString
    area: Polygon
    own: BaseGeometry


def all_streets(seed: int) -> list[StreetLine]:
    """Every street of the county: drawn main roads, the zone's lattice, and cut blocks."""
    drawn = [*main_roads(), *lattice_streets()]
    return [*drawn, *_grown_streets(drawn, seed)]


def _grown_streets(drawn: Sequence[StreetLine], seed: int) -> list[StreetLine]:
    ground = union_all([strip(s.axis, s.width_m / 2) for s in drawn])
    chance, names = dice(seed, "blocks"), street_names()
    grown: list[StreetLine] = []
    for block in sorted(polygons(MAPPED_BOX.difference(ground), 8_000.0), key=_north_west):
        spot = block.representative_point()
        if not BUILT_UP.contains(spot):
            continue
        grain = OLD_TOWN_GRAIN if OLD_TOWN.contains(spot) else GROWN_GRAIN
        inside = block.intersection(BUILT_UP.buffer(30.0))
        for piece in polygons(inside, 8_000.0):
            for cut in cut_block(piece, grain, chance):
                kind = "other" if cut.lane else "local"
                name = next(names) + ("巷" if cut.lane else "街")
                key = f"g{len(grown):03d}"
                grown.append(StreetLine(key, name, kind, cut.width_m, cut.axis))
    return grown


def _north_west(block: Polygon) -> tuple[float, float]:
    return (-round(block.centroid.y), round(block.centroid.x))


def sections_of(streets: Sequence[StreetLine]) -> list[Section]:
    """All sections, the higher class first; areas to the millimetre."""
    ordered = sorted(streets, key=lambda s: RANK[s.road_class])
    pieces = [(s, axis) for s in ordered for axis in cut_at(s.axis, _ends(s, ordered), 18.0)]
    return _with_corners(_owned(pieces))


def _ends(street: StreetLine, streets: Iterable[StreetLine]) -> list[float]:
    """Where a street is cut: at the main network, the zone's rows (h...) at its columns too."""
    if street.key.startswith("g"):
        return []
    lowest = RANK["local"] if street.key.startswith("h") else RANK["secondary"]
    stations = [float(street.axis.project(Point(p))) for p in street.ends_at]
    for other in streets:
        if other is street or RANK[other.road_class] > lowest or other.key.startswith("g"):
            continue
        for part in _points(street.axis.intersection(other.axis)):
            stations.append(float(street.axis.project(part)))
    return stations


def _points(geometry: BaseGeometry) -> list[Point]:
    return [g for g in getattr(geometry, "geoms", [geometry]) if isinstance(g, Point)]


def _owned(pieces: Sequence[tuple[StreetLine, LineString]]) -> list[Section]:
    strips = [to_grain(strip(axis, street.width_m / 2)) for street, axis in pieces]
    tree = STRtree(strips)
    out: list[Section] = []
    for i, (street, axis) in enumerate(pieces):
        higher = [strips[j] for j in tree.query(strips[i], "intersects") if j < i]
        own = to_grain(strips[i].difference(union_all(higher)))
        whole = strips[i] if street.overlaps else _largest(own)
        if whole is not None:
            out.append(Section(street, axis, whole, own if street.overlaps else whole))
    return out


def _largest(geometry: BaseGeometry) -> Polygon | None:
    return max(polygons(geometry, 30.0), key=lambda p: p.area, default=None)


def _with_corners(sections: list[Section]) -> list[Section]:
    """Main junctions get rounded corners; each belongs to the highest road beside it."""
    ground = union_all([s.own for s in sections])
    closed = ground.buffer(_CORNER_M).buffer(-_CORNER_M)
    corners = [
        c for c in polygons(to_grain(closed.difference(ground)), 0.5) if c.area < _LONGEST_CORNER_M2
    ]
    tree = STRtree([s.own for s in sections])
    gained: dict[int, list[Polygon]] = {}
    for corner in corners:
        beside = sorted(int(j) for j in tree.query(corner, "dwithin", distance=0.002))
        if beside and RANK[sections[beside[0]].street.road_class] <= RANK["secondary"]:
            gained.setdefault(beside[0], []).append(corner)
    return [_grown(s, gained.get(i, [])) for i, s in enumerate(sections)]


def _grown(section: Section, corners: list[Polygon]) -> Section:
    if not corners:
        return section
    own = to_grain(union_all([section.own, *corners]))
    grown = to_grain(union_all([section.area, *corners]))
    area = _largest(grown) or section.area
    return replace(section, own=own if section.street.overlaps else area, area=area)
