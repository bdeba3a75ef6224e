"""The thread that paints tiles while the window goes on answering."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.pictures import Content, Job, start
from neixiang_survey_plugin.ui.ending import ENDING
from neixiang_survey_plugin.ui.giving_way import GivingWay


@dataclass(frozen=True)
class Order:
    """What is to be painted, the most urgent first, and of what; a new content, a new number."""

    number: int
    jobs: tuple[Job, ...]
    content: Content


# A thread that wants the interpreter waits for so long before the other one is asked to let go:
# with Python's 5 ms a frame that asks three times is 15 ms late.
_SWITCH_S = 0.0005
_BACK_S = 0.025  # how long the window is left alone after each of its frames
_REST_S = 0.002


class TilePainter(QtCore.QObject):
    """Paints the jobs of the newest order in a thread of its own, one after another.

    ``painted`` brings (order number, job, QImage) to the thread of the window, ``failed`` the
    exception in place of the picture. A new order ends
    what the old one had begun, unless it asks for the same thing too.
    """

    painted = QtCore.pyqtSignal(int, object, object)
    failed = QtCore.pyqtSignal(int, object, object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._giving_way, self._free = GivingWay(self), threading.Event()
        self._waiting = threading.Condition()
        self._order: Order | None = None
        self._ended = False
        self._over: Future[None] = Future()
        self._calm_until = self._still_until = 0.0
        sys.setswitchinterval(min(sys.getswitchinterval(), _SWITCH_S))
        self._thread = threading.Thread(target=self._work, name="tiles", daemon=True)
        self._thread.start()

    def ask(self, number: int, jobs: Sequence[Job], content: Content) -> None:
        """Paint these from now on; returns at once."""
        with self._waiting:
            self._order = Order(number, tuple(jobs), content)
            self._waiting.notify()

    def stand_back(self) -> None:
        """Work half of the time only for a moment: the window paints."""
        self._calm_until = time.perf_counter() + _BACK_S

    def hold_still(self, for_s: float) -> None:
        """Do nothing at all for so many seconds: a window is being shown for the first time."""
        self._still_until = time.perf_counter() + for_s

    def end(self) -> None:
        """Stop painting; the thread ends once it is through with the picture that it unpacks."""
        with self._waiting:
            self._ended = True
            self._free.set()
            self._waiting.notify()
        ENDING.add(self._over)

    def _work(self) -> None:
        try:
            self._paint_all()
        finally:
            self._over.set_result(None)

    def _paint_all(self) -> None:
        while (order := self._next()) is not None:
            job = order.jobs[0]
            self._be_still()
            try:
                image, steps = start(job, order.content)
                done = self._paint(order, job, steps)
            except Exception as error:  # whatever it is: the thread has to live on
                self._strike(order.number, job)
                self._tell("failed", order.number, job, error)
                continue
            if done:
                self._strike(order.number, job)
                self._tell("painted", order.number, job, image)

    def _tell(self, signal: str, *said: object) -> None:
        with self._waiting:
            if not self._ended:  # else the signal may be gone
                getattr(self, signal).emit(*said)

    def _next(self) -> Order | None:
        """The newest order with something left to paint, once there is one; None at the end."""
        with self._waiting:
            while not self._ended and (self._order is None or not self._order.jobs):
                self._waiting.wait()
            return None if self._ended else self._order

    def _be_still(self) -> None:
        while time.perf_counter() < self._still_until and not self._ended:
            time.sleep(_REST_S)

    def _give_way(self) -> None:
        """Let the window go first, now and then: what takes it 8 ms took 20 beside the thread."""
        if self._giving_way.was_just_asked:
            return
        with self._waiting:
            if self._ended:  # else whom it asks may be gone
                return
            self._free = self._giving_way.ask()
        self._giving_way.wait_for(self._free)

    def _strike(self, number: int, done: Job) -> None:
        with self._waiting:
            if self._order is not None and self._order.number == number:
                left = tuple(job for job in self._order.jobs if job != done)
                self._order = replace(self._order, jobs=left)

    def _paint(self, order: Order, job: Job, steps: Iterator[None]) -> bool:
        """Whether the job was painted to its end."""
        rested = time.perf_counter()
        for _ in steps:
            self._give_way()
            self._be_still()
            newest = self._order
            if self._ended or newest is None:
                return False
            if newest is not order and (newest.number != order.number or job not in newest.jobs):
                return False
            # Lets the window's thread have the interpreter between two slices.
            now = time.perf_counter()
            calm = now < self._calm_until and now - rested > _REST_S
            time.sleep(_REST_S if calm else 0.0)
            rested = time.perf_counter() if calm else rested
        return True
