"""Many short calls into libraries, between which other threads get the interpreter."""

# Each such call lets go of the interpreter and takes it again, at once: who waits for it is woken,
# finds it taken, and waits as long anew. A window stood still for 0.17 s beside a thread that made
# the rows of 5,000 lines.

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")
_WORKS_S = 0.001
_RESTS_S = 0.0001  # until the other thread has it


def breathing(things: Iterable[_T]) -> Iterator[_T]:
    """The same things, with a rest every millisecond in any thread but the program's first."""
    if threading.current_thread() is threading.main_thread():
        yield from things
        return
    until_s = time.perf_counter() + _WORKS_S
    for one in things:
        yield one
        if time.perf_counter() > until_s:
            time.sleep(_RESTS_S)
            until_s = time.perf_counter() + _WORKS_S
