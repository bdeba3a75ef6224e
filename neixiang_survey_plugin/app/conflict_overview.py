"""Every conflict of a survey with what became of it, gone through little by little."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup, Grouping
from neixiang_survey_plugin.core.conflicts.settlement import (
    FollowedConflicts,
    Following,
    Settlement,
)

_AT_ONCE = 200  # conflicts, 1 ms


@dataclass(frozen=True)
class ConflictOverview:
    """Conflicts with what became of them; of those that are wanted and open the first ``groups``.

    ``group_count`` and ``total`` are how many causes and conflicts of these there are in all.
    """

    followed: FollowedConflicts
    groups: tuple[ConflictGroup, ...]
    group_count: int
    total: int


def overview_of(
    conflicts: Iterable[Conflict | None],
    settlements: Iterable[Settlement],
    wanted: Callable[[Conflict], bool],
    most: int,
) -> Iterator[ConflictOverview | None]:
    """The overview, after a None for every piece of the work: 40,000 conflicts take 0.3 s.

    A None among the conflicts ends a piece too.
    """
    following, grouping = Following(settlements), Grouping()
    for number, one in enumerate(conflicts, start=1):
        if one is not None and following.take(one) is None and wanted(one):
            grouping.add(one)
        if one is None or number % _AT_ONCE == 0:
            yield None
    for number, _ in enumerate(grouping.ranking(), start=1):
        if number % _AT_ONCE == 0:
            yield None
    yield None
    groups = grouping.first(most)
    yield None
    yield ConflictOverview(following.result(), groups, grouping.count, grouping.total)
