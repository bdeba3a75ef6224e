"""Whether the works on a line may start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from neixiang_survey_plugin.core.casework.case import Service, State
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.casework.dossier import NO_WAY, Dossier
from neixiang_survey_plugin.core.judging.approvals import WITHOUT_APPROVAL
from neixiang_survey_plugin.core.policy import Way

_BEFORE_PACKETS = tuple(State)[: tuple(State).index(State.PACKET_ISSUED)]


class Hindrance(Enum):
    """Why works may not start."""

    NOT_JUDGED = "not_judged"
    NO_WAY = "no_way"  # undetermined, or outside the policy
    NO_PAPERS = "no_papers"  # no department has been told or asked
    NOT_RECEIVED = "not_received"
    NOT_GRANTED = "not_granted"


@dataclass(frozen=True)
class WorksPermission:
    """Whether works on the lines of a service may start; what hinders, and whose decisions."""

    service: Service
    hindrance: Hindrance | None = None
    waiting_for: tuple[Decision, ...] = ()

    @property
    def may_start(self) -> bool:
        """Whether nothing hinders."""
        return self.hindrance is None


def works_permission(dossier: Dossier, service: Service) -> WorksPermission:
    """On a way without approval works start on the notices' receipt, else when all is granted.

    A department that refused a notice or sent it back has not received it. Before the packets go
    out nobody has been asked for everything, whatever one department granted. Clause 四(二).
    """
    way, decisions = service.way, dossier.decisions_on(service)
    if way is None:
        return WorksPermission(service, Hindrance.NOT_JUDGED)
    if way in NO_WAY:
        return WorksPermission(service, Hindrance.NO_WAY)
    if way is Way.EXEMPT:
        return WorksPermission(service)
    if not decisions or _packets_are_to_come(dossier):
        return WorksPermission(service, Hindrance.NO_PAPERS)
    if way in WITHOUT_APPROVAL:
        missing = _where(decisions, [not one.is_received for one in decisions])
        return _waiting(service, Hindrance.NOT_RECEIVED, missing)
    missing = _where(decisions, [not one.is_granted for one in decisions])
    return _waiting(service, Hindrance.NOT_GRANTED, missing)


def _packets_are_to_come(dossier: Dossier) -> bool:
    return dossier.case.state in _BEFORE_PACKETS and not dossier.case.emergency


def _where(decisions: Iterable[Decision], wanted: Iterable[bool]) -> tuple[Decision, ...]:
    return tuple(one for one, want in zip(decisions, wanted, strict=True) if want)


def _waiting(
    service: Service, hindrance: Hindrance, missing: tuple[Decision, ...]
) -> WorksPermission:
    return WorksPermission(service, hindrance if missing else None, missing)
