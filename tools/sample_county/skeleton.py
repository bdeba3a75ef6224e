"""The hand-drawn bones of the town: river, main roads and the lattice of the industrial zone."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import LineString, Polygon

from sample_county.curves import flowing, points_of, rounded, single_line, stretch
from sample_county.place import Point2

RIVER: LineString = flowing(
    [
        (4640, 6153), (4500, 5600), (4250, 5000), (4060, 4400), (3960, 3800), (4010, 3200),
        (4070, 2700), (4010, 2100), (3890, 1500), (3980, 900), (4180, 400), (4240, 0),
    ]
)  # fmt: skip
WATER_HALF_M = 78.0
BLUE_HALF_M = 112.0
_BANK_ROAD_M = 152.0

# Streets are opened and houses built only in here; beyond lie fields and villages.
BUILT_UP = Polygon(
    [
        (880, 580), (3930, 580), (3880, 1500), (3920, 2700), (3820, 3700), (3900, 4400),
        (4150, 5050), (4350, 5570), (2260, 5535), (1100, 5290), (770, 4500), (770, 3400),
        (810, 2200),
    ]
)  # fmt: skip
OLD_TOWN = Polygon(
    [(2370, 2120), (3760, 2060), (3840, 2700), (3780, 3250), (3740, 3680), (2360, 3680)]
)


@dataclass(frozen=True)
class StreetLine:
    """One street as drawn: its axis in town metres, its width between the red lines."""

    key: str
    name: str
    road_class: str
    width_m: float
    axis: LineString
    overlaps: bool = False  # its polygons run into the junctions instead of ending there
    ends_at: tuple[Point2, ...] = ()  # further ends of sections, where no street joins


_EXPRESSWAY = rounded(
    [
        (905, 30), (840, 900), (770, 2200), (730, 3400), (735, 4500), (1020, 5330), (2260, 5590),
        (3400, 5640), (4500, 5605), (5400, 5625), (6460, 5790),
    ],
    520.0,
)  # fmt: skip
_FRONTAGE_M = 54.0


def _main(key: str, name: str, kind: str, width_m: float, points: list[Point2]) -> StreetLine:
    return StreetLine(key, name, kind, width_m, rounded(points, 240.0))


def bank_road(side: float) -> LineString:
    """The axis of the road along the river; side +1 lies east of it, -1 west."""
    line = single_line(RIVER.offset_curve(_BANK_ROAD_M * side).simplify(2.0))
    south_first = line if line.coords[0][1] < line.coords[-1][1] else single_line(line.reverse())
    axis = rounded(points_of(south_first), 150.0)
    cut_low = axis.intersection(LineString([(0, 575), (6489, 575)])).centroid
    cut_high = axis.intersection(LineString([(0, 5618), (6489, 5618)])).centroid
    return stretch(axis, axis.project(cut_low), axis.project(cut_high))


def frontage_road() -> LineString:
    """The road along the inner side of the expressway, from the south ring to the river."""
    line = single_line(_EXPRESSWAY.offset_curve(-_FRONTAGE_M).simplify(0.5))
    south = line.intersection(LineString([(0, 588), (1500, 588)])).centroid
    east = line.intersection(LineString([(4318, 5400), (4318, 5700)])).centroid
    return stretch(line, line.project(south), line.project(east))


def main_roads() -> list[StreetLine]:
    """Expressway, arterials, secondary roads and the highway, the higher class first."""
    return [*_expressway_and_arterials(), *_secondary_roads(), *_highway()]


def _expressway_and_arterials() -> list[StreetLine]:
    return [
        StreetLine("ring", "示例快速路", "expressway", 60, _EXPRESSWAY),
        _main("spine", "示例大街", "arterial", 50, [
            (2375, 560), (2330, 1300), (2300, 2100), (2340, 2900), (2318, 3700), (2262, 4500),
            (2260, 5590),
        ]),
        _main("middle", "示例路", "arterial", 42, [
            (748, 2830), (1500, 2935), (2340, 2900), (3000, 2868), (3700, 2925), (4300, 2900),
            (5200, 2900), (6250, 2900),
        ]),
        _main("north", "示例北路", "arterial", 40, [
            (733, 4310), (1500, 4420), (2270, 4395), (3200, 4450), (3800, 4390), (4420, 4300),
            (5200, 4300), (6250, 4300),
        ]),
        _main("south", "示例南路", "arterial", 40, [
            (808, 1530), (1600, 1482), (2318, 1500), (3100, 1442), (3700, 1476), (4300, 1500),
            (5200, 1500), (6250, 1500),
        ]),
        _main("east", "示例东大街", "arterial", 45, [
            (5330, 610), (5255, 1150), (5200, 1600), (5200, 3500), (5200, 4400), (5130, 5100),
            (5130, 5617),
        ]),
    ]  # fmt: skip


def _secondary_roads() -> list[StreetLine]:
    return [
        StreetLine("bank_west", "示例滨河路", "secondary", 26, bank_road(-1.0)),
        StreetLine("bank_east", "示例河东路", "secondary", 24, bank_road(1.0)),
        StreetLine("frontage", "示例快速路辅路", "secondary", 16, frontage_road()),
        _main("park_way", "示例环湖路", "secondary", 22, [
            (1505, 2600), (1160, 2560), (1010, 2330), (1090, 2000), (1320, 1880), (1520, 1900),
        ]),
        _main("north_arc", "示例新月路", "secondary", 22, [
            (2258, 5230), (2620, 5300), (3050, 5190), (3400, 5090), (3600, 4760), (3560, 4412),
        ]),
        _main("west_ns", "示例西街", "secondary", 30, [
            (1600, 590), (1560, 1480), (1470, 2250), (1500, 2910), (1590, 3600), (1560, 4400),
            (1650, 5455),
        ]),
        _main("old_ns", "示例老街", "secondary", 24, [
            (3060, 575), (2965, 1450), (2905, 2200), (2985, 2890), (2890, 3600), (2985, 4420),
            (3120, 5628),
        ]),
        _main("ring_south", "示例南环路", "secondary", 32, [
            (866, 590), (1565, 590), (2375, 575), (3030, 575), (4000, 590), (5330, 620),
        ]),
        _main("e_w_900", "示例兴南路", "secondary", 26, [
            (836, 960), (1580, 1000), (2350, 930), (3020, 985), (3815, 925),
        ]),
        _main("e_w_2180", "示例朝阳路", "secondary", 28, [
            (770, 2180), (1480, 2250), (2305, 2170), (2920, 2120), (3850, 2150),
        ]),
        _main("e_w_3620", "示例文化路", "secondary", 26, [
            (730, 3690), (1560, 3600), (2320, 3680), (2900, 3570), (3815, 3650),
        ]),
        _main("e_w_5000", "示例新城路", "secondary", 30, [
            (895, 4990), (1610, 4945), (2261, 5020), (3040, 4975), (4110, 5005),
        ]),
        _main("east_ns", "示例创业大道", "secondary", 28, [(5800, 1500), (5800, 4300), (5760, 5000),
            (5760, 5680)]),
        _main("e_2200", "示例工业路", "secondary", 26, [(4170, 2200), (5200, 2200), (6250, 2200)]),
        _main("e_3600", "示例科技路", "secondary", 26, [(4132, 3600), (5200, 3600), (6250, 3600)]),
        _main("e_4950", "示例兴北路", "secondary", 24, [(4385, 4960), (5140, 4990), (5760, 5000),
            (6250, 5040)]),
    ]  # fmt: skip


def _highway() -> list[StreetLine]:
    return [
        _main("highway", "示例公路", "highway", 24, [
            (5330, 612), (5420, 380), (5760, 250), (6120, 215), (6460, 90),
        ]),
    ]  # fmt: skip
