"""What another process found, however much it is, taken in without holding the window."""

# Taking in a report of 100,000 changes held the interpreter for 92 ms, a piece of it for one.

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any

_AT_ONCE = 1_000


class LongResults:
    """Whatever stands in very long tuples comes first, piece by piece; then the rest.

    Only for what this program sent itself: what was pickled may do anything.
    """

    def __init__(self) -> None:
        self._pieces: list[list[Any]] = []

    def take(self, number: int, piece: tuple[Any, ...]) -> None:
        """Take one piece of a tuple in; they come in order."""
        if number == len(self._pieces):
            self._pieces.append([])
        self._pieces[number] += piece

    def whole(self, rest: bytes) -> Any:
        """The result, of its pieces and the rest."""
        pieces = self._pieces

        class Unpickler(pickle.Unpickler):
            """Puts them where they were left out."""

            def persistent_load(self, number: int) -> tuple[Any, ...]:
                return tuple(pieces[number])

        return Unpickler(io.BytesIO(rest)).load()


def rest_of(result: Any, send: Callable[[int, tuple[Any, ...]], None]) -> bytes:
    """Send what stands in very long tuples of a result in pieces, and give the rest of it."""
    sent = 0
    file = io.BytesIO()

    class Pickler(pickle.Pickler):
        """Leaves them out."""

        def persistent_id(self, thing: Any) -> int | None:
            nonlocal sent
            if type(thing) is not tuple or len(thing) <= _AT_ONCE:
                return None
            for begin in range(0, len(thing), _AT_ONCE):
                send(sent, thing[begin : begin + _AT_ONCE])
            sent += 1
            return sent - 1

    Pickler(file).dump(result)
    return file.getvalue()
