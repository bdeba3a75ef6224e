"""What can be found by its words: a text for each, the thing itself only where it is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

_MOST = 50
_AT_ONCE = 250  # texts that are taken in between two looks at the clock
_LOOKED_THROUGH = 20_000  # texts that are looked through at a time: 1 ms


@dataclass(frozen=True)
class Found:
    """One thing that can be found: its words, what kind of thing it is, and what choosing does."""

    words: str
    kind: str
    go: Callable[[], None]
    beside: str = ""
    icon: Any = None

    @property
    def text(self) -> str:
        """Everything that it is found by."""
        return f"{self.words} {self.beside}"


class Shelf:
    """Things of a kind: ``rows`` gives the text and the key of each, ``found`` the thing of a key.

    None among the rows is nothing that can be found.

    Of 200,000 roads only texts and keys are held: as many things with what choosing does were
    walked by Python's collector of cycles, 100 ms at a time.
    """

    def __init__(
        self, kind: str, rows: Iterable[tuple[str, Any] | None], found: Callable[[Any], Found]
    ) -> None:
        self.kind = kind
        self._rows, self._found = iter(rows), found
        self.texts: list[str] = []
        self._keys: list[Any] = []

    def reading(self) -> Iterator[None]:
        """Take in what is not there yet, some at a time."""
        while rows := list(islice(self._rows, _AT_ONCE)):
            there = [row for row in rows if row is not None]
            self.texts += [text.casefold() for text, _ in there]
            self._keys += [key for _, key in there]
            yield

    def at(self, row: int) -> Found:
        """The thing of a row."""
        return self._found(self._keys[row])

    def of_text(self, text: str) -> Iterator[Found]:
        """The things that are found by a text and no other."""
        folded = text.casefold()
        return (self.at(row) for row, one in enumerate(self.texts) if one == folded)


def shelf_of(kind: str, things: Iterable[Found]) -> Shelf:
    """Things of a kind that are there already."""
    return Shelf(kind, ((one.text, one) for one in things), lambda one: one)


class Findable:
    """Shelves, looked through together."""

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._shelves = shelves

    def reading(self) -> Iterator[None]:
        """Take in what is not there yet, some at a time."""
        for shelf in self._shelves:
            yield from shelf.reading()

    def read(self) -> None:
        """Take in all that is not there yet."""
        for _ in self.reading():
            pass

    def matching(self, wanted: str) -> list[Found]:
        """What holds every part of what is wanted; what begins with it stands first."""
        return [one for found in self.looking(wanted) if found is not None for one in found]

    def looking(self, wanted: str) -> Iterator[list[Found] | None]:
        """Look for what matches, some texts at a time.

        Gives None between two pieces of the work, and in the end what was found: 50 at most.
        """
        whole = wanted.casefold()
        parts, first, others = whole.split(), _Rows(), _Rows()
        for shelf in self._shelves:
            for begin in range(0, len(shelf.texts), _LOOKED_THROUGH):
                texts = shelf.texts[begin : begin + _LOOKED_THROUGH]
                rows: Sequence[int] = range(len(texts))
                for part in parts:
                    rows = [row for row in rows if part in texts[row]]
                begun = [row for row in rows if texts[row].startswith(whole)]
                first.add(shelf, begin, begun)
                if others.has_room:
                    behind = set(begun)
                    others.add(shelf, begin, [row for row in rows if row not in behind])
                if first.has_room:
                    yield None
                else:
                    yield first.found
                    return
        yield (first.found + others.found)[:_MOST]


class _Rows:
    """The first rows of some, as many as are listed."""

    def __init__(self) -> None:
        self._rows: list[tuple[Shelf, int]] = []

    @property
    def has_room(self) -> bool:
        return len(self._rows) < _MOST

    @property
    def found(self) -> list[Found]:
        return [shelf.at(row) for shelf, row in self._rows]

    def add(self, shelf: Shelf, begin: int, rows: Sequence[int]) -> None:
        room = _MOST - len(self._rows)
        self._rows += [(shelf, begin + row) for row in rows[:room]]
