"""One slice of work in a turn of the event loop, whoever has work left: slices add up."""

from __future__ import annotations

import math
import time

# All timers that are due ring in one turn, one right after the other; the next turn comes after
# what somebody did meanwhile was heard and painted.
SAME_TURN_S = 0.0005
# What nobody sees yet is filled when its window is there: one with a list of 100 rows took 60 ms
# to be shown, with an empty one 10.
HELD_S = 0.05

now_s = time.perf_counter


class Turns:
    """Who did the last slice, and until when what nobody sees waits.

    A list, the list below it and a window on its way took 10 ms each, and the window answered
    after 35.
    """

    def __init__(self) -> None:
        self._last: object = None
        self._until_s = self._held_until_s = -math.inf

    def is_taken(self, who: object, seen: bool = True) -> bool:
        """Whether another has done its slice in this turn, or what is unseen has to wait."""
        now = now_s()
        if not seen and now < self._held_until_s:
            return True
        return self._last is not who and now < self._until_s

    def take(self, who: object) -> None:
        """Somebody has done his slice now."""
        self._last, self._until_s = who, now_s() + SAME_TURN_S

    def hold_unseen(self) -> None:
        """A window is on its way: what nobody sees waits until it is there."""
        self._held_until_s = now_s() + HELD_S


TURNS = Turns()
