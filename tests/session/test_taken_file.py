"""While another program writes into the survey, nobody at the window waits for it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any

import pytest

from neixiang_survey_plugin.app.progress import CancelledError, Progress
from neixiang_survey_plugin.app.survey_store import Draft
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey import opening, store
from neixiang_survey_plugin.io.survey.connection import PATIENCE_S, connect
from tests.drawn import route
from tests.session.lanes import finish, on_disk

DRAFT = Draft("d1", ((0.0, 50.0), (9.0, 50.0)), "gas", "c-gas", "c")


@pytest.fixture
def other(busy: Any) -> Iterator[sqlite3.Connection]:
    """Another program that is in the middle of writing."""
    busy.store.hurry()
    connection = sqlite3.connect(busy.store.path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def bend(session: Any) -> None:
    assert session.has_to_wait
    bent = route("0 50, 9 60", "r1")
    session.put_in_turn(bent, what="bend", then=lambda: None, failed=lambda _: None)


def undo(session: Any) -> None:
    session.undo()


def delete(session: Any) -> None:
    session.delete("r1")


def state(session: Any) -> dict[str, str]:
    return {key: one.line.wkt for key, one in session.routes.items()}


@pytest.mark.parametrize("act", [bend, undo, delete])
def test_it_is_done_beside_the_window_once_the_other_program_is_through(
    busy: Any, other: sqlite3.Connection, act: Callable[[Any], None]
) -> None:
    before = state(busy)
    act(busy)
    assert busy.is_writing
    assert state(busy) == before
    other.execute("COMMIT")
    finish(busy)
    after = state(busy)
    assert not busy.is_writing
    assert after != before
    assert on_disk(busy) == set(after)


def test_a_vertex_is_refused_and_what_was_kept_of_the_line_stays(
    busy: Any, other: sqlite3.Connection
) -> None:
    other.execute("COMMIT")
    busy.draw(DRAFT)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(SurveyError, match="正被另一个程序写入"):
        busy.draw(replace(DRAFT, vertices=(*DRAFT.vertices, (9.0, 60.0))))
    assert not busy.is_writing
    assert busy.drafts == (DRAFT,)


def test_what_waits_is_written_before_the_file_is_let_go(
    busy: Any, other: sqlite3.Connection
) -> None:
    bend(busy)
    other.execute("COMMIT")
    busy.close()
    with closing(opening.open_survey(busy.store.path, "")) as left:
        (line,) = left.routes().routes
        assert line.line.coords[1] == (9, 60)


def test_what_an_edit_could_not_write_first_no_thread_writes_after_it(
    busy: Any, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo(busy)
    monkeypatch.setattr(type(busy.store), "is_taken", False)  # it begins a moment later
    with pytest.raises(SurveyError, match="正被另一个程序写入"):
        busy.put(route("0 60, 9 60", "r2"), what="draw")
    monkeypatch.undo()
    other.execute("COMMIT")
    busy.put(route("0 60, 9 60", "r2"), what="draw")
    with suppress(CancelledError):
        finish(busy)
    assert on_disk(busy) == {"r1", "r2"}


def test_what_is_written_gives_way_to_nobody_and_is_not_written_again(
    busy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_STEPS_BETWEEN", 1)
    busy.put(route("0 60, 9 60", "r2"), what="draw")
    turns, undone = busy.store._turns, list[object]()

    def write(beside: Any) -> object:
        undone.append(beside.undo())
        wants = len(undone) == 1
        turns._count(wants)  # somebody at the window clicks just now
        try:
            return beside.changed()
        finally:
            turns._count(-wants)

    busy.store.write_beside(write, Progress())
    assert len(undone) == 1
    assert on_disk(busy) == {"r1"}


def test_who_only_reads_keeps_nobody_from_asking_whether_the_file_is_taken(busy: Any) -> None:
    path = busy.store.path
    busy.store._connection.execute("PRAGMA journal_mode = DELETE")  # as on a network share
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM routes").fetchall()
    busy.store._connection.execute("PRAGMA busy_timeout = 3600000")
    assert not busy.store.is_taken
    reader.close()


def test_what_cannot_wait_is_refused_in_a_moment_with_a_way_out(
    busy: Any, other: sqlite3.Connection
) -> None:
    with pytest.raises(SurveyError, match="正被另一个程序写入"):
        busy.put(route("0 60, 9 60", "r2"), what="draw")
    undo(busy)
    with pytest.raises(SurveyError, match="正被另一个程序写入"):
        busy.put(route("0 60, 9 60", "r2"), what="draw")
    assert busy.is_writing  # the undo waits on
    other.execute("COMMIT")
    finish(busy)
    assert on_disk(busy) == set()


def test_who_hurries_is_refused_however_long_others_would_wait(
    busy: Any, other: sqlite3.Connection
) -> None:
    busy.store._connection.execute("PRAGMA busy_timeout = 3600000")
    refused: list[SurveyError] = []

    def keep() -> None:
        try:
            busy.store.draw(DRAFT)
        except SurveyError as error:
            refused.append(error)

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    thread.join(30)
    assert len(refused) == 1
    other.execute("COMMIT")
    ((patience_ms,),) = busy.store._connection.execute("PRAGMA busy_timeout")
    assert patience_ms == PATIENCE_S * 1e3  # for whatever else may have to wait


def test_what_another_program_keeps_from_being_written_for_long_is_said_to_be_lost(
    busy: Any, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PATIENCE_S", 0.05)
    told: list[SurveyError | None] = []
    bent = route("0 50, 9 60", "r1")
    busy.put_in_turn(bent, what="bend", then=lambda: None, failed=told.append)
    finish(busy)
    assert ["正被另一个程序写入" in str(one) for one in told] == [True]
    assert not busy.is_writing
    assert busy.routes["r1"].line.coords[1] == (9, 50)


def test_what_other_programs_wrote_is_taken_over_though_one_writes_on(
    busy: Any, other: sqlite3.Connection
) -> None:
    undo(busy)
    busy.take_over()
    assert busy.is_writing
    assert "r1" in busy.routes


def test_a_thread_that_waits_for_another_program_has_no_turn_and_can_be_cancelled(
    busy: Any, other: sqlite3.Connection
) -> None:
    progress, ended = Progress(), list[BaseException]()

    def wait() -> None:
        try:
            busy.store.write_beside(lambda beside: beside.undo(), progress)
        except CancelledError as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    with busy.store._turns.first():
        progress.cancel()
        thread.join(30)
    assert len(ended) == 1


def test_settling_waits_for_nobody_and_keeps_nobody_waiting(
    busy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "connect", lambda path: connect(path, patience_s=3600.0))
    with closing(sqlite3.connect(busy.store.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM routes").fetchall()
        busy.put(route("0 60, 9 60", "r2"), what="draw")  # the log cannot be emptied beside it
        thread = threading.Thread(target=busy.store.settle, daemon=True)
        thread.start()
        thread.join(30)
        assert not thread.is_alive()
    assert on_disk(busy) == {"r1", "r2"}


def test_its_own_thread_is_no_other_program(busy: Any) -> None:
    seen: list[bool] = []

    def write(beside: Any) -> None:
        with beside._writing():
            seen.append(busy.store.is_taken)

    busy.store.write_beside(write, Progress())
    assert seen == [False]
    assert not busy.store.is_taken
