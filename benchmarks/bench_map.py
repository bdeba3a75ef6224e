"""The map: one drag of the pointer, and whole pictures beside QGIS's renderer.

The same GeoPackage files, views, sizes and looks for both, each picture in a process of its own,
in turn three times in one run; each figure is the least, since other work on the machine only adds.
Cold is from opening the layers to the finished picture, files in the system's cache; warm is a
picture after it. QGIS paints layers in parallel, this program in
one thread. A picture is the whole view at once; the window paints it in tiles and shows them one
by one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.map_ours import WARM
from benchmarks.map_views import GROUND, HEIGHT_PX, LOOKS, WIDTH_PX, View, town, views, write_town

ROOT = Path(__file__).resolve().parents[1]
QGIS_PYTHON = "/usr/bin/python3"
ROUNDS = 3  # each figure is the least of them: other work on the machine only adds


def run(arguments: list[str]) -> Any:
    """What a process prints, as JSON, without a screen."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(arguments, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def ours(folder: Path, view: View, out: Path) -> dict[str, Any]:
    """This program's times for a view."""
    command = [sys.executable, "-m", "benchmarks.map_ours", str(folder), *map(str, view)]
    return dict(run([*command, str(out)]))


def theirs(folder: Path, view: View, out: Path) -> dict[str, Any]:
    """QGIS's times for a view."""
    how = {"size": [WIDTH_PX, HEIGHT_PX], "looks": LOOKS, "ground": GROUND, "warm": WARM}
    script = str(ROOT / "benchmarks" / "map_qgis.py")
    return dict(run([QGIS_PYTHON, script, str(folder), *map(str, view), str(out), json.dumps(how)]))


def print_drags(features: int) -> None:
    """Median and 99th percentile of each drag."""
    times = run([sys.executable, "-m", "benchmarks.map_drag", str(features)])
    print(f"{features:,} features a layer, 200 moves\n")
    print("| drag | median | p99 | processor median | processor p99 |\n|---|---:|---:|---:|---:|")
    for name, moves_ms in times.items():
        figures = np.quantile(moves_ms, [0.5, 0.99], axis=0).T.ravel()
        print(f"| {name} | " + " | ".join(f"{figure:.1f} ms" for figure in figures) + " |")
    print()


def cells_of(one: tuple[dict[str, Any], dict[str, Any]]) -> list[float]:
    """The seconds of one round in the order of the table."""
    we, they = one
    return [
        we["open_s"] + we["first_s"],
        they["open_s"] + they["first_s"],
        min(we["warm_s"]),
        min(they["warm_s"]),
        min(they["sequential_s"]),
        min(we["processor_s"]),
        min(they["processor_s"]),
    ]


def print_pictures(features: int, pictures: Path) -> None:
    """Each view by both, cold and warm; the pictures stay in a folder to be compared."""
    county = town(features)
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = write_town(county, Path(name))
        every = views(county)
        first = ours(folder, every["whole county"], pictures / "first.png")
        print(f"First opening, nothing kept yet: {first['open_s']:.1f} s to read and lay out\n")
        print(
            "| view | ours cold | QGIS cold | ours warm | QGIS warm, parallel | sequential |"
            " ours, processor | QGIS, processor |\n|---|---:|---:|---:|---:|---:|---:|---:|"
        )
        for label, view in every.items():
            stem = label.replace(" ", "_")
            rounds = [
                (
                    ours(folder, view, pictures / f"{stem}_ours.png"),
                    theirs(folder, view, pictures / f"{stem}_qgis.png"),
                )
                for _ in range(ROUNDS)
            ]
            cells = [min(column) for column in zip(*map(cells_of, rounds), strict=True)]
            print(f"| {label} | " + " | ".join(f"{cell:.3f} s" for cell in cells) + " |")
    print()


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=int, default=200_000, help="roads, greens, mains each")
    parser.add_argument("--pictures", type=Path, default=ROOT / "build" / "bench_map")
    arguments = parser.parse_args()
    print_drags(arguments.features)
    print_pictures(arguments.features, arguments.pictures)


if __name__ == "__main__":
    main()
