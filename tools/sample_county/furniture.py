"""Trees, shrubs, poles and towers, and the corridors of the master plan."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from shapely import LineString, Point, Polygon, prepare
from shapely.geometry.base import BaseGeometry

from sample_county.curves import single_line, to_grain
from sample_county.network import Section
from sample_county.place import MAPPED_BOX, dice
from sample_county.rows import GreenRow, ObstacleRow, PlanRow
from sample_county.skeleton import StreetLine

_TREES_APART_M = {"arterial": 22.0, "secondary": 32.0}
_TREE_FROM_RED_LINE_M = 3.4
_LAMPS_APART_M = 84.0
_POWER_LINE = LineString(
    [(40, 1150), (560, 1700), (520, 3300), (480, 4700), (860, 5760), (2400, 5960)]
)
_SPAN_M = 210.0
_PLAN_YEAR = 2035.0


def obstacle_rows(
    sections: Sequence[Section], greens: Sequence[GreenRow], routes: BaseGeometry, seed: int
) -> list[ObstacleRow]:
    """Street trees and lamps in rows, park trees and shrubs at random, towers of one line."""
    chance = dice(seed, "obstacles")
    clear = routes.buffer(2.0)
    prepare(clear)
    drawn: list[tuple[str, Point]] = []
    for section in sections:
        drawn.extend(_street_rows(section))
    for green in greens:
        count = round(green.geometry.area / (1100.0 if green.green_kind == "park" else 1500.0))
        for _ in range(min(count, 60)):
            spot = _random_spot(green.geometry, chance.random(), chance.random())
            kind = "shrub" if chance.random() < 0.4 else "tree"
            if green.geometry.contains(spot):
                drawn.append((kind, spot))
    drawn.extend(("tower", p) for p in _along(_POWER_LINE, _SPAN_M, 0.0))
    kept = [(kind, p) for kind, p in drawn if not clear.contains(p) and MAPPED_BOX.contains(p)]
    return [ObstacleRow(f"T{i:05d}", kind, to_grain(p)) for i, (kind, p) in enumerate(kept, 1)]


def _street_rows(section: Section) -> Iterator[tuple[str, Point]]:
    street = section.street
    half = street.width_m / 2
    apart = _TREES_APART_M.get(street.road_class)
    for side in (1, -1):
        if apart is not None:
            for p in _along(section.axis, apart, side * (half - _TREE_FROM_RED_LINE_M)):
                if section.own.contains(p):
                    yield "tree", p
        if street.road_class in ("arterial", "secondary", "expressway"):
            for p in _along(section.axis, _LAMPS_APART_M, side * (half - 4.4)):
                if section.own.contains(p):
                    yield "pole", p


def _along(axis: LineString, apart_m: float, offset_m: float) -> Iterator[Point]:
    """Points beside a line, the first and last well inside it, so that junctions stay free."""
    station = min(20.0, axis.length / 3)
    while station < axis.length - 18.0:
        a, b = axis.interpolate(station - 0.5), axis.interpolate(station + 0.5)
        length = math.hypot(b.x - a.x, b.y - a.y)
        nx, ny = -(b.y - a.y) / length, (b.x - a.x) / length
        yield Point((a.x + b.x) / 2 + nx * offset_m, (a.y + b.y) / 2 + ny * offset_m)
        station += apart_m


def _random_spot(area: Polygon, u: float, v: float) -> Point:
    x0, y0, x1, y1 = area.bounds
    return Point(x0 + u * (x1 - x0), y0 + v * (y1 - y0))


# Street, utility, diameter, side, metres from the red line.
_PLANNED: list[tuple[str, str, float | None, int, float]] = [
    ("spine", "reclaimed", 300, -1, 10.0),
    ("middle", "heat", 600, 1, 8.2),
    ("north", "gas", 300, 1, 7.2),
    ("north", "water", 400, -1, 3.4),
    ("east", "power", None, 1, 1.8),
    ("east", "heat", 500, 1, 8.2),
    ("south", "water", 500, 1, 3.4),
    ("south", "telecom", 110, -1, 1.9),
    ("east_ns", "heat", 300, 1, 4.6),
    ("bank_east", "reclaimed", 300, 1, 4.4),
    ("e_3600", "gas", 250, -1, 3.7),
    ("outer", "water", 300, 1, 3.0),
    ("outer", "storm", 1000, -1, 6.0),
    ("e_2200", "reclaimed", 200, 1, 4.4),
    ("outer", "power", 200, -1, 1.5),
]


def plan_rows(streets: Sequence[StreetLine]) -> list[PlanRow]:
    """The planned corridors, each along one street."""
    by_key = {street.key: street for street in streets}
    rows: list[PlanRow] = []
    for key, utility, diameter_mm, side, from_red_line_m in _PLANNED:
        street = by_key[key]
        course = single_line(
            street.axis.offset_curve(side * (street.width_m / 2 - from_red_line_m))
        )
        name = f"示例管线综合规划 {street.name}"
        number = f"L{len(rows) + 1:02d}"
        rows.append(PlanRow(number, utility, diameter_mm, name, _PLAN_YEAR, to_grain(course)))
    return rows
