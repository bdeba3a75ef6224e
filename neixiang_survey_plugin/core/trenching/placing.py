"""Laying a section along a stretch: every member's new course, and the axes of what is dug."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.trenching.alignment import Leads, Realigned, offset_line, realign
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection, Dig
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.core.trenching.section import Arrangement, Lineup, arrange
from neixiang_survey_plugin.core.trenching.stretches import Stretch, cut, direction_at, lateral_m

# A red line further away says nothing about which side of the strip is which.
_RED_LINE_WITHIN_M = 20.0
_SAMPLES = 21
# What rounding leaves of places that say nothing, as sines summed; one place that says something
# does so by more.
_NOTHING_SAID = 1e-6


@dataclass(frozen=True)
class Placing:
    """A section laid along a stretch.

    ``courses`` are the new lines by row, each as it was drawn; ``axes`` the axes of the
    excavations that more than one line shares, by their place among the section's digs.
    """

    section: CrossSection
    stretch: Stretch
    red_line_left: bool
    courses: Mapping[int, Realigned]
    axes: Mapping[int, LineString]

    @property
    def crossings(self) -> int:
        """How often the new lines meet each other."""
        lines = [course.line for course in self.courses.values()]
        return sum(one.intersects(other) for one, other in itertools.combinations(lines, 2))

    @property
    def length_m(self) -> float:
        """Grid metres of all new lines."""
        return sum(course.line.length for course in self.courses.values())


def place(
    section: CrossSection,
    rows: Mapping[str, int],
    lines: Mapping[int, LineString],
    stretch: Stretch,
    red_line_left: bool,
    rules: TrenchRules,
    leads: Leads = Leads.SHORT,
) -> Placing | None:
    """The section along a stretch, the spine staying where it is; None where it cannot be built.

    ``rows`` gives the row of each route of the section, ``lines`` the line of each row.
    """
    spine = cut(lines[stretch.spine], stretch.from_m, stretch.to_m)
    side = 1.0 if red_line_left else -1.0
    home_m = next(one.centre_m for one in section.slots if rows[one.route_id] == stretch.spine)
    courses: dict[int, Realigned] = {}
    for slot in section.slots:
        row = rows[slot.route_id]
        axis = offset_line(spine, side * (home_m - slot.centre_m))
        if axis is None:
            return None
        angle_deg = rules.together.least_angle_deg
        course = _course(lines[row], axis, row in stretch.turned, angle_deg, leads)
        if course is None:
            return None
        courses[row] = course
    axes: dict[int, LineString] = {}
    for number, dig in enumerate(section.digs):
        if len(dig.route_ids) > 1:
            line = offset_line(spine, side * (home_m - dig.centre_m))
            axis = None if line is None else _dug(line, dig, rows, courses)
            if axis is None:
                return None
            axes[number] = axis
    return Placing(section, stretch, red_line_left, courses, axes)


def _course(
    line: LineString, axis: LineString, turned: bool, least_angle_deg: float, leads: Leads
) -> Realigned | None:
    """The new course of a line as it was drawn, whichever way round that was."""
    found = realign(shapely.reverse(line) if turned else line, axis, least_angle_deg, leads)
    if found is None or not turned:
        return found
    length_m = found.line.length
    return Realigned(
        shapely.reverse(found.line), length_m - found.leaves_m, length_m - found.joins_m
    )


def _dug(
    line: LineString, dig: Dig, rows: Mapping[str, int], courses: Mapping[int, Realigned]
) -> LineString | None:
    """The axis of a common excavation, from where the first line joins to where the last leaves."""
    places_m = [
        float(line.project(course.line.interpolate(at_m)))
        for course in (courses[rows[route_id]] for route_id in dig.route_ids)
        for at_m in (course.joins_m, course.leaves_m)
    ]
    if max(places_m) <= min(places_m):
        return None
    return cut(line, min(places_m), max(places_m))


def as_drawn(
    lineup: Lineup,
    rows: Sequence[int],
    lines: Mapping[int, LineString],
    stretch: Stretch,
    left: bool,
) -> Arrangement:
    """The order in which the lines lie now, so that none has to cross another to get there.

    ``left``: the red line lies to the left. Lines of one excavation stay together.
    """
    middle_m = (stretch.from_m + stretch.to_m) / 2.0
    spine = lines[stretch.spine]
    away_m = [lateral_m(spine, middle_m, lines[row]) * (-1.0 if left else 1.0) for row in rows]
    means = {
        trench: float(
            np.mean([m for m, own in zip(away_m, lineup.trench, strict=True) if own == trench])
        )
        for trench in set(lineup.trench)
    }
    order = sorted(
        range(len(rows)), key=lambda n: (means[lineup.trench[n]], lineup.trench[n], away_m[n])
    )
    return arrange(lineup, order)


def red_line_is_left(spine: LineString, roads: RoadLayer | None) -> bool | None:
    """On which side of a stretch the nearest red line runs along; None where none is near.

    Each place along the stretch has a say, by how squarely beside it the red line lies: a
    street that is crossed has none.
    """
    if roads is None or not len(roads.areas):
        return None
    near = roads.tree.query(spine, "dwithin", _RED_LINE_WITHIN_M)
    if not len(near):
        return None
    edges = shapely.union_all(shapely.boundary(shapely.union_all(roads.areas[near])))
    said = 0.0
    for at_m in np.linspace(0.0, spine.length, _SAMPLES):
        place = spine.interpolate(at_m)
        way = np.diff(shapely.get_coordinates(shapely.shortest_line(place, edges)), axis=0)[0]
        distance_m = float(np.hypot(*way))
        if 0.0 < distance_m <= _RED_LINE_WITHIN_M:
            ahead = direction_at(spine, at_m)
            said += float(ahead[0] * way[1] - ahead[1] * way[0]) / distance_m
    return None if abs(said) < _NOTHING_SAID else said > 0.0
