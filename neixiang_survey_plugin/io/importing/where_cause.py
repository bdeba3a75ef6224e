"""What was probably mistaken where a layer does not lie in the county."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from neixiang_survey_plugin.app.importing.where_reading import Reading
from neixiang_survey_plugin.app.wording.where import mistake_words
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.crs import crs_name, is_same_crs, look_up_crs
from neixiang_survey_plugin.io.importing.where_systems import readings, to_place
from neixiang_survey_plugin.io.placement import Box, Placement, is_near


def probable_cause(placed: Placement, epsg: int, home: Box | None) -> str | None:
    """What the coordinates look like instead; None where no usual mistake explains them.

    ``home`` is the box of the county's other layers on its grid; without it a guess has to come
    out in the area of use of the county's system.
    """
    for reading in _others(placed, epsg):
        if _is_home(placed, reading, epsg, home):
            of_file = crs_name(placed.crs)
            return mistake_words(
                reading, crs_name(reading.system), of_file, _is_swap(placed, reading)
            )
    return None


def _others(placed: Placement, epsg: int) -> Iterator[Reading]:
    """Every usual reading but the one that was taken."""
    degrees = [
        one for one in readings(*placed.own, epsg) if not look_up_crs(one.system).is_projected
    ]
    if look_up_crs(placed.crs).is_projected:
        yield from degrees
    yield Reading(placed.crs, north_first=True)
    for one in readings(*placed.own, epsg):
        taken = one == Reading(one.system) and _is_epsg(placed.crs, one.system)
        if one not in degrees and not taken:
            yield one


def _is_swap(placed: Placement, reading: Reading) -> bool:
    return reading == replace(Reading(placed.crs), north_first=True)


def _is_epsg(crs: str, system: str) -> bool:
    return is_same_crs(crs, int(system.partition(":")[2]))


def _is_home(placed: Placement, reading: Reading, epsg: int, home: Box | None) -> bool:
    try:
        return is_near(to_place(np.array([placed.own]), reading, epsg), epsg, home)
    except SurveyError:
        return False
