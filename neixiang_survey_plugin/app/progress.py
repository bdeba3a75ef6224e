"""How far a long job is, told from its own thread, and how it hears that it may stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

_T = TypeVar("_T")
_SELDOM_S = 0.3


class CancelledError(Exception):
    """Nobody waits for the job any more; raised out of it by ``Progress.step``."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a job does now: a key of the words under ``work``, a layer, and how far it is."""

    what: str
    layer: str | None = None
    done: int = 0
    of: int = 0


def _nobody(_: Step) -> None:
    """Nobody wants to know."""


def nothing() -> None:
    """Nobody has to be told."""


def pausing_by(tick: Callable[[int, int], None] | None, of: int) -> Callable[[], None]:
    """Tells a job that listens that ``of`` of ``of`` are done, while what they gave is ordered."""
    return nothing if tick is None else partial(tick, of, of)


class Progress:
    """Handed to a long job. ``tell`` hears of every step, in the job's own thread.

    ``give_way`` is called at each step, and lets the window go before the job.
    """

    def __init__(
        self, tell: Callable[[Step], None] = _nobody, give_way: Callable[[], None] = nothing
    ) -> None:
        self._tell, self._give_way = tell, give_way
        self._cancelled = False

    def cancel(self) -> None:
        """Let the job end at its next step; from any thread."""
        self._cancelled = True

    @property
    def is_cancelled(self) -> bool:
        """Whether nobody waits for the job any more."""
        return self._cancelled

    def pause(self) -> None:
        """Let the window go first; raises CancelledError once the job was cancelled."""
        if self._cancelled:
            raise CancelledError
        self._give_way()

    def step(self, what: str, layer: str | None = None, done: int = 0, of: int = 0) -> None:
        """Say what is done now; raises CancelledError once the job was cancelled."""
        self.pause()
        self._tell(Step(what, layer, done, of))

    def seldom(
        self, what: str, clock: Callable[[], float] = time.monotonic
    ) -> Callable[[int, int], None]:
        """A step for each of many short pieces: told where it takes long, and then now and then.

        The job ends at the next piece once it was cancelled.
        """
        told_s = clock()

        def tick(done: int, of: int) -> None:
            nonlocal told_s
            if self._cancelled or clock() - told_s >= _SELDOM_S:
                told_s = clock()
                self.step(what, done=done, of=of)
            else:
                self._give_way()

        return tick

    def each(self, what: str, things: Sequence[_T]) -> Iterator[_T]:
        """The things one by one, a step before each."""
        for number, one in enumerate(things):
            self.step(what, done=number, of=len(things))
            yield one


class Aside(Protocol):
    """Runs a job, in a thread or at once, and hands what it gives to ``then``, in this thread.

    ``dropped`` is called instead when the job failed or was cancelled.
    """

    def __call__(
        self,
        job: Callable[[Progress], Any],
        then: Callable[[Any], None],
        dropped: Callable[[], None] = nothing,
        /,
    ) -> None:
        """Run it."""


class Apart(Protocol):
    """Does a job and gives what it gives: here, or where it is in nobody's way."""

    def __call__(self, job: Callable[[Progress], _T], progress: Progress, /) -> _T:
        """Do it."""


def here(job: Callable[[Progress], _T], progress: Progress) -> _T:
    """An Apart for where a process of its own is not to be had."""
    return job(progress)


def at_once(
    job: Callable[[Progress], Any],
    then: Callable[[Any], None],
    dropped: Callable[[], None] = nothing,
) -> None:
    """An Aside for where nobody waits at a window; what the job raises is raised."""
    try:
        result = job(Progress())
    except BaseException:
        dropped()
        raise
    then(result)
