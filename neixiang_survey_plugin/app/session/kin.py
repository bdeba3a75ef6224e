"""Which lines are judged with a line, sharing its case or site however long the chain, or near it.

A survey of years has tens of thousands of lines; whoever draws one waits for its kin alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import shapely

from neixiang_survey_plugin.core.routes import Route

_Key = tuple[str, str]


class Kin:
    """Lines by the cases and sites that bind them."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._bound: dict[_Key, dict[str, None]] = defaultdict(dict)
        self._keys: dict[str, tuple[_Key, ...]] = {}
        for route in routes:
            self.put(route)

    def put(self, route: Route) -> None:
        """Add a line, or take over what case and site it has now."""
        self.remove(route.route_id)
        self._keys[route.route_id] = tuple(_binding(route))
        for key in self._keys[route.route_id]:
            self._bound[key][route.route_id] = None

    def remove(self, route_id: str) -> None:
        """Take a line away; nothing where there is none."""
        for key in self._keys.pop(route_id, ()):
            del self._bound[key][route_id]

    def of(self, *routes: Route) -> set[str]:
        """The lines that are bound to some, those themselves among them where they were put."""
        waiting = [key for route in routes for key in _binding(route)]
        seen = set(waiting)
        found = {route.route_id for route in routes if route.route_id in self._keys}
        while waiting:
            for route_id in self._bound.get(waiting.pop(), ()):
                found.add(route_id)
                new = [key for key in self._keys[route_id] if key not in seen]
                seen.update(new)
                waiting += new
        return found


class NearLines:
    """Which lines lie near a line: by a tree those that were there, one by one those put since."""

    def __init__(self, routes: Mapping[str, Route]) -> None:
        self._ids: Sequence[str] = tuple(routes)
        self._tree = shapely.STRtree([route.line for route in routes.values()])
        self._since: dict[str, Route | None] = {}

    def put(self, route: Route) -> None:
        """Add a line, or move it."""
        self._since[route.route_id] = route

    def remove(self, route_id: str) -> None:
        """Take a line away."""
        self._since[route_id] = None

    def near(self, routes: Sequence[Route], within_m: float) -> set[str]:
        """The lines within so many metres of some, these themselves among them."""
        lines = np.array([route.line for route in routes], dtype=object)
        _, rows = self._tree.query(lines, predicate="dwithin", distance=within_m)
        found = {self._ids[row] for row in np.unique(rows)} - self._since.keys()
        moved = [one for one in self._since.values() if one is not None]
        found.update(
            one.route_id for one in moved if shapely.dwithin(one.line, lines, within_m).any()
        )
        return found


def _binding(route: Route) -> Iterator[_Key]:
    if route.case_id is not None:
        yield "case", route.case_id
    if route.site_id is not None:
        yield "site", route.site_id
