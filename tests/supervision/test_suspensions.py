"""Suspensions: three months and until rectified, over when both are, imposed by departments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.county import Department, Suspension, Unit
from neixiang_survey_plugin.core.dates import months_after
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.suspensions import (
    SuspensionRecord,
    as_judged,
    impose,
    is_in_force,
    lifted_on,
    rectify,
    served_until,
    suspended_months,
    with_suspensions,
)
from tests.drawn import check, county, route

MONTHS = 3
UNITS = (Unit("water", "示例供水公司", "water"), Unit("gas", "示例燃气公司", "gas"))
DEPARTMENTS = {"excavation": Department("excavation", "示例城市管理局")}
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def record(imposed_on: date, rectified_on: date | None, unit: str = "water") -> SuspensionRecord:
    return SuspensionRecord(None, unit, imposed_on, "示例城市管理局", "修复不合格", rectified_on)


@st.composite
def records(draw: st.DrawFn) -> SuspensionRecord:
    imposed_on = draw(DAYS)
    days = draw(st.none() | st.integers(0, 400))
    rectified_on = None if days is None else imposed_on + timedelta(days)
    return record(imposed_on, rectified_on, draw(st.sampled_from(["water", "gas"])))


@given(records(), DAYS)
def test_a_suspension_holds_until_it_is_served_and_rectified_both(
    one: SuspensionRecord, day: date
) -> None:
    assert one.imposed_on is not None
    served = day > months_after(one.imposed_on, MONTHS)
    rectified = one.rectified_on is not None and day >= one.rectified_on
    assert is_in_force(one, day, MONTHS) == (one.imposed_on <= day and not (served and rectified))


@given(records())
def test_the_day_on_which_it_is_lifted_is_the_first_free_one(one: SuspensionRecord) -> None:
    free = lifted_on(one, MONTHS)
    if free is None:
        assert one.rectified_on is None
        assert is_in_force(one, date(2999, 1, 1), MONTHS)
        return
    assert not is_in_force(one, free, MONTHS)
    assert is_in_force(one, free - timedelta(1), MONTHS)


@given(records(), st.integers(0, 2000))
def test_what_is_lifted_never_holds_again(one: SuspensionRecord, later: int) -> None:
    free = lifted_on(one, MONTHS)
    if free is not None:
        assert not is_in_force(one, free + timedelta(later), MONTHS)


@given(records(), st.integers(0, 400), DAYS)
def test_putting_things_right_later_never_frees_a_unit_earlier(
    one: SuspensionRecord, more: int, day: date
) -> None:
    if one.rectified_on is not None:
        later = replace(one, rectified_on=one.rectified_on + timedelta(more))
        assert is_in_force(later, day, MONTHS) or not is_in_force(one, day, MONTHS)


@given(records(), DAYS)
def test_a_line_of_a_suspended_unit_is_never_judged_a_commitment(
    one: SuspensionRecord, day: date
) -> None:
    plain = county(units=UNITS)
    months = suspended_months(plain.policy)
    judged = with_suspensions(plain, [one])
    line = route("0 0, 100 0", unit="water", planned_on=day)
    (result,) = check(judged, line).routes
    suspended = one.unit_id == "water" and is_in_force(one, day, months)
    assert (result.verdict.way.value == "commitment") == (not suspended)


@given(st.lists(records(), max_size=5), DAYS, st.randoms())
def test_the_order_in_which_suspensions_are_joined_does_not_matter(
    some: list[SuspensionRecord], day: date, random: object
) -> None:
    shuffled = sorted(some, key=lambda _: random.random())  # type: ignore[attr-defined]
    for unit in ("water", "gas"):
        held = {
            any(
                is_in_force(SuspensionRecord(None, *vars(one).values()), day, MONTHS)
                for one in with_suspensions(county(), ordered).suspensions
                if one.unit_id == unit
            )
            for ordered in (some, shuffled)
        }
        assert len(held) == 1


def test_a_suspension_in_both_places_is_one_and_rectified_when_either_says_so() -> None:
    imposed, done = date(2026, 1, 10), date(2026, 2, 1)
    of_file = county(suspensions=(Suspension("water", imposed),))
    joined = with_suspensions(of_file, [record(imposed, done)])
    assert joined.suspensions == (Suspension("water", imposed, done),)


def test_a_row_without_its_unit_or_day_suspends_nobody() -> None:
    assert as_judged(SuspensionRecord(unit_id="water")) is None
    assert not is_in_force(SuspensionRecord(imposed_on=date(2026, 1, 1)), date(2026, 1, 2), MONTHS)
    assert served_until(SuspensionRecord(), MONTHS) is None


def test_a_department_imposes_with_a_reason() -> None:
    day = date(2026, 1, 10)
    one = impose("water", day, "excavation", " 修复不合格 ", UNITS, DEPARTMENTS)
    assert (one.imposed_by, one.reason) == ("示例城市管理局", "修复不合格")
    for wrong, said in (
        (("steam", day, "excavation", "x"), "县资料里没有；有 water、gas"),
        (("water", day, "somebody", "x"), "只有审批部门能作决定"),
        (("water", day, "excavation", " "), "要写明理由"),
    ):
        with pytest.raises(SurveyError, match=said):
            impose(*wrong, UNITS, DEPARTMENTS)


def test_rectifying_says_from_when_the_unit_may_commit_again() -> None:
    one = record(date(2026, 1, 10), None)
    early = rectify(one, date(2026, 2, 1), MONTHS, "excavation", DEPARTMENTS)
    assert early.lifted_on == date(2026, 4, 11)
    late = rectify(one, date(2026, 8, 1), MONTHS, "excavation", DEPARTMENTS)
    assert late.lifted_on == date(2026, 8, 1)
    assert late.remark == "2026-08-01 示例城市管理局认定整改完成"
    with pytest.raises(SurveyError, match="早于暂停之日"):
        rectify(one, date(2026, 1, 9), MONTHS, "excavation", DEPARTMENTS)
    with pytest.raises(SurveyError, match="已认定"):
        rectify(early, date(2026, 3, 1), MONTHS, "excavation", DEPARTMENTS)
