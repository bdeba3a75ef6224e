"""From which state a case may go to which: one table, each step with its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from neixiang_survey_plugin.core.casework.case import Case, Move, State, StateChange
from neixiang_survey_plugin.core.casework.conditions import Condition, Lack, check_condition
from neixiang_survey_plugin.core.casework.dossier import Dossier

_ORDER = tuple(State)
_BEFORE_WORKS = _ORDER[: _ORDER.index(State.IN_WORKS)]
# The way before registration: 四(一) makes survey, routes and permits services that come first.
_EARLY = (State.INTENT, State.REGISTERED)

_STEPS: tuple[tuple[tuple[State, ...], State, tuple[Condition, ...]], ...] = (
    ((State.INTENT,), State.REGISTERED, ()),
    (_EARLY, State.SURVEYED, (Condition.LINE_NEEDED, Condition.SURVEY_HELD)),
    (
        (*_EARLY, State.SURVEYED),
        State.ROUTED,
        (Condition.LINE_NEEDED, Condition.ROUTES_DRAWN, Condition.LINES_ASKED_FOR),
    ),
    (
        (State.ROUTED,),
        State.JUDGED,
        (Condition.ROUTES_DRAWN, Condition.LINES_ASKED_FOR, Condition.VERDICTS_KNOWN),
    ),
    (
        (State.JUDGED,),
        State.PACKET_ISSUED,
        (
            Condition.WAYS_DECIDED,
            Condition.READING_DECIDED,
            Condition.TAPED,
            Condition.SURVEYED_TOGETHER,
            Condition.OPINIONS_GIVEN,
            Condition.NOBODY_DISAGREES,
            Condition.NO_OPEN_FAILURE,
            Condition.PACKETS_ISSUED,
        ),
    ),
    (
        (State.PACKET_ISSUED,),
        State.NOTIFIED,
        (Condition.NO_APPROVAL_NEEDED, Condition.WORKS_MAY_START),
    ),
    (
        (State.PACKET_ISSUED,),
        State.DECIDED,
        (Condition.APPROVAL_NEEDED, Condition.WORKS_MAY_START),
    ),
    ((State.NOTIFIED, State.DECIDED), State.IN_WORKS, (Condition.WORKS_MAY_START,)),
    # 条例 art. 34: an emergency repair digs first.
    (
        (*_EARLY, State.SURVEYED, State.ROUTED, State.JUDGED, State.PACKET_ISSUED),
        State.IN_WORKS,
        (Condition.EMERGENCY, Condition.DEPARTMENTS_TOLD),
    ),
    (
        (State.IN_WORKS,),
        State.ACCESS_DONE,
        (Condition.APPLIED_FOR, Condition.ACCESS_RECORDED),
    ),
    # 更名, 过户: nothing is laid, nothing is inspected.
    (
        (State.REGISTERED,),
        State.ACCESS_DONE,
        (Condition.NO_LINE_NEEDED, Condition.ACCESS_RECORDED),
    ),
    ((State.ACCESS_DONE,), State.INSPECTED, (Condition.LINE_NEEDED, Condition.INSPECTED)),
    ((State.ACCESS_DONE,), State.CLOSED, (Condition.NO_LINE_NEEDED,)),
    ((State.INSPECTED,), State.CLOSED, (Condition.RECTIFIED, Condition.PAPERS_COMPLETE)),
)
TRANSITIONS: Mapping[tuple[State, State], tuple[Condition, ...]] = {
    (origin, target): conditions for origins, target, conditions in _STEPS for origin in origins
}


# What a case is, rather than what it lacks: steps for other kinds of case are none of its own.
_KINDS_OF_CASE = frozenset(
    {
        Condition.EMERGENCY,
        Condition.LINE_NEEDED,
        Condition.NO_LINE_NEEDED,
        Condition.APPROVAL_NEEDED,
        Condition.NO_APPROVAL_NEEDED,
    }
)


class Fault(Enum):
    """Why a move is refused, whatever is on record of the case."""

    NO_SUCH_STEP = "no_such_step"
    ALREADY_THERE = "already_there"
    NEVER_THERE = "never_there"  # going back to where the case has not been
    NO_REASON = "no_reason"
    NOBODY = "nobody"
    BEFORE_THE_LAST = "before_the_last"  # earlier than what happened last


@dataclass(frozen=True)
class Act:
    """What somebody does at a moment by the office's clock, and why."""

    who: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True)
