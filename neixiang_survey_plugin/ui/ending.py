"""What was told to end while nobody waits for it: the program waits for it at its own end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Any

from neixiang_survey_plugin.core.errors import Problems, SurveyError


class Ending:
    """Threads that end by themselves, and what is done once they have.

    A window that waited for its threads stood still until they came to their next step: for a
    photograph that was being unpacked that was a second.
    """

    def __init__(self) -> None:
        self._left: set[Future[Any]] = set()

    @property
    def busy(self) -> bool:
        """Whether anything has not ended yet."""
        return not all(one.done() for one in self._left)

    def add(self, over: Future[Any]) -> None:
        """Something that was told to end has, once this is done."""
        self._left = {one for one in self._left if not one.done() or one.exception()} | {over}

    def then(self, *calls: Callable[[], object]) -> None:
        """Call these one after another, in a thread, once all that was told to end has ended."""
        before, over = self._left, Future[Any]()
        threading.Thread(target=_call, args=(before, calls, over), name="ending").start()
        self.add(over)

    def wait(self) -> None:
        """Wait until all has ended; SurveyError with what stood against any of it."""
        left, self._left = self._left, set()
        problems, others = Problems(), list[BaseException]()
        for one in wait(left).done:
            error = one.exception()
            if isinstance(error, SurveyError):
                problems.extend(error)
            elif error is not None:
                others.append(error)
        if others:
            raise others[0]
        problems.raise_if_any()


def _call(
    before: set[Future[Any]], calls: tuple[Callable[[], object], ...], over: Future[Any]
) -> None:
    wait(before)
    problems = Problems()
    try:
        for call in calls:
            try:
                call()
            except SurveyError as error:
                problems.extend(error)
        problems.raise_if_any()
    except BaseException as error:  # whatever it is: who waits hears of it
        over.set_exception(error)
    else:
        over.set_result(None)


ENDING = Ending()
