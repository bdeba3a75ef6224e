"""Many lines at once, whatever is edited, undone or written elsewhere meanwhile: never half."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.progress import Progress, nothing
from neixiang_survey_plugin.app.session import beside
from neixiang_survey_plugin.app.session import session as open_surveys
from neixiang_survey_plugin.app.session.events import LinesChanged, SurveyEvent
from neixiang_survey_plugin.app.session.judging import JudgedLines
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.store import GpkgSurveyStore
from tests.drawn import ON, county, road, route
from tests.session.opened import opened
from tests.session.test_years import CASES, CHECKER, PLACES_M, SEARCH, facts, line_of, places

UNKNOWN = county([road((40, -100, 48, 100), width_m=8.0, delivered_on=None)])
FACT = ConfirmedFact("roads", "R1", "delivered_on", "2010-05-01", "移交单", "张工", ON)

names = st.sampled_from(sorted(CASES))
edits = st.lists(
    st.tuples(
        st.sampled_from(("put", "delete", "preview", "look")), names, st.sampled_from(PLACES_M)
    ),
    max_size=4,
)
changes = st.dictionaries(names, st.one_of(st.none(), st.sampled_from(PLACES_M)))


def edit(lines: JudgedLines, steps: list[tuple[str, str, float]]) -> None:
    for step, name, place_m in steps:
        if step == "put":
            lines.replace([line_of(name, place_m)], [])
        elif step == "delete" and name in lines.routes:
            lines.replace([], [name])
        elif step == "preview":
            lines.preview(line_of(name, 3.0))
        elif step == "look":
            lines.all_conflicts()


@settings(max_examples=40, deadline=None)
@given(edits, st.lists(st.tuples(changes, edits, edits), min_size=1, max_size=3), st.booleans())
def test_results_and_conflicts_after_many_changed_at_once_are_those_of_a_whole_check(
    first: list[tuple[str, str, float]], taken: list[Any], is_over: bool
) -> None:
    begun = [line_of(name, place_m) for name, place_m in zip(CASES, PLACES_M, strict=False)]
    over = frozenset({"C3"} if is_over else ())
    lines = JudgedLines(CHECKER, SEARCH, begun, ON, {}, Progress(), over)
    looked_after = {name for name, case_id in CASES.items() if case_id not in over}
    edit(lines, first)
    for wanted, before, after in taken:
        mark = lines.mark
        edit(lines, before)  # while the rows are read
        put = [line_of(name, at_m) for name, at_m in wanted.items() if at_m is not None]
        gone = [name for name, at_m in wanted.items() if at_m is None and name in lines.routes]
        change = lines.judge_change(mark, put, gone, Progress())
        edit(lines, after)
        edited = lines.edited_since(mark)
        assert edited is not None
        stay = {one.route_id: lines.routes.get(one.route_id) for one in edited}
        lines.take(change)
        assert lines.edited_since(mark) is None
        for key, one in {**{one.route_id: one for one in put}, **dict.fromkeys(gone)}.items():
            assert lines.routes.get(key) == stay.get(key, one)
    lines.end_preview()
    kept = list(lines.routes.values())
    whole = CHECKER.check(kept, ON).routes if kept else ()
    assert {key: facts(one) for key, one in lines.results.items()} == {
        one.route.route_id: facts(one) for one in whole
    }
    found = SEARCH.judge(kept).conflicts
    for key in lines.routes:
        assert places(lines.conflicts_of(key)) == places(one for one in found if one.is_of({key}))
    all_of = [one for one in found if one.is_of(looked_after & lines.routes.keys())]
    assert places(all_of) <= places(lines.all_conflicts()) <= places(found)


class Queue:
    """An Aside whose jobs are done and told one after another, when somebody says so."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Callable[..., Any], Callable[..., Any], Callable[[], None]]] = (
            deque()
        )
        self.done: tuple[Any, Callable[[Any], None], Callable[[], None]] | None = None

    def __call__(
        self,
        job: Callable[[Progress], Any],
        then: Callable[[Any], None],
        dropped: Callable[[], None] = nothing,
    ) -> None:
        self.waiting.append((job, then, dropped))

    def work(self) -> None:
        if self.done is None and self.waiting:
            job, then, dropped = self.waiting.popleft()
            self.done = job(Progress()), then, dropped

    def tell(self) -> None:
        if self.done is not None:
            (result, then, _), self.done = self.done, None
            then(result)

    def drain(self) -> None:
        while self.done is not None or self.waiting:
            self.work()
            self.tell()


class Replica:
    """What somebody has who only hears what is told."""

    def __init__(self, session: Session) -> None:
        self.routes: dict[str, Route] = dict(session.routes)
        self._session = session
        session.listen(self._follow)

    def _follow(self, event: SurveyEvent) -> None:
        if isinstance(event, LinesChanged):
            for key in event.gone:
                self.routes.pop(key, None)
            for key in event.put:
                self.routes[key] = self._session.routes[key]
            assert self.routes == dict(self._session.routes)


def lines_at(north_m: int, case_id: str | None = "c") -> list[Route]:
    return [route(f"0 {north_m + n}, 55 {north_m + n}", f"m{n}", case_id=case_id) for n in range(3)]


ACTS = "put put delete bring undo undo redo work work tell tell fact elsewhere over look".split()
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3)), max_size=14)


def act(session: Session, other: GpkgSurveyStore, queue: Queue, what: str, number: int) -> None:
    """One act of somebody at the window, of the thread, or of another program."""
    if what == "put":
        session.put(route(f"0 {number}, 49 {number}", f"m{number}", case_id="c"), what="draw")
    elif what == "delete" and f"m{number}" in session.routes:
        session.delete(f"m{number}")
    elif what == "bring":
        session.bring_in(lines_at(10 * number), "import", lambda _: None)
    elif what in ("undo", "redo"):
        getattr(session, what)()
    elif what in ("work", "tell"):
        getattr(queue, what)()
    elif what == "fact":
        session.confirm(replace(FACT, value=f"20{10 + number}-05-01"))
    elif what == "elsewhere":
        there = {one.route_id for one in other.routes().routes}
        other.edit(lines_at(20 + number, None), delete=sorted(there)[:number])
    elif what == "over":
        session.take_over()
    elif what == "look":
        session.all_conflicts()


@settings(max_examples=35, deadline=None)
@given(acts)
def test_whatever_is_done_while_many_lines_are_under_way_the_survey_is_what_is_on_disk(
    tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("s")
    with pytest.MonkeyPatch.context() as patch, opened(folder, UNKNOWN) as session:
        for module in (beside, open_surveys):
            patch.setattr(module, "MOST_AT_ONCE", 1)
        other, replica, queue = open_survey(session.store.path, "乙"), Replica(session), Queue()
        session.aside = queue
        for what, number in taken:
            with contextlib.suppress(SurveyError):  # a line that another program took away
                act(session, other, queue, what, number)
        queue.drain()
        session.take_over()
        queue.drain()
        other.close()
        kept = {one.route_id: one for one in session.store.routes().routes}
        assert dict(session.routes) == kept == replica.routes
        whole = session.checker.check(list(session.routes.values()), ON)
        assert {key: facts(one) for key, one in session.results.items()} == {
            one.route.route_id: facts(one) for one in whole.routes
        }
        found = session.search.judge(list(session.routes.values())).conflicts
        assert places(session.all_conflicts()) == places(found)
