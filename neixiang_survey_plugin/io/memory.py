"""Reading many rows without Python walking them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

# Whether anything is kept for good: counting it takes 0.14 s for two million things.
_KEEPS = Event()


@contextmanager
def cycle_collector_off() -> Iterator[None]:
    """Switch Python's cycle collector off for a while.

    Every new row would set it going over all rows before: 200,000 roads took 3.2 s instead of
    1.7 s.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep_for_good() -> None:
    """Let Python's cycle collector pass over all that there is by now, such as a county's layers.

    Every geometry is walked in every full collection, in whichever thread sets it going: 600,000
    of them held a window for 80 to 150 ms, again and again. What nobody uses goes as before.
    """
    gc.freeze()
    _KEEPS.set()


def keep_also() -> None:
    """As ``keep_for_good``, where something is kept already: not inside another program."""
    if _KEEPS.is_set():
        keep_for_good()


@contextmanager
def kept_whole() -> Iterator[None]:
    """Make very many objects that stay: the collector neither walks them meanwhile nor later.

    The tasks of a county, 600,000: each full collection took 0.1 s, some dozens on the way.
    """
    with cycle_collector_off():
        yield
        keep_also()
