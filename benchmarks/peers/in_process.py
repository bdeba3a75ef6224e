"""What peers that are libraries have in common: their own process, the town as shapely."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

from benchmarks.peers.asking import MITRE_LIMIT, WIDTH_M, Answer, most_held_mb, read_table


def geometries(folder: Path, name: str) -> np.ndarray:
    """A table of the town as shapely's geometries."""
    return shapely.from_wkb(np.array(read_table(folder, name), dtype=object))


def strips(lines: np.ndarray) -> np.ndarray:
    """The working strips as every program has to draw them."""
    return shapely.buffer(
        lines, WIDTH_M / 2, cap_style="flat", join_style="mitre", mitre_limit=MITRE_LIMIT
    )


class InProcess:
    """A peer that lives in this process."""

    def memory_mb(self) -> float:
        """The most that this process has held in memory."""
        return most_held_mb()

    def close(self) -> None:
        """Nothing is left behind."""


def timed(call: Callable[[], Answer]) -> tuple[float, Answer]:
    """Seconds of a call, and what it gave."""
    begin = time.perf_counter()
    answer = call()
    return time.perf_counter() - begin, answer
