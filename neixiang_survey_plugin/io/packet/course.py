"""The part of a form on the course of the lines: lengths, roads, green spaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording import Names
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring.measures import Amount, summed
from neixiang_survey_plugin.core.policy import CrossingReading, GreenReading, Reading, RuleKind
from neixiang_survey_plugin.io.packet import rows

Lines = Sequence[RouteResult]


def course_fields(lines: Lines, names: Names, county: County) -> dict[str, Any]:
    """The fields on where lines run, how long they are and what they meet."""
    policy, roads = county.policy, [one.measures.roads for one in lines]
    crossing_marks = wording.limits_of(policy, RuleKind.CROSSING_LENGTH)
    length_m = sum(one.measures.length_m for one in lines)
    touched = {touch.road.road_id: touch.road for road in roads for touch in road.touches}
    return {
        "line_ids": "、".join(one.route.route_id for one in lines),
        "lines": list(rows.line_rows(lines, county)),
        "descriptions": [wording.route_description(one, policy) for one in lines],
        "crossings": list(rows.crossing_rows(lines, policy)),
        "greens": list(rows.green_rows(lines, names, policy)),
        "length_total": _metres(length_m, *wording.limits_of(policy, RuleKind.LINE_LENGTH)),
        "crossing_total": _metres(_crossing(lines, policy.reading).value, *crossing_marks),
        "along_total": _metres(summed(road.along for road in roads).value, *crossing_marks),
        "inside_total": _metres(summed(road.inside for road in roads).value, *crossing_marks),
        "green_total": wording.amount(
            _green(lines, policy.reading).value,
            "m2",
            *wording.limits_of(policy, RuleKind.GREEN_AREA),
        ),
        "touched": _touched(lines, [wording.road_facts_words(road) for road in touched.values()]),
        "opens_road": _may_open_road(lines),
        "occupies_green": any(one.measures.green.strip.at_most > 0.0 for one in lines),
    }


def _crossing(lines: Lines, reading: Reading) -> Amount:
    roads = [one.measures.roads for one in lines]
    if reading.crossing is CrossingReading.INSIDE:
        return summed(road.inside for road in roads)
    if reading.crossing is CrossingReading.ACROSS:
        return summed(road.across for road in roads)
    longest = roads[0].across_each
    for road in roads[1:]:
        longest = longest.largest(road.across_each)
    return longest


def _green(lines: Lines, reading: Reading) -> Amount:
    strip = reading.green is GreenReading.WORKING_STRIP
    return summed(one.measures.green.strip if strip else one.measures.green.trench for one in lines)


def _touched(lines: Lines, roads: list[str]) -> str:
    unknown = any(
        one.measures.roads.touch_reasons or one.measures.roads.unmeasured for one in lines
    )
    listed = "、".join(roads) or (wording.UNKNOWN_WORD if unknown else wording.NONE_WORD)
    return f"{listed}；其余{wording.UNKNOWN_WORD}" if roads and unknown else listed


def _may_open_road(lines: Lines) -> bool:
    """A road that nobody can rule out counts: the promise to reinstate costs nothing then."""
    return any(
        next(iter(wording.opened_roads(one)), None) is not None
        or one.measures.roads.touch_reasons
        or one.measures.roads.unmeasured
        for one in lines
    )


def _metres(value: float | None, *marks: float) -> str:
    return wording.amount(value, "m", *marks)
