"""What a search needs to turn stretches into conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.conflict import ConflictKind
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.neighbours import Closest, Neighbours, closest
from neixiang_survey_plugin.core.conflicts.outcomes import (
    Pair,
    PairFacts,
    Ties,
    facts_of_pairs,
    pair_of,
)
from neixiang_survey_plugin.core.conflicts.stretches import Stretches


@dataclass(frozen=True, eq=False)
class Context:
    """What a search needs to turn stretches into conflicts.

    ``others`` are the courses of b where b are routes; ``ties`` the pairs of routes (as rows of
    a and b) in which nobody yields.
    """

    near: Neighbours
    table: ClearanceTable
    kind: ConflictKind = ConflictKind.HORIZONTAL
    others: Courses | None = None
    ties: Ties = frozenset()
    _pairs: dict[int, Pair] = field(default_factory=dict)

    @cached_property
    def _facts(self) -> list[PairFacts]:
        return facts_of_pairs(self.near)

    def pair(self, number: int) -> Pair:
        """One pair; made once, however many conflicts it has."""
        found = self._pairs.get(number)
        if found is None:
            facts = self._facts[number]
            found = self._pairs[number] = pair_of(self.near, facts, self.table, self.ties)
        return found


class Placed(NamedTuple):
    """A stretch in ellipsoidal metres, with the nearest place and the way to b there.

    ``centre_m`` is the distance of the centre lines, ``grid_m`` and ``across_m`` as in Closest.
    """

    from_m: float
    to_m: float
    at: tuple[float, float]
    centre_m: float
    grid_m: float
    across_m: float


def placed(near: Neighbours, stretches: Stretches) -> list[tuple[int, Placed]]:
    """Every stretch with its pair, in ellipsoidal metres."""
    if not len(stretches):
        return []
    nearest: Closest = closest(near, stretches)
    route, courses = near.route[stretches.owner], near.courses
    columns = (
        stretches.owner,
        courses.true_m(route, stretches.from_m),
        courses.true_m(route, stretches.to_m),
        *courses.placed(route, nearest.grid_m)[1].T,
        nearest.distance_m,
        nearest.grid_m,
        nearest.across_m,
    )
    return [
        (number, Placed(from_m, to_m, (east, north), centre, grid, across))
        for number, from_m, to_m, east, north, centre, grid, across in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]
