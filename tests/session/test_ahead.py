"""A line under the pointer measured beside the work: nothing old is told, the end is the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.app.progress import Progress, nothing
from neixiang_survey_plugin.app.report import route_report
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.events import Previewed
from neixiang_survey_plugin.core.routes import Route
from tests.drawn import route
from tests.session.lanes import Newest
from tests.session.opened import opened

KEPT = route("0 0, 30 0", "r1", case_id="c")
OTHER = route("0 9, 20 9", "r2", case_id="c")


def to(e_m: float, of: Route = KEPT) -> Route:
    return replace(of, line=LineString([of.line.coords[0], (e_m, 5.0)]))


acts = st.one_of(
    st.tuples(st.just("move"), st.integers(5, 90), st.sampled_from(("r1", "new"))),
    st.sampled_from(("work", "tell", "edit", "undo", "end")).map(lambda one: (one, 0, "")),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, min_size=2, max_size=12))
def test_nothing_old_is_told_and_the_end_is_as_measured_at_once(
    tmp_path_factory: pytest.TempPathFactory, done: list[tuple[str, int, str]]
) -> None:
    with opened(tmp_path_factory.mktemp("s")) as session:
        session.put(KEPT, OTHER, what="import")
        session.ahead = newest = Newest()
        told: list[Previewed] = []
        session.listen(lambda one: told.append(one) if isinstance(one, Previewed) else None)
        asked: Route | None = None
        for what, e_m, name in done:
            if what == "move":
                asked = to(e_m, replace(KEPT, route_id=name))
                session.preview(asked)
                assert told[-1] == Previewed(None, asked)
            elif what == "edit":
                session.put(
                    replace(OTHER, line=LineString([(0, 9), (35 + len(told), 9)])), what="x"
                )
            elif what == "undo" and len(session.routes["r2"].line.coords):
                session.undo()
                session.redo()
            elif what == "end":
                asked = None
                session.end_preview()
            else:
                getattr(newest, what)()
            last = told[-1] if told else Previewed(None)
            assert last.result is None or last.result.route is asked
        newest.drain()
        assert not session.is_measuring
        if asked is not None:
            beside = told[-1].result
            session.end_preview()
            session.ahead = lambda job, then, dropped=nothing: then(job(Progress()))
            session.preview(asked)
            at_once = told[-1].result
            assert beside is not None
            assert at_once is not None
            assert route_report(beside) == route_report(at_once)


def test_a_line_that_was_foreseen_is_kept_without_measuring_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as session:
        line = to(70)
        found: list[RouteResult] = []
        session.preview(line, lambda result, _: found.append(result))
        measured: list[object] = []
        name = "neixiang_survey_plugin.app.checking.measure_routes"
        monkeypatch.setattr(name, lambda routes, _: measured.extend(routes) or ())
        session.put(line, what="draw")
        assert measured == []
        assert route_report(session.results["r1"]) == route_report(*found)


def test_a_line_that_moved_after_it_was_foreseen_is_measured_again(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.preview(to(70))
        session.put(to(30), what="draw")
        length_m = session.results["r1"].measures.length_m
        assert length_m == pytest.approx(30.4, abs=0.1)


def test_an_edit_of_a_line_that_is_being_measured_waits_for_that(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.ahead = Newest()
        assert not session.has_to_wait
        session.preview(to(70))
        assert session.has_to_wait
        session.end_preview()
        assert not session.has_to_wait


def test_a_measuring_that_fails_is_waited_for_no_longer(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        failing: list[Callable[[], None]] = []
        session.ahead = lambda job, then, dropped=nothing: failing.append(dropped)
        told: list[Previewed] = []
        session.listen(lambda one: told.append(one) if isinstance(one, Previewed) else None)
        session.preview(to(70))
        failing[0]()
        assert not session.is_measuring
        assert told[-1] == Previewed(None)
