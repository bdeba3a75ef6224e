"""A layer of 1,000,000 areas taken into a county, beside GDAL's own ogr2ogr on the same file.

`neixiang-survey county import` reads a Shapefile, repairs, checks, writes a GeoPackage and reads it
back, keeps a copy of the source; `ogr2ogr` only translates. Memory is the largest resident size of
each process. An import that is interrupted while it writes leaves the county as it was.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely

FEATURES = 1_000_000
_ACROSS = 1_000
_COUNTY = """schema = 1
name = "内乡县(示例)"
epsg = 4546
policy = "neixiang_2022"

[layers]
"""


def write_source(path: Path, count: int) -> None:
    """Squares of 20 m with a height, in rows, as a Shapefile."""
    number = np.arange(count)
    east = 563_000 + number % _ACROSS * 30.0
    north = 3_643_000 + number // _ACROSS * 30.0
    names = np.char.add("B", number.astype(str)).astype(object)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.box(east, north, east + 20, north + 20)),
        [names, 3.0 + number % 90 * 0.5],
        ["building_i", "height_m"],
        geometry_type="Polygon",
        crs="EPSG:4546",
        driver="ESRI Shapefile",
        encoding="GBK",
    )


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Seconds, and the largest resident megabytes of a command."""
    began = time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(running.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} ended with {status}")
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def importing(source: Path, county: Path) -> list[str]:
    """The command that imports a file as buildings."""
    program = [sys.executable, "-m", "neixiang_survey_plugin", "county", "import"]
    return [*program, "buildings", str(source), "--into", str(county)]


def interrupted(source: Path, county: Path) -> float:
    """Seconds from an interruption while the layer is written to the end; nothing may be left."""
    before = sorted(str(path.relative_to(county)) for path in county.rglob("*"))
    running = subprocess.Popen(
        importing(source, county), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while running.poll() is None and not list(county.glob(".importing-*/*.gpkg")):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    began = time.perf_counter()
    running.wait()
    seconds = time.perf_counter() - began
    after = sorted(str(path.relative_to(county)) for path in county.rglob("*"))
    if running.returncode == 0 or after != before:
        raise SystemExit(f"interrupted with {running.returncode}, left {set(after) - set(before)}")
    return seconds


def main() -> None:
    """Say seconds and megabytes of both, their ratio, and how an interruption ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=int, default=FEATURES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, county = folder / "buildings.shp", folder / "county"
        write_source(source, asked.features)
        county.mkdir()
        (county / "county.toml").write_text(_COUNTY, encoding="utf-8")
        peer = shutil.which("ogr2ogr")
        if peer is None:
            raise SystemExit("ogr2ogr is not there: install gdal-bin")
        other_s, other_mb = timed([peer, "-f", "GPKG", str(folder / "other.gpkg"), str(source)])
        stopped_s = interrupted(source, county)
        own_s, own_mb = timed(importing(source, county))
        print(f"{asked.features:,} areas from a Shapefile")
        print(f"  ogr2ogr        {other_s:6.1f} s  {other_mb:6.0f} MB")
        print(f"  county import  {own_s:6.1f} s  {own_mb:6.0f} MB  {own_s / other_s:.1f} times")
        print(f"  interrupted: ended {stopped_s:.1f} s later, nothing left behind")


if __name__ == "__main__":
    main()
