"""What the record of a unit suggests: a talk or a suspension, which only a department decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from neixiang_survey_plugin.core.obligations import SupervisionRules
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
    Talk,
)
from neixiang_survey_plugin.core.supervision.suspensions import SuspensionRecord


class ProposalKind(Enum):
    """What a department may want to do."""

    TALK = "talk"
    SUSPENSION = "suspension"


@dataclass(frozen=True)
class Proposal:
    """A suggestion with what it rests on: the inspections in a row, and what was not put right."""

    unit: str
    kind: ProposalKind
    inspections: tuple[Inspection, ...]
    overdue: tuple[Rectification, ...]


@dataclass(frozen=True)
class SupervisionRecord:
    """Everything that supervision has written down."""

    inspections: Sequence[Inspection] = ()
    items: Sequence[InspectionItem] = ()
    rectifications: Sequence[Rectification] = ()
    talks: Sequence[Talk] = ()
    suspensions: Sequence[SuspensionRecord] = ()


def propose(record: SupervisionRecord, rules: SupervisionRules, day: date) -> tuple[Proposal, ...]:
    """What the record suggests on a day, one proposal a unit at most.

    A unit whose last inspections all found promises broken, and that did not put right in time
    what was ordered then. The row ends at an inspection that found all well, and begins anew
    with a suspension; after a talk only a longer row counts.
    """
    broken = {item.inspection_uuid for item in record.items if item.outcome is ClauseOutcome.BROKEN}
    units = dict.fromkeys(one.unit for one in record.inspections if one.unit is not None)
    found = (_for_unit(unit, record, broken, rules, day) for unit in units)
    return tuple(one for one in found if one is not None)


def _for_unit(
    unit: str,
    record: SupervisionRecord,
    broken: set[str | None],
    rules: SupervisionRules,
    day: date,
) -> Proposal | None:
    suspended = _last((one.imposed_on for one in record.suspensions if one.unit_id == unit), day)
    talked = _last((one.held_on for one in record.talks if one.unit == unit), day)
    row = _row_of_broken(unit, record.inspections, broken, suspended, day)
    overdue = _overdue(row, record.rectifications, day)
    if not overdue:
        return None
    if len(row) >= rules.suspension_after:
        return Proposal(unit, ProposalKind.SUSPENSION, tuple(row), overdue)
    seen_since = [one for one in row if talked is None or _day(one) > talked]
    if len(row) >= rules.talk_after and seen_since:
        return Proposal(unit, ProposalKind.TALK, tuple(row), overdue)
    return None


def _row_of_broken(
    unit: str,
    inspections: Iterable[Inspection],
    broken: set[str | None],
    since: date | None,
    day: date,
) -> list[Inspection]:
    """The inspections in a row, up to the last one made, that found a promise broken."""
    made = sorted(
        (
            one
            for one in inspections
            if one.unit == unit
            and one.inspected_on is not None
            and one.inspected_on <= day
            and (since is None or one.inspected_on > since)
        ),
        key=_day,
    )
    row: list[Inspection] = []
    for one in made:
        row = [*row, one] if one.uuid in broken else []
    return row


def _overdue(
    row: Sequence[Inspection], rectifications: Iterable[Rectification], day: date
) -> tuple[Rectification, ...]:
    """What was ordered in a row of inspections and not put right in time."""
    ordered_by: Mapping[str | None, Inspection] = {one.uuid: one for one in row}
    return tuple(
        one
        for one in rectifications
        if one.inspection_uuid in ordered_by
        and one.due_on is not None
        and (day if one.done_on is None else one.done_on) > one.due_on
    )


def _last(days: Iterable[date | None], day: date) -> date | None:
    return max((one for one in days if one is not None and one <= day), default=None)


def _day(inspection: Inspection) -> date:
    return inspection.inspected_on or date.min
