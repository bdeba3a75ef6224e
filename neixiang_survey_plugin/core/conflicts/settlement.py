"""How a conflict was followed to an outcome, and whether that still holds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind, ConflictOutcome
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.vocabulary import Words

# A settlement is of this place; further along the same pair is another conflict.
_SAME_PLACE_M = 2.0
_WORSE_M = 0.01  # what setting out can hold; a distance that shrank by more is another one


class Settled(Enum):
    """What became of a conflict."""

    MOVED = "moved"
    DEEPER = "deeper"
    PROTECTED = "protected"  # 4.1.9: less is allowed with a recorded measure
    ACCEPTED = "accepted"  # with a reason
    NOT_A_CONFLICT = "not_a_conflict"  # the data were wrong, with the evidence as reason


# The word that is kept, and what people write for it.
SETTLED_WORDS: Words = {
    "moved": ("移位",),
    "deeper": ("加深",),
    "protected": ("防护",),
    "accepted": ("同意",),
    "not_a_conflict": ("不是冲突",),
}

# These change a line: where they were done the conflict is gone.
_BY_CHANGE = (Settled.MOVED, Settled.DEEPER)
# What fails cannot be agreed away: walls in each other, gas below its absolute minimum.
_OF_FAILURES = (*_BY_CHANGE, Settled.NOT_A_CONFLICT)


@dataclass(frozen=True)
class Settlement:
    """One conflict followed to its outcome, with the distance that was there then."""

    uuid: str | None = None
    kind: ConflictKind | None = None
    route_id: str | None = None
    other_layer: str | None = None
    other_id: str | None = None
    easting_m: float | None = None
    northing_m: float | None = None
    outcome: Settled | None = None
    measured_m: float | None = None
    required_m: float | None = None
    reason: str | None = None
    settled_by: str | None = None
    settled_on: date | None = None


@dataclass(frozen=True)
class FollowedConflicts:
    """Conflicts as they stand: each with the settlement that holds for it, if one does.

    ``gone`` are settlements by a change whose conflict is not there any more; ``void`` are
    settlements that no longer hold, because the conflict is still there or has become worse.
    """

    conflicts: tuple[tuple[Conflict, Settlement | None], ...]
    gone: tuple[Settlement, ...]
    void: tuple[Settlement, ...]

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts that nobody has settled."""
        return tuple(one for one, settled in self.conflicts if settled is None)

    @property
    def settled(self) -> tuple[tuple[Conflict, Settlement], ...]:
        """The conflicts that are there and were followed to an outcome that holds."""
        return tuple((one, kept) for one, kept in self.conflicts if kept is not None)

    @property
    def settled_count(self) -> int:
        """How many conflicts were followed to an outcome that holds."""
        return len(self.conflicts) - len(self.open) + len(self.gone)

    @property
    def count(self) -> int:
        """All conflicts that there are or were."""
        return len(self.conflicts) + len(self.gone)


def outcomes_for(conflicts: Iterable[Conflict]) -> tuple[Settled, ...]:
    """What can become of every one of some conflicts: what fails cannot be agreed away."""
    failing = any(one.outcome is ConflictOutcome.FAIL for one in conflicts)
    return tuple(one for one in Settled if not failing or one in _OF_FAILURES)


def settle(conflict: Conflict, outcome: Settled, reason: str, by: str, on: date) -> Settlement:
    """A conflict followed to an outcome; SurveyError where the outcome cannot be."""
    where = f"冲突 {conflict.a}–{conflict.b}"
    if not by.strip():
        raise SurveyError(f"{where}：要写明由谁处理。")
    if outcome not in _BY_CHANGE and not reason.strip():
        raise SurveyError(f"{where}：要写明措施、理由或依据。")
    if conflict.outcome is ConflictOutcome.FAIL and outcome not in _OF_FAILURES:
        raise SurveyError(
            f"{where}：不合格的冲突不能以防护或同意了结；请移位、加深，或证明并无冲突。"
        )
    return Settlement(
        kind=conflict.kind,
        route_id=conflict.a,
        other_layer=conflict.b_layer,
        other_id=conflict.b,
        easting_m=conflict.at[0],
        northing_m=conflict.at[1],
        outcome=outcome,
        measured_m=conflict.measured_m,
        required_m=conflict.required_m,
        reason=reason.strip() or None,
        settled_by=by.strip(),
        settled_on=on,
    )


