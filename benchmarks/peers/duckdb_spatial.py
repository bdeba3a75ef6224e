"""DuckDB with its spatial extension, on all processors; an R-tree for single edits."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.peers.asking import (
    MITRE_LIMIT,
    TABLES,
    WIDTH_M,
    Answer,
    PeerMissingError,
    by_route,
    read_table,
    sums_in_sql,
)
from benchmarks.peers.in_process import InProcess, timed

_STRIP = f"ST_Buffer({{geom}}, {WIDTH_M / 2}, 16, 'CAP_FLAT', 'JOIN_MITRE', {MITRE_LIMIT})"
_MANY = sums_in_sql("routes", f"(SELECT id, {_STRIP.format(geom='geom')} AS geom FROM routes)")
# The index answers for a constant: the line is written into the query.
_EDIT = (
    "SELECT sum(ST_Length(ST_Intersection(geom, {line}))) FROM roads"
    " WHERE ST_Intersects(geom, {line})",
    "SELECT sum(ST_Area(ST_Intersection(geom, {line}))) FROM greens"
    " WHERE ST_Intersects(geom, {line})",
)


class DuckDb(InProcess):
    """All tables in memory."""

    def __init__(self, folder: Path) -> None:
        duckdb, arrow = _packages()
        self._connection = duckdb.connect()
        self._connection.execute("LOAD spatial")
        for name in TABLES:
            wkb = read_table(folder, name)
            table = arrow.table({"id": np.arange(len(wkb)), "wkb": arrow.array(wkb)})
            self._connection.register("given", table)
            self._connection.execute(
                f"CREATE TABLE {name} AS SELECT id, ST_GeomFromWKB(wkb) AS geom FROM given"
            )
        for name in ("roads", "greens"):
            self._connection.execute(f"CREATE INDEX {name}_tree ON {name} USING RTREE (geom)")
        self._count = len(read_table(folder, "routes"))
        text = "SELECT ST_AsText(geom) FROM edits ORDER BY id"
        self._edits = [row[0] for row in self._connection.execute(text).fetchall()]

    def edit(self, number: int) -> tuple[float, Answer]:
        """One query a layer."""
        line = f"ST_GeomFromText('{self._edits[number]}')"
        asked = _EDIT[0].format(line=line), _EDIT[1].format(line=_STRIP.format(geom=line))
        return timed(lambda: Answer(*(self._figure(query) for query in asked)))

    def many(self) -> tuple[float, Answer]:
        """One join a layer."""
        return timed(lambda: Answer(*(self._column(query) for query in _MANY)))

    def _figure(self, query: str) -> np.ndarray:
        (row,) = self._connection.execute(query).fetchall()
        return np.array([row[0] or 0.0])

    def _column(self, query: str) -> np.ndarray:
        found = self._connection.execute(query).fetchnumpy()
        return by_route(np.asarray(found["id"]), np.asarray(found["sum"]), self._count)


def _packages() -> tuple[object, object]:
    try:
        import duckdb
        import pyarrow
        from duckdb_extensions import import_extension

        import_extension("spatial")  # from its own package: no network
    except ImportError as error:
        raise PeerMissingError(
            f"{error.name} is not installed (pip install -e '.[bench]')"
        ) from None
    return duckdb, pyarrow


def open_peer(folder: Path) -> DuckDb:
    """With the town in its tables."""
    return DuckDb(folder)
