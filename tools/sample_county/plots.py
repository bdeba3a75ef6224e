"""Parcels and the buildings on them: rows of flats, courtyards, sheds, villages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from shapely import Point, Polygon, box, prepare, union_all
from shapely.affinity import rotate
from shapely.geometry.base import BaseGeometry

from sample_county.blocks import Grain, cut_block
from sample_county.curves import Ground, box_corners, polygons, strip, to_grain
from sample_county.place import MAPPED_BOX, Point2, dice
from sample_county.rows import BuildingRow, SiteRow
from sample_county.skeleton import BUILT_UP, OLD_TOWN

_ZONE = Polygon([(4190, 1520), (6240, 1520), (6240, 5030), (4420, 4960), (4150, 3800)])
_FREE_OF_ROUTE_M = 3.5
_FIELDS_M2 = 600_000.0  # a block larger than this is open land


@dataclass(frozen=True)
class Pattern:
    """How buildings of one kind stand: size, gaps, distance to the parcel's edge, storeys."""

    length_m: float
    depth_m: float
    gap_x_m: float
    gap_y_m: float
    setback_m: float
    keep: float
    heights_m: tuple[float, ...]


_FLATS = Pattern(54.0, 14.0, 14.0, 32.0, 11.0, 0.93, (18.5, 18.5, 33.0, 54.0))
_TOWERS = Pattern(30.0, 17.0, 24.0, 38.0, 12.0, 0.9, (54.0, 78.0, 99.0))
_COURTS = Pattern(17.0, 11.0, 4.0, 7.0, 3.0, 0.85, (3.5, 6.5, 9.5))
_SHOPS = Pattern(44.0, 14.0, 8.0, 18.0, 4.0, 0.9, (6.5, 9.5, 12.5))
_SHEDS = Pattern(66.0, 30.0, 14.0, 16.0, 11.0, 0.9, (9.0, 12.0, 15.0))
_WORKS = Pattern(50.0, 22.0, 16.0, 18.0, 9.0, 0.85, (6.0, 9.0, 12.0))
_FARMS = Pattern(15.0, 10.0, 8.0, 12.0, 1.0, 0.72, (3.5, 6.5))

_LINE_M = (0.02, 0.02)
_OLD_PARCELS = Grain(15_000.0, 60.0, _LINE_M, _LINE_M, 0.0, 0.0, 4.0)
_GROWN_PARCELS = Grain(48_000.0, 120.0, _LINE_M, _LINE_M, 0.0, 0.0, 2.0)
_VILLAGES: list[tuple[Point2, float]] = [
    ((380, 300), 190.0), ((2330, 250), 210.0), ((3120, 5900), 190.0), ((4690, 330), 150.0),
    ((300, 4010), 190.0), ((5700, 5400), 150.0),
]  # fmt: skip
_USES = ("小区", "家园", "苑", "学校", "商场", "市场", "办公楼")
_TRADES = ("食品", "机械", "纺织", "建材", "电子", "包装", "仓储", "农机", "光电", "饲料")


def parcels(blocks: Sequence[Polygon], case_sites: Sequence[SiteRow], seed: int) -> list[SiteRow]:
    """The sites of the cases first, then what is left of each block cut into parcels."""
    chance = dice(seed, "parcels")
    rows = list(case_sites)
    taken = union_all([s.geometry for s in case_sites]).buffer(0.5, join_style="mitre")
    for block in blocks:
        if not _is_town(block):
            continue
        grain = _OLD_PARCELS if OLD_TOWN.contains(block.centroid) else _GROWN_PARCELS
        cuts = [c for p in polygons(block, 900.0) for c in cut_block(p, grain, chance)]
        ground = block.difference(taken)
        for cut in cuts:
            ground = ground.difference(strip(cut.axis, 0.05))
        for piece in polygons(to_grain(ground), 700.0):
            rows.append(_parcel(len(rows) - len(case_sites) + 1, piece, chance))
    return rows


def _is_town(block: Polygon) -> bool:
    spot = block.representative_point()
    return block.area < _FIELDS_M2 and (BUILT_UP.contains(spot) or _ZONE.contains(spot))


def _parcel(number: int, piece: Polygon, chance: Random) -> SiteRow:
    if _ZONE.contains(piece.centroid):
        name = f"示例{chance.choice(_TRADES)}厂{number}号"
        return SiteRow(f"D{number:04d}", name, f"示例{number}号企业", piece)
    return SiteRow(f"D{number:04d}", f"示例{number}号{chance.choice(_USES)}", None, piece)


