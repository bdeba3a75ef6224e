"""Which lines are judged as one, so that nobody splits an application."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from neixiang_survey_plugin.core.routes import Route


def groups_by_utility(routes: Sequence[Route], within_days: int) -> list[tuple[int, ...]]:
    """Lines of one utility with the same case or site, applied for within so many days.

    Returns groups of indices, in order; every route is in exactly one. An application day that
    is not known counts as within. Lines without a case or a site stand alone.
    """
    return _connected(routes, within_days, lambda route: (route.utility,))


def groups_by_application(routes: Sequence[Route], within_days: int) -> list[tuple[int, ...]]:
    """As groups_by_utility, all utilities together."""
    return _connected(routes, within_days, lambda _: ())


class _Groups:
    """Indices that are joined pair by pair (a union-find forest)."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, a: int, b: int) -> None:
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low

    def members(self) -> list[tuple[int, ...]]:
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parent)):
            found[self.root(index)].append(index)
        return [tuple(group) for group in found.values()]


def _connected(
    routes: Sequence[Route], within_days: int, kind: Callable[[Route], tuple[Hashable, ...]]
) -> list[tuple[int, ...]]:
    if len(routes) == 1:
        return [(0,)]
    groups = _Groups(len(routes))
    shared: dict[Hashable, list[int]] = defaultdict(list)
    for index, route in enumerate(routes):
        if route.case_id is not None:
            shared[("case", route.case_id, *kind(route))].append(index)
        if route.site_id is not None:
            shared[("site", route.site_id, *kind(route))].append(index)
    for members in shared.values():
        for a, b in _within(routes, members, within_days):
            groups.join(a, b)
    return groups.members()


def _within(
    routes: Sequence[Route], members: list[int], within_days: int
) -> Iterable[tuple[int, int]]:
    """Neighbours in time that are near enough; an unknown day is near every other."""
    undated = [index for index in members if routes[index].applied_on is None]
    if undated:
        yield from ((undated[0], other) for other in members if other != undated[0])
        return
    dated = sorted((day, index) for index in members if (day := routes[index].applied_on))
    for (earlier, a), (later, b) in itertools.pairwise(dated):
        if (later - earlier).days <= within_days:
            yield a, b
