"""Findings that turn when a layer is out by its accuracy."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.core.county import County, RouteDefaults
from neixiang_survey_plugin.core.judging import borderline
from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.judging.shifting import ShiftedLayer
from neixiang_survey_plugin.core.policy import Policy, Rule
from neixiang_survey_plugin.core.routes import Route
from tests.core.towns import Town, routes, towns
from tests.drawn import (
    ON,
    PROTECTED,
    Drawing,
    check_one,
    county,
    finding,
    green,
    neixiang,
    road,
    route,
)

LINE = route("0 0, 100 0")


def crossing(width_m: float, accuracy_m: float | None = 0.1, **facts: Any) -> Finding:
    """A road of this width that the line crosses squarely."""
    crossed = road((40, -50, 40 + width_m, 50), width_m=width_m, **facts)
    return finding(check_one(county([crossed], roads_accuracy_m=accuracy_m), LINE),
                   "crossing_length")  # fmt: skip


def beside(shape: Drawing, line: Route, accuracy_m: float = 0.1, **facts: Any) -> Finding:
    """Whether an arterial is touched."""
    arterial = road(shape, **{"road_class": "arterial", **facts})
    return finding(check_one(county([arterial], roads_accuracy_m=accuracy_m), line), "main_road")


def test_a_crossing_that_grows_over_the_limit_is_borderline() -> None:
    # 14.9 m, and 0.1 m more at either side: 15.1 m
    found = crossing(14.9)
    assert (found.outcome.value, found.borderline) == ("pass", True)
    assert found.uncertainty == pytest.approx(0.2)


def test_a_crossing_that_shrinks_into_the_limit_is_borderline() -> None:
    found = crossing(15.1)
    assert (found.outcome.value, found.borderline) == ("fail", True)


@pytest.mark.parametrize("width_m", [14.7, 15.3, 5.0, 30.0])
def test_a_crossing_that_stays_on_its_side_is_not_borderline(width_m: float) -> None:
    assert not crossing(width_m).borderline


@pytest.mark.parametrize("accuracy_m", [None, 0.0])
def test_a_layer_of_unknown_accuracy_makes_nothing_borderline(accuracy_m: float | None) -> None:
    found = crossing(14.999, accuracy_m)
    assert not found.borderline


@pytest.mark.parametrize("parts", [1, 2])
def test_the_width_of_a_road_follows_its_area_where_none_is_given(parts: int) -> None:
    # 14.80 m at a slant; the road 0.25 m larger is 15.79 m across, and so much wider that the
    # stretch is still shorter than twice its width
    shape = shapely.box(100, -500, 107.5, 500)
    if parts > 1:
        shape = shapely.MultiPolygon([shape, shapely.box(300, -500, 307.5, 500)])
    ground = county([road(shape, width_m=None)], roads_accuracy_m=0.25)
    line = route("89.865 32.758, 113.936 73.707")
    found = finding(check_one(ground, line), "crossing_length")
    assert (found.outcome.value, found.borderline) == ("pass", True)
    assert found.uncertainty == pytest.approx(0.987, abs=1e-3)


def test_a_slanting_crossing_grows_by_more() -> None:
    # at 45 degrees either end moves by 0.1 x 1.414 m: 14.8 becomes 15.08
    width_m = 14.8 / 2**0.5
    slanted = road((40, -50, 40 + width_m, 50), width_m=width_m)
    ground = county([slanted], roads_accuracy_m=0.1)
    found = finding(check_one(ground, route("0 -45, 90 45")), "crossing_length")
    assert (found.outcome.value, found.borderline) == ("pass", True)
    assert found.uncertainty == pytest.approx(0.1 * 2 * 2**0.5)


def test_a_crossing_that_turns_lengthwise_when_the_road_grows_is_borderline() -> None:
    # 18 m of route in a road of 9.05 m: 2 w = 18.1 m; grown by 0.1 m a side it is 18.4 m
    width_m = 9.05
    slope = math.tan(math.acos(width_m / 18.0))
    line = f"0 {-45 * slope!r}, 90 {45 * slope!r}"
    ground = county([road((40, -200, 40 + width_m, 200), width_m=width_m)], roads_accuracy_m=0.1)
    found = finding(check_one(ground, route(line)), "crossing_length")
    assert found.measured == pytest.approx(18.0)
    assert (found.outcome.value, found.borderline) == ("fail", True)


def test_a_lengthwise_stretch_that_turns_into_a_crossing_when_the_road_shrinks_is_borderline() -> (
    None
):
    # 18.1 m of route in a road of 9 m: 0.1 m more than 2 w; shrunk by 0.1 m a side it is 17.7 m
    slope = math.tan(math.acos(9.0 / 18.1))
    line = f"0 {-45 * slope!r}, 90 {45 * slope!r}"
    ground = county([road((40, -200, 49, 200), width_m=9.0)], roads_accuracy_m=0.1)
    found = finding(check_one(ground, route(line)), "crossing_length")
    assert (found.measured, found.outcome.value, found.borderline) == (0.0, "pass", True)


def forked(gap_m: float) -> Finding:
    """Two arms of one road, 8 m wide and so far apart, crossed one after the other."""
    east = 48.0 + gap_m
    fork = (f"POLYGON ((40 -50, {east + 8.0} -50, {east + 8.0} 50, {east} 50, {east} -40, "
            "48 -40, 48 50, 40 50, 40 -50))")  # fmt: skip
    ground = county([road(fork, width_m=7.0)], roads_accuracy_m=0.1)
    return finding(check_one(ground, LINE), "crossing_length")


def test_two_stretches_that_a_grown_road_makes_one_are_borderline() -> None:
    # 8 m and 8 m are over the limit; with the gap of 0.15 m closed they are 16.35 m lengthwise
    found = forked(0.15)
    assert (found.measured, found.outcome.value, found.borderline) == (16.0, "fail", True)


def test_two_stretches_too_far_apart_to_become_one_are_not_borderline() -> None:
    assert not forked(0.4).borderline


def test_a_road_that_is_not_reached_yet_may_make_a_crossing_borderline() -> None:
    # 14 m are crossed; the line ends 0.05 m before a second road and could stand 1 m in it
    roads = [road((40, -50, 54, 50), width_m=14.0), road((99.05, -50, 120, 50), "R2")]
    for accuracy_m, expected in ((1.2, True), (0.01, False)):
        ground = county(roads, roads_accuracy_m=accuracy_m)
        found = finding(check_one(ground, route("0 0, 99 0")), "crossing_length")
        assert (found.measured, found.borderline) == (pytest.approx(14.0), expected)


def test_a_road_with_a_narrow_neck_keeps_its_ends_when_it_shrinks() -> None:
    # two blocks of 9 m, joined by a neck of 0.1 m that shrinking by 0.1 m cuts
    dumbbell = ("POLYGON ((40 -50, 49 -50, 49 20, 60 20, 60 -50, 69 -50, 69 50, 60 50, 60 20.1, "
                "49 20.1, 49 50, 40 50, 40 -50))")  # fmt: skip
    ground = county([road(dumbbell, width_m=9.0)], roads_accuracy_m=0.1)
    found = finding(check_one(ground, LINE), "crossing_length")
    # 18 m, or 17.6 m shrunk and 18.4 m grown: over the limit in any case
    assert (found.measured, found.outcome.value) == (pytest.approx(18.0), "fail")
    assert found.uncertainty == pytest.approx(0.4, rel=0.01)
    assert not found.borderline


def test_an_arterial_just_beside_the_strip_is_borderline() -> None:
    # the strip ends at 1 N
    assert beside((0, 1.05, 100, 20), LINE).borderline
    assert beside((0, 1.05, 100, 20), LINE).outcome.value == "pass"
    assert not beside((0, 1.15, 100, 20), LINE).borderline


def test_an_arterial_that_the_strip_just_reaches_is_borderline() -> None:
    found = beside((0, 0.95, 100, 20), LINE)
    assert (found.outcome.value, found.borderline) == ("fail", True)
    assert not beside((0, 0.85, 100, 20), LINE).borderline


def test_an_arterial_that_is_crossed_is_not_borderline() -> None:
    assert not beside((40, -50, 60, 50), LINE).borderline


def test_a_local_road_beside_the_strip_makes_no_class_borderline() -> None:
    assert not beside((0, 1.05, 100, 20), LINE, road_class="local").borderline


def test_a_bore_along_the_edge_of_an_arterial_is_borderline() -> None:
    # the bore runs 0.05 m within the road, or 0.05 m beside it, for 80 m; nothing is dug there
    for north in (0.05, -0.05):
        bent = route(f"0 -30, 0 {north}, 80 {north}, 80 -30", bores=[(5, 130)],
                     pit_length_m=1.0, pit_width_m=1.0)  # fmt: skip
        assert beside((-50, 0, 150, 20), bent).borderline, north


def test_a_pit_of_unknown_size_stays_unknown_when_the_layer_shrinks() -> None:
    # the arterial lies 20 m from the bore's end; the road without a class 0.05 m beside the strip
    roads = [road((50, 20, 90, 30), road_class="arterial"),
             road((0, 1.05, 10, 9), "R2", road_class=None)]  # fmt: skip
    ground = county(roads, roads_accuracy_m=0.1, defaults=RouteDefaults({"water": 2.0}))
    found = finding(check_one(ground, route("0 0, 100 0", bores=[(60, 80)])), "main_road")
    assert (found.outcome.value, found.borderline) == ("unknown", False)


@pytest.mark.parametrize(("north", "outcome"), [(39.95, "unknown"), (40.05, "pass")])
def test_a_road_at_the_end_of_what_a_pit_may_reach_is_borderline(
    north: float, outcome: str
) -> None:
    arterial = road((0, north, 100, 60), road_class="arterial")
    for accuracy_m, expected in ((0.1, True), (0.01, False)):
        ground = county([arterial], roads_accuracy_m=accuracy_m,
                        defaults=RouteDefaults({"water": 2.0}))  # fmt: skip
        found = finding(check_one(ground, route("0 0, 100 0", bores=[(40, 60)])), "main_road")
        assert (found.outcome.value, found.borderline) == (outcome, expected)


def test_a_line_without_a_width_along_the_edge_of_an_arterial_is_borderline() -> None:
    arterial = road((-50, 0, 150, 20), road_class="arterial")
    bare = county([arterial], roads_accuracy_m=0.1, defaults=RouteDefaults())
    inside = finding(check_one(bare, route("0 0.05, 80 0.05")), "main_road")
    assert (inside.outcome.value, inside.borderline) == ("fail", True)


def test_a_protected_road_just_beside_the_strip_is_borderline() -> None:
    protected = road((0, 1.05, 100, 20), delivered_on=PROTECTED)
    found = check_one(county([protected], roads_accuracy_m=0.1), LINE)
    assert finding(found, "road_protection").borderline
    assert found.verdict.way.value == "commitment"  # the verdict stands


def test_a_road_of_unknown_delivery_that_the_strip_just_reaches_is_borderline() -> None:
    # unknown where it is touched, passed where it is not
    for north in (0.95, 1.05):
        undated = road((0, north, 100, 20), delivered_on=None)
        found = check_one(county([undated], roads_accuracy_m=0.1), LINE)
        assert finding(found, "road_protection").borderline, north


def test_a_road_that_is_crossed_for_certain_does_not_settle_what_another_makes_unknown() -> None:
    # the highway has no protected years; the road without a date is just reached, or just not
    roads = [road((40, -50, 60, 50), "H", road_class="highway"),
             road((0, 0.95, 30, 20), "R2", delivered_on=None)]  # fmt: skip
    found = finding(check_one(county(roads, roads_accuracy_m=0.1), LINE), "road_protection")
    assert (found.outcome.value, found.borderline) == ("unknown", True)


def test_green_space_that_may_be_more_than_twenty_is_borderline() -> None:
    def occupied(length_m: float, accuracy_m: float) -> Finding:
        park = green((40, -50, 40 + length_m, 50))
        ground = county((), [park], greens_accuracy_m=accuracy_m)
        return finding(check_one(ground, LINE), "green_area")

    # 19.8 m2; 0.1 m at either end are 0.4 m2
    found = occupied(9.9, 0.1)
    assert (found.outcome.value, found.borderline) == ("pass", True)
    assert found.uncertainty == pytest.approx(0.4)
    assert (occupied(10.1, 0.1).outcome.value, occupied(10.1, 0.1).borderline) == ("fail", True)
    assert not occupied(9.7, 0.1).borderline
    assert not occupied(10.3, 0.1).borderline


def test_green_space_beside_the_strip_may_make_it_borderline() -> None:
    park, lawn = green((40, -50, 49.9, 50)), green((60, 1.05, 80, 20), "G2")
    # 19.8 m2, and up to 20 x 0.05 m2 of the lawn
    for greens, accuracy_m, expected in (([park, lawn], 0.06, True), ([park], 0.04, False)):
        ground = county((), greens, greens_accuracy_m=accuracy_m)
        assert finding(check_one(ground, LINE), "green_area").borderline is expected


def test_the_tip_of_green_space_that_just_reaches_in_may_be_much_more() -> None:
    # the tip stands 0.1 m in the strip; grown by 0.5 m it is a piece of a disc, half a metre deep
    tip = green("POLYGON ((50 0.9, 60 20, 40 20, 50 0.9))")
    policy = with_limits(neixiang(), {"green_area": 0.4})
    found = finding(check_one(county((), [tip], greens_accuracy_m=0.5, policy=policy), LINE),
                    "green_area")  # fmt: skip
    assert found.measured is not None
    assert found.measured < 0.01
    assert found.borderline


def test_the_accuracy_of_one_layer_does_not_blur_the_other() -> None:
    roads = [road((40, -50, 54.9, 50), width_m=14.9)]
    greens = [green((60, -50, 69.9, 50))]
    found = check_one(county(roads, greens, greens_accuracy_m=0.1), LINE)
    assert not finding(found, "crossing_length").borderline
    assert finding(found, "green_area").borderline


def with_limits(policy: Policy, limits: Mapping[str, float]) -> Policy:
    """The policy with other limits."""

    def limited(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(replace(one, limit=limits.get(one.rule_id, one.limit)) for one in rules)

    tiers = tuple(
        replace(tier, rules=limited(tier.rules), broken_rules=limited(tier.broken_rules))
        for tier in policy.tiers
    )
    return replace(policy, tiers=tiers)


def borderline_rules(ground: County, line: Route) -> set[str]:
    findings = Checker(ground).check([line], ON).routes[0].verdict.findings
    return {one.rule for one in findings if one.borderline}


def without_bounds(ground: County, line: Route) -> set[str]:
    """What is borderline when nothing is ruled out beforehand."""
    always = {
        kind: (layer, lambda rule, finding, facts: True)
        for kind, (layer, _) in borderline._COULD_TURN.items()
    }
    with patch.dict(borderline._COULD_TURN, always):
        return borderline_rules(ground, line)


@dataclass(frozen=True)
class NarrowScene:
    """A route whose figures lie near their limits, whatever they are."""

    town: Town
    line: Route
    accuracies: Mapping[str, float]
    room: Mapping[str, float]

    def county(self) -> County:
        """The county with limits that leave so much room, or are broken by so much."""
        result = check_one(self.town.county(), self.line)
        limits = {
            name: max(measured + room, 0.0)
            for name, room in self.room.items()
            if (measured := finding(result, name).measured) is not None
        }
        return self.town.county(policy=with_limits(neixiang(), limits), **self.accuracies)


@st.composite
def narrow_scenes(draw: st.DrawFn) -> NarrowScene:
    town = draw(towns())
    line = draw(routes(town.grid))
    accuracies = {
        name: draw(st.sampled_from((0.05, 0.1, 0.5)))
        for name in ("roads_accuracy_m", "greens_accuracy_m")
    }
    room = {
        name: draw(st.integers(-30, 30)) / 10 * 4 * accuracy_m
        for name, accuracy_m in zip(
            ("crossing_length", "green_area"), accuracies.values(), strict=True
        )
    }
    return NarrowScene(town, line, accuracies, room)


# Not shrunk: five minutes of it make such a scene no plainer.
@settings(max_examples=150, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(narrow_scenes())
def test_the_cheap_bounds_rule_out_nothing_that_is_borderline(scene: NarrowScene) -> None:
    ground = scene.county()
    assert borderline_rules(ground, scene.line) == without_bounds(ground, scene.line)


def measured_both_ways(ground: County, line: Route) -> set[str]:
    """What is borderline when touched roads too are measured anew on the grown layer."""
    anew = {
        kind: (ShiftedLayer.ROADS, could_turn)
        for kind, (layer, could_turn) in borderline._COULD_TURN.items()
        if layer is ShiftedLayer.TOUCHED_ROADS
    }
    assert anew
    with patch.dict(borderline._COULD_TURN, anew):
        return borderline_rules(ground, line)


@settings(max_examples=150, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(narrow_scenes())
def test_a_road_within_the_accuracy_is_one_that_the_grown_layer_touches(scene: NarrowScene) -> None:
    ground = scene.county()
    assert borderline_rules(ground, scene.line) == measured_both_ways(ground, scene.line)


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(narrow_scenes(), st.data())
def test_lines_judged_together_turn_as_each_does_alone(
    scene: NarrowScene, data: st.DataObject
) -> None:
    ground = scene.county()
    others = data.draw(st.lists(routes(scene.town.grid), min_size=1, max_size=4))
    lines = [scene.line, *others]
    lines = [replace(line, route_id=f"r{index}") for index, line in enumerate(lines)]
    together = Checker(ground).check(lines, ON).routes
    for line, one in zip(lines, together, strict=True):
        alone = Checker(ground).check([line], ON).routes[0]
        assert turned(one.verdict.findings) == turned(alone.verdict.findings)


def turned(findings: Sequence[Finding]) -> list[tuple[str, bool, Any]]:
    return [
        (one.rule, one.borderline, one.uncertainty and pytest.approx(one.uncertainty, abs=1e-6))
        for one in findings
    ]
