"""The systems in which a county's data usually come, and the numbers they give to a place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from neixiang_survey_plugin.app.importing.where_reading import Reading
from neixiang_survey_plugin.app.importing.where_web_maps import WebShift, unshifted
from neixiang_survey_plugin.io.crs import (
    Floats,
    epsg_of,
    from_county_grid,
    look_up_crs,
    to_county_grid,
)

ZONE_M = 1_000_000.0  # a zone's number stands in the millions of the easting
DEGREES, WEB_MERCATOR = "EPSG:4490", "EPSG:3857"
_ZONE_NEIGHBOURS = (0, -1, 1, -2, 2)
# CGCS2000 / Gauss-Kruger of the EPSG register: first code, number of its first zone or its first
# central meridian.
_THREE_DEGREE_ZONE, _THREE_DEGREE_MERIDIAN = (4513, 25, 45), 4534
_SIX_DEGREE_ZONE = (4491, 13, 23)
_FIRST_MERIDIAN_DEG, _LAST_MERIDIAN_DEG = 75, 135
# The same projections on Beijing 1954 and Xian 1980, whose datums have no public transformation.
_OLD_TO_NEW = (
    (range(21413, 21424), 4491),
    (range(21453, 21464), 4502),
    (range(2401, 2422), 4513),
    (range(2422, 2443), 4534),
    (range(2327, 2338), 4491),
    (range(2338, 2349), 4502),
    (range(2349, 2370), 4513),
    (range(2370, 2391), 4534),
    (range(4214, 4215), 4490),
    (range(4610, 4611), 4490),
)


def readings(x: float, y: float, epsg: int) -> Iterator[Reading]:
    """Ways to read a pair of numbers, the usual ones first, whether or not they come near.

    ``epsg`` is the county's own system.
    """
    if abs(x) <= 180 and abs(y) <= 180:
        yield Reading(DEGREES)
        yield Reading(DEGREES, north_first=True)
        return
    for north_first in (False, True):
        east = y if north_first else x
        for system in (f"EPSG:{epsg}", *_with_zone(east), *_without_zone(epsg), WEB_MERCATOR):
            yield Reading(system, north_first)
        if east >= ZONE_M:
            yield Reading(f"EPSG:{epsg}", north_first, prefix=int(east // ZONE_M))


def modern_twin(crs: str) -> str | None:
    """The CGCS2000 system with the projection of an old one; None where the datum is not old."""
    code = epsg_of(crs)
    for old, new in _OLD_TO_NEW:
        if code is not None and code in old:
            return f"EPSG:{new + code - old.start}"
    return None


def to_place(numbers: Floats, reading: Reading, epsg: int) -> Floats:
    """Numbers (n, 2) as a reading takes them, in the county grid; inf where that is nowhere.

    SurveyError when the reading's system has no transformation to the county's.
    """
    own = numbers[:, ::-1] if reading.north_first else numbers
    if reading.prefix:
        own = own - (reading.prefix * ZONE_M, 0.0)
    grid = to_county_grid(own, reading.system, epsg)
    if reading.web is not None:
        grid = _unshifted(grid, reading.web, epsg)
    return grid if reading.shift_m is None else grid + np.array(reading.shift_m)


def _unshifted(grid: Floats, web: WebShift, epsg: int) -> Floats:
    shown = from_county_grid(grid, epsg)
    result = np.full_like(grid, np.inf)
    there = np.isfinite(shown).all(axis=1)
    result[there] = to_county_grid(unshifted(shown[there], web), "EPSG:4326", epsg)
    return result


def _with_zone(east: float) -> Iterator[str]:
    zone = int(east // ZONE_M)
    for start, first, last in (_THREE_DEGREE_ZONE, _SIX_DEGREE_ZONE):
        if first <= zone <= last:
            yield f"EPSG:{start + zone - first}"


@lru_cache(maxsize=8)
def _without_zone(epsg: int) -> tuple[str, ...]:
    """The county's meridian and its neighbours; a six-degree zone has one of these meridians."""
    area = look_up_crs(f"EPSG:{epsg}").area_of_use
    if area is None:
        return ()
    middle = (area.west + area.east) / 2
    meridians = [round(middle / 3) * 3 + 3 * step for step in _ZONE_NEIGHBOURS]
    usual = [m for m in meridians if _FIRST_MERIDIAN_DEG <= m <= _LAST_MERIDIAN_DEG]
    zone = 32601 + int((middle + 180) // 6)
    return (
        *(f"EPSG:{_THREE_DEGREE_MERIDIAN + (m - _FIRST_MERIDIAN_DEG) // 3}" for m in usual),
        *(f"EPSG:{utm}" for utm in (zone, zone - 1, zone + 1)),
    )
