"""Who may commit: suspending a unit, finding it put right, and where every unit stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.county import County, Unit
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.suspensions import (
    SuspensionRecord,
    impose,
    is_in_force,
    lifted_on,
    rectify,
    suspended_months,
)


@dataclass(frozen=True)
class UnitStanding:
    """A unit on a day: whether it may commit, and its suspensions, the last one last."""

    unit: Unit
    may_commit: bool
    suspensions: tuple[SuspensionRecord, ...]
    months: int


def suspend(
    store: SurveyStore, county: County, unit_id: str, on: date, by: str, reason: str
) -> SuspensionRecord:
    """Keep a suspension that a department imposed; SurveyError when it cannot be one."""
    record = impose(unit_id, on, by, reason, county.units, county.departments)
    held = store.records(SuspensionRecord, unit_id=unit_id)
    if any(one.imposed_on == on for one in held):
        raise SurveyError(f"单位 {unit_id}：{on} 的暂停已经记下。")
    (uuid,) = store.keep([record], what="suspend")
    return replace(record, uuid=uuid)


def end_suspension(
    store: SurveyStore, county: County, unit_id: str, on: date, by: str
) -> SuspensionRecord:
    """Keep that a unit has put right what its last open suspension was for.

    SurveyError when the survey holds no suspension of the unit that is still open.
    """
    months = suspended_months(county.policy)
    held = [
        one for one in store.records(SuspensionRecord, unit_id=unit_id) if one.rectified_on is None
    ]
    if not held:
        raise SurveyError(f"单位 {unit_id}：踏勘文件里没有待整改的暂停。")
    done = rectify(held[-1], on, months, by, county.departments)
    store.keep([done], what="rectify")
    return done


def standings(
    county: County, records: Iterable[SuspensionRecord], day: date
) -> tuple[UnitStanding, ...]:
    """Every unit of the county with the suspensions of its file and of a survey."""
    months = suspended_months(county.policy)
    of_file = (
        SuspensionRecord(None, one.unit_id, one.imposed_on, rectified_on=one.rectified_on)
        for one in county.suspensions
    )
    known = [replace(one, lifted_on=lifted_on(one, months)) for one in (*of_file, *records)]
    return tuple(
        UnitStanding(
            unit,
            not any(one.unit_id == unit.unit_id and is_in_force(one, day, months) for one in known),
            tuple(one for one in known if one.unit_id == unit.unit_id),
            months,
        )
        for unit in county.units
    )
