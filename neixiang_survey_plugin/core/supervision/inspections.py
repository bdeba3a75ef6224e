"""Inspections: the county's plan, the sheet made from a promise's clauses, what is due when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from neixiang_survey_plugin.core.county import InspectionKind, PlannedInspection, PlanStart
from neixiang_survey_plugin.core.obligations import PromiseKind, SupervisionRules
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome
from neixiang_survey_plugin.core.supervision.promises import Promise


@dataclass(frozen=True)
class Inspection:
    """One look of the department of one matter at the lines of one utility of one case.

    ``with_departments`` came along.
    """

    uuid: str | None = None
    case_id: str | None = None
    utility: str | None = None
    unit: str | None = None
    matter: str | None = None
    department: str | None = None
    kind: InspectionKind | None = None
    with_departments: str | None = None
    inspected_on: date | None = None
    inspected_by: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class InspectionItem:
    """One clause of the promise on an inspection's sheet, and what was found.

    ``requirement`` is the condition of an approval, with who set it; such an item is of no line.
    """

    uuid: str | None = None
    inspection_uuid: str | None = None
    route_id: str | None = None
    promise: PromiseKind | None = None
    outcome: ClauseOutcome = ClauseOutcome.NOT_JUDGED
    evidence: str | None = None
    requirement: str | None = None


@dataclass(frozen=True)
class Rectification:
    """What a unit was ordered to put right until a day; ``done_on`` None until it was."""

    uuid: str | None = None
    inspection_uuid: str | None = None
    case_id: str | None = None
    unit: str | None = None
    department: str | None = None
    what: str | None = None
    ordered_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    confirmed_by: str | None = None


@dataclass(frozen=True)
class Talk:
    """A talk (约谈) that a department held with a unit."""

    uuid: str | None = None
    unit: str | None = None
    department: str | None = None
    held_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True)
class DueInspection:
    """An inspection that the county's plan asks for and that nobody has made yet."""

    case_id: str | None
    utility: str | None
    matter: str
    kind: InspectionKind
    due_on: date
    standard: str | None


def make_sheet(
    promises: Iterable[Promise], rules: SupervisionRules, requirements: Iterable[str] = ()
) -> tuple[InspectionItem, ...]:
    """The items of an inspection, not judged yet: every clause of the policy for every line.

    Where the policy holds units to the conditions of an approval, each of ``requirements`` is an
    item too.
    """
    of_lines = tuple(
        InspectionItem(route_id=promise.route_id, promise=clause.kind)
        for promise in promises
        for clause in rules.promises
        if clause.kind is not PromiseKind.CONDITION
    )
    if rules.promise(PromiseKind.CONDITION) is None:
        return of_lines
    conditions = (
        InspectionItem(promise=PromiseKind.CONDITION, requirement=one) for one in requirements
    )
    return (*of_lines, *conditions)


def due_inspections(
    promises: Iterable[Promise],
    plan: Iterable[PlannedInspection],
    inspections: Iterable[Inspection],
) -> tuple[DueInspection, ...]:
    """What the plan asks for and nobody has made, the earliest first.

    One a case, utility, matter and kind; a promise that does not say when works begin or
    end is counted from the day on which it was made.
    """
    made = {
        (one.case_id, one.utility, one.matter, one.kind)
        for one in inspections
        if one.inspected_on is not None
    }
    due: dict[tuple[str | None, str | None, str, InspectionKind], DueInspection] = {}
    planned = list(plan)
    for promise in promises:
        for one in _asked_for(promise, planned):
            key = one.case_id, one.utility, one.matter, one.kind
            first = due.get(key)
            if key not in made and (first is None or one.due_on < first.due_on):
                due[key] = one
    return tuple(sorted(due.values(), key=lambda one: (one.due_on, one.case_id or "")))


def _asked_for(promise: Promise, plan: list[PlannedInspection]) -> Iterator[DueInspection]:
    for one in plan:
        start = {
            PlanStart.WORKS_FROM: promise.works_from,
            PlanStart.WORKS_TO: promise.works_to,
            PlanStart.PROMISED_ON: None,
        }[one.after] or promise.promised_on
        if start is not None and _concerns(one.matter, promise):
            due_on = start + timedelta(days=one.within_days)
            yield DueInspection(
                promise.case_id, promise.utility, one.matter, one.kind, due_on, one.standard
            )


def _concerns(matter: str, promise: Promise) -> bool:
    """Whether a department has anything to look at: its roads, its green space; others always."""
    if matter in ("excavation", "traffic_police"):
        return bool(promise.roads)
    return matter != "green" or promise.green_m2 != 0.0
