"""Pictures below the layers: an aerial photograph, or map tiles that were brought along."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from neixiang_survey_plugin.app.map_host import Point
from neixiang_survey_plugin.app.map_shapes import Box


@dataclass(frozen=True, eq=False)
class Piece:
    """One picture file and where its corners lie in the county grid.

    ``corners`` go round from the upper left one: upper right, lower right, lower left. ``read``
    gives the bytes of a PNG, JPEG or TIFF, and may be called from any thread; ``key`` stands for
    the picture in a cache.
    """

    key: Hashable
    corners: tuple[Point, Point, Point, Point]
    read: Callable[[], bytes]


class Background(Protocol):
    """A source of pictures for any view."""

    def pieces(self, box: Box, pixel_m: float) -> Sequence[Piece]:
        """What there is in a box, as fine as pixels of that size on the ground can show.

        Nothing where the source has nothing so coarse or so fine there. Any thread may ask.
        """
