"""Small surveys for the tests, in the county seat's grid."""

from __future__ import annotations

import functools
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from shapely import LineString

from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.creating import create_survey

EPSG = 4546
ORIGIN = (578_000.0, 3_658_000.0)


def line(*points: tuple[float, float]) -> LineString:
    """A line through points given in metres from the origin."""
    with np.errstate(invalid="ignore"):  # a test may ask for a coordinate that is no number
        return LineString([(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in points])


def route(route_id: str, to_x: float = 10.0, **facts: Any) -> Route:
    """A straight water line to the east, unless the facts say otherwise."""
    utility = facts.pop("utility", "water")
    return Route(route_id, utility, line((0, 0), (to_x, 0)), **facts)


@functools.cache
def empty_survey() -> bytes:
    """An empty survey file, made once: waiting for the disk takes 0.2 s each time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.survey.gpkg"
        create_survey(path, EPSG, "411325")
        return path.read_bytes()


def new_survey(folder: Path, name: str = "a") -> Path:
    """An empty survey file."""
    path = folder / f"{name}.survey.gpkg"
    path.write_bytes(empty_survey())
    return path


def in_another_process(script: str, *arguments: object) -> str:
    """What a Python script prints in a process of its own, which must end well."""
    result = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout
