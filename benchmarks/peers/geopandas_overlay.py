"""geopandas' overlay, the call that people know for this question."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np

from benchmarks.peers.asking import TABLES, Answer, by_route
from benchmarks.peers.in_process import InProcess, geometries, strips, timed


class Overlay(InProcess):
    """Lines over roads, strips over green spaces."""

    def __init__(self, folder: Path) -> None:
        roads, greens, routes, edits = (geometries(folder, name) for name in TABLES)
        self._roads = geopandas.GeoDataFrame(geometry=roads)
        self._greens = geopandas.GeoDataFrame(geometry=greens)
        self._routes, self._edits = routes, edits

    def edit(self, number: int) -> tuple[float, Answer]:
        """An overlay of one line with each layer."""
        return timed(lambda: self._measure(self._edits[number : number + 1]))

    def many(self) -> tuple[float, Answer]:
        """An overlay of all lines with each layer."""
        return timed(lambda: self._measure(self._routes))

    def _measure(self, lines: np.ndarray) -> Answer:
        number = {"id": np.arange(len(lines))}
        pieces = geopandas.overlay(
            geopandas.GeoDataFrame(number, geometry=lines), self._roads, keep_geom_type=True
        )
        patches = geopandas.overlay(
            geopandas.GeoDataFrame(number, geometry=strips(lines)), self._greens
        )
        return Answer(
            by_route(pieces["id"].to_numpy(), pieces.length.to_numpy(), len(lines)),
            by_route(patches["id"].to_numpy(), patches.area.to_numpy(), len(lines)),
        )


def open_peer(folder: Path) -> Overlay:
    """With the town in its frames."""
    return Overlay(folder)
