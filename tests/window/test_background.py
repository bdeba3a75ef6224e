"""Work beside the window: only the newest answer counts, and every end is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.ui.background import Background


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
