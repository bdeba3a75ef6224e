"""Every comparison in one run: ``python -m benchmarks``, others and some with ``--only``.

Prints the tables; ``--write`` also puts those that have a place there into docs/benchmarks.md and
the READMEs, between marks. Ends with status 1 where a peer gave another answer. A peer that is not
installed is named and left out; ``pip install -e '.[bench]'`` installs those that are packages.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import bench_peers, bench_start
from benchmarks.peers.crew import qgis_is_there
from benchmarks.tables import Table, put_into

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ("docs/benchmarks.md", "README.md", "README.zh-CN.md")
# Printed as they are; each says itself where answers differ.
PROGRAMS = {
    "sizes": "bench_single_edit",
    "conflicts": "bench_postgis",
    "map": "bench_map",
    "import": "bench_import",
    # without a peer, or long: where they are asked for
    "conflict-edits": "bench_conflicts",
    "window": "bench_window",
    "survey-file": "bench_survey_file",
    "screen": "bench_screen",
    "packets": "bench_packets",
    "where": "bench_where",
}
USUAL = ("peers", "start", "sizes", "conflicts", "map", "import")


class Run(NamedTuple):
    """What a part of the run gave: tables, and sentences on answers that differ."""

    tables: list[Table]
    differ: list[str]


def _peers() -> Run:
    return Run(*bench_peers.run(features=200_000, routes=20_000, edits=1_000, rounds=5))


def _start() -> Run:
    return Run(bench_start.run(times=3), [])


def _program(name: str) -> Run:
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=False)
    return Run([], [f"{name} ended with status {done.returncode}"] if done.returncode else [])


def _parts() -> dict[str, Callable[[], Run]]:
    programs = {key: lambda name=name: _program(name) for key, name in PROGRAMS.items()}
    return {"peers": _peers, "start": _start, **programs, "map": _map}


def _map() -> Run:
    if not qgis_is_there():
        print("map: not run: QGIS is not installed (Debian: qgis python3-qgis)\n")
        return Run([], [])
    return _program(PROGRAMS["map"])


def main() -> int:
    """Run, print and write; the exit status."""
    parts = _parts()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(parts), default=list(USUAL))
    parser.add_argument("--write", action="store_true", help="into the documents, too")
    options = parser.parse_args()
    differ = []
    for name in options.only:
        print(f"== {name}\n", flush=True)
        done = parts[name]()
        print(*done.tables, sep="\n", flush=True)
        differ += done.differ
        if options.write:
            put_into([ROOT / one for one in DOCUMENTS], done.tables)
    print(*differ or ["All that were asked the same gave the same answer."], sep="\n")
    return int(bool(differ))


if __name__ == "__main__":
    sys.exit(main())
