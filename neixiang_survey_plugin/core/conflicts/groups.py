"""Conflicts brought together by what they come from, the ones that change something first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind, ConflictOutcome


@dataclass(frozen=True, slots=True)
class Cause:
    """What several conflicts come from.

    A fact that is missing of one object (``fact`` of ``object_id`` in ``layer``), or one route
    that is too near to one sort of thing (``fact`` is None, ``object_id`` the route).
    """

    layer: str
    object_id: str
    fact: str | None
    kind: ConflictKind | None = None
    b_layer: str | None = None
    b_word: str | None = None


@dataclass(frozen=True)
class ConflictGroup:
    """Conflicts of one cause, in the order in which they were found."""

    cause: Cause
    conflicts: tuple[Conflict, ...]

    @property
    def gravest(self) -> Conflict:
        """The gravest conflict, of several the one that is most too near."""
        return min(self.conflicts, key=lambda one: (_gravity(one), -one.short_m))

    @property
    def outcome(self) -> ConflictOutcome:
        """The outcome of the gravest."""
        return self.gravest.outcome

    @property
    def asks_only_to_confirm(self) -> bool:
        """Whether nothing is to be done before an uncertain figure has been looked up."""
        return _gravity(self.gravest) == _TO_CONFIRM

    @property
    def blocks(self) -> bool:
        """Whether nothing can be issued until it is settled."""
        return self.outcome is ConflictOutcome.FAIL

    @property
    def short_m(self) -> float:
        """The most that is missing to a figure among them."""
        return max(conflict.short_m for conflict in self.conflicts)


def group_conflicts(conflicts: Iterable[Conflict]) -> tuple[ConflictGroup, ...]:
    """Conflicts by cause: what blocks first, what only asks for a confirmation last.

    A main of unknown depth is one cause however many routes cross it, and so is a route that
    runs too near to the water mains of a street, in however many pieces these were drawn.
    """
    found: dict[Cause, list[Conflict]] = {}
    for conflict in conflicts:
        found.setdefault(_cause(conflict), []).append(conflict)
    groups = [ConflictGroup(cause, tuple(members)) for cause, members in found.items()]
    return tuple(sorted(groups, key=_rank))


def _cause(conflict: Conflict) -> Cause:
    if conflict.missing:
        side, _, fact = conflict.missing[0].rpartition(".")
        if side == "b":
            return Cause(conflict.b_layer, conflict.b, fact)
        return Cause("routes", conflict.a, fact)
    return Cause("routes", conflict.a, None, conflict.kind, conflict.b_layer, conflict.b_word)


_TO_CONFIRM = 3


def _gravity(conflict: Conflict) -> int:
    """What has to be moved, then measured and agreed, then found out, then only looked up."""
    if conflict.outcome is ConflictOutcome.FAIL:
        return 0
    if conflict.outcome is ConflictOutcome.UNKNOWN:
        return 2
    return _TO_CONFIRM if conflict.needs_confirmation else 1


def _rank(group: ConflictGroup) -> tuple[int, float, int]:
    gravest = min(_gravity(conflict) for conflict in group.conflicts)
    return gravest, -group.short_m, -len(group.conflicts)
