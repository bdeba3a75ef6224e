"""The index that changes while somebody draws: which boxes lie near a box."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
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

    def near(self, box: Box) -> list[str]:
        """The keys of all boxes that meet a box, edges included, in no order."""


def moving_index() -> MovingIndex:
    """An index on rtree, or on numpy where rtree is not installed, as in a stock QGIS."""
    return TreeIndex() if importlib.util.find_spec("rtree") else ArrayIndex()


# Boxes that moved last, kept beside the tree: what is dragged moves many times a second.
_MOST_MOVING = 16
_SETTLED_AT_ONCE = 16


class TreeIndex:
    """Boxes in an R-tree: the time of a query hardly grows with their number.

    A box that moves is taken out of the tree and looked at one by one until enough others moved:
    moving it within the tree takes 90 us, a third of what an edit may take. Of many that come
    at once, each query brings some to rest: 500 together kept a window waiting for 30 ms.
    """

    def __init__(self) -> None:
        from rtree import index

        self._tree: Index = index.Index()
        self._at_rest: dict[str, tuple[int, Box]] = {}
        self._keys: dict[int, str] = {}
        self._moving: dict[str, Box] = {}
        self._next = 0

    def put(self, key: str, box: Box) -> None:
        """Add a box, or move it."""
        if key in self._at_rest:
            self._take_out(key)
        self._moving.pop(key, None)
        self._moving[key] = box

    def put_all(self, boxes: Mapping[str, Box]) -> None:
        """Add boxes, or move them."""
        for key in boxes.keys() & self._at_rest.keys():
            self._take_out(key)
        for key in boxes.keys() & self._moving.keys():
            del self._moving[key]  # those that moved last stand last
        self._moving.update(boxes)

    def remove(self, key: str) -> None:
        """Take a box away; KeyError when there is none."""
        if key in self._moving:
            del self._moving[key]
        else:
            self._take_out(key)

    def near(self, box: Box) -> list[str]:
        """The keys of all boxes that meet a box."""
        for _ in range(min(len(self._moving) - _MOST_MOVING, _SETTLED_AT_ONCE)):
            self._settle(next(iter(self._moving)))
        found = [self._keys[number] for number in self._tree.intersection(box)]
        return found + [key for key, other in self._moving.items() if _meet(box, other)]

    def _settle(self, key: str) -> None:
        box = self._moving.pop(key)
        self._next += 1
        self._at_rest[key] = (self._next, box)
        self._keys[self._next] = key
        self._tree.insert(self._next, box)

    def _take_out(self, key: str) -> None:
        number, box = self._at_rest.pop(key)
        del self._keys[number]
        self._tree.delete(number, box)


class ArrayIndex:
    """Boxes in one array that is looked through: 20 us for 1,000, as much as an R-tree takes."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._rows: dict[str, int] = {}
        self._boxes: NDArray[np.float64] = np.empty((16, 4))

    def put(self, key: str, box: Box) -> None:
        """Add a box, or move it."""
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = len(self._keys)
            self._keys.append(key)
            if row == len(self._boxes):
                self._boxes = np.concatenate((self._boxes, np.empty_like(self._boxes)))
        self._boxes[row] = box

    def put_all(self, boxes: Mapping[str, Box]) -> None:
        """Add boxes, or move them."""
        for key, box in boxes.items():
            self.put(key, box)

    def remove(self, key: str) -> None:
        """Take a box away, the last one takes its row; KeyError when there is none."""
        row = self._rows.pop(key)
        last = self._keys.pop()
        if last != key:
            self._keys[row] = last
            self._rows[last] = row
            self._boxes[row] = self._boxes[len(self._keys)]

    def near(self, box: Box) -> list[str]:
        """The keys of all boxes that meet a box."""
        west, south, east, north = self._boxes[: len(self._keys)].T
        meets = (west <= box[2]) & (east >= box[0]) & (south <= box[3]) & (north >= box[1])
        return [self._keys[row] for row in meets.nonzero()[0]]


def _meet(one: Box, other: Box) -> bool:
    apart = one[0] > other[2] or other[0] > one[2] or one[1] > other[3] or other[1] > one[3]
    return not apart
