"""Conflicts brought together by what they come from, the ones that change something first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
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


def group_conflicts(conflicts: Iterable[Conflict]) -> tuple[ConflictGroup, ...]:
    """Conflicts by cause: what blocks first, what only asks for a confirmation last.

    A main of unknown depth is one cause however many routes cross it, and so is a route that
    runs too near to the water mains of a street, in however many pieces these were drawn.
    """
    grouping = Grouping()
    for one in conflicts:
        grouping.add(one)
    return grouping.first(grouping.count)


class Grouping:
    """Conflicts taken one after another, brought together by cause."""

    def __init__(self) -> None:
        self._found: dict[_Cause, list[Conflict]] = {}
        self._ranks: list[_Rank] = []
        self.total = 0

    @property
    def count(self) -> int:
        """How many causes there are."""
        return len(self._found)

    def add(self, conflict: Conflict) -> None:
        """Take one more."""
        self._found.setdefault(_cause(conflict), []).append(conflict)
        self._ranks = []
        self.total += 1

    def ranking(self) -> Iterator[None]:
        """Find out which causes come first, one after another."""
        ranks = []
        for place, members in enumerate(self._found.values()):
            ranks.append((*_rank(members), place))
            yield
        self._ranks = ranks

    def first(self, most: int) -> tuple[ConflictGroup, ...]:
        """The first causes with their conflicts, at most so many."""
        if not self._ranks:
            for _ in self.ranking():
                pass
        chosen, every = heapq.nsmallest(most, self._ranks), list(self._found.items())
        return tuple(
            ConflictGroup(Cause(*every[place][0]), tuple(every[place][1])) for *_, place in chosen
        )


_Cause = tuple[str, str, str | None, ConflictKind | None, str | None, str | None]
_Rank = tuple[int, float, int, int]


def _cause(conflict: Conflict) -> _Cause:
    if conflict.missing:
        side, _, fact = conflict.missing[0].rpartition(".")
        if side == "b":
            return conflict.b_layer, conflict.b, fact, None, None, None
        return "routes", conflict.a, fact, None, None, None
    return "routes", conflict.a, None, conflict.kind, conflict.b_layer, conflict.b_word


_TO_CONFIRM = 3


def _gravity(conflict: Conflict) -> int:
    """What has to be moved, then measured and agreed, then found out, then only looked up."""
    if conflict.outcome is ConflictOutcome.FAIL:
        return 0
    if conflict.outcome is ConflictOutcome.UNKNOWN:
        return 2
    return _TO_CONFIRM if conflict.needs_confirmation else 1


def _rank(members: Sequence[Conflict]) -> tuple[int, float, int]:
    gravest = min(_gravity(conflict) for conflict in members)
    return gravest, -max(conflict.short_m for conflict in members), -len(members)
