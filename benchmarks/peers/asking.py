"""What every peer is asked, and the files in which it finds the town: numpy alone.

Also read by QGIS's own Python, which has no shapely.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

WIDTH_M = 1.6
MITRE_LIMIT = 5.0
# As PostGIS, SedonaDB and this page write how a working strip is drawn.
STRIP_STYLE = f"endcap=flat join=mitre mitre_limit={MITRE_LIMIT}"
TABLES = ("roads", "greens", "routes", "edits")
# What a database is asked of many routes: a row a route, the sum of what it shares with a layer.
_SUM = (
    "SELECT r.id, sum({size}(ST_Intersection(r.geom, a.geom))) AS sum FROM {of} r"
    " JOIN {layer} a ON ST_Intersects(r.geom, a.geom) GROUP BY r.id"
)


class PeerMissingError(Exception):
    """A peer is not installed here; the sentence says what is missing."""


class Answer(NamedTuple):
    """A row a route, in grid metres: inside roads, added up road by road; green in its strip."""

    inside_m: np.ndarray
    green_m2: np.ndarray


class Peer(Protocol):
    """A program with the town loaded and indexed as it does it best."""

    def edit(self, number: int) -> tuple[float, Answer]:
        """Seconds for one route of the table ``edits``, and what came out."""

    def many(self) -> tuple[float, Answer]:
        """Seconds for all routes of the table ``routes`` at once, and what came out."""

    def memory_mb(self) -> float:
        """The most that it has held in memory."""


def write_table(folder: Path, name: str, wkb: list[bytes]) -> None:
    """Geometries as one file."""
    sizes = np.array([len(one) for one in wkb])
    np.savez(folder / f"{name}.npz", sizes=sizes, bytes=np.frombuffer(b"".join(wkb), np.uint8))


def read_table(folder: Path, name: str) -> list[bytes]:
    """The geometries of a file as WKB."""
    with np.load(Path(folder) / f"{name}.npz") as file:
        whole, ends = file["bytes"].tobytes(), file["sizes"].cumsum().tolist()
    return [whole[begin:end] for begin, end in zip([0, *ends[:-1]], ends, strict=True)]


def sums_in_sql(routes: str, strips: str) -> tuple[str, str]:
    """A query for metres inside roads, one for square metres of green; of tables or subqueries."""
    inside = _SUM.format(size="ST_Length", of=routes, layer="roads")
    return inside, _SUM.format(size="ST_Area", of=strips, layer="greens")


def by_route(route: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """A sum a route, of rows that name theirs; nothing where a route has no row."""
    known = np.where(np.isnan(values), 0.0, values)
    return np.bincount(route.astype(np.intp), known, count)


def most_held_mb() -> float:
    """The largest resident size of this process; getrusage would count its parent's, too."""
    rows = Path("/proc/self/status").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmHWM:")) / 1024
