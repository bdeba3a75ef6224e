"""Conflicts followed to an outcome, and whether that still holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.conflicts.settlement import Settled, Settlement, follow, settle
from neixiang_survey_plugin.core.errors import SurveyError
from tests.conflicts.scenes import find, only, pipe, route

DAY = date(2026, 11, 20)


def too_near(gap_m: float = 0.3, **facts: object) -> Conflict:
    """A water line beside a sewer: 1.0 m are asked."""
    north = 0.1 + gap_m
    return only(find(route("0 0, 100 0"), pipes=[pipe(f"0 {north}, 100 {north}", **facts)]))


def settled(conflict: Conflict, outcome: Settled = Settled.PROTECTED) -> Settlement:
    return settle(conflict, outcome, "加套管", "张工", DAY)


def test_an_agreed_measure_settles_a_conflict_and_nothing_else() -> None:
    conflict = too_near()
    other = conflict._replace(b="P2")
    found = follow([conflict, other], [settled(conflict)])
    assert [one is not None for _, one in found.conflicts] == [True, False]
    assert found.open == (other,)
    assert (found.settled_count, found.count) == (1, 2)


def test_a_conflict_that_became_worse_is_open_again() -> None:
    found = follow([too_near(0.2)], [settled(too_near(0.3))])
    assert len(found.open) == 1
    assert len(found.void) == 1
    better = follow([too_near(0.4)], [settled(too_near(0.3))])
    assert better.open == ()


def test_a_centimetre_of_setting_out_changes_nothing() -> None:
    assert follow([too_near(0.295)], [settled(too_near(0.3))]).open == ()
    assert len(follow([too_near(0.285)], [settled(too_near(0.3))]).open) == 1


def test_a_line_that_was_moved_is_done_only_when_the_conflict_is_gone() -> None:
    moved = settled(too_near(), Settled.MOVED)
    still = follow([too_near()], [moved])
    assert (len(still.open), still.gone, still.void) == (1, (), (moved,))
    done = follow([], [moved])
    assert (done.open, done.gone, done.void) == ((), (moved,), ())
    assert (done.settled_count, done.count) == (1, 1)


def test_the_last_word_on_one_place_counts() -> None:
    conflict = too_near()
    words = [settled(conflict), settled(conflict, Settled.MOVED)]
    assert len(follow([conflict], words).open) == 1
    assert follow([conflict], words[::-1]).open == ()


def test_further_along_the_same_two_lines_is_another_conflict() -> None:
    conflict = too_near()
    elsewhere = conflict._replace(at=(conflict.at[0] + 10.0, conflict.at[1]))
    assert follow([elsewhere], [settled(conflict)]).open == (elsewhere,)


def test_who_gives_way_may_change_and_the_settlement_stays() -> None:
    conflict = too_near()._replace(b_layer="routes", b="r2")
    turned = conflict._replace(a="r2", b="r1")
    assert follow([turned], [settled(conflict)]).open == ()


def test_what_fails_cannot_be_agreed_away() -> None:
    failing = too_near(-0.05)
    assert failing.outcome is ConflictOutcome.FAIL
    for outcome in (Settled.PROTECTED, Settled.ACCEPTED):
        with pytest.raises(SurveyError, match="不能以防护或同意了结"):
            settled(failing, outcome)
    wrong_data = settle(failing, Settled.NOT_A_CONFLICT, "探坑：管线在南侧 2 m", "李工", DAY)
    assert follow([failing], [wrong_data]).open == ()


def test_an_agreed_measure_does_not_cover_what_fails_later() -> None:
    agreed = replace(settled(too_near(0.3)), measured_m=-1.0)
    assert len(follow([too_near(-0.05)], [agreed]).open) == 1


@pytest.mark.parametrize(("reason", "by"), [("", "张工"), ("加套管", " ")])
def test_a_settlement_says_why_and_by_whom(reason: str, by: str) -> None:
    with pytest.raises(SurveyError):
        settle(too_near(), Settled.PROTECTED, reason, by, DAY)


def test_a_conflict_of_unknown_distance_stays_settled_while_it_is_unknown() -> None:
    unknown = too_near(diameter_mm=None)
    assert unknown.measured_m is None
    note = settled(unknown, Settled.ACCEPTED)
    assert follow([unknown], [note]).open == ()
    assert len(follow([unknown._replace(measured_m=0.1)], [note]).open) == 1
