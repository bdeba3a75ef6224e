"""The streets of the industrial zone east of the river: straight, planned, of many widths."""

from __future__ import annotations

from shapely import LineString

from sample_county.curves import rounded
from sample_county.place import Point2
from sample_county.skeleton import StreetLine, bank_road

# key, name, width, course; "bank" in place of an x means: from the road along the river.
_EAST_WEST: list[tuple[str, str, float, float, float | None, float]] = [
    ("h1760", "示例兴业街", 14, 1760, None, 5200),
    ("h1980", "示例兴工街", 12, 1980, 4820, 5200),
    ("h1850", "示例立业街", 16, 1850, 5200, 5800),
    ("h1720", "示例安居街", 12, 1720, 5800, 6250),
    ("h1960", "示例乐居街", 10, 1960, 5800, 6250),
    ("h2430", "示例创新街", 14, 2430, None, 5200),
    ("h2660", "示例开拓街", 12, 2660, None, 5200),
    ("h2520", "示例食品街", 9, 2520, 5200, 5800),
    ("h2720", "示例纺织街", 12, 2720, 5200, 5650),
    ("h2450", "示例康泰街", 14, 2450, 5800, 6250),
    ("h2680", "示例康宁街", 12, 2680, 5800, 6250),
    ("h3130", "示例科苑街", 12, 3130, None, 5200),
    ("h3360", "示例学苑街", 14, 3360, None, 5200),
    ("h3120", "示例机电街", 14, 3120, 5200, 5500),
    ("h3300", "示例机械街", 8, 3300, 5500, 5800),
    ("h3160", "示例光电街", 12, 3160, 5800, 6250),
    ("h3390", "示例光华街", 12, 3390, 5800, 6250),
    ("h3840", "示例物流街", 16, 3840, None, 5200),
    ("h4070", "示例仓储街", 12, 4070, None, 5200),
    ("h3950", "示例通达街", 12, 3950, 5200, 5800),
    ("h3800", "示例汇通街", 14, 3800, 5800, 6250),
    ("h4050", "示例汇丰街", 12, 4050, 5800, 6250),
]
_NORTH_SOUTH: list[tuple[str, str, float, float, float, float]] = [
    ("v4560", "示例桃园路", 12, 4560, 1500, 2200),
    ("v4820", "示例杏园路", 14, 4820, 1500, 2900),
    ("v4520", "示例梨园路", 12, 4520, 2200, 2900),
    ("v4540", "示例青云路", 12, 4540, 2900, 3600),
    ("v4850", "示例青松路", 14, 4850, 2900, 4300),
    ("v4500", "示例青竹路", 12, 4500, 3600, 4300),
    ("v5420", "示例永安路", 12, 5420, 1500, 2900),
    ("v5610", "示例永平路", 12, 5610, 1500, 2200),
    ("v5650", "示例永丰路", 14, 5650, 2200, 2900),
    ("v5500", "示例永兴路", 14, 5500, 2900, 4300),
    ("v6030", "示例丰收路", 12, 6030, 1500, 3600),
    ("v6000", "示例丰产路", 12, 6000, 3600, 4300),
]
# Three lines that follow older paths, so that the zone is no perfect lattice.
_OLDER: list[tuple[str, str, float, list[Point2]]] = [
    ("outer", "示例东外路", 18, [(6250, 1500), (6250, 2900), (6250, 4300), (6250, 5040)]),
    ("slant", "示例古渡路", 12, [(4470, 4300), (4560, 4520), (4780, 4640), (4840, 4975)]),
    ("orchard", "示例果园路", 14, [(5460, 4300), (5460, 4560), (5440, 4993)]),
    ("field", "示例田园路", 12, [(5146, 4640), (5450, 4660), (5782, 4620)]),
    ("south_lane", "示例渡口路", 12, [(4640, 1500), (4680, 1240), (4660, 596)]),
    ("south_cross", "示例稻香路", 12, [(4014, 1060), (4400, 1010), (4680, 1040), (5260, 1080)]),
]


def lattice_streets() -> list[StreetLine]:
    """All local streets of the zone; their polygons overlap at junctions."""
    bank = bank_road(1.0)
    rows = [
        (key, name, width_m, [(_bank_x(bank, y) if x0 is None else x0, y), (x1, y)])
        for key, name, width_m, y, x0, x1 in _EAST_WEST
    ]
    columns = [
        (key, name, width_m, [(x, y0), (x, y1)]) for key, name, width_m, x, y0, y1 in _NORTH_SOUTH
    ]
    return [
        StreetLine(key, name, "local", width_m, rounded(points, 120.0), True, _ENDS.get(key, ()))
        for key, name, width_m, points in [*rows, *columns, *_OLDER]
    ]


# Where a street was handed over in two parts: the two polygons share the edge across it.
_ENDS: dict[str, tuple[Point2, ...]] = {"h3390": ((6130.0, 3390.0),)}


def _bank_x(bank: LineString, y_m: float) -> float:
    level = LineString([(0, y_m), (7000, y_m)])
    return round(float(bank.intersection(level).centroid.x), 3)
