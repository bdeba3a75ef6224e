"""A survey of years: what is closed is judged when somebody asks, and an edit asks for its kin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.casework.lines_of_case import lines_around
from neixiang_survey_plugin.app.casework.page import judgement_now
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.judging import JudgedLines
from neixiang_survey_plugin.app.session.kin import Kin, NearLines
from neixiang_survey_plugin.app.session.ready import Ready
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.session.view import SessionView
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.measuring.measure import measure_routes
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.taped import line_print
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.places import sample_county
from tests.drawn import ON, route
from tests.session.opened import TOWN, open_session, opened

CHECKER = Checker(TOWN)
SEARCH = ConflictSearch(TOWN, load_clearances(sample_county()))
CASES = {"a": "C1", "b": "C1", "c": "C2", "d": "C2", "e": "C3", "f": "C4"}
SITES = {"b": "S", "c": "S"}  # binds C1 to C2
UTILITIES = {"a": "gas", "b": "power", "c": "gas", "d": "water", "e": "gas", "f": "gas"}


def line_of(name: str, north_m: float, reach_m: float = 60.0) -> Route:
    line = route(f"0 {north_m}, {reach_m} {north_m}", name, UTILITIES[name], case_id=CASES[name])
    return replace(line, site_id=SITES.get(name), diameter_mm=200.0, pressure_class="medium_a")


def in_memory(lines: JudgedLines) -> SessionView:
    """What a survey of these lines shows, without a file."""
    view, nobody_asks = SessionView(), cast(Any, None)
    view._ready = Ready(nobody_asks, TOWN, CHECKER, SEARCH, lines, ())
    return view


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Session]:
    """Three cases, of which C2 and C3 are closed; C2 is judged with C1."""
    with opened(tmp_path) as session:
        rows = [Case(case_id=one, state=State.CLOSED) for one in ("C2", "C3")]
        session.store.edit(
            [line_of(name, 0.3 * place) for place, name in enumerate("abcde")],
            records=[Case(case_id="C1"), *rows],
        )
    session = open_session(tmp_path / "a.survey.gpkg")
    yield session
    session.close()


def test_lines_of_a_closed_case_are_judged_when_somebody_asks(
    closed: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    results = Checker.results

    def watched(self: Checker, routes: Any, *more: Any) -> Any:
        asked.append([one.route_id for one in routes])
        return results(self, routes, *more)

    monkeypatch.setattr(Checker, "results", watched)
    assert [one.route.route_id for one in closed.results_of("C1")] == ["a", "b"]
    assert closed.results["c"].route.route_id == "c"
    assert asked == []  # all of these were judged at the opening, bound together by the site
    assert [one.route.route_id for one in closed.results_of("C3")] == ["e"]
    assert asked == [["e"]]
    assert len(closed.results) == len(closed.results.values()) == 5
    assert asked == [["e"]]
    with pytest.raises(KeyError):
        closed.results["nobody"]


def test_without_a_case_the_lines_under_way_are_listed(closed: Session) -> None:
    assert [one.route.route_id for one in closed.results_of(None)] == ["a", "b"]


def test_lines_under_way_and_those_of_a_closed_case_that_is_looked_at_are_held(
    closed: Session,
) -> None:
    names = [[one.route_id for one in closed.lines_to_hold(case)] for case in (None, "C1", "C3")]
    assert names == [["a", "b"], ["a", "b"], ["a", "b", "e"]]
    assert set(closed.ids_under_way) == {"a", "b"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 250)), max_size=8))
def test_lines_around_a_case_are_those_that_going_through_all_of_them_finds(
    moves: list[tuple[str, int]],
) -> None:
    begun = [line_of(name, 40.0 * place) for place, name in enumerate("abcdef")]
    session = in_memory(JudgedLines(CHECKER, SEARCH, begun, ON, {}, Progress()))
    for name, north_m in moves:
        session._lines.replace([line_of(name, north_m)], [])
    every, no_split = session.judged_routes, TOWN.policy.no_split
    for case_id in ("C1", "C2", "C3", "C9"):
        assert session.lines_around([case_id]) == lines_around(case_id, every, no_split)
    both = [one.route_id for one in session.lines_around(["C4", "C2"])]
    found = {one.route_id for case in ("C2", "C4") for one in session.lines_around([case])}
    assert both == [one.route_id for one in every if one.route_id in found]


def test_conflicts_between_closed_cases_alone_are_not_listed(closed: Session) -> None:
    pairs = {frozenset({one.a, one.b}) for one in closed.all_conflicts()}
    assert pairs == {frozenset(one) for one in ("ab", "bc", "bd", "be")}
    of_e = {frozenset({one.a, one.b}) for one in closed.conflicts_of("e")}
    assert of_e == {frozenset("be"), frozenset("de")}


@pytest.mark.parametrize("opened_again", [False, True])
def test_a_case_that_is_opened_again_is_judged_with_all_its_conflicts(
    closed: Session, opened_again: bool
) -> None:
    if opened_again:
        (case,) = closed.store.records(Case, case_id="C3")
        back = replace(case, state=State.JUDGED)
        closed.step("case_step", lambda store: store.keep([back], what="case_step"), "C3")
    book = CaseBook(closed, load_office(sample_county(), closed.county.office_hours))
    found = judgement_now(book.case("C3"), closed).conflicts
    assert found is not None
    assert {frozenset((one.a, one.b)) for one in found} == {frozenset("be"), frozenset("de")}


def test_open_conflicts_of_all_lines_are_those_of_the_survey_each_once(closed: Session) -> None:
    under_way = closed.open_conflicts_of(["a", "b"])
    assert places(under_way) == places(closed.followed_conflicts().open)
    assert len(under_way) == len(closed.followed_conflicts().open)


def places(conflicts: Any) -> set[tuple[object, ...]]:
    def place(one: Conflict) -> tuple[object, ...]:
        pair = sorted((one.a, one.b)) if one.b_layer == "routes" else (one.a, one.b)
        return one.kind, one.b_layer, *pair, one.outcome

    return {place(one) for one in conflicts}


def assert_judged_as_a_whole(lines: JudgedLines, kept: list[Route]) -> None:
    """Each line has the result that a check of all of them gives it."""
    whole = CHECKER.check(kept, ON).routes if kept else ()
    assert {key: facts(one) for key, one in lines.results.items()} == {
        one.route.route_id: facts(one) for one in whole
    }


def facts(result: RouteResult) -> tuple[object, ...]:
    verdict = result.verdict
    found = [(one.rule, one.measured, one.outcome) for one in verdict.findings]
    return verdict.way, verdict.reading_decides, result.judged_with, found


# Streets farther apart than any rule between lines reaches, and places near each other in them.
PLACES_M = (0.0, 0.4, 0.9, 70.0, 70.4, 140.0, 140.5)
steps = st.lists(
    st.tuples(
        st.sampled_from(("put", "put", "put", "delete", "preview", "look")),
        st.sampled_from(sorted(CASES)),
        st.sampled_from(PLACES_M),
        st.sampled_from((None, "C1", "C3")),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(steps, st.sets(st.sampled_from(("C1", "C2", "C3", "C4"))))
@example([(step, "a", 0.4, None) for step in ("put", "look", "delete", "put", "look")], set())
def test_results_and_conflicts_are_those_of_a_whole_check_whatever_was_closed(
    taken: list[tuple[str, str, float, str | None]], over: set[str]
) -> None:
    begun = [line_of(name, place_m) for name, place_m in zip(CASES, PLACES_M, strict=False)]
    lines = JudgedLines(CHECKER, SEARCH, begun, ON, {}, Progress(), frozenset(over))
    under_way = {name for name, case_id in CASES.items() if case_id not in over}
    for step, name, place_m, case_id in taken:
        if step == "put":
            line = line_of(name, place_m)
            lines.replace([line if case_id is None else replace(line, case_id=case_id)], [])
            under_way.add(name)
        elif step == "delete" and name in lines.routes:
            lines.replace([], [name])
        elif step == "preview":
            lines.take_foreseen(lines.foresee(line_of(name, 3.0))())
        elif step == "look":
            lines.all_conflicts()
    lines.end_preview()
    kept = list(lines.routes.values())
    assert_judged_as_a_whole(lines, kept)
    found = SEARCH.judge(kept).conflicts
    assert places(lines.all_conflicts()) == places(one for one in found if one.is_of(under_way))
    for key in lines.routes:
        assert places(lines.conflicts_of(key)) == places(one for one in found if one.is_of({key}))


def test_kin_is_bound_by_cases_and_sites_in_a_chain() -> None:
    lines = {name: line_of(name, 0.0) for name in CASES}
    kin = Kin(lines.values())
    assert kin.of(lines["a"]) == {"a", "b", "c", "d"}
    assert kin.of(lines["e"]) == {"e"}
    kin.put(replace(lines["b"], site_id=None))
    assert kin.of(lines["a"]) == {"a", "b"}
    kin.remove("c")
    assert kin.of(lines["c"], lines["e"]) == {"d", "e"}
    assert kin.of(route("0 0, 1 0", "alone")) == set()


def test_near_lines_follow_what_is_put_and_taken_away() -> None:
    near = NearLines({"a": route("0 0, 9 0", "a"), "b": route("0 5, 9 5", "b")})
    me = route("0 1, 9 1", "me")
    assert near.near([me], 2.0) == {"a"}
    near.put(route("0 2, 9 2", "b"))
    assert near.near([me], 2.0) == {"a", "b"}
    near.remove("a")
    assert near.near([me], 2.0) == {"b"}
    assert NearLines({}).near([me], 2.0) == set()


def test_lines_that_are_taken_away_together_lie_near_nothing() -> None:
    lines = {"a": route("0 0, 9 0", "a"), "b": route("0 1, 9 1", "b")}
    near = NearLines(lines)
    near.take(near.second_with([route("0 2, 9 2", "c")], ()), set())
    near.put(route("0 1, 9 1", "d"))
    near.remove_all({"a", "c", "d", "never"})
    assert near.near([route("0 0, 9 0", "me")], 5.0) == {"b"}


def test_conflicts_after_many_edits_are_looked_for_a_line_at_a_time_and_once_around_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = [route(f"0 {0.3 * k}, 60 {0.3 * k}", f"g{k:02}", "gas") for k in range(20)]
    lines = JudgedLines(CHECKER, SEARCH, begun, ON, {}, Progress())
    for one in begun:
        lines.replace([replace(one, diameter_mm=200.0)], [])
    asked: list[int] = []
    near = NearLines.near

    def watched(self: NearLines, routes: Any, within_m: float) -> set[str]:
        asked.append(len(routes))
        return near(self, routes, within_m)

    monkeypatch.setattr(NearLines, "near", watched)
    in_a_piece, before = [], 0
    for found in lines.each_conflict():
        if found is None:
            in_a_piece.append(len(asked) - before)
            before = len(asked)
    assert set(asked) == {1}
    assert max(in_a_piece) <= 2  # the line itself, and the first beside it
    assert len(asked) == 2 * len(begun)


def test_lines_beside_one_that_is_drawn_are_not_measured_again_and_stay_as_taped() -> None:
    begun = [line_of("a", 0.0), line_of("b", 0.4)]
    day, line = date(2026, 11, 20), line_print(begun[1].line)
    fact = ConfirmedFact("routes", "b@R1", "taped_m", "7.5", "皮尺量测", "张工", day, line)
    there, complaints = TOWN.with_facts([fact])
    assert complaints == ()
    checker, search = Checker(there), ConflictSearch(there, load_clearances(sample_county()))
    lines = JudgedLines(checker, search, begun, ON, {}, Progress())
    drawn = replace(line_of("b", 0.8), route_id="n")
    measure = "neixiang_survey_plugin.app.checking.measure_routes"
    with patch(measure, wraps=measure_routes) as measured:
        lines.take_foreseen(lines.foresee(drawn)())
    assert [one.route_id for call in measured.call_args_list for one in call.args[0]] == ["n"]
    lines.replace([drawn], [])
    whole = {one.route.route_id: one for one in checker.check([*begun, drawn], ON).routes}
    assert whole["b"].measures.untaped is not None
    untaped_m = whole["b"].measures.untaped.roads.across.value
    assert {key: facts(one) for key, one in lines.results.items()} == {
        key: facts(one) for key, one in whole.items()
    }
    across_m = [one["b"].measures.roads.across.value for one in (lines.results, whole)]
    assert across_m[0] == across_m[1] != untaped_m
