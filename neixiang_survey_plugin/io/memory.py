"""Reading many rows without Python walking them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
