"""Conflicts that are no more because somebody changed a line, noted as settled or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import shapely

from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True)
class LinesThenAndNow:
    """The lines as a month found them, or as they were first drawn in it, and as it left them."""

    then: tuple[Route, ...] = ()
    now: tuple[Route, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether any line that was there is not as it was."""
        return bool(self._moved())

    def near_changes(self, within_m: float) -> LinesThenAndNow:
        """The lines that changed, and those within so many metres of them, then and now."""
        moved = [one.line for one in self._moved()]

        def near(routes: Sequence[Route]) -> tuple[Route, ...]:
            if not routes or not moved:
                return ()
            tree = shapely.STRtree([one.line for one in routes])
            _, rows = tree.query(moved, predicate="dwithin", distance=within_m)
            return tuple(routes[row] for row in sorted(set(rows.tolist())))

        return LinesThenAndNow(near(self.then), near(self.now))

    def _moved(self) -> list[Route]:
        now = {one.route_id: one for one in self.now}
        before = [one for one in self.then if now.get(one.route_id) != one]
        names = {one.route_id for one in before}
        return [*before, *(one for one in self.now if one.route_id in names)]


def find_fallen_away(
    lines: LinesThenAndNow, search: ConflictSearch, settlements: Iterable[Settlement]
) -> tuple[Conflict, ...]:
    """The conflicts of then that the lines of now have not, without those noted as settled.

    Of a pair that has fewer conflicts than it had, so many have fallen away; both are held
    against the layers as they are today.
    """
    left = Counter(_pair(one) for one in search.judge(lines.now).conflicts)
    noted = {_noted(one) for one in settlements}
    found = []
    for one in search.judge(lines.then).conflicts:
        if left[_pair(one)] > 0:
            left[_pair(one)] -= 1
        elif _pair(one) not in noted:
            found.append(one)
    return tuple(found)


def _pair(one: Conflict) -> Hashable:
    return one.kind, frozenset({("routes", one.a), (one.b_layer, one.b)})


def _noted(one: Settlement) -> Hashable:
    return one.kind, frozenset({("routes", one.route_id), (one.other_layer, one.other_id)})
