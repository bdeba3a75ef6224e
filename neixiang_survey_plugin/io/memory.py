"""Python's collector of cycles, kept from walking a whole county while somebody waits."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Walking 650,000 things, as a county of 200,000 features a layer has them, takes 70 to 150 ms in
# whichever thread sets it going; this many new ones take 2 to 4.
_WALKED_AT_ONCE = 20_000
_WORTH_A_WALK = 4_000
_NOTICED_S = 0.005
_LET_GO_AT_ONCE = 500  # 0.5 ms
_TAKEN_OUT_AT_ONCE = 4_000  # 1 ms where they are shapes


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


class _Much:
    """Whether so much came and went that how many things there are more in all says nothing.

    200,000 roads that are read while as many old ones are let go of are no more than before: they
    were walked as what is new, for up to 0.18 s.
    """

    def __init__(self) -> None:
        self._was = False

    def comes_and_goes(self) -> None:
        """It does now."""
        self._was = True

    def taken(self) -> bool:
        """Whether it did, since this was asked last."""
        was, self._was = self._was, False
        return was


MUCH = _Much()


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
    if MUCH.taken():
        gc.freeze()
        return
    if new < _WORTH_A_WALK:
        return
    if new <= _WALKED_AT_ONCE:
        begun_s = clock()
        gc.collect()
        if clock() - begun_s < _NOTICED_S:
            return
    gc.freeze()


def letting_go(things: list[Any]) -> Iterator[None]:
    """Let go of what nobody else uses, little by little; the list is empty in the end.

    Whatever goes with the last reference to it goes in one piece: a county of 200,000 features a
    layer took 0.25 s, a survey of 50,000 lines as much. So what a thing refers to is held until the
    thing itself is gone. What somebody else uses is left as it is.
    """
    one: Any = object()
    alone, arrays, done = sys.getrefcount(one), [], 0
    while things:
        one = things.pop()
        if sys.getrefcount(one) <= alone:
            if type(one) is not np.ndarray:
                things += gc.get_referents(one)
            elif one.base is None:
                arrays.append(one)  # trees refer to the same shapes, and go in one piece
            else:
                things.append(one.base)  # of which this shows a part
        done += 1
        if done % _LET_GO_AT_ONCE == 0:
            MUCH.comes_and_goes()
            yield
    del one
    while arrays:
        yield from _emptying(arrays.pop())


def _emptying(array: NDArray[Any]) -> Iterator[None]:
    """Take out of an array what it refers to."""
    if array.dtype == object and array.flags.writeable:
        flat = array.reshape(-1)
        for begin in range(0, len(flat), _TAKEN_OUT_AT_ONCE):
            flat[begin : begin + _TAKEN_OUT_AT_ONCE] = None
            MUCH.comes_and_goes()
            yield
