"""Long work in a process of its own, beside which the window stays free."""

# One call into GDAL, GEOS or numpy holds the interpreter, and with it the window, until it ends:
# reading a Shapefile of 100,000 buildings 190 ms, and forty other calls of its import 10 to 225.

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, TypeVar

from neixiang_survey_plugin.app.progress import CancelledError, Progress, Step
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.false_alarms import ignore_false_alarms
from neixiang_survey_plugin.io.long_results import LongResults, rest_of

_T = TypeVar("_T")
_LOOKS_S = 0.05  # how soon somebody is heard who does not wait any more
_MODEST = 5  # the window's own process goes first


class _End(NamedTuple):
    """What a job gave, or what it failed with."""

    result: Any = None
    error: Exception | None = None


class _Piece(NamedTuple):
    """Some of what stands in a very long tuple of the end."""

    number: int
    things: tuple[Any, ...]


def in_own_process(job: Callable[[Progress], _T], progress: Progress) -> _T:
    """What a job gives that another process does; job and result are such as can be pickled.

    Its steps are told here, its errors raised here; it ends at its next step once ``progress`` is
    cancelled, and is waited for. SurveyError where the process dies.
    """
    start = multiprocessing.get_context("spawn")  # the same on Windows as here
    ours, theirs = start.Pipe()
    process = start.Process(target=_carry_out, args=(theirs, job))
    try:
        process.start()
        theirs.close()
        end = _heard(ours, progress)
    finally:
        ours.close()  # it ends at its next step, where it did not yet
        if process.pid is not None:
            process.join()
        process.close()
    if end.error is not None:
        raise end.error
    result: _T = end.result
    return result


def end_with_parent() -> None:
    """End this process with the one that began it: it would wait for its next work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _heard(connection: Connection, progress: Progress) -> _End:
    """The end of a job, whose steps are told meanwhile."""
    long = LongResults()
    while True:
        while not connection.poll(_LOOKS_S):
            if progress.is_cancelled:
                raise CancelledError
        try:
            said = connection.recv()
        except (EOFError, OSError):
            raise SurveyError(
                "做这项工作的进程意外结束（可能内存不足）；请关掉别的程序再试一次"
            ) from None
        if isinstance(said, bytes):
            end: _End = long.whole(said)
            return end
        if isinstance(said, _Piece):
            long.take(*said)
        else:
            progress.step(*said)


def _carry_out(connection: Connection, job: Callable[[Progress], Any]) -> None:
    threading.Thread(target=end_with_parent, daemon=True).start()
    ignore_false_alarms()
    if hasattr(os, "nice"):
        os.nice(_MODEST)

    def give_way() -> None:
        if _is_left(connection):
            raise CancelledError

    def tell(step: Step) -> None:
        connection.send((step.what, step.layer, step.done, step.of))

    with contextlib.suppress(CancelledError, BrokenPipeError):  # nobody waits for it
        end = _end_of(job, Progress(tell, give_way))
        connection.send(rest_of(end, lambda *piece: connection.send(_Piece(*piece))))


def _end_of(job: Callable[[Progress], Any], progress: Progress) -> _End:
    try:
        return _End(job(progress))
    except (CancelledError, BrokenPipeError):
        raise
    except SurveyError as error:
        return _End(error=error)
    except Exception as error:  # a mistake of ours: where it was is known here alone
        traceback.print_exc()
        return _End(error=error)


def _is_left(connection: Connection) -> bool:
    """Whether the other end was closed: it never says anything."""
    try:
        return connection.poll()
    except OSError:
        return True
