"""Parks, verges, protective strips and the areas of the six control lines."""

from __future__ import annotations

from collections.abc import Sequence

from shapely import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from sample_county.curves import Ground, polygons, rounded, strip, to_grain
from sample_county.network import Section
from sample_county.place import MAPPED_BOX, TOWN_BOX, Point2
from sample_county.rows import ControlRow, GreenRow
from sample_county.skeleton import BLUE_HALF_M, RIVER, WATER_HALF_M, bank_road, main_roads

_GREEN_OWNER = "示例园林绿化中心"
_VERGE_DEPTH_M = {"spine": 7.0, "middle": 6.0, "north": 6.0, "south": 6.0, "east": 8.0}
_BARE_OF_VERGES = box(4190, 2800, 6489, 3000)  # the eastern stretch of the middle arterial
_LEAST_M2 = 60.0
_WATERSIDE_M = 14.0
_CLEAR_OF_CASES_M = 40.0  # no other green there, so that a case meets its own alone
# Whole blocks that are parks: a point inside, and the name.
_PARK_BLOCKS: list[tuple[Point2, str]] = [
    ((1340, 2440), "示例湖心公园"),
    ((1300, 2080), "示例湖心公园南园"),
    ((3330, 5000), "示例新月公园"),
    ((2840, 5150), "示例新城公园"),
    ((4690, 3245), "示例科苑公园"),
    ((5340, 3040), "示例产业公园"),
    ((3060, 3010), "示例县衙广场"),
    ((1750, 3400), "示例文化公园"),
]


def green_rows(
    sections: Sequence[Section],
    blocks: Sequence[Polygon],
    for_cases: Sequence[Polygon],
) -> list[GreenRow]:
    """All green spaces; none lies inside a road or another green space."""
    roads = Ground([s.own for s in sections])
    drawn: list[tuple[str, str, BaseGeometry]] = [("示例街旁绿地", "verge", p) for p in for_cases]
    drawn += [("示例滨河公园", "park", p) for p in _riverside(roads)]
    drawn += [(name, "park", _block_at(blocks, at)) for at, name in _PARK_BLOCKS]
    drawn += [(f"{s.street.name}绿地", "verge", v) for s in sections for v in _verges(s)]
    drawn += [("示例快速路防护绿地", "protective", p) for p in _protective(sections)]
    clear = [p.buffer(_CLEAR_OF_CASES_M) for p in for_cases]
    rows: list[GreenRow] = []
    for i, (name, kind, area) in enumerate(drawn):
        taken = Ground([*clear, *(row.geometry for row in rows)])
        free = area if i < len(for_cases) else taken.free(roads.free(area))
        for polygon in polygons(to_grain(free), _LEAST_M2 if i >= len(for_cases) else 0.0):
            rows.append(GreenRow(f"G{len(rows) + 1:03d}", name, kind, _GREEN_OWNER, polygon))
    return rows


def _riverside(roads: Ground) -> list[Polygon]:
    """The parks between the river and the roads along it, cut by the bridges."""
    west, east = bank_road(-1.0), bank_road(1.0)
    between = Polygon([*west.coords, *reversed(east.coords)])
    land = between.difference(RIVER.buffer(WATER_HALF_M + _WATERSIDE_M))
    return polygons(to_grain(roads.free(land)), 900.0)


def _block_at(blocks: Sequence[Polygon], at: Point2) -> BaseGeometry:
    block = next((b for b in blocks if b.contains(Point(at))), Polygon())
    return block.buffer(-2.0)


def _verges(section: Section) -> list[BaseGeometry]:
    depth_m = _VERGE_DEPTH_M.get(section.street.key)
    if depth_m is None:
        return []
    half = section.street.width_m / 2
    ring = strip(section.axis, half + depth_m).difference(strip(section.axis, half))
    return list(polygons(ring.intersection(MAPPED_BOX).difference(_BARE_OF_VERGES)))


def _protective(sections: Sequence[Section]) -> list[Polygon]:
    """Both sides of the expressway, as far as the river."""
    west = box(0, 0, 4180, 6153)
    belts = [
        strip(s.axis, 52.0).difference(strip(s.axis, 30.0)).intersection(west)
        for s in sections
        if s.street.key == "ring"
    ]
    return [p for belt in belts for p in polygons(belt)]


def control_rows() -> list[ControlRow]:
    """One or more areas of every colour."""
    plan, water = "示例自然资源局", "示例水利局"
    drawn: list[tuple[str, str, str, BaseGeometry]] = [
        ("blue", "示例河蓝线", water, RIVER.buffer(BLUE_HALF_M)),
        ("purple", "示例县衙旧址紫线", "示例文物局", box(3080, 2905, 3290, 3100)),
        ("purple", "示例古塔紫线", "示例文物局", Point(3420, 2420).buffer(45.0)),
        ("yellow", "示例第一水厂黄线", plan, box(3560, 5230, 3700, 5360)),
        ("yellow", "示例污水处理厂黄线", plan, box(4440, 700, 4620, 880)),
        ("yellow", "示例变电站黄线", plan, box(6060, 1560, 6180, 1660)),
        ("orange", "示例高级中学橙线", plan, box(1820, 4130, 1990, 4290)),
        ("orange", "示例人民医院橙线", plan, box(2480, 3890, 2680, 4040)),
        ("green", "示例湖心公园绿线", "示例园林绿化中心", Point(1270, 2260).buffer(165.0)),
        ("green", "示例滨河公园绿线", "示例园林绿化中心", _bank_green()),
        ("red", "示例规划东二路红线", plan, strip(rounded(_PLANNED_ROAD), 15.0)),
        ("red", "示例大街红线", plan, _street_area("spine")),
    ]
    return [
        ControlRow(
            f"K{i:02d}", kind, name, authority, polygons(to_grain(area.intersection(TOWN_BOX)))[0]
        )
        for i, (kind, name, authority, area) in enumerate(drawn, start=1)
    ]


_PLANNED_ROAD: list[Point2] = [(5330, 620), (5800, 700), (6130, 1000), (6250, 1500)]


def _bank_green() -> BaseGeometry:
    west = bank_road(-1.0)
    return strip(west, 60.0).intersection(box(3700, 1560, 4200, 2840))


def _street_area(key: str) -> BaseGeometry:
    street = next(s for s in main_roads() if s.key == key)
    return strip(LineString(street.axis.coords), street.width_m / 2)