def follow(conflicts: Iterable[Conflict], settlements: Iterable[Settlement]) -> FollowedConflicts:
    """Conflicts with what was done about them; of several settlements of one, the last counts."""
    following = Following(settlements)
    for one in conflicts:
        following.take(one)
    return following.result()


class Following:
    """Settlements by what they are of, held against conflicts one after another."""

    def __init__(self, settlements: Iterable[Settlement]) -> None:
        self._latest = _latest(settlements)
        self._of: dict[_Pair, list[int]] = {}
        for number, one in enumerate(self._latest):
            ends = frozenset({(one.other_layer, one.other_id), ("routes", one.route_id)})
            self._of.setdefault((one.kind, ends), []).append(number)
        self._listed: list[tuple[Conflict, Settlement | None]] = []
        self._met: set[int] = set()
        self._held: set[int] = set()

    def take(self, conflict: Conflict) -> Settlement | None:
        """The settlement that holds for a conflict, the last of several; None where none does."""
        settled = self._settled(conflict) if self._of else None
        self._listed.append((conflict, settled))
        return settled

    def result(self) -> FollowedConflicts:
        """All conflicts that were taken, and what of the settlements is of none of them."""
        latest, met = self._latest, self._met
        unmet = [n for n, one in enumerate(latest) if one.outcome in _BY_CHANGE and n not in met]
        return FollowedConflicts(
            conflicts=tuple(self._listed),
            gone=tuple(latest[number] for number in unmet),
            void=tuple(latest[number] for number in sorted(met - self._held)),
        )

    def _settled(self, conflict: Conflict) -> Settlement | None:
        ends = frozenset({(conflict.b_layer, conflict.b), ("routes", conflict.a)})
        latest = self._latest
        of_pair = self._of.get((conflict.kind, ends), ())
        own = [number for number in of_pair if _near(latest[number], conflict.at)]
        holding = [number for number in own if _holds(latest[number], conflict)]
        self._met.update(own)
        self._held.update(holding)
        return latest[holding[-1]] if holding else None


_End = tuple[str | None, str | None]
_Pair = tuple[ConflictKind | None, frozenset[_End]]


def _latest(settlements: Iterable[Settlement]) -> list[Settlement]:
    """The settlements that count: a later one of the same place takes an earlier one's."""
    kept: dict[int, Settlement] = {}
    of_pair: dict[object, list[int]] = {}
    for number, one in enumerate(settlements):
        pair = (one.kind, one.route_id, one.other_layer, one.other_id)
        before = of_pair.get(pair, [])
        left = [other for other in before if not _same_place(one, kept[other])]
        for gone in set(before).difference(left):
            del kept[gone]
        kept[number] = one
        of_pair[pair] = [*left, number]
    return list(kept.values())


def _same_place(one: Settlement, other: Settlement) -> bool:
    """Whether two settlements of one pair are of one place of it."""
    if None in (one.easting_m, one.northing_m):
        return True
    return _near(other, (one.easting_m or 0.0, one.northing_m or 0.0))


def _near(settlement: Settlement, at: tuple[float, float]) -> bool:
    if settlement.easting_m is None or settlement.northing_m is None:
        return True
    return math.dist((settlement.easting_m, settlement.northing_m), at) <= _SAME_PLACE_M


def _holds(settlement: Settlement, conflict: Conflict) -> bool:
    """Whether what was agreed on covers the conflict as it is now."""
    if settlement.outcome in _BY_CHANGE:
        return False  # it should be gone
    if conflict.outcome is ConflictOutcome.FAIL and settlement.outcome not in _OF_FAILURES:
        return False
    if settlement.measured_m is None or conflict.measured_m is None:
        return settlement.measured_m == conflict.measured_m
    return conflict.measured_m >= settlement.measured_m - _WORSE_M
