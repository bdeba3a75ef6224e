"""A county and a survey of awkward things: one of each that is a hundred times as large as usual.

Beside an ordinary town lie a road of 100,000 vertices, a green space of 50,000 vertices with 2,000
holes, and mains that the lines of one case cross 5,000 times; the survey has a line of 5,000
vertices, and a case of 300 lines with 200 photographs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import LineString, Polygon

from benchmarks.map_views import town, write_town
from benchmarks.town import ORIGIN
from benchmarks.window_frame import picture
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.qt import QtCore

ROAD_M = 25_000.0, 0.0  # where its southern end lies, from the town's corner
GREEN_M = 40_000.0, 10_000.0  # its middle
CROSSED_M = 20_000.0, 5_000.0
LONG_M = 21_000.0, 8_000.0
CASE_M = 22_000.0, 2_000.0
CASE, LONG = "H300", "long"
_FEATURES = 20_000
_ROAD_VERTICES, _HOLES, _LONG_VERTICES, _LINES, _PHOTOS = 100_000, 2_000, 5_000, 300, 200
_MAINS, _CROSSING = 71, 71
_AT = datetime(2026, 11, 20, 9)


def place(of_m: tuple[float, float]) -> tuple[float, float]:
    """Where something lies in the county grid."""
    e_m, n_m = (ORIGIN + np.array(of_m)).tolist()
    return e_m, n_m


def write_heavy(folder: Path) -> tuple[Path, Path]:
    """The county's folder and the survey file."""
    county = town(_FEATURES)
    more = {"roads": [_road()], "green_spaces": [_green()], "pipelines": _mains()}
    layers = {name: _with(table, more[name]) for name, table in county.layers.items()}
    written = write_town(replace(county, layers=layers), folder / "heavy")
    return written, _survey(county, folder / "heavy.survey.gpkg")


def _road() -> Polygon:
    """A strip of 20 km that winds all the way."""
    e_m, n_m = place(ROAD_M)
    along = np.linspace(0.0, 20_000.0, _ROAD_VERTICES // 2)
    middle = e_m + 40.0 * np.sin(along / 300.0) + 0.3 * np.sin(along)
    left, right = (np.stack([middle + side, n_m + along], axis=1) for side in (-10.0, 10.0))
    return Polygon(np.concatenate([left, right[::-1]]))


def _green() -> Polygon:
    """A park with an uneven edge of 30,000 vertices, and ponds of ten."""
    middle = np.array(place(GREEN_M))
    turn = np.linspace(0.0, 2 * np.pi, 30_000, endpoint=False)
    edge = _ring(middle, 2_000.0 + 3.0 * np.sin(turn * 800), turn)
    few = np.linspace(0.0, 2 * np.pi, 10, endpoint=False)
    side = 45
    spots = [(a - side / 2, b - side / 2) for a in range(side) for b in range(side)][:_HOLES]
    return Polygon(edge, [_ring(middle + 55.0 * np.array(spot), 12.0, few) for spot in spots])


def _ring(middle: Any, radius_m: Any, turn: Any) -> Any:
    return middle + (np.stack([np.cos(turn), np.sin(turn)]) * radius_m).T


def _mains() -> list[LineString]:
    e_m, n_m = place(CROSSED_M)
    return [LineString([(e_m, n_m + 4 * k), (e_m + 400, n_m + 4 * k)]) for k in range(_MAINS)]


def _with(table: FeatureTable, shapes: list[Any]) -> FeatureTable:
    """The table with some shapes more, of which nothing is known but a number."""
    count, names = len(table), table.schema.id_field
    new = {name: _missing(column, len(shapes)) for name, column in table.columns.items()}
    new[names] = np.array([f"H{number}" for number in range(len(shapes))], dtype=object)
    return replace(
        table,
        geometry=np.concatenate([table.geometry, np.array(shapes, dtype=object)]),
        feature=np.concatenate([table.feature, count + np.arange(len(shapes))]),
        columns={name: np.concatenate([table.columns[name], new[name]]) for name in new},
    )


def _missing(column: Any, count: int) -> Any:
    nothing = {"M": np.datetime64("NaT"), "f": np.nan}.get(column.dtype.kind)
    return np.full(count, nothing, dtype=column.dtype)


def _survey(county: County, path: Path) -> Path:
    create_survey(path, county.grid.epsg, "411325")
    store = open_survey(path, "heavy")
    store.edit([*_crossing(), _long(), *_of_case()], records=[*_case(), *_photos()])
    store.close()
    return path


def _crossing() -> list[Route]:
    e_m, n_m = place(CROSSED_M)
    courses = [
        LineString([(e_m + 20 + 5 * k, n_m - 20), (e_m + 20 + 5 * k, n_m + 4 * _MAINS + 20)])
        for k in range(_CROSSING)
    ]
    return [Route(f"x{k}", "gas", one, case_id="X") for k, one in enumerate(courses)]


def _long() -> Route:
    e_m, n_m = place(LONG_M)
    along = np.arange(_LONG_VERTICES)
    course = np.stack([e_m + 0.5 * along, n_m + 40.0 * np.sin(along / 60.0)], axis=1)
    return Route(LONG, "water", LineString(course), diameter_mm=200.0)


def _of_case() -> list[Route]:
    e_m, n_m = place(CASE_M)
    courses = [
        shapely.LineString([(e_m + 6 * k, n_m), (e_m + 6 * k, n_m + 150)]) for k in range(_LINES)
    ]
    uses = islice(cycle(UTILITY), _LINES)
    return [
        Route(f"{CASE}-{k}", use, line, case_id=CASE, unit=use, diameter_mm=200.0)
        for k, (use, line) in enumerate(zip(uses, courses, strict=True))
    ]


def _case() -> list[Any]:
    case = Case(case_id=CASE, applicant_name="示例", received_at=_AT)
    case = replace(case, agreed_access_at=_AT + timedelta(days=5))
    services = [Service(case_id=CASE, utility=one, service_kind=ServiceKind.NEW) for one in UTILITY]
    return [case, *services]


def _photos() -> list[Photo]:
    images = [_jpeg(picture(1_600, 1_200, seed)) for seed in range(8)]
    return [
        Photo(
            case_id=CASE,
            file_name=f"site{number}.jpg",
            media_type="image/jpeg",
            image=images[number % len(images)],
            taken_at=_AT,
        )
        for number in range(_PHOTOS)
    ]


def _jpeg(image: Any) -> bytes:
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 70)
    return bytes(buffer.data())