def building_rows(
    sites: Sequence[SiteRow], routes: BaseGeometry, keep_out: BaseGeometry, seed: int
) -> list[BuildingRow]:
    """Buildings in every parcel and village, clear of roads, greens and the lines of the cases."""
    chance = dice(seed, "buildings")
    prepare(keep_out)
    lines = routes.buffer(_FREE_OF_ROUTE_M)
    prepare(lines)
    drawn = [b for site in sites for b in _on_parcel(site.geometry, chance)]
    drawn += [b for at, size_m in _VILLAGES for b in _village(at, size_m, chance)]
    rows: list[BuildingRow] = []
    for shape, height_m in drawn:
        if shape.intersects(lines) or shape.intersects(keep_out):
            continue
        height = None if chance.random() < 0.02 else height_m
        rows.append(BuildingRow(f"B{len(rows) + 1:04d}", height, to_grain(shape)))
    return rows


def _on_parcel(parcel: Polygon, chance: Random) -> list[tuple[Polygon, float]]:
    spot, angle_deg = parcel.centroid, _south(parcel)
    if _ZONE.contains(spot):
        return _filled(parcel, chance.choice((_SHEDS, _SHEDS, _WORKS)), angle_deg, chance)
    if not OLD_TOWN.contains(spot):
        choices = (_FLATS, _FLATS, _FLATS, _TOWERS, _SHOPS)
        return _filled(parcel, chance.choice(choices), angle_deg, chance)
    large = _filled(parcel, chance.choice((_COURTS, _SHOPS, _FLATS)), angle_deg, chance)
    room = parcel.difference(union_all([shape for shape, _ in large]).buffer(5.0))
    small = [b for p in polygons(room, 300.0) for b in _filled(p, _COURTS, angle_deg, chance)]
    return [*large, *small]


def _south(parcel: Polygon) -> float:
    """The angle of the parcel's own box nearest to east-west: houses face about south."""
    corners = box_corners(parcel)
    dx, dy = corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]
    angle = math.degrees(math.atan2(dy, dx)) % 90.0
    return angle - 90.0 if angle > 45.0 else angle


def _filled(
    parcel: Polygon, pattern: Pattern, angle_deg: float, chance: Random
) -> list[tuple[Polygon, float]]:
    room = rotate(parcel.buffer(-pattern.setback_m), -angle_deg, origin=(0, 0))
    if room.is_empty:
        return []
    prepare(room)
    x0, y0, x1, y1 = room.bounds
    height_m = chance.choice(pattern.heights_m)
    out: list[tuple[Polygon, float]] = []
    y = y0
    while y + pattern.depth_m <= y1:
        x = x0
        while x + 0.6 * pattern.length_m <= x1:
            length_m = pattern.length_m * chance.uniform(0.8, 1.05)
            house = box(x, y, x + length_m, y + pattern.depth_m * chance.uniform(0.88, 1.05))
            if chance.random() < pattern.keep and room.contains(house):
                out.append((rotate(house, angle_deg, origin=(0, 0)), height_m))
                x += length_m + pattern.gap_x_m
            else:
                x += 0.35 * pattern.length_m
        y += pattern.depth_m + pattern.gap_y_m
    return out


def _village(at: Point2, size_m: float, chance: Random) -> list[tuple[Polygon, float]]:
    """Farmhouses on an uneven patch of ground, all turned alike."""
    patches = [
        Point(chance.gauss(at[0], 0.45 * size_m), chance.gauss(at[1], 0.3 * size_m)).buffer(
            size_m * chance.uniform(0.3, 0.6), quad_segs=4
        )
        for _ in range(5)
    ]
    ground = union_all(patches).intersection(MAPPED_BOX.buffer(-30.0))
    angle_deg = chance.uniform(-12.0, 12.0)
    return [b for p in polygons(ground, 900.0) for b in _filled(p, _FARMS, angle_deg, chance)]


def free_of(blocks: Sequence[Polygon], greens: Sequence[Polygon]) -> list[Polygon]:
    """What of the blocks no green space covers."""
    ground = Ground(greens)
    return [p for block in blocks for p in polygons(to_grain(ground.free(block)), 500.0)]
