"""What holds of every proposal, for lines drawn at random beside each other."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from shapely import LineString, affinity
from shapely.ops import substring

from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner
from neixiang_survey_plugin.core.conflicts.courses import facts_of
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.vocabulary import UTILITY
from tests.conflicts.scenes import clearances
from tests.drawn import ON
from tests.trenching.towns import line, planner, town

PLANNER: TrenchPlanner = planner()
STREET = shapely.box(-500, 0, 500, 10)
PARK = shapely.box(-500, 20, 500, 30)


@st.composite
def neighbours(draw: st.DrawFn) -> list[Route]:
    """Two to five lines that go north, across street and park, and then perhaps turn east."""
    utilities = draw(st.lists(st.sampled_from(tuple(UTILITY)), min_size=2, max_size=5))
    turns = draw(st.booleans())
    routes, east = [], 0.0
    for number, utility in enumerate(utilities):
        east += draw(st.floats(0.5, 4.5))
        south, north = -draw(st.floats(2, 12)), 45.0 - east
        points = [(east, south), (east + draw(st.floats(-0.3, 0.3)), north)]
        if turns:
            points.append((60.0 + draw(st.floats(-5, 5)), north + draw(st.floats(-0.3, 0.3))))
        if draw(st.booleans()):
            points.reverse()
        routes.append(line(LineString(points), utility, f"{utility}{number}"))
    return routes


def proposals(routes: list[Route]) -> list[Proposal]:
    return [one for found in PLANNER.propose(routes, ON).suggestions for one in found.proposals]


EXAMPLES = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])


@EXAMPLES
@given(neighbours())
def test_every_proposal_holds_what_it_promises(routes: list[Route]) -> None:
    for one in proposals(routes):
        ends_are_kept(one)
        no_line_of_it_fails_against_another(one)
        lines_lie_in_what_is_dug(one)
        savings_are_what_a_second_measurement_finds(one)
        bends_can_be_built(one)
        in_the_section_every_pair_keeps_its_clearance(one)


def ends_are_kept(one: Proposal) -> None:
    for member in one.members:
        before, after = member.route.line.coords, member.after.line.coords
        assert (before[0], before[-1]) == (after[0], after[-1])


def no_line_of_it_fails_against_another(one: Proposal) -> None:
    assert one.own_failures == ()
    found = ConflictSearch(town(), clearances()).judge(one.routes).conflicts
    assert [c for c in found if c.b_layer == "routes" and c.outcome.value == "fail"] == []


def lines_lie_in_what_is_dug(one: Proposal) -> None:
    dug, taken = one.works_after.dug, one.works_after.taken
    assert dug is not None
    assert taken is not None
    for route in one.routes:
        assert dug.buffer(1e-4).covers(route.line)
        assert taken.buffer(1e-4).covers(route.line)
        if route.works_area is not None:
            assert taken.buffer(1e-4).covers(route.works_area)


def savings_are_what_a_second_measurement_finds(one: Proposal) -> None:
    """Measured again with bare shapely: the plane's grid metres are true metres."""
    for works, figures in ((one.works_before, one.before), ((one.works_after,), one.after)):
        trenches = [trench for each in works for trench in each.trenches]
        assert figures.trench_m == pytest.approx(math.fsum(t.axis.length for t in trenches))
        strips = [shapely.union_all([buffered(t.axis, t.working_m) for t in w.trenches])
                  for w in works]  # fmt: skip
        green = shapely.union_all(strips).intersection(PARK).area
        assert figures.green_m2 == pytest.approx(green, abs=1e-3)
        closed = [strip.intersection(STREET).area > 1e-6 for strip in strips]
        assert figures.closures == sum(closed)
        digs = [shapely.union_all([buffered(t.axis, t.width_m) for t in w.trenches]) for w in works]
        road = math.fsum(dig.intersection(STREET).area for dig in digs)
        assert sum((figures.road_m2 or {}).values()) == pytest.approx(road, abs=1e-3)
        earth = math.fsum(t.axis.length * (t.section_m2 or 0.0) for t in trenches)
        assert figures.earth_m3 == pytest.approx(earth)
    assert one.before.trench_m == pytest.approx(sum(m.route.line.length for m in one.members))


def buffered(axis: LineString, width_m: float | None) -> shapely.Geometry:
    assert width_m is not None
    return axis.buffer(width_m / 2, cap_style="flat", join_style="mitre", mitre_limit=5.0)


def angles_deg(course: LineString) -> list[float]:
    ahead = np.diff(shapely.get_coordinates(course), axis=0)
    bearings = np.degrees(np.arctan2(ahead[:, 1], ahead[:, 0]))
    return (180.0 - np.abs((np.diff(bearings) + 180.0) % 360.0 - 180.0)).tolist()


def bends_can_be_built(one: Proposal) -> None:
    """No bend is sharper than the rule allows, or than the sharpest that somebody drew."""
    drawn = [angle for m in one.members for angle in angles_deg(m.route.line)]
    sharpest = min([*drawn, 135.0])
    for route in one.routes:
        assert min([*angles_deg(route.line), 180.0]) >= sharpest - 0.01


def in_the_section_every_pair_keeps_its_clearance(one: Proposal) -> None:
    if one.section is None:
        return
    stretches = {
        m.route.route_id: substring(m.after.line, m.joins_m, m.leaves_m) for m in one.members
    }
    known = {route.route_id: facts_of(route) for route in one.routes}
    for a, b in itertools.combinations(one.section.slots, 2):
        asked = clearances().horizontal(known[a.route_id], known[b.route_id])
        apart_m = stretches[a.route_id].distance(stretches[b.route_id])
        assert apart_m - (a.outer_m + b.outer_m) / 2.0 >= asked.most_m - 1e-6


@EXAMPLES
@given(neighbours(), st.integers(-300, 300))
@example([line("1.5 -2, 1.5 43.5, 59 43.5", "water"), line("2 -3, 2 43, 60 43", "power")], -2)
def test_where_lines_lie_along_the_street_changes_nothing(routes: list[Route], shift: int) -> None:
    moved = [line(affinity.translate(one.line, shift), one.utility, one.route_id) for one in routes]
    here, there = proposals(routes), proposals(moved)
    assert [one.proposal_id for one in here] == [one.proposal_id for one in there]
    for one, other in zip(here, there, strict=True):
        assert one.after.trench_m == pytest.approx(other.after.trench_m, abs=1e-3)
        assert one.after.openings == other.after.openings
