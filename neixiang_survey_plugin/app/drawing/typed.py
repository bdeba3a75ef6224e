"""What a surveyor types while drawing: a length, a length with an angle, or coordinates."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from neixiang_survey_plugin.app.map_host import Point
from neixiang_survey_plugin.app.moving_index import Box
from neixiang_survey_plugin.core.errors import SurveyError

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?|[+-]?\.\d+")
_DEGREES = re.compile(r"\.\d{5}")  # nobody types a length to a hundredth of a millimetre
_ZONE_M = 1_000_000.0  # the number of a zone stands in the millions of the easting
_AROUND_M = 20_000.0  # a line may reach a little beyond what was mapped


@dataclass(frozen=True, slots=True)
class Polar:
    """A length in metres, and the direction: an azimuth, or a turn from the last segment.

    Both in degrees, clockwise; both None for the direction in which the pointer lies.
    """

    length_m: float
    azimuth_deg: float | None = None
    turn_deg: float | None = None

    def from_point(self, at: Point, heading_deg: float) -> Point:
        """The place that is meant, seen from the last vertex; ``heading_deg`` is its azimuth.

        The heading is that of the last segment for a turn, of the pointer without an angle.
        """
        angle = self.azimuth_deg if self.azimuth_deg is not None else heading_deg
        angle += self.turn_deg or 0.0
        return (
            at[0] + self.length_m * math.sin(math.radians(angle)),
            at[1] + self.length_m * math.cos(math.radians(angle)),
        )


def read_entry(text: str, home: Box) -> Polar | tuple[Point, ...]:
    """What was typed or pasted: ``20``, ``20 90`` (azimuth), ``20 <30`` (turn), or coordinates.

    Coordinates may stand in many rows, north first as survey files write them or east first:
    ``home``, the box of the county in its grid, tells which. A row may hold many points: a line
    of text runs rows that are pasted together. SurveyError names the row.
    """
    rows = [row for row in text.replace("，", ",").splitlines() if row.strip()]
    around = _around(home)
    if not rows:
        raise SurveyError("没有输入；请输入长度（20）、长度和方位角（20 90）或坐标（X Y）")
    if len(rows) == 1:
        polar = _polar(rows[0], around)
        if polar is not None:
            return polar
    points: list[Point] = []
    for number, row in enumerate(rows, start=1):
        points += _points(row, number, around)
    return tuple(points)


def azimuth_deg(start: Point, end: Point) -> float:
    """The direction from one place to another, degrees clockwise from grid north."""
    return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0


def _polar(row: str, around: Box) -> Polar | None:
    written = _NUMBER.findall(row)
    numbers = [float(found) for found in written]
    if len(numbers) == 2 and all(_DEGREES.search(found) for found in written):
        raise SurveyError(
            f"“{row.strip()}”像是经纬度；请换算成本县坐标系的 X Y，或把 GPX、KML 文件拖进窗口"
        )
    if len(numbers) == 1:
        length, angle = numbers[0], None
    elif len(numbers) == 2 and max(map(abs, numbers)) < 1e5 and not _is_placed(numbers, around):
        length, angle = numbers
    else:
        return None
    if length <= 0.0:
        raise SurveyError(f"长度 {length:g} 不是正数；请输入以米为单位的长度，如 20 或 20 90")
    is_turn = "<" in row
    return Polar(length, None if is_turn else angle, angle if is_turn else None)


def _points(row: str, number: int, around: Box) -> list[Point]:
    numbers = [float(found) for found in _NUMBER.findall(row)]
    points, first = [], 0
    # a point's name or number may stand before its coordinates, a height behind them
    while first < len(numbers) - 1:
        found = _placed(numbers[first], numbers[first + 1], around)
        if found is not None:
            points.append(found)
        first += 1 if found is None else 2
    if points:
        return points
    raise SurveyError(
        f"第 {number} 行“{row.strip()}”不是本县范围内的坐标；应为北坐标 X 和东坐标 Y，如"
        f" {(around[1] + around[3]) / 2:.2f} {(around[0] + around[2]) / 2:.2f}"
    )


def _placed(one: float, other: float, around: Box) -> Point | None:
    """East and north of a pair in either order, with or without a zone; None if not at home."""
    west, south, east, north = around
    for easting, northing in ((other, one), (one, other)):
        if south <= northing <= north:
            if west <= easting <= east:
                return easting, northing
            without_zone = round(easting % _ZONE_M, 6)
            if west <= without_zone <= east:
                return without_zone, northing
    return None


def _is_placed(pair: list[float], around: Box) -> bool:
    one, other = pair
    return _placed(one, other, around) is not None


def _around(home: Box) -> Box:
    """Where a line of a county may lie."""
    west, south, east, north = home
    return west - _AROUND_M, south - _AROUND_M, east + _AROUND_M, north + _AROUND_M
