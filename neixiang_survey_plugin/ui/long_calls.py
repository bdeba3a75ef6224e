"""Which calls beside the window take long: for whoever has to know that much is being made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LONG_S = 0.2


class LongCalls:
    """Every call that a ``Background`` runs is noted here, in whichever thread it runs."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._since_s: dict[object, float] = {}
        self._one_ended = False

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note a call for as long as it runs."""
        call = object()
        self._since_s[call] = self._clock()
        try:
            yield
        finally:
            self._one_ended |= self._is_long(self._since_s.pop(call))

    def any_since(self) -> bool:
        """Whether one runs for 0.2 s already, or did and ended since this was asked last."""
        ended, self._one_ended = self._one_ended, False
        return ended or any(map(self._is_long, tuple(self._since_s.values())))

    def _is_long(self, since_s: float) -> bool:
        return self._clock() - since_s >= _LONG_S


LONG_CALLS = LongCalls()
