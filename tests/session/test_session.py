"""What is told was kept first, and what is shown is what a whole check gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.live_conflicts import LiveConflicts
from neixiang_survey_plugin.app.session.events import (
    DraftKept,
    LinesChanged,
    Previewed,
    Saved,
    Selected,
    SurveyEvent,
)
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.survey_store import Draft
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.places import sample_county
from tests.drawn import ON, county, road, route
from tests.session.opened import NOON, TOWN, open_session, opened

SHORT = route("0 0, 55 0", "r1", case_id="c")
OTHER = route("0 9, 55 9", "r2", case_id="c")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(tmp_path) as found:
        yield found


def told(session: Session) -> list[SurveyEvent]:
    events: list[SurveyEvent] = []
    session.listen(events.append)
    return events


def ways(session: Session) -> dict[str, str]:
    return {key: one.verdict.way.value for key, one in session.results.items()}


def test_a_line_that_is_put_is_on_disk_when_the_listeners_hear_of_it(session: Session) -> None:
    kept: list[tuple[str, ...]] = []
    session.listen(lambda _: kept.append(tuple(r.route_id for r in session.store.routes().routes)))
    session.put(SHORT, what="draw")
    assert kept == [("r1",), ("r1",)]


def test_every_change_is_told_with_the_lines_whose_results_are_new(session: Session) -> None:
    events = told(session)
    session.put(SHORT, what="draw")
    session.put(OTHER, what="draw")
    assert events[0] == LinesChanged("draw", ("r1",), (), ("r1",))
    assert events[2] == LinesChanged("draw", ("r2",), (), ("r1", "r2"))
    assert events[1] == events[3] == Saved(NOON)
    assert session.saved_at == NOON


def test_undo_goes_back_to_nothing_and_redo_forth_again(session: Session) -> None:
    session.put(SHORT, what="draw")
    session.put(OTHER, what="draw")
    assert ways(session) == {"r1": "joint", "r2": "joint"}  # 8 + 8 m of the street
    assert session.undo() is not None
    assert ways(session) == {"r1": "commitment"}
    assert session.undo() is not None
    assert ways(session) == {}
    assert session.undo() is None
    assert (session.can_undo, session.can_redo) == (False, True)
    session.redo()
    session.redo()
    assert ways(session) == {"r1": "joint", "r2": "joint"}
    assert session.redo() is None
    assert (session.can_undo, session.can_redo) == (True, False)


def test_a_new_edit_cuts_the_way_to_what_was_undone(session: Session) -> None:
    session.put(SHORT, what="draw")
    session.undo()
    assert session.can_redo
    session.put(OTHER, what="draw")
    assert not session.can_redo


def test_a_line_that_is_deleted_is_no_longer_chosen_and_no_longer_judged(session: Session) -> None:
    session.put(SHORT, OTHER, what="import")
    session.select("r2")
    events = told(session)
    session.delete("r2")
    assert events[0] == Selected(None)
    assert events[1] == LinesChanged("delete", (), ("r2",), ("r1",))
    assert ways(session) == {"r1": "commitment"}


def test_a_line_without_length_is_refused_and_changes_nothing(session: Session) -> None:
    events = told(session)
    with pytest.raises(SurveyError, match="没有长度"):
        session.put(replace(SHORT, line=LineString([(1, 1), (1, 1)])), what="draw")
    assert (events, session.store.routes().routes) == ([], ())


def test_what_the_store_refuses_changes_nothing(session: Session) -> None:
    session.put(SHORT, what="draw")
    events = told(session)
    with pytest.raises(SurveyError):
        session.delete("nobody")
    assert (events, ways(session)) == ([], {"r1": "commitment"})


def test_a_preview_is_judged_with_its_case_and_leaves_nothing_behind(session: Session) -> None:
    session.put(SHORT, what="draw")
    events = told(session)
    session.preview(OTHER)
    assert [one.result.verdict.way.value for one in events] == ["joint"]
    session.end_preview()
    assert events[-1] == Previewed(None)
    assert ways(session) == {"r1": "commitment"}
    session.preview(replace(SHORT, unit="gas"))
    assert events[-1].result.verdict.way.value == "commitment"


def test_a_preview_of_a_line_that_is_kept_ends_where_it_was(session: Session) -> None:
    session.put(SHORT, OTHER, what="import")
    session.preview(replace(OTHER, line=LineString([(0, 9), (30, 9)])))
    session.end_preview()
    third = route("0 18, 10 18", "r3", case_id="c")
    session.put(third, what="draw")
    assert ways(session)["r3"] == "joint"


def test_a_line_under_the_pointer_without_length_has_no_result(session: Session) -> None:
    events = told(session)
    given: list[object] = []
    session.preview(
        replace(SHORT, line=LineString([(1, 1), (1, 1)])), lambda *found: given.append(found)
    )
    assert (events, given) == ([Previewed(None)], [(None, None)])


def test_the_vertices_of_a_draft_are_there_when_the_survey_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        events = told(session)
        session.draw(Draft("d1", ((0.0, 0.0), (3.0, 4.0)), "gas", "c-gas", "c"))
        path = session.store.path
    assert events[0] == DraftKept("d1", 2)
    again = open_session(path)
    assert again.drafts == (Draft("d1", ((0.0, 0.0), (3.0, 4.0)), "gas", "c-gas", "c"),)
    again.put(route("0 0, 3 4", "c-gas", "gas"), what="draw", finishes="d1")
    assert again.drafts == ()
    again.close()


def test_a_new_line_gets_a_name_that_neither_line_nor_draft_has(session: Session) -> None:
    assert session.new_route_id("gas", "c") == "c-gas"
    session.put(route("0 0, 3 4", "c-gas", "gas"), what="draw")
    session.draw(Draft("d1", ((0.0, 0.0),), "gas", "c-gas-2", "c"))
    assert session.new_route_id("gas", "c") == "c-gas-3"
    assert session.new_route_id("water", None) == "water"


def test_a_fact_from_the_site_judges_every_line_anew(tmp_path: Path) -> None:
    unknown = county([road((40, -100, 48, 100), width_m=8.0, delivered_on=None)])
    with opened(tmp_path, unknown) as session:
        session.put(SHORT, what="draw")
        assert ways(session) == {"r1": "undetermined"}
        events = told(session)
        fact = ConfirmedFact("roads", "R1", "delivered_on", "2010-05-01", "移交单", "张工", ON)
        session.confirm(fact)
        assert ways(session) == {"r1": "commitment"}
        assert events == [Saved(NOON), LinesChanged("confirm", (), (), ("r1",))]
        with pytest.raises(SurveyError, match="R9"):
            session.confirm(replace(fact, object_id="R9"))
        path = session.store.path
    again = open_session(path, unknown)
    assert ways(again) == {"r1": "commitment"}
    again.close()


def test_what_another_program_wrote_meanwhile_is_taken_over(tmp_path: Path) -> None:
    unknown = county([road((40, -100, 48, 100), width_m=8.0, delivered_on=None)])
    with opened(tmp_path, unknown) as session:
        session.put(SHORT, what="draw")
        session.take_over()
        events = told(session)
        session.take_over()
        assert events == []
        other = open_survey(session.store.path, "乙")
        other.edit([route("0 0, 3 4", "theirs", "gas")])
        fact = ConfirmedFact("roads", "R1", "delivered_on", "2010-05-01", "移交单", "乙", ON)
        other.confirm(fact)
        session.take_over()
        assert set(session.routes) == {"r1", "theirs"}
        assert ways(session)["r1"] == "commitment"
        assert next(one for one in events if isinstance(one, LinesChanged)).put == ("theirs",)
        other.edit(delete=["theirs"])
        other.close()
        session.take_over()
        assert set(session.routes) == {"r1"}


def test_who_stops_listening_hears_no_more(session: Session) -> None:
    events: list[SurveyEvent] = []
    stop = session.listen(events.append)
    stop()
    stop()
    session.put(SHORT, what="draw")
    assert events == []


def test_choosing_a_line_that_is_not_there_is_an_error(session: Session) -> None:
    with pytest.raises(KeyError):
        session.select("nobody")


steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("abc"), st.integers(1, 12)),
        st.tuples(
            st.sampled_from(("undo", "redo", "delete", "preview", "ask")),
            st.sampled_from("abc"),
            st.just(0),
        ),
    ),
    max_size=12,
)


def line_of(name: str, reach: int) -> Route:
    return route(f"0 {ord(name) - 97}, {reach * 8} {reach}", name, case_id="c")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_after_any_steps_the_results_are_those_of_a_whole_check(
    tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, str, int]]
) -> None:
    with opened(tmp_path_factory.mktemp("s")) as session:
        for step, name, reach in taken:
            if step == "put":
                session.put(line_of(name, reach), what="draw")
            elif step == "delete" and name in session.routes:
                session.delete(name)
            elif step == "preview":
                session.preview(line_of(name, 3))
            elif step == "ask" and name in session.routes:
                session.conflicts_of(name)
            elif step in ("undo", "redo"):
                getattr(session, step)()
        session.end_preview()
        kept = session.store.routes().routes
        assert dict(session.routes) == {one.route_id: one for one in kept}
        whole = Checker(TOWN).check(list(session.routes.values()), ON)
        assert ways(session) == {o.route.route_id: o.verdict.way.value for o in whole.routes}
        search = ConflictSearch(TOWN, load_clearances(sample_county()))
        fresh = LiveConflicts(search, session.routes.values())
        for name in session.routes:
            assert alike(session.conflicts_of(name)) == alike(fresh.conflicts_of(name))
        assert len(session.all_conflicts()) == len(fresh.all_conflicts())


def alike(conflicts: Sequence[Conflict]) -> set[tuple[object, ...]]:
    """What does not depend on which of two lines came first."""
    return {(one.kind, frozenset((one.a, one.b)), one.measured_m) for one in conflicts}


def test_a_line_that_moved_is_looked_at_again_when_somebody_asks(session: Session) -> None:
    session.put(line_of("a", 5), line_of("b", 5), what="draw")
    near = session.conflicts_of("b")
    with patch.object(LiveConflicts, "put", side_effect=AssertionError):
        session.put(replace(line_of("a", 5), line=LineString([(0, 900), (40, 905)])), what="draw")
    assert near != ()
    assert session.conflicts_of("b") == ()
    session.put(line_of("a", 5), what="draw")
    session.delete("a")
    assert session.conflicts_of("b") == ()


def test_a_line_that_was_only_previewed_is_not_measured_again_as_it_was(session: Session) -> None:
    line = route("0 0, 55 0", "r1", case_id="c")
    session.put(line, what="draw")
    before = session.results["r1"]
    session.preview(replace(line, line=LineString([(0, 0), (30, 0)])))
    session.preview(replace(line, line=LineString([(0, 0), (20, 5)])))
    measure = "neixiang_survey_plugin.app.checking.measure_moved"
    with patch(measure, side_effect=AssertionError):
        session.end_preview()
    session.put(OTHER, what="draw")  # judged with it as it is kept
    assert session.results["r1"].measures.length_m == before.measures.length_m
