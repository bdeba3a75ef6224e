"""Work beside the window: only the newest answer counts, and every end is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui import giving_way
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.giving_way import GivingWay


@pytest.fixture
def work(qtbot: Any) -> Iterator[Background]:
    made = Background()
    yield made
    made.end()


def test_a_result_comes_back(work: Background, qtbot: Any) -> None:
    with qtbot.waitSignal(work.done) as told:
        work.ask(lambda: 42)
    assert told.args == [42]


def test_what_is_wrong_comes_back_as_its_sentence(work: Background, qtbot: Any) -> None:
    def refuse() -> None:
        raise SurveyError("没有外线")

    with qtbot.waitSignal(work.failed) as told:
        work.ask(refuse)
    assert told.args[0].problems == ("没有外线",)


def test_what_no_one_foresaw_ends_the_waiting_and_is_not_hidden(
    work: Background, qtbot: Any
) -> None:
    def stumble() -> None:
        raise ValueError("odd")

    with qtbot.capture_exceptions() as raised, qtbot.waitSignal(work.failed) as told:
        work.ask(stumble)
    assert told.args[0].problems == ("ValueError: odd",)
    assert [kind for kind, *_ in raised] == [ValueError]


def test_only_the_newest_answer_counts(work: Background, qtbot: Any) -> None:
    answers: list[object] = []
    work.done.connect(answers.append)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        return "old"

    work.ask(slow)
    begun.wait(10)
    work.ask(lambda: "skipped")
    with qtbot.waitSignal(work.done):
        work.ask(lambda: "new")
        go_on.set()
    assert answers == ["new"]


def test_what_is_forgotten_is_not_told(work: Background, qtbot: Any) -> None:
    answers: list[object] = []
    work.done.connect(answers.append)
    go_on = threading.Event()
    work.ask(lambda: go_on.wait(10))
    work.forget()
    go_on.set()
    work.end()
    qtbot.wait(1)
    assert answers == []


def test_a_job_waits_at_a_step_until_the_window_is_free(work: Background, qtbot: Any) -> None:
    begun, told = threading.Event(), []

    def job(progress: Progress) -> None:
        begun.set()
        progress.step("check")
        told.append("the job went on")

    work.start(job)
    begun.wait(10)
    told.append("the window was busy")  # and has looked at no event until now
    with qtbot.waitSignal(work.done):
        pass
    assert told == ["the window was busy", "the job went on"]


def test_a_job_goes_on_beside_a_window_that_stays_busy(qtbot: Any) -> None:
    asked, told = GivingWay(), []
    thread = threading.Thread(target=lambda: (asked.wait(), told.append("went on")))
    thread.start()
    thread.join(10)  # and no event is looked at
    assert told == ["went on"]


def test_a_job_goes_on_when_what_was_asked_for_before_is_painted(qtbot: Any) -> None:
    asked, went_on = GivingWay(), list[bool]()

    class Seen(QtWidgets.QWidget):
        def paintEvent(self, event: Any) -> None:
            went_on.append(free.is_set())

    free, widget = threading.Event(), Seen()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(went_on))
    went_on.clear()
    widget.update()
    free = asked.ask()
    qtbot.waitUntil(lambda: bool(went_on) and free.is_set())
    assert went_on == [False]


def test_a_job_of_very_many_steps_asks_the_window_seldom(qtbot: Any, monkeypatch: Any) -> None:
    asked, answered = GivingWay(), []
    monkeypatch.setattr(asked, "ask", lambda: answered.append(1) or threading.Event())
    moments_s = iter([1.0, 1.0, 1.002, 1.004, 1.004, 1.006])
    monkeypatch.setattr(giving_way.time, "perf_counter", lambda: next(moments_s))
    monkeypatch.setattr(giving_way, "_AT_MOST_S", 0.0)
    for _ in range(4):  # 1.0: asks; 1.002: was just answered; 1.004: asks; 1.006: was
        asked.wait()
    assert len(answered) == 2
