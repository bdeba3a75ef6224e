"""Which lines belong to a case, and which to a case that is under way.

Going through the 50,000 lines of a survey of years for the five of one case takes 10 ms each time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True, eq=False)
class ByCase:
    """The case of each of some lines, and the lines of each case: ready for very many at once."""

    case_of: Mapping[str, str | None]
    lines: Mapping[str | None, Mapping[str, None]]


def by_case(routes: Iterable[Route]) -> ByCase:
    """Some lines by their case, in the order in which they come."""
    case_of: dict[str, str | None] = {}
    lines: dict[str | None, dict[str, None]] = {}
    for route in routes:
        case_of[route.route_id] = route.case_id
        lines.setdefault(route.case_id, {})[route.route_id] = None
    return ByCase(case_of, lines)


class CaseLines:
    """Lines by their case, None for those of no case; ``closed`` cases are not under way."""

    def __init__(self, routes: Iterable[Route], closed: frozenset[str]) -> None:
        self._closed = closed
        self._of: dict[str | None, dict[str, None]] = {}
        self._case_of: dict[str, str | None] = {}
        self._under_way: dict[str, None] = {}
        self._in_order = True  # the lines under way: a new one comes last, as among all lines
        self.put_all(by_case(routes))

    @property
    def under_way(self) -> Collection[str]:
        """The lines of no closed case."""
        return self._under_way.keys()

    def in_order(self, place_of: Callable[[str], int]) -> Collection[str]:
        """The lines of no closed case, in the order of their places."""
        if not self._in_order:
            self._under_way = dict.fromkeys(sorted(self._under_way, key=place_of))
            self._in_order = True
        return self._under_way.keys()

    def of(self, case_id: str | None) -> Collection[str]:
        """The lines of a case."""
        return self._of.get(case_id, {}).keys()

    def put(self, route: Route) -> None:
        """Add a line, or take over which case it has now."""
        self.put_all(by_case([route]))

    def put_all(self, some: ByCase) -> None:
        """Add lines, or take over which cases they have now."""
        for route_id in self._case_of.keys() & some.case_of.keys():
            if self._case_of[route_id] != some.case_of[route_id]:
                self.remove(route_id)
                self._in_order = False  # it comes last here, and keeps its place among all
        self._case_of.update(some.case_of)
        under_way = dict.fromkeys(some.case_of)
        for case_id, lines in some.lines.items():
            self._of.setdefault(case_id, {}).update(lines)
            if case_id in self._closed:
                for route_id in lines:
                    del under_way[route_id]
        self._under_way.update(under_way)

    def remove(self, route_id: str) -> None:
        """Take a line away; KeyError when there is none."""
        case_id = self._case_of[route_id]
        self.remove_all(ByCase({route_id: case_id}, {case_id: {route_id: None}}))

    def remove_all(self, some: ByCase) -> None:
        """Take lines away that are of these cases; KeyError when one is not there."""
        for route_id in some.case_of:
            del self._case_of[route_id]
            self._under_way.pop(route_id, None)
        for case_id, lines in some.lines.items():
            own = self._of[case_id]
            if len(own) == len(lines):
                del self._of[case_id]
                continue
            for route_id in lines:
                del own[route_id]
