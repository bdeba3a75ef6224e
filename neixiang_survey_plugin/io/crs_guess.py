"""What was probably mistaken where a layer does not lie in the county."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.crs import crs_name, is_same_crs, look_up_crs, to_county_grid
from neixiang_survey_plugin.io.placement import (
    FAR_M,
    Box,
    Placement,
    Point,
    gap_m,
    in_area_of_use,
)

_ZONE_M = 1_000_000.0  # a zone's number stands in the millions of the easting
# CGCS2000 in three-degree zones, by central meridian and by number of the zone, west to east.
_FAMILIES = (range(4534, 4555), range(4513, 4534))
_OTHERS = (4490, 3857)

_Guess = tuple[str, Point, str]  # the system and the point that would be right, in words


def probable_cause(placed: Placement, epsg: int, home: Box | None) -> str | None:
    """What the coordinates look like instead; None where no usual mistake explains them.

    ``home`` is the box of the county's other layers on its grid; without it a guess has to come
    out in the area of use of the county's system.
    """
    guesses = [
        *_guesses_of_form(placed),
        *_guesses_of_system(placed, epsg),
        *_guesses_of_zone(placed, epsg),
    ]
    return next((said for crs, point, said in guesses if _is_home(point, crs, epsg, home)), None)


def _guesses_of_form(placed: Placement) -> Iterator[_Guess]:
    x, y = placed.own
    declared = crs_name(placed.crs)
    if look_up_crs(placed.crs).is_projected:
        if abs(x) <= 180 and abs(y) <= 90:
            yield "EPSG:4490", (x, y), f"像是经纬度（EPSG:4490、EPSG:4326）被当成了 {declared}"
        if abs(x) <= 90 and abs(y) <= 180:
            yield "EPSG:4490", (y, x), f"像是纬度在前的经纬度被当成了 {declared}"
    yield placed.crs, (y, x), "像是两个坐标写反了（应东坐标或经度在前）"


def _guesses_of_system(placed: Placement, epsg: int) -> Iterator[_Guess]:
    declared = crs_name(placed.crs)
    for code in _systems_near(epsg):
        crs = f"EPSG:{code}"
        if not is_same_crs(placed.crs, code):
            yield crs, placed.own, f"像是 {crs_name(crs)}的坐标被当成了 {declared}"


def _guesses_of_zone(placed: Placement, epsg: int) -> Iterator[_Guess]:
    x, y = placed.own
    zone = int(x // _ZONE_M)
    if zone > 0:
        yield f"EPSG:{epsg}", (x - zone * _ZONE_M, y), f"东坐标像是带了带号 {zone}"


def _systems_near(epsg: int) -> Iterator[int]:
    """Systems that are taken for a county's own: itself, its neighbours, their siblings."""
    yield epsg
    place = next((epsg - family.start for family in _FAMILIES if epsg in family), None)
    for steps in (0, -1, 1, -2, 2):
        for family in _FAMILIES:
            if place is not None and 0 <= place + steps < len(family):
                yield family[place + steps]
    yield from _OTHERS
    area = look_up_crs(f"EPSG:{epsg}").area_of_use
    if area is not None:
        utm = 32601 + int(((area.west + area.east) / 2 + 180) // 6)
        yield from (utm, utm - 1, utm + 1)


def _is_home(point: Point, crs: str, epsg: int, home: Box | None) -> bool:
    try:
        grid = to_county_grid(np.array([point]), crs, epsg)
    except SurveyError:
        return False
    if home is None:
        return bool(in_area_of_use(grid, epsg)[0])
    return bool(gap_m(np.hstack([grid, grid]), home)[0] <= FAR_M)
