"""Many lines at once, whatever is edited, undone or written elsewhere meanwhile: never half."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import Any
from unittest.mock import ANY

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.session import beside
from neixiang_survey_plugin.app.session import session as open_surveys
from neixiang_survey_plugin.app.session.events import LinesChanged, SurveyEvent
from neixiang_survey_plugin.app.session.judging import JudgedLines
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.survey_store import Ahead
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.store import GpkgSurveyStore
from tests.drawn import ON, route
from tests.session.lanes import MANY, UNKNOWN, Queue, drain, finish, on_disk
from tests.session.opened import opened
from tests.session.test_years import (
    CASES,
    CHECKER,
    PLACES_M,
    SEARCH,
    assert_judged_as_a_whole,
    facts,
    line_of,
    places,
)

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
            lines.take_foreseen(lines.foresee(line_of(name, 3.0))())
        elif step == "look":
            lines.all_conflicts()


@settings(max_examples=30, deadline=None)
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
    assert_judged_as_a_whole(lines, kept)
    found = SEARCH.judge(kept).conflicts
    for key in lines.routes:
        assert places(lines.conflicts_of(key)) == places(one for one in found if one.is_of({key}))
    all_of = [one for one in found if one.is_of(looked_after & lines.routes.keys())]
    assert places(all_of) <= places(lines.all_conflicts()) <= places(found)


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


ACTS = (
    "put put delete wipe bring undo undo redo fact elsewhere over look"
    " judge judge judged judged write write written written drop_judging drop_writing"
).split()
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3)), max_size=16)


LANES = {
    "judge": ("aside", "work"),
    "judged": ("aside", "tell"),
    "drop_judging": ("aside", "drop"),
    "write": ("writing", "work"),
    "written": ("writing", "tell"),
    "drop_writing": ("writing", "drop"),
}


def act(session: Session, other: GpkgSurveyStore, what: str, number: int) -> None:
    """One act of somebody at the window, of the thread, or of another program."""
    if what == "put":
        session.put(route(f"0 {number}, 49 {number}", f"m{number}", case_id="c"), what="draw")
    elif what == "delete" and f"m{number}" in session.routes:
        session.delete(f"m{number}")
    elif what == "bring":
        session.bring_in(lines_at(10 * number), "import", lambda _: None)
    elif what in ("undo", "redo"):
        getattr(session, what)()
    elif what == "wipe":
        session.delete(*session.routes)
    elif what in LANES:
        lane, go = LANES[what]
        getattr(getattr(session, lane), go)()
    elif what == "fact":
        session.confirm(replace(FACT, value=f"20{10 + number}-05-01"))
    elif what == "elsewhere":
        there = {one.route_id for one in other.routes().routes}
        other.edit(lines_at(20 + number, None), delete=sorted(there)[:number])
    elif what == "over":
        session.take_over()
    elif what == "look":
        session.all_conflicts()


@settings(max_examples=25, deadline=None)
@given(acts)
@example([("put", 0), ("put", 1), ("wipe", 0), ("wipe", 0)])
@example([("put", 0), ("bring", 0), ("judge", 0), ("put", 0)])
@example([("put", 0), ("bring", 0), ("judge", 0), ("judged", 0), ("put", 0), ("write", 0)])
@example([("put", 0), ("bring", 0), ("judge", 0), ("judged", 0), ("write", 0), ("put", 0)])
def test_whatever_is_done_while_many_lines_are_under_way_the_survey_is_what_is_on_disk(
    tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("s")
    with pytest.MonkeyPatch.context() as patch, opened(folder, UNKNOWN) as session:
        for module in (beside, open_surveys):
            patch.setattr(module, "MOST_AT_ONCE", 1)
        other, replica = open_survey(session.store.path, "乙"), Replica(session)
        session.aside, session.writing = lanes = Queue(), Queue()
        for what, number in taken:
            with contextlib.suppress(SurveyError):  # a line that another program took away
                act(session, other, what, number)
        drain(*lanes)
        session.take_over()
        if session.outdated:
            session.judge_anew()
        drain(*lanes)
        other.close()
        kept = {one.route_id: one for one in session.store.routes().routes}
        assert dict(session.routes) == kept == replica.routes
        whole = session.checker.check(list(session.routes.values()), ON)
        assert {key: facts(one) for key, one in session.results.items()} == {
            one.route.route_id: facts(one) for one in whole.routes
        }
        found = session.search.judge(list(session.routes.values())).conflicts
        assert places(session.all_conflicts()) == places(found)


def test_many_lines_are_told_when_they_are_on_disk_and_not_before(busy: Any) -> None:
    told: list[int] = []
    busy.bring_in(MANY, "import", lambda lines: told.append(len(lines)))
    busy.aside.work()
    busy.aside.tell()
    assert (on_disk(busy), told, len(busy.routes)) == ({"r1"}, [], 1)
    busy.writing.work()
    assert (len(on_disk(busy)), told, len(busy.routes)) == (31, [], 1)
    busy.writing.tell()
    assert (told, len(busy.routes)) == ([30], 31)
    assert busy.undo() is not None
    finish(busy)
    assert on_disk(busy) == {"r1"} == busy.routes.keys()


def test_an_edit_waits_until_the_undo_before_it_is_on_disk(busy: Any) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    told: list[str] = []
    ahead = busy.undo(lambda step: told.append(step.what))
    assert ahead == Ahead("张工", "import", ANY, 30)
    assert (told, len(on_disk(busy))) == ([], 31)
    busy.put(route("0 60, 9 60", "r2"), what="draw")
    assert told == ["import"]
    assert on_disk(busy) == {"r1", "r2"}
    assert not busy.can_redo
    finish(busy)
    assert on_disk(busy) == busy.routes.keys()
    assert told == ["import"]


def test_an_undo_after_one_that_is_not_on_disk_yet_waits_for_its_turn_beside_the_work(
    busy: Any,
) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    told: list[str] = []
    for _ in range(2):
        busy.undo(lambda step: told.append(step.what))
    assert (told, len(on_disk(busy))) == ([], 31)
    finish(busy)
    assert told == ["import", "draw"]
    assert on_disk(busy) == busy.routes.keys() == set()
    for _ in range(2):
        busy.redo(lambda step: told.append(step.what))
    assert told == ["import", "draw", "draw"]
    finish(busy)
    assert told[3:] == ["import"]
    assert len(on_disk(busy)) == len(busy.routes) == 31


def test_an_undo_that_nobody_could_do_is_not_done_later(busy: Any) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    busy.undo()
    busy.writing.drop()
    busy.put(route("0 60, 9 60", "r2"), what="draw")
    finish(busy)
    assert len(on_disk(busy)) == len(busy.routes) == 32


def test_a_line_written_elsewhere_under_the_name_of_one_that_comes_in_is_not_replaced(
    busy: Any,
) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    busy.aside.work()
    busy.aside.tell()
    theirs = route("0 99, 9 99", "m3")
    busy.store.edit([theirs])
    finish(busy)
    busy.take_over()
    finish(busy)
    assert busy.routes["m3"] == theirs
    assert len(busy.routes) == 32
    assert on_disk(busy) == busy.routes.keys()


def test_names_of_lines_that_are_being_written_are_not_given_away(busy: Any) -> None:
    busy.bring_in([replace(MANY[0], route_id="c-gas")], "import", lambda _: None)
    busy.aside.work()
    busy.aside.tell()
    assert busy.new_route_id("gas", "c") == "c-gas-2"
    busy.writing.drop()
    assert busy.new_route_id("gas", "c") == "c-gas"


def test_pictures_are_one_step_that_is_told_when_they_are_on_disk_and_not_before(
    busy: Any,
) -> None:
    told: list[str] = []
    two = [Photo(case_id="c", file_name=name, image=b"\xff") for name in ("a.jpg", "b.jpg")]

    def keep(what: str) -> None:
        busy.step_beside(
            "photo", lambda store: store.keep(two, what="x"), lambda: told.append(what), "c"
        )

    def kept() -> int:
        return len(busy.store.records(Photo, case_id="c"))

    keep("dropped")
    busy.writing.drop()
    assert (told, kept()) == ([], 0)
    keep("written")
    busy.writing.work()
    assert (told, kept()) == ([], 2)
    busy.writing.tell()
    assert told == ["written"]
    assert busy.undo() is not None
    finish(busy)
    assert (kept(), on_disk(busy)) == (0, {"r1"})
    keep("before an edit")
    busy.put(route("0 60, 9 60", "r2"), what="draw")
    assert (told[1:], kept()) == (["before an edit"], 2)
    finish(busy)
    assert (len(told), kept()) == (2, 2)
    busy.undo()
    assert (kept(), on_disk(busy)) == (2, {"r1"})  # the edit came after
    busy.undo()
    assert kept() == 0
