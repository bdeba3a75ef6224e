"""The decisions that a case waits for: one row a utility, matter and department."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.county import Department
from neixiang_survey_plugin.core.judging.approvals import Approval, Matter

Key = tuple[str | None, Matter | None, str | None]


@dataclass(frozen=True)
class PlannedDecisions:
    """Rows to be kept, and those that no line asks for any more and nobody has been told of."""

    keep: tuple[Decision, ...]
    forget: tuple[Decision, ...]


def plan_decisions(
    case_id: str,
    matters: Mapping[str, Iterable[Approval]],
    present: Iterable[Decision],
    departments: Mapping[str, Department],
) -> PlannedDecisions:
    """The rows that the matters of each utility's lines ask for, beside those there are.

    A road is dug up with the consent of the traffic police too (城市道路管理条例 art. 33), so
    excavation brings a row of theirs. A row that a department was told of stays, whatever
    became of the line.
    """
    wanted = {
        (utility, matter, department): None
        for utility, approvals in matters.items()
        for approval in approvals
        for matter, department in _departments_of(approval, departments)
    }
    rows = {key_of(one): one for one in present}
    idle = (one for key, one in rows.items() if key not in wanted and _untold(one))
    keep = tuple(
        Decision(case_id=case_id, utility=utility, matter=matter, department=department)
        for utility, matter, department in wanted
        if (utility, matter, department) not in rows
    )
    return PlannedDecisions(keep, tuple(idle))


def key_of(decision: Decision) -> Key:
    """What one row stands for: utility, matter, department."""
    return decision.utility, decision.matter, decision.department


def _departments_of(
    approval: Approval, departments: Mapping[str, Department]
) -> Iterable[tuple[Matter, str | None]]:
    yield approval.matter, approval.department
    if approval.matter is Matter.EXCAVATION:
        police = departments.get(Matter.TRAFFIC_POLICE.value)
        yield Matter.TRAFFIC_POLICE, police.name if police else None


def _untold(decision: Decision) -> bool:
    return decision.notified_at is None and decision.received_at is None and not decision.outcome
