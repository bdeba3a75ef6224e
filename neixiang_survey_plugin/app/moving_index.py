"""The index that changes while somebody draws: which boxes lie near a box."""

from __future__ import annotations

import importlib.util
from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from rtree.index import Index

Box = tuple[float, float, float, float]


class MovingIndex(Protocol):
    """Boxes by key, west, south, east, north; putting a key again moves its box."""

    def put(self, key: str, box: Box) -> None:
        """Add a box, or move it."""

    def put_all(self, boxes: Mapping[str, Box]) -> None:
        """Add boxes, or move them."""

    def remove(self, key: str) -> None:
        """Take a box away; KeyError when there is none."""

    def remove_all(self, keys: Collection[str]) -> None:
        """Take boxes away; KeyError when one is not there."""

    def near(self, box: Box) -> list[str]:
        """The keys of all boxes that meet a box, edges included, in no order."""


def moving_index() -> MovingIndex:
    """An index on rtree, or on numpy where rtree is not installed, as in a stock QGIS."""
    return TreeIndex() if importlib.util.find_spec("rtree") else ArrayIndex()


# Boxes that moved last, kept beside the tree: what is dragged moves many times a second.
_MOST_MOVING = 16
_SETTLED_AT_ONCE = 4  # 0.3 ms
_TAKEN_OUT_AT_ONCE = 2  # 0.2 ms


class TreeIndex:
    """Boxes in an R-tree: the time of a query hardly grows with their number.

    A box that moves is taken out of the tree and waits in an array until enough others moved:
    moving it within the tree takes 90 us, a third of what an edit may take. Of many that come
    at once, each query brings some to rest: 50,000 one after another take three seconds, while
    to look through them in the array takes 0.06 ms. What is taken away is forgotten at once, and
    taken out of the tree little by little too: 500 lines that were deleted together took 45 ms.
    """

    def __init__(self) -> None:
        from rtree import index

        self._tree: Index = index.Index()
        self._at_rest: dict[str, tuple[int, Box]] = {}
        self._keys: dict[int, str] = {}
        self._moving = ArrayIndex()
        self._waiting: OrderedDict[str, None] = OrderedDict()  # what moved last comes last
        self._gone: list[tuple[int, Box]] = []  # in the tree, and of no key
        self._next = 0

    def put(self, key: str, box: Box) -> None:
        """Add a box, or move it."""
        if key in self._at_rest:
            self._take_out(key)
        self._waiting[key] = None
        self._waiting.move_to_end(key)
        self._moving.put(key, box)

    def put_all(self, boxes: Mapping[str, Box]) -> None:
        """Add boxes, or move them."""
        for key in boxes.keys() & self._at_rest.keys():
            self._take_out(key)
        for key in boxes.keys() & self._waiting.keys():
            del self._waiting[key]
        self._waiting.update(dict.fromkeys(boxes))
        self._moving.put_all(boxes)

    def remove(self, key: str) -> None:
        """Take a box away; KeyError when there is none."""
        if key in self._waiting:
            del self._waiting[key]
            self._moving.remove(key)
        else:
            self._take_out(key)

    def remove_all(self, keys: Collection[str]) -> None:
        """Take boxes away; KeyError when one is not there."""
        waiting = self._waiting.keys() & keys
        for key in waiting:
            del self._waiting[key]
        self._moving.remove_all(waiting)
        for key in keys:
            if key not in waiting:
                self._take_out(key)

    def near(self, box: Box) -> list[str]:
        """The keys of all boxes that meet a box."""
        for _ in range(min(len(self._waiting) - _MOST_MOVING, _SETTLED_AT_ONCE)):
            self._settle()
        for _ in range(min(len(self._gone), _TAKEN_OUT_AT_ONCE)):
            self._tree.delete(*self._gone.pop())
        found = map(self._keys.get, self._tree.intersection(box))
        return [key for key in found if key is not None] + self._moving.near(box)

    def _settle(self) -> None:
        """Bring what has waited longest to rest."""
        key, _ = self._waiting.popitem(last=False)
        box = self._moving.pop(key)
        self._next += 1
        self._at_rest[key] = (self._next, box)
        self._keys[self._next] = key
        self._tree.insert(self._next, box)

    def _take_out(self, key: str) -> None:
        number, box = self._at_rest.pop(key)
        del self._keys[number]
        self._gone.append((number, box))


class ArrayIndex:
    """Boxes in one array that is looked through: 20 us for 1,000, as much as an R-tree takes."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._rows: dict[str, int] = {}
        self._free: list[int] = []
        # A column each for west, south, east, north: looking through rows takes four times as long.
        self._sides: NDArray[np.float64] = np.empty((4, 16))

    def put(self, key: str, box: Box) -> None:
        """Add a box, or move it."""
        row = self._row_of(key)  # it may make more room
        self._sides[:, row] = box

    def put_all(self, boxes: Mapping[str, Box]) -> None:
        """Add boxes, or move them."""
        if boxes:
            rows = [self._row_of(key) for key in boxes]
            self._sides[:, rows] = np.array(list(boxes.values())).T

    def remove(self, key: str) -> None:
        """Take a box away, its row lies nowhere until another takes it; KeyError for none."""
        row = self._rows.pop(key)
        self._sides[0, row] = np.nan
        self._free.append(row)

    def remove_all(self, keys: Collection[str]) -> None:
        """Take boxes away; KeyError when one is not there."""
        rows = list(map(self._rows.pop, keys))
        self._sides[0, rows] = np.nan
        self._free += rows

    def pop(self, key: str) -> Box:
        """Take a box away, and say where it was; KeyError when there is none."""
        west, south, east, north = self._sides[:, self._rows[key]].tolist()
        self.remove(key)
        return west, south, east, north

    def near(self, box: Box) -> list[str]:
        """The keys of all boxes that meet a box."""
        west, south, east, north = self._sides[:, : len(self._keys)]
        meets = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
        return [self._keys[row] for row in meets.nonzero()[0]]

    def _row_of(self, key: str) -> int:
        """The row of a box; a new one where it has none."""
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = self._free.pop() if self._free else self._new_row()
            self._keys[row] = key
        return row

    def _new_row(self) -> int:
        row = len(self._keys)
        self._keys.append("")
        if row == self._sides.shape[1]:
            self._sides = np.concatenate((self._sides, np.empty_like(self._sides)), axis=1)
        return row
