"""What a case must have before it may move on: one check for each condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from neixiang_survey_plugin.core.casework.case import Service
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.casework.dossier import NO_WAY, Dossier
from neixiang_survey_plugin.core.casework.works import works_permission
from neixiang_survey_plugin.core.judging.approvals import WITHOUT_APPROVAL, Matter
from neixiang_survey_plugin.core.policy import Way

JOINT_WAYS = frozenset({Way.JOINT, Way.JOINT_GOVERNMENT})
# 条例 art. 34: who digs first tells both departments at once.
TOLD_AT_ONCE = (Matter.EXCAVATION, Matter.TRAFFIC_POLICE)


class Condition(Enum):
    """What may be missing."""

    LINE_NEEDED = "line_needed"
    NO_LINE_NEEDED = "no_line_needed"
    SURVEY_HELD = "survey_held"
    ROUTES_DRAWN = "routes_drawn"
    LINES_ASKED_FOR = "lines_asked_for"
    VERDICTS_KNOWN = "verdicts_known"
    WAYS_DECIDED = "ways_decided"
    READING_DECIDED = "reading_decided"
    TAPED = "taped"
    SURVEYED_TOGETHER = "surveyed_together"
    OPINIONS_GIVEN = "opinions_given"
    NOBODY_DISAGREES = "nobody_disagrees"
    NO_OPEN_FAILURE = "no_open_failure"
    PACKETS_ISSUED = "packets_issued"
    NO_APPROVAL_NEEDED = "no_approval_needed"
    APPROVAL_NEEDED = "approval_needed"
    WORKS_MAY_START = "works_may_start"
    EMERGENCY = "emergency"
    DEPARTMENTS_TOLD = "departments_told"
    APPLIED_FOR = "applied_for"
    ACCESS_RECORDED = "access_recorded"
    INSPECTED = "inspected"
    RECTIFIED = "rectified"
    PAPERS_COMPLETE = "papers_complete"


@dataclass(frozen=True)
class Lack:
    """A condition that is not met, and what about: services, decisions, or names."""

    condition: Condition
    services: tuple[Service, ...] = ()
    decisions: tuple[Decision, ...] = ()
    names: tuple[str, ...] = ()


def check_condition(condition: Condition, dossier: Dossier) -> Lack | None:
    """What is missing of a condition; None when it is met."""
    return _CHECKS[condition](dossier)


def _line_needed(dossier: Dossier) -> Lack | None:
    return None if dossier.with_lines else Lack(Condition.LINE_NEEDED)


def _no_line_needed(dossier: Dossier) -> Lack | None:
    if dossier.services and not dossier.with_lines:
        return None
    return Lack(Condition.NO_LINE_NEEDED, dossier.with_lines)


def _survey_held(dossier: Dossier) -> Lack | None:
    held = dossier.surveys and dossier.participants
    return None if held else Lack(Condition.SURVEY_HELD)


def _routes_drawn(dossier: Dossier) -> Lack | None:
    return _services(
        Condition.ROUTES_DRAWN,
        (one for one in dossier.with_lines if not dossier.routes.get(one.utility)),
    )


def _lines_asked_for(dossier: Dossier) -> Lack | None:
    """A line that no service asks for would be judged and issued without anybody to lay it."""
    asked = {one.utility for one in dossier.with_lines}
    return _names(
        Condition.LINES_ASKED_FOR,
        (one for utility, ids in dossier.routes.items() if utility not in asked for one in ids),
    )


def _verdicts_known(dossier: Dossier) -> Lack | None:
    return _services(
        Condition.VERDICTS_KNOWN, (one for one in dossier.with_lines if one.verdict is None)
    )


def _ways_decided(dossier: Dossier) -> Lack | None:
    return _services(
        Condition.WAYS_DECIDED,
        (one for one in dossier.with_lines if one.way is None or one.way in NO_WAY),
    )


def _reading_decided(dossier: Dossier) -> Lack | None:
    return _services(
        Condition.READING_DECIDED,
        (one for one in dossier.with_lines if one.reading_decides and not one.reading_decided_by),
    )


def _taped(dossier: Dossier) -> Lack | None:
    """What was taped settles a borderline finding; one that is left has not been taped."""
    return _services(Condition.TAPED, (one for one in dossier.with_lines if one.borderline))


def _surveyed_together(dossier: Dossier) -> Lack | None:
    if dossier.surveys:
        return None
    return _services(
        Condition.SURVEYED_TOGETHER, (one for one in dossier.with_lines if one.way in JOINT_WAYS)
    )


def _opinions_given(dossier: Dossier) -> Lack | None:
    return _names(Condition.OPINIONS_GIVEN, dossier.waiting_for_opinions)


def _nobody_disagrees(dossier: Dossier) -> Lack | None:
    return _names(Condition.NOBODY_DISAGREES, dossier.disagreeing)


def _no_open_failure(dossier: Dossier) -> Lack | None:
    if dossier.open_failures == 0:
        return None
    number = () if dossier.open_failures is None else (str(dossier.open_failures),)
    return Lack(Condition.NO_OPEN_FAILURE, names=number)


def _packets_issued(dossier: Dossier) -> Lack | None:
    issued = {one.utility for one in dossier.packets}
    return _services(
        Condition.PACKETS_ISSUED,
        (one for one in dossier.with_lines if not issued & {None, one.utility}),
    )


def _no_approval_needed(dossier: Dossier) -> Lack | None:
    return _services(
        Condition.NO_APPROVAL_NEEDED,
        (one for one in dossier.with_lines if one.way not in WITHOUT_APPROVAL),
    )


def _approval_needed(dossier: Dossier) -> Lack | None:
    return None if dossier.needs_approval else Lack(Condition.APPROVAL_NEEDED)


def _works_may_start(dossier: Dossier) -> Lack | None:
    held_up = [
        one
        for service in dossier.with_lines
        if not (one := works_permission(dossier, service)).may_start
    ]
    if not held_up:
        return None
    waiting = dict.fromkeys(decision for one in held_up for decision in one.waiting_for)
    return Lack(Condition.WORKS_MAY_START, tuple(one.service for one in held_up), tuple(waiting))


def _emergency(dossier: Dossier) -> Lack | None:
    """Whether the case may dig first; where it may not, what it waits for like any other."""
    if dossier.case.emergency:
        return None
    lack = _works_may_start(dossier) or Lack(Condition.WORKS_MAY_START)
    return Lack(Condition.EMERGENCY, lack.services, lack.decisions)


def _departments_told(dossier: Dossier) -> Lack | None:
    if not dossier.case.emergency:
        return None
    told = {one.matter for one in dossier.decisions if one.notified_at or one.received_at}
    return _names(
        Condition.DEPARTMENTS_TOLD, (one.value for one in TOLD_AT_ONCE if one not in told)
    )


def _applied_for(dossier: Dossier) -> Lack | None:
    return None if dossier.case.received_at is not None else Lack(Condition.APPLIED_FOR)


def _access_recorded(dossier: Dossier) -> Lack | None:
    if not dossier.services:
        return Lack(Condition.ACCESS_RECORDED)
    return _services(
        Condition.ACCESS_RECORDED, (one for one in dossier.services if one.access_done_at is None)
    )


def _inspected(dossier: Dossier) -> Lack | None:
    """Whatever was laid is looked at, on whichever way it started: 四(二), 六(二)."""
    return _services(
        Condition.INSPECTED,
        (
            one
            for one in dossier.with_lines
            if (one.way is Way.COMMITMENT or dossier.routes.get(one.utility))
            and one.utility not in dossier.inspected
        ),
    )


def _rectified(dossier: Dossier) -> Lack | None:
    return _names(Condition.RECTIFIED, dossier.to_rectify)


def _papers_complete(dossier: Dossier) -> Lack | None:
    """Every line has what works may start on; who dug first has every paper granted since."""
    if not dossier.case.emergency:
        lack = _works_may_start(dossier)
        return lack and Lack(Condition.PAPERS_COMPLETE, lack.services, lack.decisions)
    open_papers = tuple(one for one in dossier.decisions if not one.is_granted)
    asked = {one.matter for one in dossier.decisions}
    never = tuple(one.value for one in TOLD_AT_ONCE if one not in asked)
    if not open_papers and not never:
        return None
    return Lack(Condition.PAPERS_COMPLETE, decisions=open_papers, names=never)


def _services(condition: Condition, missing: Iterable[Service]) -> Lack | None:
    found = tuple(missing)
    return Lack(condition, found) if found else None


def _names(condition: Condition, missing: Iterable[str]) -> Lack | None:
    found = tuple(missing)
    return Lack(condition, names=found) if found else None


_CHECKS: Mapping[Condition, Callable[[Dossier], Lack | None]] = {
    Condition.LINE_NEEDED: _line_needed,
    Condition.NO_LINE_NEEDED: _no_line_needed,
    Condition.SURVEY_HELD: _survey_held,
    Condition.ROUTES_DRAWN: _routes_drawn,
    Condition.LINES_ASKED_FOR: _lines_asked_for,
    Condition.VERDICTS_KNOWN: _verdicts_known,
    Condition.WAYS_DECIDED: _ways_decided,
    Condition.READING_DECIDED: _reading_decided,
    Condition.TAPED: _taped,
    Condition.SURVEYED_TOGETHER: _surveyed_together,
    Condition.OPINIONS_GIVEN: _opinions_given,
    Condition.NOBODY_DISAGREES: _nobody_disagrees,
    Condition.NO_OPEN_FAILURE: _no_open_failure,
    Condition.PACKETS_ISSUED: _packets_issued,
    Condition.NO_APPROVAL_NEEDED: _no_approval_needed,
    Condition.APPROVAL_NEEDED: _approval_needed,
    Condition.WORKS_MAY_START: _works_may_start,
    Condition.EMERGENCY: _emergency,
    Condition.DEPARTMENTS_TOLD: _departments_told,
    Condition.APPLIED_FOR: _applied_for,
    Condition.ACCESS_RECORDED: _access_recorded,
    Condition.INSPECTED: _inspected,
    Condition.RECTIFIED: _rectified,
    Condition.PAPERS_COMPLETE: _papers_complete,
}
