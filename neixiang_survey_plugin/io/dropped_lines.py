"""Lines out of a file that somebody drops on the window: CSV, GPX, DXF, KML, GeoJSON, GPKG."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.breathing import breathing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.vocabulary import UTILITY, canonical_word
from neixiang_survey_plugin.io.crs import to_county_grid
from neixiang_survey_plugin.io.foreign import foreign_layers
from neixiang_survey_plugin.io.gpkg import gpkg_layers
from neixiang_survey_plugin.io.placement import FAR_M, Box, gap_m
from neixiang_survey_plugin.io.vector_file import check_readable, read_raw_layer

SUFFIXES = frozenset({".csv", ".txt", ".gpx", ".dxf", ".kml", ".geojson", ".json", ".gpkg", ".shp"})
_TABLES = frozenset({".csv", ".txt"})
_UTILITY_FIELDS = ("utility", "专业", "layer")  # a drawing names the layer of each line
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d*)?")
_DEGREES = 180.0
_LARGE_BYTES = 1_000_000  # GDAL reads so much of GeoJSON in 30 ms, of a Shapefile in 15


@dataclass(frozen=True)
class DroppedLine:
    """One line in the county grid, and whose it is where the file says so."""

    line: LineString
    utility: str | None = None


@dataclass(frozen=True)
class Home:
    """Where lines have to lie: the county's grid, and the box of its layers in it."""

    epsg: int
    box: Box


def is_large(path: Path) -> bool:
    """Whether reading a file holds the interpreter for long."""
    return path.is_file() and path.stat().st_size > _LARGE_BYTES


def lines_or_none(path: Path, home: Home, progress: Progress) -> tuple[DroppedLine, ...] | None:
    """Every line of a file; None where it has areas or points, and nothing to be surveyed.

    SurveyError as ``read_dropped_lines``.
    """
    progress.step("file")
    return None if _is_of_other_shapes(path) else read_dropped_lines(path, home)


def read_dropped_lines(path: Path, home: Home) -> tuple[DroppedLine, ...]:
    """Every line of a file, in the order of the file.

    A drawing without a system, and a table, are in the county grid. SurveyError with one
    sentence for a file that cannot be read, holds no line, or lies elsewhere.
    """
    check_readable(path)
    if path.suffix.lower() in _TABLES:
        found = list(_lines_of_table(path, home.box))
    else:
        found = [line for layer in _layers(path) for line in _of_layer(path, layer, home.epsg)]
    found = [one for one in found if one.line.length > 0.0]
    if not found:
        raise SurveyError(f"{path}: 里面没有线；请检查是否导出了线图层，表格是否有坐标")
    _complain_if_far(path, found, home.box)
    return tuple(found)


def _is_of_other_shapes(path: Path) -> bool:
    """Whether a file has areas or points, and not one line."""
    check_readable(path)
    if path.suffix.lower() in _TABLES:
        return False
    shapes = [one for layer in _layers(path) for one in _shapes(path, layer)]
    parts = (part for one in breathing(shapes) for part in _line_parts(one))
    return bool(shapes) and not any(True for _ in parts)


def _shapes(path: Path, layer: str) -> Iterator[Geometry]:
    geometry = read_raw_layer(path, layer, lambda _: False).geometry
    yield from (one for one in geometry.tolist() if one is not None and not one.is_empty)


def _layers(path: Path) -> tuple[str, ...]:
    """A GeoPackage may be a survey that is open: our own reader leaves its locks alone."""
    return gpkg_layers(path) if path.suffix.lower() == ".gpkg" else foreign_layers(path)


def _of_layer(path: Path, layer: str, epsg: int) -> Iterator[DroppedLine]:
    raw = read_raw_layer(path, layer, lambda name: name.casefold() in _UTILITY_FIELDS)
    by_name = {name.casefold(): cells for name, cells in raw.columns.items()}
    columns = (by_name[name] for name in _UTILITY_FIELDS if name in by_name)
    words = next(columns, [None] * len(raw.geometry))
    for geometry, word in zip(breathing(raw.geometry), words, strict=True):
        utility = canonical_word(UTILITY, str(word)) if word else None
        utility = utility or _utility_in(str(word or "")) or _utility_in(layer)
        utility = utility or _utility_in(path.stem)
        for line in _line_parts(geometry):
            yield DroppedLine(_on_grid(line, raw.crs, epsg), utility)


def _line_parts(geometry: Geometry | None) -> Iterator[LineString]:
    """The lines of a geometry; what is no line is left out."""
    for part in shapely.get_parts(geometry) if geometry is not None else ():
        if isinstance(part, LineString) and not part.is_empty:
            yield shapely.force_2d(part)


def _on_grid(line: LineString, crs: str | None, epsg: int) -> LineString:
    if crs is None:
        return line
    points = to_county_grid(shapely.get_coordinates(line), crs, epsg)
    return LineString(points)


def _utility_in(name: str) -> str | None:
    """The utility that a layer's or a file's name speaks of."""
    for utility, words in UTILITY.items():
        if utility in name.casefold() or words[0] in name:
            return utility
    return None


def _lines_of_table(path: Path, home: Box) -> Iterator[DroppedLine]:
    """The points of a table, one line a name in its first column that is no number."""
    rows = _rows(path)
    points: dict[str, list[tuple[float, float]]] = {}
    utilities: dict[str, str | None] = {}
    for row in rows:
        name = next((cell for cell in row if cell and not _NUMBER.fullmatch(cell.strip())), "")
        place = _place(row, home)
        if place is None:
            continue
        key = name.strip()
        points.setdefault(key, []).append(place)
        utilities.setdefault(key, _utility_of_row(row) or _utility_in(path.stem))
    for key, course in points.items():
        if len(course) > 1:
            yield DroppedLine(LineString(course), utilities[key])


def _utility_of_row(row: list[str]) -> str | None:
    words = (canonical_word(UTILITY, cell) for cell in row if cell.strip())
    return next((word for word in words if word is not None), None)


def _place(row: list[str], home: Box) -> tuple[float, float] | None:
    """East and north of a row whose pair of coordinates lies near the county, either way round."""
    numbers = [float(cell) for cell in row if _NUMBER.fullmatch(cell.strip())]
    for one, other in itertools.pairwise(numbers):
        for east, north in ((other, one), (one, other)):
            box = np.array([[east, north, east, north]])
            if abs(east) > _DEGREES and gap_m(box, home)[0] <= FAR_M:
                return east, north
    return None


def _rows(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        try:
            dialect: Any = csv.Sniffer().sniff(text[:4096], delimiters=",;\t ")
        except csv.Error:
            dialect = csv.excel
        return list(csv.reader(io.StringIO(text), dialect))
    raise SurveyError(f"{path}: 不是文本表格；请另存为 UTF-8 编码的 CSV")


def _complain_if_far(path: Path, found: list[DroppedLine], home: Box) -> None:
    away_m = gap_m(shapely.bounds(np.array([one.line for one in found], dtype=object)), home)
    if away_m.max() > FAR_M:
        raise SurveyError(
            f"{path}: 有线离县的图层 {away_m.max() / 1000:.0f} 公里；请核对坐标系和坐标的顺序"
        )
