"""Pictures that are ready, the least recently shown ones given up first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Shelf(Generic[K]):
    """So many pictures at most, by what they show."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._images: OrderedDict[K, Any] = OrderedDict()

    def __contains__(self, key: K) -> bool:
        return key in self._images

    def get(self, key: K) -> Any | None:
        """The picture, None while there is none."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: K, image: Any) -> None:
        """Keep a picture."""
        self._images[key] = image
        self._images.move_to_end(key)
        while len(self._images) > self._kept:
            self._images.popitem(last=False)

    def copy(self) -> Shelf[K]:
        """Another shelf with the same pictures."""
        other: Shelf[K] = Shelf(self._kept)
        other._images.update(self._images)
        return other

    def clear(self) -> None:
        """Give up every picture."""
        self._images.clear()