class Refusal:
    """A move that is not allowed: a fault, or else everything that is missing for it."""

    state: State
    target: State
    fault: Fault | None = None
    lacks: tuple[Lack, ...] = ()
    last_at: datetime | None = None


@dataclass(frozen=True)
class Moved:
    """The case as it is after a move, and the change to be kept beside it."""

    case: Case
    change: StateChange


def open_case(case: Case, act: Act) -> Moved:
    """A case as it begins: registered where it was received, else an intent."""
    state = State.INTENT if case.received_at is None else State.REGISTERED
    opened = replace(case, state=state)
    return Moved(opened, _change(case, None, state, Move.OPENED, act))


def move_case(dossier: Dossier, target: State, act: Act) -> Moved | Refusal:
    """The case moved to a state, or what stands against it.

    Forward by the table; back to any earlier state that the case has been in, with a reason; to
    closed before any works, with a reason (withdrawn). Registering a case that is under way
    keeps its state. Registering sets when and by whom the application was received.
    """
    case = dossier.case
    move = _kind_of_move(dossier, target)
    fault = _fault(dossier, target, move, act)
    if fault is not None or move is None:
        return Refusal(case.state, target, fault, last_at=_last_at(dossier))
    if move is Move.FORWARD:
        lacks = tuple(missing_for(dossier, target))
        if lacks:
            return Refusal(case.state, target, lacks=lacks)
    state = case.state if move is Move.REGISTERED_LATE else target
    moved = replace(case, state=state)
    if target is State.REGISTERED and move is not Move.BACK:
        moved = _received(moved, act)
    return Moved(moved, _change(case, case.state, state, move, act))


def missing_for(dossier: Dossier, target: State) -> Iterator[Lack]:
    """Every condition of a step of the table that is not met; nothing where there is no step."""
    for condition in TRANSITIONS.get((dossier.case.state, target), ()):
        lack = check_condition(condition, dossier)
        if lack is not None:
            yield lack


def next_states(dossier: Dossier) -> tuple[State, ...]:
    """The states to which the table leads a case of this kind, whatever is missing yet."""
    return tuple(
        target
        for (origin, target), conditions in TRANSITIONS.items()
        if origin is dossier.case.state
        and not any(check_condition(one, dossier) for one in conditions if one in _KINDS_OF_CASE)
    )


def _kind_of_move(dossier: Dossier, target: State) -> Move | None:
    case = dossier.case
    if (case.state, target) in TRANSITIONS:
        return Move.FORWARD
    if target is State.REGISTERED and case.received_at is None and case.state is not State.CLOSED:
        return Move.REGISTERED_LATE
    if _ORDER.index(target) < _ORDER.index(case.state):
        return Move.BACK
    if target is State.CLOSED and case.state in _BEFORE_WORKS:
        return Move.WITHDRAWN
    return None


def _fault(dossier: Dossier, target: State, move: Move | None, act: Act) -> Fault | None:
    if target is dossier.case.state:
        return Fault.ALREADY_THERE
    if move is None:
        return Fault.NO_SUCH_STEP
    if not act.who.strip():
        return Fault.NOBODY
    if move in (Move.BACK, Move.WITHDRAWN) and not (act.reason or "").strip():
        return Fault.NO_REASON
    if move is Move.BACK and target not in dossier.visited:
        return Fault.NEVER_THERE
    last_at = _last_at(dossier)
    return Fault.BEFORE_THE_LAST if last_at is not None and act.at < last_at else None


def _last_at(dossier: Dossier) -> datetime | None:
    return max((one.changed_at for one in dossier.changes if one.changed_at), default=None)


def _received(case: Case, act: Act) -> Case:
    return replace(
        case,
        received_at=case.received_at or act.at,
        received_by=case.received_by or act.who,
        first_received_by=case.first_received_by or act.who,
    )


def _change(case: Case, origin: State | None, state: State, move: Move, act: Act) -> StateChange:
    return StateChange(
        case_id=case.case_id,
        from_state=origin,
        to_state=state,
        move=move,
        changed_at=act.at,
        changed_by=act.who,
        reason=act.reason,
    )
