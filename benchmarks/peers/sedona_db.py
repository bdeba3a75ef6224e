"""SedonaDB, on all processors; it keeps no index, so that an edit looks at every road."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.peers.asking import (
    STRIP_STYLE,
    TABLES,
    WIDTH_M,
    Answer,
    PeerMissingError,
    by_route,
    sums_in_sql,
)
from benchmarks.peers.in_process import InProcess, geometries, timed

_STRIP = f"ST_Buffer(geom, {WIDTH_M / 2}, '{STRIP_STYLE}')"


class Sedona(InProcess):
    """All tables in memory."""

    def __init__(self, folder: Path) -> None:
        try:
            import geopandas
            import sedonadb
        except ImportError as error:
            raise PeerMissingError(
                f"{error.name} is not installed (pip install -e '.[bench]')"
            ) from None
        self._session = sedonadb.connect()
        for name in TABLES:
            shapes = geometries(folder, name)
            frame = geopandas.GeoDataFrame(
                {"id": np.arange(len(shapes)), "geom": shapes}, geometry="geom"
            )
            self._session.create_data_frame(frame).to_memtable().to_view(name)
            if name == "routes":
                self._count = len(shapes)

    def edit(self, number: int) -> tuple[float, Answer]:
        """A join of one line."""
        one = f"(SELECT 0 AS id, geom FROM edits WHERE id = {number})"
        return timed(lambda: self._measure(one, 1))

    def many(self) -> tuple[float, Answer]:
        """A join a layer."""
        return timed(lambda: self._measure("routes", self._count))

    def _measure(self, routes: str, count: int) -> Answer:
        queries = sums_in_sql(routes, f"(SELECT id, {_STRIP} AS geom FROM {routes})")
        found = [self._session.sql(query).to_pandas() for query in queries]
        columns = [by_route(one["id"].to_numpy(), one["sum"].to_numpy(), count) for one in found]
        return Answer(*columns)


def open_peer(folder: Path) -> Sedona:
    """With the town in its tables."""
    return Sedona(folder)
