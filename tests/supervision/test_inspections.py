"""The plan of supervision, the sheet of an inspection, and what a unit's record suggests."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.county import InspectionKind, PlannedInspection, PlanStart
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
    Talk,
    due_inspections,
    make_sheet,
)
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.core.supervision.proposals import (
    ProposalKind,
    SupervisionRecord,
    propose,
)
from neixiang_survey_plugin.core.supervision.suspensions import SuspensionRecord
from tests.drawn import neixiang

RULES = neixiang().supervision
assert RULES is not None
DAY = date(2026, 12, 31)
PROMISE = Promise(
    case_id="c1",
    route_id="r1",
    utility="water",
    unit="water",
    roads="R1",
    green_m2=4.0,
    works_from=date(2026, 12, 1),
    works_to=date(2026, 12, 5),
    promised_on=date(2026, 11, 22),
)
PLAN = (
    PlannedInspection("excavation", InspectionKind.DURING, PlanStart.WORKS_FROM, 2),
    PlannedInspection("green", InspectionKind.AFTER, PlanStart.WORKS_TO, 10),
    PlannedInspection("planning", InspectionKind.PHONE, PlanStart.PROMISED_ON, 7),
)


def due(*promises: Promise, made: tuple[Inspection, ...] = ()) -> list[tuple[str, str]]:
    return [(one.matter, one.due_on.isoformat()) for one in due_inspections(promises, PLAN, made)]


def test_the_plan_says_who_has_to_look_until_when() -> None:
    assert due(PROMISE) == [
        ("planning", "2026-11-29"),
        ("excavation", "2026-12-03"),
        ("green", "2026-12-15"),
    ]


def test_a_department_that_has_nothing_to_look_at_is_not_asked() -> None:
    assert due(replace(PROMISE, roads="", green_m2=0.0)) == [("planning", "2026-11-29")]
    assert ("green", "2026-12-15") in due(replace(PROMISE, green_m2=None))  # unknown is not none


def test_works_without_days_are_counted_from_the_promise() -> None:
    undated = replace(PROMISE, works_from=None, works_to=None)
    assert [day for _, day in due(undated)] == ["2026-11-24", "2026-11-29", "2026-12-02"]


def test_what_was_made_is_no_longer_due_and_two_lines_are_one_visit() -> None:
    made = Inspection("i", "c1", "water", matter="excavation", kind=InspectionKind.DURING,
                      inspected_on=date(2026, 12, 2))  # fmt: skip
    early = replace(PROMISE, route_id="r2", works_to=date(2026, 12, 4))
    assert due(PROMISE, early, made=(made,)) == [
        ("planning", "2026-11-29"),
        ("green", "2026-12-14"),
    ]
    assert due(early, PROMISE) == due(PROMISE, early)
    other = replace(made, kind=InspectionKind.UNANNOUNCED)
    assert len(due(PROMISE, made=(other,))) == 3


def test_a_sheet_has_every_clause_of_every_line_not_judged_yet() -> None:
    assert RULES is not None
    sheet = make_sheet([PROMISE, replace(PROMISE, route_id="r2")], RULES)
    assert [(one.route_id, one.promise) for one in sheet] == [
        (route_id, kind)
        for route_id in ("r1", "r2")
        for kind in PromiseKind
        if kind is not PromiseKind.CONDITION
    ]
    assert {one.outcome for one in sheet} == {ClauseOutcome.NOT_JUDGED}


def test_a_condition_of_an_approval_is_an_item_where_the_policy_holds_units_to_it() -> None:
    assert RULES is not None
    *_, night = make_sheet([PROMISE], RULES, ["夜间施工（城管局）"])
    assert (night.promise, night.requirement) == (PromiseKind.CONDITION, "夜间施工（城管局）")
    assert (night.route_id, night.outcome) == (None, ClauseOutcome.NOT_JUDGED)
    clauses = tuple(one for one in RULES.promises if one.kind is not PromiseKind.CONDITION)
    silent = replace(RULES, promises=clauses)
    assert len(make_sheet([PROMISE], silent, ["夜间施工"])) == len(clauses)


def history(
    outcomes: str, *, late: bool = True, unit: str = "water", **more: tuple[object, ...]
) -> SupervisionRecord:
    """Inspections a week apart from 1 January 2026: ``x`` found a promise broken, ``o`` none.

    What each broken one ordered was due two days later, and is open where ``late``.
    """
    inspections, items, orders = [], [], []
    for week, mark in enumerate(outcomes):
        day = date(2026, 1, 1) + timedelta(weeks=week)
        number = f"{unit}{week}"
        inspections.append(Inspection(number, "c", unit=unit, inspected_on=day))
        outcome = ClauseOutcome.BROKEN if mark == "x" else ClauseOutcome.KEPT
        items.append(InspectionItem(None, number, "r", PromiseKind.LENGTH, outcome))
        if mark == "x":
            until = day + timedelta(2)
            orders.append(
                Rectification(
                    None, number, "c", unit, what="修复", ordered_on=day, due_on=until,
                    done_on=None if late else until,
                )
            )  # fmt: skip
    return SupervisionRecord(inspections, items, orders, **more)  # type: ignore[arg-type]


def proposed(record: SupervisionRecord, day: date = DAY) -> list[str]:
    assert RULES is not None
    return [one.kind.value for one in propose(record, RULES, day)]


@pytest.mark.parametrize(
    ("outcomes", "kinds"),
    [
        ("", []),
        ("x", []),
        ("xx", ["talk"]),
        ("xxx", ["suspension"]),
        ("xxo", []),
        ("xox", []),
        ("xoxx", ["talk"]),
    ],
)
def test_what_follows_counts_inspections_in_a_row(outcomes: str, kinds: list[str]) -> None:
    assert proposed(history(outcomes)) == kinds


def test_what_was_put_right_in_time_suggests_nothing() -> None:
    assert proposed(history("xxx", late=False)) == []


def test_what_was_put_right_too_late_counts_and_what_is_not_due_yet_does_not() -> None:
    tardy = history("xx")
    done = [replace(one, done_on=DAY) for one in tardy.rectifications]
    assert proposed(replace(tardy, rectifications=done)) == ["talk"]
    assert proposed(tardy, date(2026, 1, 3)) == []


def test_after_a_talk_only_what_was_found_since_counts() -> None:
    held = Talk("t", "water", held_on=date(2026, 1, 20))
    assert proposed(history("xx", talks=(held,))) == []
    assert proposed(history("xxx", talks=(held,))) == ["suspension"]
    assert proposed(history("xx", talks=(replace(held, unit="gas"),))) == ["talk"]


def test_a_suspension_begins_a_new_row() -> None:
    imposed = SuspensionRecord("s", "water", date(2026, 1, 16))
    assert proposed(history("xxx", suspensions=(imposed,))) == []
    assert proposed(history("xxxxx", suspensions=(imposed,))) == ["talk"]


MARKS = st.text("xo", max_size=8)


@given(MARKS, MARKS, st.booleans(), st.randoms())
def test_units_do_not_touch_each_other_and_order_of_the_rows_does_not_matter(
    one: str, other: str, late: bool, shuffle: random.Random
) -> None:
    first, second = history(one, late=late), history(other, unit="gas")
    both = SupervisionRecord(
        [*first.inspections, *second.inspections],
        [*first.items, *second.items],
        [*first.rectifications, *second.rectifications],
    )
    for rows in (both.inspections, both.items, both.rectifications):
        shuffle.shuffle(rows)  # type: ignore[arg-type]
    assert sorted(proposed(both)) == sorted(proposed(first) + proposed(second))


@given(MARKS)
def test_one_more_broken_promise_never_suggests_less(outcomes: str) -> None:
    rank = {"talk": 1, "suspension": 2}
    before, after = proposed(history(outcomes)), proposed(history(outcomes + "x"))
    assert sum(map(rank.__getitem__, before)) <= sum(map(rank.__getitem__, after))


@given(MARKS)
def test_an_inspection_that_finds_all_well_ends_every_suggestion(outcomes: str) -> None:
    assert proposed(history(outcomes + "o")) == []


def test_a_proposal_names_its_evidence() -> None:
    assert RULES is not None
    (one,) = propose(history("oxx"), RULES, DAY)
    assert (one.kind, one.unit) == (ProposalKind.TALK, "water")
    assert [inspection.uuid for inspection in one.inspections] == ["water1", "water2"]
    assert len(one.overdue) == 2
