"""One side of a carriageway and metres dug open, where the tape says other than the layers."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.judging.findings import Finding
from tests.core.test_asked_measures import ROAD, town
from tests.core.test_taped import taped, with_facts
from tests.drawn import check_one, finding, green, measure_one, road, route, surface

LINE = route("-10 0, 40 0")
SIDES = [surface((2, -50, 11, 50), "s0"), surface((13, -50, 22, 50), "s1"),
         surface((-1, -50, 31, 50), "z", "sidewalk")]  # fmt: skip


def found(rule: str, *facts: ConfirmedFact, **layers: Any) -> Finding:
    """What the rule says of the line: a limit of 10 m for a side, less than 20 m dug."""
    there = with_facts(town(**{"surfaces": SIDES, **layers}), *facts)
    return finding(check_one(there, LINE), rule)


def outcome(rule: str, *facts: ConfirmedFact, **layers: Any) -> str:
    return found(rule, *facts, **layers).outcome.value


def test_a_crossing_taped_longer_than_drawn_may_have_a_longer_side() -> None:
    assert outcome("side") == "pass"
    doubtful = found("side", taped("R1", 31.0, line=LINE))
    assert doubtful.outcome.value == "unknown"
    assert [(one.unknown.value, one.ids) for one in doubtful.reasons] == [
        ("taped_otherwise", ("R1",))
    ]


def test_no_side_is_longer_than_what_was_taped_of_its_crossing() -> None:
    wide = [surface((0, -50, 12, 50), "s0"), surface((12, -50, 30, 50), "s1")]
    assert outcome("side", surfaces=wide) == "fail"
    assert outcome("side", taped("R1", 10.0, line=LINE), surfaces=wide) == "pass"
    assert outcome("side", taped("R1", 10.1, line=LINE), surfaces=wide) == "unknown"


def test_a_road_that_only_the_tape_has_crossed_may_have_a_long_side() -> None:
    far = road((200, -50, 230, 50), "R2", width_m=30.0)
    assert outcome("side", taped("R2", 10.1, line=LINE), roads=[ROAD, far]) == "unknown"
    assert outcome("side", taped("R2", 9.9, line=LINE), roads=[ROAD, far]) == "pass"


def test_a_tape_at_one_road_says_nothing_of_another() -> None:
    wide = [surface((0, -50, 12, 50), "s0"), surface((12, -50, 30, 50), "s1")]
    both = [ROAD, road((31, -50, 35, 50), "R2", width_m=4.0)]
    assert outcome("side", taped("R2", 3.0, line=LINE), roads=both, surfaces=wide) == "unknown"


def test_a_tape_that_agrees_leaves_everything_as_it_was() -> None:
    drawn_m = measure_one(town(surfaces=SIDES), LINE).roads.across.value
    assert drawn_m is not None
    for rule in ("side", "dug"):
        settled = found(rule, taped("R1", drawn_m, line=LINE))
        assert (settled.outcome, settled.measured) == (found(rule).outcome, found(rule).measured)


def test_a_lane_that_was_taped_changes_neither() -> None:
    lane = road((0, -50, 30, 50), road_class="other", width_m=30.0)
    for rule in ("side", "dug"):
        assert outcome(rule, taped("R1", 90.0, line=LINE), roads=[lane]) == "pass"


def test_green_space_that_only_the_tape_knows_of_may_be_dug_all_along() -> None:
    narrow = [road((0, -50, 5, 50), width_m=5.0)]
    there = {"roads": narrow, "greens": [green((60, 60, 70, 70))]}
    assert outcome("dug", **there) == "pass"
    assert outcome("dug", taped("G1", 3.0, "taped_m2", LINE), **there) == "unknown"
    assert outcome("dug", taped("G1", 0.0, "taped_m2", LINE), **there) == "pass"


widths_m, shares = st.floats(1.0, 29.0), st.floats(0.1, 0.9)


@settings(deadline=None, max_examples=40)
@given(
    drawn_m=widths_m, true_m=widths_m, middle=st.floats(0.1, 0.9), true_middle=st.floats(0.1, 0.9)
)
def test_with_a_tape_nothing_passes_and_nothing_fails_that_does_not_on_a_true_map(
    drawn_m: float, true_m: float, middle: float, true_middle: float
) -> None:
    truth = _mapped(true_m, true_middle)
    taped_m = measure_one(town(**truth), LINE).roads.across.value
    assert taped_m is not None
    for rule in ("side", "dug"):
        judged = outcome(rule, taped("R1", taped_m, line=LINE), **_mapped(drawn_m, middle))
        if abs(drawn_m - true_m) > 1e-3:  # the same width of road, and nothing contradicts the map
            assert judged in (outcome(rule, **truth), "unknown")


def _mapped(width_m: float, middle: float) -> dict[str, Any]:
    """A road so wide, its carriageway parted there."""
    parted_m = width_m * middle
    return {
        "roads": [road((0, -50, width_m, 50), width_m=width_m)],
        "surfaces": [
            surface((0, -50, parted_m, 50), "s0"),
            surface((parted_m, -50, width_m, 50), "s1"),
        ],
    }
