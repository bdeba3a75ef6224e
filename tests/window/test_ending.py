"""Who closes a window waits for nothing: what it did ends after it, then its survey is closed."""

from __future__ import annotations

import threading
from concurrent.futures import Future

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.connection import journal_of
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.ending import ENDING, Ending
from tests.window.hand import Hand
from tests.window.test_succession import is_closed
from tests.window.test_window import line


def test_the_window_is_gone_while_a_job_goes_on_and_the_survey_is_closed_after_that(
    hand: Hand,
) -> None:
    work, goes_on, begun = hand.window.work, threading.Event(), threading.Event()
    hand.session.put(line("last", (0, 40), (9, 40)), what="draw")

    def job(_: object) -> bool:
        begun.set()
        return goes_on.wait()

    hand.shell.jobs.start(job, lambda _: None)
    assert begun.wait(10)
    window = hand.window
    window.close()
    assert not window.isVisible()
    assert hand.shell.window is None
    assert ENDING.busy
    assert not is_closed(work)
    goes_on.set()
    ENDING.wait()
    assert is_closed(work)
    assert journal_of(work.path) is None
    assert not ENDING.busy


def test_a_picture_that_is_being_painted_is_not_waited_for(hand: Hand) -> None:
    painter, begun, goes_on = hand.map.picture._painter, threading.Event(), threading.Event()
    painter._paint = lambda *_: begun.set() or goes_on.wait()
    hand.map.look_at(hand.map.view.moved(3_000, 0))
    hand.map.repaint()
    assert begun.wait(10)
    painter.end()
    assert not painter._over.done()
    goes_on.set()
    painter._over.result(10)


def test_a_job_that_is_forgotten_is_waited_for_at_the_end_alone(qtbot: object) -> None:
    ending, goes_on, ended = Background(), threading.Event(), list[bool]()
    ending.ask(lambda: ended.append(goes_on.wait()))
    ending.end(wait=False)
    ending.end(wait=False)
    assert not ended
    goes_on.set()
    ENDING.wait()
    assert len(ended) <= 1  # none, where it had not begun


def test_what_comes_after_is_done_whatever_became_of_what_was_before() -> None:
    ending, done, before = Ending(), list[str](), Future[None]()

    def fails() -> None:
        raise SurveyError("磁盘已满")

    ending.add(before)
    ending.then(fails, lambda: done.append("closed"))
    assert ending.busy
    assert done == []
    before.set_result(None)
    with pytest.raises(SurveyError, match="磁盘已满"):
        ending.wait()
    assert done == ["closed"]
    ending.wait()  # it is said once


def test_what_nobody_foresaw_is_raised_where_the_end_is_waited_for() -> None:
    ending = Ending()
    ending.then(lambda: [].pop())
    for one in ending._left:
        assert isinstance(one.exception(10), IndexError)
    ending.add(Future[None]())  # what has ended well is forgotten by then, what has not is kept
    (failed,) = (one for one in ending._left if one.done())
    ending._left = {failed}
    with pytest.raises(IndexError):
        ending.wait()
