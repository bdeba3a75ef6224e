"""All peers at once, each in its process, asked in turn."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.asking import Answer

ROOT = Path(__file__).resolve().parents[2]
QGIS_PYTHON = "/usr/bin/python3"


@dataclass(frozen=True)
class Entry:
    """A peer's row in the tables: its module, what people call it, the Python that runs it."""

    module: str
    title: str
    python: str = sys.executable


ENTRIES = (
    Entry("ours", "this program"),
    Entry("our_values", "this program, with every value that judging needs"),
    Entry("bare_shapely", "bare shapely, one processor"),
    Entry("duckdb_spatial", "DuckDB spatial"),
    Entry("sedona_db", "SedonaDB"),
    Entry("postgis_server", "PostGIS"),
    Entry("qgis_api", "QGIS API, index in memory", QGIS_PYTHON),
    Entry("geopandas_overlay", "geopandas overlay"),
    Entry("qgis_processing", "QGIS Processing native:intersection", QGIS_PYTHON),
)


@dataclass
class Running:
    """A peer at work: its process, and what it has said so far."""

    entry: Entry
    process: subprocess.Popen[str] | None
    loaded_s: float = 0.0
    missing: str | None = None
    edits_ms: list[float] = field(default_factory=list)
    many_s: list[float] = field(default_factory=list)
    memory_mb: float = 0.0

    def ask(self, **what: object) -> dict[str, Any]:
        """Ask, and wait for the answer; RuntimeError where the process has ended."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self.hear()

    def hear(self) -> dict[str, Any]:
        """The next thing that it says."""
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                return dict(json.loads(line))
        raise RuntimeError(f"{self.entry.title} ended without an answer")

    def answer(self, folder: Path, question: str) -> Answer:
        """What it answered to a question, once all are asked."""
        with np.load(folder / f"{self.entry.module}_{question}.npz") as file:
            return Answer(file["inside_m"], file["green_m2"])


@contextmanager
def at_work(entries: Mapping[str, Entry], folder: Path) -> Iterator[list[Running]]:
    """The peers that are installed, one after another loaded; the others with what is missing."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONWARNINGS": "ignore",
    }
    with ExitStack() as stack:
        crew = []
        for entry in entries.values():
            command = [entry.python, "-m", "benchmarks.peers.worker", entry.module, str(folder)]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            if shutil.which(entry.python) is None:
                crew.append(Running(entry, None, missing=f"there is no {entry.python}"))
                continue
            process = subprocess.Popen(command, text=True, env=environment, **pipes)
            stack.callback(_end, process)
            crew.append(_loaded(Running(entry, process)))
        yield crew


def _loaded(one: Running) -> Running:
    try:
        said = one.hear()
    except RuntimeError as error:
        said = {"missing": str(error)}
    one.loaded_s, one.missing = said.get("loaded_s", 0.0), said.get("missing")
    return one


def qgis_is_there() -> bool:
    """Whether the system has QGIS and its Python."""
    if shutil.which(QGIS_PYTHON) is None:
        return False
    asked = subprocess.run(
        [QGIS_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False
    )
    return asked.returncode == 0


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=60)  # the end of its input is the end of its work
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
