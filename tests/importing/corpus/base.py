"""What an awkward file is: who makes it, and what must become of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict, Unpack

import numpy as np
import shapely
from shapely import Geometry

from neixiang_survey_plugin.app.importing.answers import Answers
from neixiang_survey_plugin.io.importing.choice import Choice
from tests.importing.counties import EAST, NORTH, Table, lines, squares, write_vector

Build = Callable[[Path], Path]


@dataclass(frozen=True)
class Imported:
    """Taken in: so many features, and the report says each of these."""

    features: int
    says: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """Refused with one sentence that says this; of a question with the option that answers it."""

    says: str


class Options(TypedDict, total=False):
    """What a request for an import says besides its layer, its source and its county."""

    answers: Answers
    choice: Choice
    crs: str
    set_aside: bool


@dataclass(frozen=True)
class Awkward:
    """One file of the corpus; ``options`` are those of the request, all proposals accepted."""

    name: str
    layer: str
    build: Build
    expected: Imported | Refused
    options: Options


AWKWARD: list[Awkward] = []


def awkward(
    layer: str, expected: Imported | Refused, **options: Unpack[Options]
) -> Callable[[Build], Build]:
    """Put the file that a function makes into the corpus, under the function's name."""

    def added(build: Build) -> Build:
        whole: Options = {"answers": Answers(accept=True), **options}
        AWKWARD.append(Awkward(build.__name__, layer, build, expected, whole))
        return build

    return added


ROADS: Table = {
    "road_id": ["R1", "R2", "R3"],
    "name": ["范蠡大道", "菊潭街", "郦城路"],
    "road_class": ["主干路", "次干路", "支路"],
    "delivered_on": ["2019-12-01", "2016-05-20", "2012-01-31"],
}
GREENS: Table = {"green_id": ["G1", "G2", "G3"], "name": ["东园", "西园", "南园"]}
PIPES: Table = {
    "pipe_id": ["P1", "P2", "P3"],
    "utility": ["JS", "RQ", "DL"],
    "diameter_mm": ["DN300", "DN110", "DN50"],
}


def first(table: Table, count: int) -> Table:
    return {name: cells[:count] for name, cells in table.items()}


def roads(path: Path, **options: Any) -> Path:
    return write_vector(path, squares(3), ROADS, **options)


def greens(path: Path, shapes: Sequence[Geometry], **options: Any) -> Path:
    kind = options.pop("geometry_type", "Unknown")
    return write_vector(path, shapes, first(GREENS, len(shapes)), geometry_type=kind, **options)


def pipes(path: Path, shapes: Sequence[Geometry] | None = None, **options: Any) -> Path:
    drawn = lines(3) if shapes is None else shapes
    kind = options.pop("geometry_type", "Unknown")
    return write_vector(path, drawn, first(PIPES, len(drawn)), geometry_type=kind, **options)


def at(wkt: str) -> Geometry:
    """A shape drawn near 0, 0, in the county."""
    return shapely.transform(shapely.from_wkt(wkt), lambda xy: xy + np.array([EAST, NORTH]))


def edited(path: Path, change: Callable[[bytearray], bytes | bytearray | None]) -> Path:
    """The file with its bytes changed."""
    content = bytearray(path.read_bytes())
    path.write_bytes(change(content) or content)
    return path
