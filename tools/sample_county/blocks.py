"""Local streets and lanes of the grown town: large blocks cut again and again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from shapely import LineString, Point, Polygon

from sample_county.curves import box_corners, extended, polygons, rounded, strip
from sample_county.place import Point2


@dataclass(frozen=True)
class Grain:
    """How finely a quarter is cut: block area, street widths, share of narrow lanes."""

    target_m2: float
    least_side_m: float
    street_widths_m: tuple[float, ...]
    lane_widths_m: tuple[float, ...]
    lane_share: float
    bend_m: float
    tilt_deg: float


OLD_TOWN_GRAIN = Grain(41_000.0, 134.0, (9.0, 10.0, 12.0), (4.0, 5.0, 6.0), 0.45, 9.0, 7.0)
GROWN_GRAIN = Grain(125_000.0, 230.0, (12.0, 14.0, 16.0, 18.0), (6.0, 7.0), 0.12, 10.0, 3.0)


@dataclass(frozen=True)
class Cut:
    """A street that cuts a block in two."""

    axis: LineString
    width_m: float
    lane: bool


def cut_block(block: Polygon, grain: Grain, chance: Random) -> list[Cut]:
    """The streets inside one block, the widest first, each ending in the street it leaves."""
    cuts: list[Cut] = []
    waiting = [(block, 0)]
    while waiting:
        piece, depth = waiting.pop(0)
        if _is_small(piece, grain, chance):
            continue
        cut = _cut_once(piece, grain, depth, chance)
        if cut is None:
            continue
        cuts.append(cut)
        halves = polygons(piece.difference(strip(cut.axis, cut.width_m / 2)), 900.0)
        waiting.extend((half, depth + 1) for half in halves)
    return cuts


def _is_small(piece: Polygon, grain: Grain, chance: Random) -> bool:
    _, _, length_m, width_m = _box_of(piece)
    return (
        piece.area < grain.target_m2 * chance.uniform(0.8, 1.25)
        or length_m < 1.7 * grain.least_side_m
        or width_m < 0.5 * grain.least_side_m
    )


def _box_of(piece: Polygon) -> tuple[Point2, Point2, float, float]:
    """Long and short direction of the block's own box, and its sides."""
    corners = box_corners(piece)
    a = (corners[1][0] - corners[0][0], corners[1][1] - corners[0][1])
    b = (corners[2][0] - corners[1][0], corners[2][1] - corners[1][1])
    la, lb = math.hypot(*a), math.hypot(*b)
    ua, ub = (a[0] / la, a[1] / la), (b[0] / lb, b[1] / lb)
    return (ua, ub, la, lb) if la >= lb else (ub, ua, lb, la)


def _cut_once(piece: Polygon, grain: Grain, depth: int, chance: Random) -> Cut | None:
    long_way, short_way, length_m, _ = _box_of(piece)
    centre = piece.minimum_rotated_rectangle.centroid
    shift = chance.uniform(-0.09, 0.09) * length_m
    through = (centre.x + long_way[0] * shift, centre.y + long_way[1] * shift)
    across = _tilted(short_way, math.radians(chance.gauss(0.0, grain.tilt_deg / 2)))
    chord = _longest_inside(piece, through, across)
    lane = depth > 0 and chance.random() < grain.lane_share
    widths = grain.lane_widths_m if lane else _street_widths(grain, depth)
    width_m = chance.choice(widths)
    if chord is None:
        return None
    return Cut(extended(_bent(chord, grain.bend_m, chance), 3.0), width_m, lane)


def _street_widths(grain: Grain, depth: int) -> tuple[float, ...]:
    return grain.street_widths_m[-2:] if depth == 0 else grain.street_widths_m[:-1]


def _tilted(way: Point2, angle: float) -> Point2:
    cos, sin = math.cos(angle), math.sin(angle)
    return (way[0] * cos - way[1] * sin, way[0] * sin + way[1] * cos)


def _longest_inside(piece: Polygon, through: Point2, way: Point2) -> LineString | None:
    reach = 2000.0
    line = LineString(
        [
            (through[0] - way[0] * reach, through[1] - way[1] * reach),
            (through[0] + way[0] * reach, through[1] + way[1] * reach),
        ]
    )
    inside = line.intersection(piece)
    parts: Sequence[LineString] = [
        g for g in getattr(inside, "geoms", [inside]) if isinstance(g, LineString) and g.length > 40
    ]
    return max(parts, key=lambda part: part.length, default=None)


def _bent(chord: LineString, bend_m: float, chance: Random) -> LineString:
    """The chord with one gentle bend near its middle; about half of them stay straight."""
    if chance.random() < 0.5 or chord.length < 90.0:
        return chord
    (x0, y0), (x1, y1) = chord.coords[0], chord.coords[-1]
    at, off = chance.uniform(0.35, 0.65), chance.uniform(-bend_m, bend_m)
    normal = (-(y1 - y0) / chord.length, (x1 - x0) / chord.length)
    middle = Point(x0 + (x1 - x0) * at + normal[0] * off, y0 + (y1 - y0) * at + normal[1] * off)
    return rounded([(x0, y0), (middle.x, middle.y), (x1, y1)], 300.0)
