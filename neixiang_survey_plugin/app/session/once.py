"""A piece of writing that is done once: by a thread, or by whoever cannot wait for the thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from neixiang_survey_plugin.app.progress import CancelledError, Progress
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.errors import SurveyError

T = TypeVar("T")
# Told what stands against something that was to be written; None: it was cancelled.
Failed = Callable[[SurveyError | None], None]


class Once(Generic[T]):
    """Writes into a store, then tells what came of it; each once, whoever asks first.

    What was written is on disk when it is told, whoever cancels its telling meanwhile.
    """

    def __init__(self, write: Callable[[SurveyStore], T], then: Callable[[T], None]) -> None:
        self._write, self._then = write, then
        self._lock = Lock()
        self._written: list[T] = []
        self._is_over = False

    def beside(self, store: SurveyStore, progress: Progress) -> None:
        """Write in a thread, unless it was written already."""
        with self._lock:
            if self._is_over:
                raise CancelledError
            if not self._written:
                self._written.append(store.write_beside(self._write, progress))

    def here(self, store: SurveyStore) -> None:
        """Write now, or wait until the thread has; then tell."""
        with self._lock:
            if not self._written and not self._is_over:
                self._written.append(self._write(store))
        self.tell()

    def leave(self, store: SurveyStore) -> None:
        """Write now what no thread has written; nobody is told any more."""
        with self._lock:
            self._then = nobody
            if not self._written and not self._is_over:
                self._written.append(self._write(store))

    def drop(self) -> bool:
        """Write it no more; tell what a thread has written already.

        Whether nothing was written, nor will be, of which nobody knew until now.
        """
        with self._lock:
            is_news = not self._written and not self._is_over
            self._is_over = True
        self.tell()
        return is_news

    def tell(self) -> None:
        """Tell what was written, unless it was told."""
        then, self._then = self._then, nobody
        if self._written:
            then(self._written[0])


def nobody(_: object) -> None:
    """It was told."""
