"""Work in a process of its own: what comes of it, what is told meanwhile, how it ends early."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
from functools import partial

import pytest

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.progress import CancelledError, Progress, Step
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.own_process import in_own_process

ASKED = UndecidedError("a.shp", (Question(Ask.LAYER, choices=("roads", "greens")),))
SEVERAL = SurveyError(("第 1 行没有几何", "第 2 行没有几何"))


def counted(upto: int, progress: Progress) -> tuple[int, int]:
    """Which process it was, and how far it came."""
    for done in range(upto):
        progress.step("import_read", "roads", done, upto)
    return os.getpid(), upto


def failing(error: Exception, _: Progress) -> None:
    raise error


def dying(_: Progress) -> None:
    os._exit(3)


def endless(progress: Progress) -> None:
    while True:
        progress.step("import_read")


def silent(progress: Progress) -> None:
    """As a job that has many short pieces, of which nothing is told for long."""
    tick = progress.seldom("import_read", clock=lambda: 0.0)
    while True:
        tick(0, 1)


def test_job_is_done_by_another_process_and_its_steps_are_told_here() -> None:
    told: list[Step] = []
    process, came_to = in_own_process(partial(counted, 3), Progress(told.append))
    assert process != os.getpid()
    assert came_to == 3
    assert told == [Step("import_read", "roads", done, 3) for done in range(3)]


@pytest.mark.parametrize("error", [ASKED, SEVERAL], ids=["asked", "several"])
def test_what_is_wrong_or_asked_comes_out_sentence_by_sentence(error: SurveyError) -> None:
    with pytest.raises(type(error)) as raised:
        in_own_process(partial(failing, error), Progress())
    assert raised.value.problems == error.problems
    assert getattr(raised.value, "questions", ()) == getattr(error, "questions", ())


@pytest.mark.parametrize("error", [ASKED, SEVERAL, SurveyError("一句")])
def test_an_error_is_the_same_once_it_was_sent(error: SurveyError) -> None:
    sent = pickle.loads(pickle.dumps(error))
    assert (type(sent), str(sent), sent.problems) == (type(error), str(error), error.problems)


def test_mistake_of_the_program_is_raised_as_it_is_and_said_where_it_was(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ZeroDivisionError):
        in_own_process(partial(failing, ZeroDivisionError("x")), Progress())
    assert "in failing" in capfd.readouterr().err


def test_process_that_dies_is_said_with_a_way_out() -> None:
    with pytest.raises(SurveyError, match=r"意外结束.*再试一次"):
        in_own_process(dying, Progress())


def test_nobody_is_left_at_work_once_nobody_waits() -> None:
    told: list[Step] = []

    def tell(step: Step) -> None:
        told.append(step)
        progress.cancel()

    progress = Progress(tell)
    with pytest.raises(CancelledError):
        in_own_process(endless, progress)
    assert told == [Step("import_read")]
    assert multiprocessing.active_children() == []


def test_silent_job_is_left_too_and_ends_at_its_next_step() -> None:
    progress = Progress()
    asked = threading.Timer(0.0, progress.cancel)
    asked.start()
    with pytest.raises(CancelledError):
        in_own_process(silent, progress)
    asked.join()
    assert multiprocessing.active_children() == []
