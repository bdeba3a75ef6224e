"""What waits today as one list: each matter once, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from neixiang_survey_plugin.app.agenda.today import (
    Agenda,
    DueClock,
    ToTape,
    WaitingDecision,
    WaitingOpinion,
)
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.casework.urgency import Urgency, urgency_of
from neixiang_survey_plugin.core.supervision.inspections import DueInspection, Rectification
from neixiang_survey_plugin.core.supervision.packets import Outdated
from neixiang_survey_plugin.core.supervision.proposals import Proposal


class Kind(Enum):
    """What has to be done."""

    DUE = "due"
    OPINION = "opinion"
    DECISION = "decision"
    TO_TAPE = "to_tape"
    INSPECTION = "inspection"
    RECTIFICATION = "rectification"
    OUTDATED = "outdated"
    PROPOSAL = "proposal"


Matter = (
    tuple[DueClock, ...]
    | WaitingOpinion
    | WaitingDecision
    | ToTape
    | DueInspection
    | Rectification
    | Outdated
    | Proposal
)


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: of which case and lines, until when, and what it is about.

    A promise of time stands once, however it is counted and to however many services: ``matter``
    then holds its clocks, the first due first.
    """

    kind: Kind
    case_id: str | None
    utilities: tuple[str, ...]
    due_at: datetime | None
    urgency: Urgency
    matter: Matter


def waiting_list(agenda: Agenda, office: Office) -> tuple[Waiting, ...]:
    """Everything that waits, by kind, within a kind the first due first."""
    return tuple(each_waiting(agenda, office))


def each_waiting(agenda: Agenda, office: Office) -> Iterator[Waiting]:
    """The same one after another."""
    for kind, case_id, utilities, due_at, matter in _rows(agenda):
        urgency = urgency_of(due_at, office, agenda.at)
        yield Waiting(kind, case_id, utilities, due_at, urgency, matter)


_Row = tuple[Kind, str | None, tuple[str, ...], datetime | None, Matter]


def _rows(agenda: Agenda) -> Iterator[_Row]:
    yield from _promises(agenda.due)
    for opinion in agenda.opinions:
        yield Kind.OPINION, opinion.case_id, (), None, opinion
    for decision in agenda.decisions:
        utility = decision.decision.utility
        yield Kind.DECISION, decision.case_id, _some(utility), None, decision
    for tape in agenda.to_tape:
        yield Kind.TO_TAPE, tape.case_id, (), None, tape
    for look in agenda.inspections:
        yield Kind.INSPECTION, look.case_id, _some(look.utility), _end_of(look.due_on), look
    for order in agenda.rectifications:
        yield Kind.RECTIFICATION, order.case_id, (), _end_of(order.due_on), order
    for packet, _ in agenda.outdated:
        yield Kind.OUTDATED, packet.packet.case_id, _some(packet.packet.utility), None, packet
    for proposal in agenda.proposals:
        yield Kind.PROPOSAL, None, (), None, proposal


def _promises(clocks: Iterable[DueClock]) -> Iterator[_Row]:
    """Each promise to a case once: every service that it is made to, every way of counting."""
    together: dict[tuple[str, str], list[DueClock]] = {}
    for one in clocks:
        together.setdefault((one.case_id, one.reading.clock.clock_id), []).append(one)
    for (case_id, _), group in together.items():
        utilities = dict.fromkeys(one.reading.utility for one in group if one.reading.utility)
        yield Kind.DUE, case_id, tuple(utilities), group[0].reading.due_at, tuple(group)


def _some(utility: str | None) -> tuple[str, ...]:
    return () if utility is None else (utility,)


def _end_of(day: date | None) -> datetime | None:
    """A day that is due lasts until it is over."""
    return None if day is None else datetime.combine(day, time.max)
