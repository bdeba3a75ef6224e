"""Very many lines in one command: lines a second, and memory, which must not grow with them.

`neixiang-survey screen` runs as people run it, on a county of 200,000 roads, green spaces and mains
each, with routes of 12 segments and 500 m, three to a case. Memory is the largest resident size of
the command's process, and of its largest worker, read every tenth of a second.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas
import numpy as np

from benchmarks.map_views import town, write_town
from benchmarks.town import random_routes
from neixiang_survey_plugin.core.county import County

FEATURES = 200_000
SIZES = (10_000, 100_000, 1_000_000)
_AT_ONCE = 100_000
_UTILITIES = np.array(["water", "power", "gas"])
_PAGE_MB = 4096 / 2**20


def write_routes(county: County, count: int, path: Path) -> None:
    """A GeoPackage of routes, written in parts."""
    for begin in range(0, count, _AT_ONCE):
        number = np.arange(begin, min(begin + _AT_ONCE, count))
        columns = {
            "route_id": np.char.add("r", number.astype(str)),
            "utility": _UTILITIES[number % 3],
            "case_id": np.char.add("c", (number // 3).astype(str)),
            "working_width_m": 1.6,
            "trench_width_m": 0.8,
            "applicant_kind": "company",
        }
        lines = random_routes(county, len(number), seed=begin + 1)
        frame = geopandas.GeoDataFrame(columns, geometry=lines, crs="EPSG:4546")
        frame.to_file(path, layer="routes", engine="pyogrio", append=begin > 0)


def screen(routes: Path, county: Path, out: Path, workers: int) -> tuple[float, float, float]:
    """Seconds, and the largest resident megabytes of the command and of any worker."""
    command = [sys.executable, "-m", "neixiang_survey_plugin", "screen", str(routes)]
    command += ["--county", str(county), "--out", str(out), "--workers", str(workers)]
    begin = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    own_mb = worker_mb = 0.0
    while running.poll() is None:
        own_mb = max(own_mb, _resident_mb(running.pid))
        worker_mb = max([worker_mb, *map(_resident_mb, _children(running.pid))])
        time.sleep(0.1)
    if running.returncode:
        raise SystemExit(running.returncode)
    return time.perf_counter() - begin, own_mb, worker_mb


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_MB
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def main() -> None:
    """Print the table for every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=int, default=FEATURES)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print("| routes | time | routes a second | the command | a worker |")
    print("|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        county = town(options.features)
        written = write_town(county, folder / "county")
        file = written / "county.toml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('.gpkg"', '.gpkg"\naccuracy_m = 0.1'), encoding="utf-8")
        for count in options.sizes:
            routes = folder / f"routes_{count}.gpkg"
            write_routes(county, count, routes)
            out = folder / f"result_{count}.gpkg"
            taken_s, own_mb, worker_mb = screen(routes, written, out, options.workers)
            print(
                f"| {count:,} | {taken_s:.1f} s | {count / taken_s:,.0f} | {own_mb:.0f} MB "
                f"| {worker_mb:.0f} MB |",
                flush=True,
            )
            routes.unlink()
            out.unlink()


if __name__ == "__main__":
    main()
