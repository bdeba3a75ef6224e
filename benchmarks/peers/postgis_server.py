"""PostGIS, a server of its own on a socket; times are the server's, planning included.

What a client adds, and carrying the result to it, is left out.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np

from benchmarks.peers.asking import (
    STRIP_STYLE,
    TABLES,
    WIDTH_M,
    Answer,
    PeerMissingError,
    by_route,
    read_table,
    sums_in_sql,
)
from benchmarks.postgis_peer import PostgisMissingError, postgis

_STRIP = f"ST_Buffer(geom, {WIDTH_M / 2}, '{STRIP_STYLE}')"
# "OFFSET 0" keeps PostGIS from drawing each strip once for every green space near it.
_STRIPS = f"(SELECT id, {_STRIP} AS geom FROM {{routes}} q OFFSET 0)"


class PostGis:
    """Indexed, analysed, cached; two parallel workers."""

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self._database = self._stack.enter_context(postgis())
        for name in TABLES:
            wkb = read_table(folder, name)
            self._database.run(f"CREATE TABLE {name} (id int PRIMARY KEY, geom geometry);")
            self._database.load(name, [(n, one.hex()) for n, one in enumerate(wkb)])
            self._database.run(f"CREATE INDEX ON {name} USING gist (geom);")
            self._database.run(f"VACUUM ANALYZE {name};")
            if name == "routes":
                self._count = len(wkb)
        self._session = self._stack.enter_context(closing(self._database.session()))

    def edit(self, number: int) -> tuple[float, Answer]:
        """One query a layer for one line."""
        return self._measure(f"(SELECT 0 AS id, geom FROM edits WHERE id = {number})", 1)

    def many(self) -> tuple[float, Answer]:
        """One join a layer."""
        return self._measure("routes", self._count)

    def _measure(self, routes: str, count: int) -> tuple[float, Answer]:
        queries = sums_in_sql(routes, _STRIPS.format(routes=routes))
        seconds = sum(self._session.planned_and_run_ms(query) for query in queries) / 1e3
        columns = []
        for query in queries:
            rows = np.array(self._session.run(f"{query};"), dtype=float).reshape(-1, 2)
            columns.append(by_route(rows[:, 0], rows[:, 1], count))
        return seconds, Answer(*columns)

    def memory_mb(self) -> float:
        """What the server's processes hold together, what they share counted once."""
        return self._database.memory_mb()

    def close(self) -> None:
        """Stop the server; its folder goes."""
        self._stack.close()


def open_peer(folder: Path) -> PostGis:
    """With the town in its tables."""
    try:
        return PostGis(folder)
    except PostgisMissingError as error:
        raise PeerMissingError(str(error)) from None
