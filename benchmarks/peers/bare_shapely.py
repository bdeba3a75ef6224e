"""Bare shapely: trees, buffer, intersection, on one processor, as anybody would call it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from benchmarks.peers.asking import Answer, by_route
from benchmarks.peers.in_process import InProcess, geometries, strips, timed


class BareShapely(InProcess):
    """Whole lines against whole areas: no piece, no place, no scale factor."""

    def __init__(self, folder: Path) -> None:
        self._roads, self._greens = geometries(folder, "roads"), geometries(folder, "greens")
        self._trees = shapely.STRtree(self._roads), shapely.STRtree(self._greens)
        self._routes, self._edits = geometries(folder, "routes"), geometries(folder, "edits")

    def edit(self, number: int) -> tuple[float, Answer]:
        """One line, its candidates found."""
        return timed(lambda: self._measure(self._edits[number : number + 1]))

    def many(self) -> tuple[float, Answer]:
        """All lines in three calls each."""
        return timed(lambda: self._measure(self._routes))

    def _measure(self, lines: np.ndarray) -> Answer:
        line, road = self._trees[0].query(lines, predicate="intersects")
        inside = shapely.length(shapely.intersection(lines[line], self._roads[road]))
        drawn = strips(lines)
        strip, green = self._trees[1].query(drawn, predicate="intersects")
        patches = shapely.area(shapely.intersection(drawn[strip], self._greens[green]))
        return Answer(by_route(line, inside, len(lines)), by_route(strip, patches, len(lines)))


def open_peer(folder: Path) -> BareShapely:
    """With both layers in trees."""
    return BareShapely(folder)
