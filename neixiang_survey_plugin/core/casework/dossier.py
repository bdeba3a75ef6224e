"""Everything that is on record of one case, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from neixiang_survey_plugin.core.casework.case import Case, Service, State, StateChange
from neixiang_survey_plugin.core.casework.decision import Decision, PacketIssued
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion, OpinionKind, Participant
from neixiang_survey_plugin.core.judging.approvals import WITHOUT_APPROVAL
from neixiang_survey_plugin.core.policy import Way

# What a check may say that is no way to start a line.
NO_WAY = frozenset({Way.UNDETERMINED, Way.OUTSIDE})


@dataclass(frozen=True)
class Dossier:
    """A case with its services, decisions, surveys, packets and changes of state.

    ``routes`` are the identifiers of its lines by utility. ``open_failures`` are conflicts that
    nobody may waive; None where nobody looked for conflicts. ``inspected`` are the utilities
    whose lines a department has looked at, ``to_rectify`` what it ordered and is not done yet.
    """

    case: Case
    services: tuple[Service, ...] = ()
    decisions: tuple[Decision, ...] = ()
    surveys: tuple[JointSurvey, ...] = ()
    participants: tuple[Participant, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    packets: tuple[PacketIssued, ...] = ()
    changes: tuple[StateChange, ...] = ()
    routes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_failures: int | None = None
    inspected: frozenset[str] = frozenset()
    to_rectify: tuple[str, ...] = ()

    @property
    def with_lines(self) -> tuple[Service, ...]:
        """The services that need a line."""
        return tuple(one for one in self.services if one.needs_line)

    @property
    def needs_approval(self) -> bool:
        """Whether a line takes a way that has to be approved."""
        return any(one.way not in WITHOUT_APPROVAL for one in self.with_lines)

    @property
    def visited(self) -> frozenset[State]:
        """The states that the case has been in; one that was applied for has been registered."""
        states = {one.to_state for one in self.changes} | {self.case.state}
        applied = self.case.received_at is not None
        return frozenset(states | {State.REGISTERED} if applied else states)

    @property
    def waiting_for_opinions(self) -> tuple[str, ...]:
        """The units and departments that came to the survey and have not said anything."""
        said = {one.unit for one in self.opinions if one.opinion is not None}
        came = dict.fromkeys(one.unit for one in self.participants if one.unit)
        return tuple(unit for unit in came if unit not in said)

    @property
    def disagreeing(self) -> tuple[str, ...]:
        """The units and departments whose last word is no."""
        last = {one.unit: one.opinion for one in self.opinions if one.opinion is not None}
        return tuple(unit for unit, word in last.items() if unit and word is OpinionKind.DISAGREE)

    def decisions_on(self, service: Service) -> tuple[Decision, ...]:
        """The decisions that the lines of a service wait for."""
        return tuple(one for one in self.decisions if one.utility in (None, service.utility))
