"""Python's collector of cycles, kept from walking a whole county while somebody waits."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Walking 650,000 things, as a county of 200,000 features a layer has them, takes 70 to 150 ms in
# whichever thread sets it going; this many new ones take 2 to 4.
_WALKED_AT_ONCE = 20_000
_WORTH_A_WALK = 4_000
_NOTICED_S = 0.005


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


def collect_by_hand() -> None:
    """Let the collector of this program do nothing of its own accord from now on.

    Whoever says so calls ``collect_a_little`` whenever nobody waits for him.
    """
    gc.disable()
    gc.freeze()


def collect_a_little(clock: Callable[[], float] = time.thread_time) -> None:
    """Free the cycles that nobody uses any more, among what is new; a few milliseconds at most.

    What is too much to be walked, such as a county that was read since the last time or what came
    together in an hour, is left alone from then on. It goes as everything goes that is in no cycle:
    when nobody refers to it. So what is large must not be in a cycle when it is left.
    """
    new = gc.get_count()[0]
    if new < _WORTH_A_WALK:
        return
    if new <= _WALKED_AT_ONCE:
        begun_s = clock()
        gc.collect()
        if clock() - begun_s < _NOTICED_S:
            return
    gc.freeze()
