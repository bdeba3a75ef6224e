"""The conflicts of an open survey: of all lines under way at once, then kept up with every edit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from neixiang_survey_plugin.app.conflict_search import ConflictResult, ConflictSearch, Tick
from neixiang_survey_plugin.app.live_conflicts import LiveConflicts
from neixiang_survey_plugin.app.progress import nothing, pausing_by
from neixiang_survey_plugin.app.session.kin import LineTree, NearLines
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged
from neixiang_survey_plugin.core.in_pieces import pausing
from neixiang_survey_plugin.core.routes import Route

After = Callable[[Set[str]], list[Route]]


@dataclass(frozen=True, eq=False)
class Found:
    """What a search found, and the same by line."""

    conflicts: list[Conflict]
    not_judged: tuple[NotJudged, ...]
    by_line: dict[str, list[Conflict]]

    def let_go(self, pause: Callable[[], object] = nothing) -> None:
        """Forget it piece by piece, in any thread: 260,000 at once took 30 ms."""
        for _ in pausing(iter(lambda: len(self.by_line), 0), pause):
            self.by_line.popitem()
        for _ in pausing(iter(lambda: len(self.conflicts), 0), pause):
            self.conflicts.pop()


@dataclass(frozen=True, eq=False)
class SearchedAgain:
    """What will be found of all lines once a change is done; ``lines`` were looked at for that."""

    found: Found
    lines: frozenset[str]
    near: LineTree


class SessionConflicts:
    """Conflicts of lines that somebody goes on drawing.

    ``found`` is what a search found of the lines under way when the survey was opened, or when
    many changed at once. Where a line was moved since, it and its neighbours are looked at again
    one by one, on lines that are taken over from ``routes`` as they are needed: a search of 5,000
    lines takes 2 s, looking at each of them again 17 s. ``within_m`` is farther than any
    clearance between lines reaches.
    """

    def __init__(
        self,
        search: ConflictSearch,
        routes: Mapping[str, Route],
        under_way: Iterable[str],
        found: ConflictResult,
        within_m: float,
    ) -> None:
        self._search = search
        self._routes = routes
        self._within_m = within_m
        self._near = NearLines(routes)
        self._under_way = dict.fromkeys(under_way)
        self._found = _by_line(found.conflicts, found.not_judged)
        self._live = LiveConflicts(search)
        self._again: dict[str, None] = {}  # lines of which ``found`` says nothing any more
        self._moved: dict[str, None] = {}  # lines that were taken over as they were before
        self._beside: set[str] = set()  # lines whose neighbours are taken over
        self._whole: set[str] = set()  # lines whose neighbours' neighbours are taken over

    def search_again(
        self, put: Mapping[str, Route], gone: Set[str], after: After, tick: Tick | None = None
    ) -> SearchedAgain:
        """Search around many lines that are to be put or taken away, in any thread.

        ``after`` are lines of some names as they will be, in their order.
        """
        before, again = self._found, set(self._again)
        there = (self._routes.get(key) for key in (*put, *gone, *again))
        courses = [*put.values(), *(one for one in there if one is not None)]
        looked_at = self._around(courses) | put.keys() | again | gone
        beside = self._around(after(looked_at)) | looked_at
        result = self._search.judge(after(beside), tick)
        pause = pausing_by(tick, len(beside))
        kept = (one for one in pausing(before.conflicts, pause) if not one.is_of(looked_at))
        new = (one for one in pausing(result.conflicts, pause) if one.is_of(looked_at))
        not_judged = (
            *(one for one in before.not_judged if one.route_id not in looked_at),
            *(one for one in result.not_judged if one.route_id in looked_at),
        )
        found = _by_line((*kept, *new), not_judged, pause)
        second = self._near.second_with(put.values(), gone)
        return SearchedAgain(found, frozenset(looked_at), second)

    def take(
        self,
        put: Iterable[str],
        gone: Collection[str],
        searched: SearchedAgain,
        edited: Sequence[Route],
    ) -> tuple[object, ...]:
        """Take over what was searched, and look again around what was edited meanwhile.

        Gives what served until now, to be forgotten when there is time: an index takes 3 ms.
        """
        names = {one.route_id for one in edited}
        self._near.remove_all(gone)
        for key in gone:
            self._under_way.pop(key, None)
        self._under_way.update(dict.fromkeys(put))
        self._near.take(searched.near, names)
        before = self._live, self._found
        self._found = searched.found
        self._again = {key: None for key in self._again if key not in searched.lines}
        self._live, self._moved = LiveConflicts(self._search), {}
        self._beside, self._whole = set(), set()
        if edited:
            self._look_again(edited)
            for key in names - self._routes.keys():
                self._again.pop(key, None)
        return before

    def put(self, route: Route, before: Route | None) -> None:
        """Let a line that was added or moved be looked at again, and its neighbours then and now.

        That is done when somebody asks: it takes 2 ms a line, and few panels show it.
        """
        courses = [route] if before is None else [before, route]
        self._look_again(courses)
        self._near.put(route)
        self._look_again(courses)
        self._under_way[route.route_id] = None
        if route.route_id in self._live.routes:
            self._moved[route.route_id] = None

    def remove(self, route: Route) -> None:
        """Look again at the neighbours of a line that was taken away."""
        self._look_again([route])
        self._near.remove(route.route_id)
        for known in (self._again, self._under_way, self._moved):
            known.pop(route.route_id, None)
        if route.route_id in self._live.routes:
            self._live.remove(route.route_id)

    def let_go(self, pause: Callable[[], object] = nothing) -> None:
        """Forget what was found, piece by piece."""
        self._found.let_go(pause)

    def of(self, route_id: str) -> tuple[Conflict, ...]:
        """The conflicts of one line, along it."""
        if route_id in self._under_way and route_id not in self._again:
            return tuple(self._found.by_line.get(route_id, ()))
        self._take_over(route_id)
        return self._live.conflicts_of(route_id)

    def looking_at(self, route_ids: Iterable[str]) -> Iterator[None]:
        """Look at what lies near some lines, in small steps, so that ``of`` has it ready."""
        for route_id in route_ids:
            if route_id in self._again or route_id not in self._under_way:
                yield from self._taking_over(route_id)

    def each(self) -> Iterator[Conflict | None]:
        """Every conflict of every line under way, each once; for as long as no line changes.

        None between two pieces of what has to be looked at again for it.
        """
        again = self._again.keys()
        for one in self._found.conflicts:
            if not one.is_of(again) and one.is_of(self._under_way):
                yield one
        for route_id in self._again:
            yield from self._taking_over(route_id)
            yield None
            yield from self._own(route_id)

    def near(self, routes: Sequence[Route], within_m: float) -> set[str]:
        """The lines within so many metres of some, these themselves among them."""
        return self._near.near(routes, within_m)

    def not_judged(self) -> tuple[NotJudged, ...]:
        """What lines under way were not held against, each once."""
        kept = [one for one in self._found.not_judged if one.route_id not in self._again]
        for route_id in self._again:
            self._take_over(route_id)
            kept += self._live.not_judged_of(route_id)
        return tuple(dict.fromkeys(kept))

    def _own(self, route_id: str) -> Iterator[Conflict]:
        """The conflicts of a line that is looked at again; one with another such line only once."""
        for one in self.of(route_id):
            is_first = one.a == route_id or one.a not in self._again
            if is_first and one.is_of(self._under_way):
                yield one

    def _look_again(self, courses: Sequence[Route]) -> None:
        around = self._around(courses)
        self._beside -= around
        self._whole -= around
        self._again |= dict.fromkeys(sorted(around | {one.route_id for one in courses}))

    def _take_over(self, route_id: str) -> None:
        for _ in self._taking_over(route_id):
            pass

    def _taking_over(self, route_id: str) -> Iterator[None]:
        """Let the line be looked at with its neighbours, and these with theirs, one by one."""
        while self._moved:
            moved = next(iter(self._moved))
            self._live.put(self._routes[moved])
            del self._moved[moved]
            yield
        if route_id in self._whole:
            return
        around = self._around([self._routes[route_id]])
        beside: set[str] = set()
        for one in sorted(around - self._beside):
            beside |= self._around([self._routes[one]])
            yield
        for one in sorted(beside - self._live.routes.keys()):
            self._live.put(self._routes[one])
            yield
        self._beside |= around
        self._whole.add(route_id)

    def _around(self, courses: Sequence[Route]) -> set[str]:
        return self.near(courses, self._within_m)


def _by_line(
    conflicts: Sequence[Conflict],
    not_judged: Sequence[NotJudged],
    pause: Callable[[], object] = nothing,
) -> Found:
    by_line: dict[str, list[Conflict]] = {}
    for one in pausing(conflicts, pause):
        by_line.setdefault(one.a, []).append(one)
        if one.b_layer == "routes":
            by_line.setdefault(one.b, []).append(one)
    return Found(list(conflicts), tuple(not_judged), by_line)
