"""Much is written from a thread: whoever is at the window goes first, and nothing is half there."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.progress import CancelledError, Progress
from neixiang_survey_plugin.app.survey_store import Draft, SurveyStore
from neixiang_survey_plugin.io.survey import store as store_module
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.store import GpkgSurveyStore
from tests.drawn import route
from tests.survey.lines import new_survey

MANY = [route(f"0 {n}, 9 {n}", f"m{n}") for n in range(400)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GpkgSurveyStore]:
    opened = open_survey(new_survey(tmp_path), "张工")
    yield opened
    opened.close()


def count(store: SurveyStore) -> int:
    return len(store.routes().routes)


class Slow:
    """Writes many lines, but for the first time only when somebody else wants to write."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.times = 0

    def __call__(self, store: SurveyStore) -> int:
        self.times += 1
        self.begun.set()
        self.go_on.wait(20)
        store.edit(MANY, what="import")
        return count(store)


def test_who_is_at_the_window_goes_first_and_what_was_begun_begins_again(
    store: GpkgSurveyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_STEPS_BETWEEN", 100)
    write, found = Slow(), []
    count_waiting = store._turns._count

    def wanted(more: int) -> None:
        count_waiting(more)
        write.go_on.set()  # the thread writes from now on, and somebody waits

    thread = threading.Thread(target=lambda: found.append(store.write_beside(write, Progress())))
    thread.start()
    write.begun.wait(20)
    monkeypatch.setattr(store._turns, "_count", wanted)
    store.draw(Draft("d1", ((0.0, 0.0),), "gas"))
    thread.join(20)
    assert store.drafts() == (Draft("d1", ((0.0, 0.0),), "gas"),)
    assert (write.times, found, count(store)) == (2, [400], 400)
    assert [one.what for one in store.log(401)].count("insert") == 400


def test_what_is_cancelled_while_it_is_written_leaves_nothing(
    store: GpkgSurveyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_STEPS_BETWEEN", 100)
    progress, write, ended = Progress(), Slow(), []

    def work() -> None:
        with pytest.raises(CancelledError):
            store.write_beside(write, progress)
        ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    write.begun.wait(20)
    progress.cancel()
    write.go_on.set()
    thread.join(20)
    assert (ended, count(store), store.undo()) == ([True], 0, None)


def test_what_was_written_beside_is_one_step_and_seen_as_changed(store: GpkgSurveyStore) -> None:
    changed = store.write_beside(
        lambda one: (one.edit(MANY, what="import"), one.changed())[1], Progress()
    )
    assert len(changed.route_ids) == 400
    ahead = store.ahead(back=True)
    assert ahead is not None
    assert (ahead.who, ahead.what, ahead.lines) == ("张工", "import", 400)
    assert store.ahead(back=False) is None
    store.undo()
    assert (count(store), store.ahead(back=True)) == (0, None)
    assert store.ahead(back=False) == ahead


def test_a_thread_sees_what_was_finished_when_it_looks(store: GpkgSurveyStore) -> None:
    store.edit(MANY[:3])
    with store.beside() as other:
        assert count(other) == 3
        store.edit(MANY[3:5])
        assert count(other) == 5


def test_asking_what_changed_looks_at_what_is_new_alone(store: GpkgSurveyStore) -> None:
    taken: list[int] = []
    for before in (1, 400):
        store.edit(MANY[:before])
        store.changed()
        store.edit([route("0 0, 5 5", f"n{before}")])
        steps: list[None] = []
        store._connection.set_progress_handler(functools.partial(steps.append, None), 10)
        assert store.changed().route_ids == (f"n{before}",)
        store._connection.set_progress_handler(None, 0)
        taken.append(len(steps))
    assert taken[1] < 2 * taken[0]


def test_a_thread_brings_everything_into_the_one_file(store: GpkgSurveyStore) -> None:
    store.edit(MANY[:3])
    log = store.path.with_name(store.path.name + "-wal")
    assert log.stat().st_size > 0
    thread = threading.Thread(target=store.settle)
    thread.start()
    thread.join(20)
    assert log.stat().st_size == 0
    store.edit(MANY[3:5])
    assert count(store) == 5
