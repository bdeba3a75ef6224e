"""Units that may not commit: imposed by a department, over when served and rectified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from neixiang_survey_plugin.core.county import County, Department, Suspension, Unit
from neixiang_survey_plugin.core.dates import months_after
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.judging.applicants import in_force
from neixiang_survey_plugin.core.policy import Policy, RuleKind

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SuspensionRecord:
    """One suspension as a survey keeps it.

    ``rectified_on`` is None until a department has found everything put right; ``lifted_on`` the
    day from which the unit may commit again, None until that is known.
    """

    uuid: str | None = None
    unit_id: str | None = None
    imposed_on: date | None = None
    imposed_by: str | None = None
    reason: str | None = None
    rectified_on: date | None = None
    lifted_on: date | None = None
    remark: str | None = None


def impose(
    unit_id: str,
    on: date,
    by: str,
    reason: str,
    units: Iterable[Unit],
    departments: Mapping[str, Department],
) -> SuspensionRecord:
    """A suspension imposed by a department of the county.

    SurveyError when the unit or the department is not the county's, or no reason is given: the
    tool only proposes, who imposes says why.
    """
    known = {unit.unit_id: unit.name for unit in units}
    if unit_id not in known:
        raise SurveyError(f"单位 {unit_id}：县资料里没有；有 {'、'.join(known) or '无'}。")
    if not reason.strip():
        raise SurveyError(f"暂停单位 {unit_id}：要写明理由。")
    return SuspensionRecord(None, unit_id, on, department_name(by, departments), reason.strip())


def rectify(
    record: SuspensionRecord, on: date, months: int, by: str, departments: Mapping[str, Department]
) -> SuspensionRecord:
    """The suspension with everything put right on a day, as a department of the county found.

    SurveyError for a day before it was imposed, or when it was found put right already.
    """
    name = department_name(by, departments)
    if record.imposed_on is None or on < record.imposed_on:
        raise SurveyError(
            f"单位 {record.unit_id}：整改完成日 {on} 早于暂停之日 {record.imposed_on}。"
        )
    if record.rectified_on is not None:
        raise SurveyError(f"单位 {record.unit_id}：{record.rectified_on} 已认定整改完成。")
    remark = "；".join(filter(None, (record.remark, f"{on} {name}认定整改完成")))
    done = replace(record, rectified_on=on, remark=remark)
    return replace(done, lifted_on=lifted_on(done, months))


def served_until(record: SuspensionRecord, months: int) -> date | None:
    """The last day of the months that are served in any case; None for a row without its day."""
    return None if record.imposed_on is None else months_after(record.imposed_on, months)


def lifted_on(record: SuspensionRecord, months: int) -> date | None:
    """The first day on which the unit may commit again: served and rectified, both.

    None while nothing has been rectified, however long ago it was imposed.
    """
    served = served_until(record, months)
    if served is None or record.rectified_on is None or served == date.max:
        return None
    return max(served + _ONE_DAY, record.rectified_on)


def is_in_force(record: SuspensionRecord, day: date, months: int) -> bool:
    """Whether the suspension holds on a day."""
    suspension = as_judged(record)
    return suspension is not None and in_force(suspension, day, months)


def as_judged(record: SuspensionRecord) -> Suspension | None:
    """What the judging knows of a suspension; None for a row without its unit or its day."""
    if record.unit_id is None or record.imposed_on is None:
        return None
    return Suspension(record.unit_id, record.imposed_on, record.rectified_on)


def suspended_months(policy: Policy) -> int:
    """How many months a suspension runs at least, by the policy."""
    rules = (rule for rule in policy.rules if rule.kind is RuleKind.UNIT_SUSPENSION)
    return next((rule.suspended_months or 0 for rule in rules), 0)


def with_suspensions(county: County, records: Iterable[SuspensionRecord]) -> County:
    """The county whose judging knows the suspensions of its file and those of a survey.

    One of the same unit and day in both is one; it is rectified when either says so.
    """
    joined = {(one.unit_id, one.imposed_on): one for one in county.suspensions}
    for record in records:
        one = as_judged(record)
        if one is not None:
            key = one.unit_id, one.imposed_on
            joined[key] = _either(joined.get(key, one), one)
    return replace(county, suspensions=tuple(joined.values()))


def _either(one: Suspension, other: Suspension) -> Suspension:
    days = [day for day in (one.rectified_on, other.rectified_on) if day is not None]
    return replace(one, rectified_on=min(days, default=None))


def department_name(name: str, departments: Mapping[str, Department]) -> str:
    """The name of a department given by its name or by its matter; SurveyError for no such one."""
    return departments[matter_of(name, departments)].name


def matter_of(name: str, departments: Mapping[str, Department]) -> str:
    """The matter of a department given by its name or by its matter, the first it decides.

    SurveyError for a department that the county does not list.
    """
    for matter, department in departments.items():
        if name in (matter, department.name):
            return matter
    listed = "、".join(f"{one.name}（{matter}）" for matter, one in departments.items())
    raise SurveyError(f"部门 {name}：县资料里没有，只有审批部门能作决定；有 {listed or '无'}。")
