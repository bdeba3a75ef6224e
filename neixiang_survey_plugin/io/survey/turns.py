"""Who writes into the survey file: somebody at the window goes before a thread that writes much."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_AGAIN_S = 0.001  # until a thread looks again whether it may begin


class Turns:
    """One writes at a time; a thread that writes much asks ``are_wanted`` and gives way."""

    def __init__(self) -> None:
        self._writing, self._counting = Lock(), Lock()
        self._waiting = 0

    @property
    def are_wanted(self) -> bool:
        """Whether somebody at the window waits for his turn."""
        return self._waiting > 0

    @contextmanager
    def first(self) -> Iterator[None]:
        """The turn of somebody at the window: next, once the thread has given way."""
        self._count(1)
        try:
            self._writing.acquire()
        finally:
            self._count(-1)
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def at_once(self) -> Iterator[bool]:
        """The turn, for no longer than a moment; False where somebody else has it."""
        is_ours = self._writing.acquire(blocking=False)
        try:
            yield is_ours
        finally:
            if is_ours:
                self._writing.release()

    @contextmanager
    def last(self) -> Iterator[None]:
        """The turn of a thread that writes much: when nobody at the window wants one."""
        self._writing.acquire()
        while self.are_wanted:
            self._writing.release()
            time.sleep(_AGAIN_S)
            self._writing.acquire()
        try:
            yield
        finally:
            self._writing.release()

    def _count(self, more: int) -> None:
        with self._counting:
            self._waiting += more
