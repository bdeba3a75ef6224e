"""What a search needs to turn stretches into conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field

from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable, Figures
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.neighbours import Closest, Neighbours, closest
from neixiang_survey_plugin.core.conflicts.outcomes import Pair, pair_of
from neixiang_survey_plugin.core.conflicts.stretches import Stretches


@dataclass(frozen=True, eq=False)
class Context:
    """What a search needs to turn stretches into conflicts.

    ``others`` are the courses of b where b are routes; ``ties`` the pairs of routes (as rows of
    a and b) in which nobody yields.
    """

    near: Neighbours
    table: ClearanceTable
    figures: Figures
    kind: ConflictKind = ConflictKind.HORIZONTAL
    others: Courses | None = None
    ties: frozenset[tuple[int, int]] = frozenset()
    _pairs: dict[int, Pair] = field(default_factory=dict)

    def pair(self, number: int) -> Pair:
        """One pair; made once, however many conflicts it has."""
        if number not in self._pairs:
            self._pairs[number] = pair_of(self.near, number, self.table, self.figures)
        return self._pairs[number]

    def yields(self, pair: Pair) -> str | None:
        """The identifier of the one that makes way; a always comes first in its pair."""
        if (pair.route, pair.thing) in self.ties:
            return None
        return str(self.near.courses.things.ids[pair.route])

    def conflict(self, number: int, stretch: Placed, **said: object) -> Conflict:
        """A conflict of one pair with the facts that every kind has."""
        pair, near = self.pair(number), self.near
        cell = pair.asked.cell
        facts = {
            "kind": self.kind,
            "a": str(near.courses.things.ids[pair.route]),
            "b": str(near.things.ids[pair.thing]),
            "b_layer": near.things.layer,
            "b_word": pair.b_word,
            "confidence": None if cell is None else cell.confidence,
            "clause": self.table.rules["overlap"].clause if cell is None else cell.clause,
            "from_m": stretch.from_m,
            "to_m": stretch.to_m,
            "at": stretch.at,
            "yields": self.yields(pair),
            "uncertainty_m": pair.accuracy_m,
        }
        return Conflict(**{**facts, **said})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Placed:
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
