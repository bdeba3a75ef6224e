"""What the columns of surveyed points and lines are: numbers of points, coordinates, depths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from neixiang_survey_plugin.app.importing.headings import plain_heading

_NORTH_M = (1_500_000.0, 6_500_000.0)  # northings of China, in Gauss-Krueger
_EAST_M = (100_000.0, 900_000.0)
_ZONED_EAST_M = (12_000_000.0, 46_000_000.0)  # with the number of the zone before it
_LON_DEG, _LAT_DEG = (72.0, 137.0), (2.0, 55.0)


class Part(Enum):
    """What a column of a survey's table holds."""

    POINT = "point"  # the number of the row's own point
    START = "start"
    END = "end"  # of a line that begins at START, or at the row's own point
    LINE = "line"  # the line or ring to which a row's point belongs
    ORDER = "order"  # its place there
    X = "x"  # north for surveyors, east for everybody else
    Y = "y"
    NORTH = "north"
    EAST = "east"
    WKT = "wkt"
    START_DEPTH = "start_depth"
    END_DEPTH = "end_depth"
    DEPTH = "depth"  # at the row's own point
    UTILITY = "utility"
    SIZE = "size"


_NAMES: Mapping[Part, str] = {
    Part.POINT: "物探点号 图上点号 管点编号 管点号 点号 点名 WTDH TSDH GXDH GDBH DH point pointid",
    Part.START: "起点号 起点点号 起始点号 起点物探点号 起点编号 起点 QDDH QDBH QSDH from",
    Part.END: "终点号 终点点号 终止点号 终点物探点号 终点编号 终点 ZDDH ZDBH ZZDH "
    "连接点号 连接方向 连接点 LJDH LJFX to endpoint",
    Part.LINE: "线号 线路编号 管线编号 地块编号 宗地号 道路编号 图形编号 line lineid routeid",
    Part.ORDER: "序号 点序 顺序 顺序号 节点号 seq order no",
    Part.X: "X X坐标 坐标X XZB",
    Part.Y: "Y Y坐标 坐标Y YZB",
    Part.NORTH: "北坐标 纵坐标 北 N northing 纬度 WD lat latitude B",
    Part.EAST: "东坐标 横坐标 东 E easting 经度 JD lon lng longitude L",
    Part.WKT: "WKT geometry geom 几何 the_geom",
    Part.START_DEPTH: "起点埋深 起点埋设深度 QDMS QDMSSD",
    Part.END_DEPTH: "终点埋深 终点埋设深度 ZDMS ZDMSSD",
    Part.DEPTH: "埋深 管点埋深 埋设深度 MS",
    Part.UTILITY: "管线种类 管线类别 管线类型 管类 GXZL GXLX 种类",
    Part.SIZE: "管径 管径或断面 管径或断面尺寸 断面尺寸 规格 GJ DMCC",
}
_BY_NAME = {plain_heading(name): part for part, names in _NAMES.items() for name in names.split()}

Parts = Mapping[Part, int]


def parts_of_heading(headings: Sequence[str]) -> Parts:
    """Which column holds what, the first of those that may; other columns are left out."""
    found: dict[Part, int] = {}
    for column, heading in enumerate(headings):
        part = _BY_NAME.get(plain_heading(heading))
        if part is not None:
            found.setdefault(part, column)
    return found


def has_place(parts: Parts) -> bool:
    """Whether rows say where they are."""
    return Part.WKT in parts or coordinate_columns(parts) is not None


def has_link(parts: Parts) -> bool:
    """Whether rows join two points."""
    return Part.END in parts and (Part.START in parts or Part.POINT in parts)


def coordinate_columns(parts: Parts) -> tuple[int, int] | None:
    """The two columns of coordinates: north and east where they say so, else X and Y."""
    for first, second in ((Part.NORTH, Part.EAST), (Part.X, Part.Y)):
        if first in parts and second in parts:
            return parts[first], parts[second]
    return None


def is_north_first(parts: Parts, pairs: Sequence[tuple[float, float]]) -> bool | None:
    """Whether the first of the two coordinates is the northing; None where nobody can tell.

    The sizes decide, not the names: in China a northing has seven figures, an easting six, or
    eight with its zone. Where the sizes say nothing, columns that are called north and east do.
    """
    if not pairs:
        return None
    first, second = ([pair[axis] for pair in pairs] for axis in (0, 1))
    north_first = _are_north(first) and _are_east(second)
    east_first = _are_east(first) and _are_north(second)
    if north_first != east_first:
        return north_first
    return True if Part.NORTH in parts and Part.EAST in parts else None


def is_in_degrees(pairs: Sequence[tuple[float, float]]) -> bool:
    """Whether numbers are longitudes and latitudes of China, whichever comes first."""
    return bool(pairs) and all(
        (_within(one, _LON_DEG) and _within(other, _LAT_DEG))
        or (_within(other, _LON_DEG) and _within(one, _LAT_DEG))
        for one, other in pairs
    )


def _are_north(numbers: Sequence[float]) -> bool:
    return all(_within(one, _NORTH_M) or _within(one, _LAT_DEG) for one in numbers)


def _are_east(numbers: Sequence[float]) -> bool:
    return all(
        any(_within(one, part) for part in (_EAST_M, _ZONED_EAST_M, _LON_DEG)) for one in numbers
    )


def _within(number: float, part: tuple[float, float]) -> bool:
    return part[0] <= number <= part[1]
