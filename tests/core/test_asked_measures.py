"""What few policies ask for: one side of a carriageway, metres dug open in roads and green."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring.measures import AskedMeasures, Figure
from neixiang_survey_plugin.core.policy import Counted, Rule, RuleKind
from tests.drawn import (
    check_one,
    county,
    finding,
    green,
    measure_one,
    neixiang,
    road,
    route,
    surface,
)

BOTH = frozenset({Counted.ROADS, Counted.GREENS})
SIDE = Rule("side", RuleKind.CARRIAGEWAY_SIDE, "单侧", "一", "示例", "A", unit="m", limit=10.0)
DUG = Rule(
    "dug", RuleKind.DUG_LENGTH, "开挖", "二", "示例", "A", unit="m", limit=20.0, counts=BOTH,
    included=False,
)  # fmt: skip
FIRST = neixiang().tiers[0]
POLICY = replace(neixiang(), tiers=(replace(FIRST, rules=(SIDE, DUG)), *neixiang().tiers[1:]))
ROAD = road((0, -50, 30, 50), width_m=30.0)


def town(**facts: Any) -> County:
    return county(policy=POLICY, **{"roads": [ROAD], **facts})


def asked(line: str, bores: Any = (), **facts: Any) -> AskedMeasures:
    return measure_one(town(**facts), route(line, bores=bores)).asked


def side(*drawn: tuple[float, float], line: str = "-10 0, 40 0") -> Figure:
    """Carriageways between these eastings, everything else beside them a sidewalk."""
    surfaces = [surface((a, -50, b, 50), f"s{n}") for n, (a, b) in enumerate(drawn)]
    found = asked(line, surfaces=[*surfaces, surface((-1, -50, 31, 50), "z", "sidewalk")])
    assert found.one_side is not None
    return found.one_side


def bounds(figure: Figure) -> tuple[float, float]:
    return figure.amount.at_least, figure.amount.at_most


def unknowns(figure: Figure) -> list[str]:
    return [one.unknown.value for one in figure.reasons]


def test_two_carriageways_are_two_sides_and_the_longer_one_counts() -> None:
    assert side((3, 12), (14, 27)).amount.value == pytest.approx(13.0)


def test_two_sides_may_share_the_middle_line() -> None:
    assert side((3, 15), (15, 26)).amount.value == pytest.approx(12.0)


def test_a_carriageway_drawn_as_one_is_at_least_half_on_one_side_and_at_most_all() -> None:
    figure = side((5, 25))
    assert figure.amount.value is None
    assert bounds(figure) == pytest.approx((10.0, 20.0))
    assert unknowns(figure) == ["carriageway_undivided"]


def test_the_middle_one_of_three_may_hold_both_sides() -> None:
    assert bounds(side((1, 5), (7, 23), (25, 29))) == pytest.approx((8.0, 16.0))


def test_without_surfaces_a_side_is_no_longer_than_its_crossing() -> None:
    found = asked("-10 0, 40 0").one_side
    assert found is not None
    assert bounds(found) == pytest.approx((0.0, 30.0))
    assert unknowns(found) == ["no_surface_layer"]


def test_what_nobody_mapped_may_be_carriageway() -> None:
    surfaces = [
        surface((0, -50, 8, 50), "a"),
        surface((10, -50, 18, 50), "b"),
        surface((18, -50, 20, 50), "c", None),
    ]
    found = asked("-10 0, 40 0", surfaces=surfaces).one_side
    assert found is not None
    assert bounds(found) == pytest.approx((8.0, 22.0))
    assert unknowns(found) == ["surface_missing"]


def test_a_line_that_crosses_no_road_crosses_no_side() -> None:
    assert side((5, 25), line="-10 0, -5 0").amount.value == 0.0


def test_running_along_a_carriageway_is_no_crossing() -> None:
    assert side((1, 14), (16, 29), line="8 -49, 8 49").amount.value == 0.0


def test_a_line_that_doubles_back_on_a_carriageway_is_not_taken_for_shorter() -> None:
    figure = side((3, 12), (14, 27), line="-10 0, 20 0, 16 0, 40 0")
    assert figure.amount.at_most >= 21.0 - 1e-6


@pytest.mark.parametrize("accuracy_m", [0.3, 0.01])
def test_a_side_near_its_limit_is_borderline_within_the_accuracy_of_the_surfaces(
    accuracy_m: float,
) -> None:
    surfaces = [
        surface((3, -50, 12.8, 50), "a"),
        surface((14, -50, 23, 50), "b"),
        surface((-1, -50, 31, 50), "z", "sidewalk"),
    ]
    drawn = town(surfaces=surfaces, surfaces_accuracy_m=accuracy_m)
    found = finding(check_one(drawn, route("-10 0, 40 0")), "side")
    assert (found.outcome.value, found.borderline) == ("pass", accuracy_m > 0.1)


def dug(line: str, **facts: Any) -> Figure:
    return asked(line, **facts).dug[BOTH]


def test_metres_dug_in_roads_and_green_add_up_each_place_once() -> None:
    parks = [green((40, -5, 60, 5)), green((25, -5, 32, 5), "G2")]
    # 30 m of road, 2 m of green beside it, 20 m of park
    assert dug("-10 0, 90 0", greens=parks).amount.value == pytest.approx(52.0)


def test_a_bored_stretch_is_not_dug() -> None:
    assert dug("-10 0, 90 0", bores=[(10, 35)]).amount.value == pytest.approx(5.0)


def test_a_line_that_doubles_back_is_dug_twice() -> None:
    assert dug("-10 0, 20 0, 10 0, 90 0").amount.value == pytest.approx(50.0)


def test_a_lane_is_no_road_that_is_dug() -> None:
    lane = road((0, -50, 30, 50), road_class="other")
    assert dug("-10 0, 90 0", roads=[lane]).amount.value == 0.0


def test_a_road_of_unknown_class_counts_but_not_for_certain() -> None:
    figure = dug("-10 0, 90 0", roads=[road((0, -50, 30, 50), road_class=None)])
    assert bounds(figure) == pytest.approx((0.0, 30.0))
    assert unknowns(figure) == ["road_class_missing"]


def test_without_a_green_layer_no_more_is_dug_than_the_line_is_long() -> None:
    figure = dug("-10 0, 90 0", greens=None)
    assert bounds(figure) == pytest.approx((30.0, 100.0))
    assert unknowns(figure) == ["no_green_layer"]


@pytest.mark.parametrize(("width_m", "outcome"), [(20.0, "fail"), (19.9, "pass")])
def test_a_limit_that_is_not_included_fails_on_the_limit(width_m: float, outcome: str) -> None:
    drawn = town(roads=[road((0, -50, width_m, 50), width_m=width_m)])
    assert finding(check_one(drawn, route("-10 0, 90 0")), "dug").outcome.value == outcome


def test_what_is_dug_is_borderline_within_the_accuracy_of_roads_and_green() -> None:
    drawn = town(roads=[road((0, -50, 19.9, 50), width_m=19.9)], roads_accuracy_m=0.1)
    assert finding(check_one(drawn, route("-10 0, 90 0")), "dug").borderline


metres = st.floats(0.5, 40.0)


@given(metres, metres, metres)
def test_reversing_a_line_changes_no_side_and_no_metre_dug(
    first: float, median: float, second: float
) -> None:
    end = first + median + second
    surfaces = [
        surface((0, -50, first, 50), "a"),
        surface((first + median, -50, end, 50), "b"),
        surface((first, -50, first + median, 50), "m", "green_belt"),
    ]
    roads = [road((0, -50, end, 50), width_m=end)]
    there, back = (
        asked(line, roads=roads, surfaces=surfaces)
        for line in (f"-10 0, {end + 5!r} 0", f"{end + 5!r} 0, -10 0")
    )
    assert there.one_side is not None
    assert back.one_side is not None
    assert there.one_side.amount == pytest.approx(back.one_side.amount)
    assert there.one_side.amount.value == pytest.approx(max(first, second))
    assert there.dug[BOTH].amount == pytest.approx(back.dug[BOTH].amount)
