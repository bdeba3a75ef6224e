"""Which lines are judged with a line, sharing its case or site however long the chain, or near it.

A survey of years has tens of thousands of lines; whoever draws one waits for its kin alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.routes import Route

_Key = tuple[str, str]
Bonds = Mapping[str, tuple[_Key, ...]]

_AT_ONCE = 100  # lines that a tree is asked for in one call, which holds the interpreter


def bonds_of(routes: Iterable[Route]) -> Bonds:
    """By which cases and sites each of some lines is bound."""
    return {route.route_id: _binding(route) for route in routes}


class Kin:
    """Lines by the cases and sites that bind them."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._bound: dict[_Key, dict[str, None]] = defaultdict(dict)
        self._keys: dict[str, tuple[_Key, ...]] = {}
        self.put_all(bonds_of(routes))

    def put(self, route: Route) -> None:
        """Add a line, or take over what case and site it has now."""
        self.put_all(bonds_of([route]))

    def put_all(self, bonds: Bonds) -> None:
        """Add lines, or take over what cases and sites they have now."""
        for route_id in self._keys.keys() & bonds.keys():
            if self._keys[route_id] != bonds[route_id]:
                self.remove(route_id)
        self._keys.update(bonds)
        for route_id, keys in bonds.items():
            for key in keys:
                self._bound[key][route_id] = None

    def remove(self, *route_ids: str) -> None:
        """Take lines away; nothing where there is none of a name."""
        for route_id in route_ids:
            for key in self._keys.pop(route_id, ()):
                del self._bound[key][route_id]

    def of(self, *routes: Route) -> set[str]:
        """The lines that are bound to some, those themselves among them where they were put."""
        waiting = [key for route in routes for key in _binding(route)]
        seen = set(waiting)
        found = {route.route_id for route in routes if route.route_id in self._keys}
        while waiting:
            # as they are at this moment: the window may put lines while a thread looks
            for route_id in tuple(self._bound.get(waiting.pop(), ())):
                found.add(route_id)
                new = [key for key in self._keys.get(route_id, ()) if key not in seen]
                seen.update(new)
                waiting += new
        return found


class LineTree:
    """Lines in a tree; it answers for some of them at a time, between which a window can."""

    def __init__(self, routes: Mapping[str, Route]) -> None:
        self.routes = dict(routes)
        self._ids: Sequence[str] = tuple(routes)
        self._tree = shapely.STRtree([route.line for route in routes.values()])

    def near(self, lines: NDArray[np.object_], within_m: float) -> set[str]:
        """The lines within so many metres of some."""
        found: set[int] = set()
        for begin in range(0, len(lines) if self._ids else 0, _AT_ONCE):
            part = lines[begin : begin + _AT_ONCE]
            _, rows = self._tree.query(part, predicate="dwithin", distance=within_m)
            found.update(rows.tolist())
        return {self._ids[row] for row in found}


class NearLines:
    """Which lines lie near a line: by a tree those that were there, one by one those put since.

    Many that came at once have a second tree. Any thread may ask while the window puts lines: it
    finds them where they were before or after.
    """

    def __init__(self, routes: Mapping[str, Route]) -> None:
        self._first, self._second = LineTree(routes), LineTree({})
        self._not_in_first: set[str] = set()
        self._not_in_second: set[str] = set()
        self._since: dict[str, Route] = {}

    def put(self, route: Route) -> None:
        """Add a line, or move it."""
        self.remove(route.route_id)
        self._since[route.route_id] = route

    def remove(self, route_id: str) -> None:
        """Take a line away."""
        self._not_in_first.add(route_id)
        self._not_in_second.add(route_id)
        self._since.pop(route_id, None)

    def near(self, routes: Sequence[Route], within_m: float) -> set[str]:
        """The lines within so many metres of some, these themselves among them."""
        lines = np.array([route.line for route in routes], dtype=object)
        found = self._first.near(lines, within_m) - self._not_in_first
        found |= self._second.near(lines, within_m) - self._not_in_second
        # a tree prepares what it is asked: two lines of 5,000 vertices one by one took 40 ms
        since = {one.route_id: one for one in tuple(self._since.values())}
        return found | LineTree(since).near(lines, within_m)

    def remove_all(self, route_ids: Collection[str]) -> None:
        """Take lines away."""
        self._not_in_first.update(route_ids)
        self._not_in_second.update(route_ids)
        for route_id in self._since.keys() & route_ids:
            del self._since[route_id]

    def second_with(self, put: Iterable[Route], gone: Iterable[str]) -> LineTree:
        """A second tree with what was put since, and with a change that is to come."""
        second, out = self._second, self._not_in_second
        kept = {key: one for key, one in second.routes.items() if key not in out}
        kept.update(tuple(self._since.items()))
        kept.update((one.route_id, one) for one in put)
        for key in gone:
            kept.pop(key, None)
        return LineTree(kept)

    def take(self, second: LineTree, edited: Set[str]) -> None:
        """Use a second tree from now on, but for the lines that were edited since it was made."""
        self._not_in_first |= second.routes.keys()
        self._since = {key: one for key, one in self._since.items() if key in edited}
        self._second, self._not_in_second = second, set(edited)


def _binding(route: Route) -> tuple[_Key, ...]:
    case_id, site_id = route.case_id, route.site_id
    by_case = () if case_id is None else (("case", case_id),)
    return by_case if site_id is None else (*by_case, ("site", site_id))
