"""Reading KML: folders are layers; extended data, and the table in a description, are columns."""

# Not by GDAL: it writes every Chinese name of a column as underscores, and equal ones are lost.

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from shapely import Geometry, GeometryCollection, LineString, Point, Polygon
from shapely.errors import GEOSException

from neixiang_survey_plugin.app.importing.encodings import UTF8, judge_encoding
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.found import (
    Found,
    chosen_layer,
    settled_encoding,
    told_encoding,
)
from neixiang_survey_plugin.io.importing.kinds import of_kinds
from neixiang_survey_plugin.io.raw_layer import RawLayer, raw_layer_of_rows

_CRS = "EPSG:4326"
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']+)["'][^>]*\?>""")
_ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(r"<t[dh][^>]*>(.*?)</t[dh]>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_FOLDERS = ("Folder", "Document")
_SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track")


@dataclass
class _Placemark:
    """One thing on the globe: its folder, its shape or why it has none, its columns."""

    folder: str
    shape: Geometry | None
    why: str
    cells: dict[str, str | None]


def read_kml(path: Path, choice: Choice) -> Found:
    """One folder of a KML file, in longitude and latitude; SurveyError when it cannot be read."""
    content = path.read_bytes()
    match = _DECLARED.search(content[:200])
    declared = None if match is None else match[1].decode("latin-1")
    if choice.encoding is not None:
        encoding, reason = told_encoding(choice.encoding)
    else:
        judged = judge_encoding(content.splitlines(), declared or UTF8)
        encoding, reason = settled_encoding(str(path), judged, declared)
    text = _DECLARED.sub(b"", content, count=1).decode(encoding, "replace")
    marks = list(_placemarks(_root(path, text), path.stem))
    layers = tuple(dict.fromkeys(mark.folder for mark in marks))
    name = chosen_layer(str(path), layers, next(iter(choice.layers), None))
    raw = _raw(path, name, [mark for mark in marks if mark.folder == name])
    return of_kinds(Found(raw, layers, "kml", encoding, reason), choice.kinds)


def _root(path: Path, text: str) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(text.lstrip("\ufeff \r\n\t").encode())
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise SurveyError(f"{path}: 不是完整的 KML（{error}）；请重新导出") from None
    return root


def _placemarks(element: Element, folder: str) -> Iterator[_Placemark]:
    for child in element:
        kind = _local(child)
        if kind == "Placemark":
            yield _placemark(child, folder)
        elif kind in _FOLDERS:
            own = _text(child, "name") if kind == "Folder" else None
            yield from _placemarks(child, own or folder)


def _placemark(element: Element, folder: str) -> _Placemark:
    cells: dict[str, str | None] = {}
    for own in ("name", "description"):
        cells[own] = _text(element, own)
    for part in element.iter():
        name = part.get("name")
        if name and _local(part) == "Data":
            cells[name] = _text(part, "value")
        elif name and _local(part) == "SimpleData":
            cells[name] = (part.text or "").strip() or None
    for described, value in _pairs(cells["description"] or ""):
        cells.setdefault(described, value)
    try:
        shapes = [_shape(part) for part in element if _local(part) in _SHAPES]
    except (ValueError, GEOSException):
        return _Placemark(folder, None, "坐标写得不对", cells)
    return _Placemark(folder, shapes[0] if shapes else None, "", cells)


def _shape(element: Element) -> Geometry:
    kind = _local(element)
    if kind == "MultiGeometry":
        return GeometryCollection([_shape(one) for one in element if _local(one) in _SHAPES])
    if kind == "Polygon":
        rings = {
            side: [_places(part) for part in element if _local(part) == f"{side}BoundaryIs"]
            for side in ("outer", "inner")
        }
        return Polygon(rings["outer"][0] if rings["outer"] else None, rings["inner"])
    if kind == "Track":
        lines = [(one.text or "").split() for one in element if _local(one) == "coord"]
        return LineString([(float(line[0]), float(line[1])) for line in lines])
    places = _places(element)
    return Point(*places[:1]) if kind == "Point" else LineString(places)


def _places(element: Element) -> list[tuple[float, float]]:
    texts = [one.text or "" for one in element.iter() if _local(one) == "coordinates"]
    places = [one.split(",") for one in re.sub(r"\s*,\s*", ",", " ".join(texts)).split()]
    return [
        (float(place[0]), float(place[1]) if len(place) > 1 else float("nan")) for place in places
    ]


def _pairs(description: str) -> Iterator[tuple[str, str | None]]:
    """Names and values of a table of two columns, as maps of the web write attributes."""
    for row in _ROW.findall(description):
        cells = [html.unescape(_TAG.sub("", cell)).strip() for cell in _CELL.findall(row)]
        if len(cells) == 2 and cells[0]:
            yield cells[0], cells[1] or None


def _local(element: Element) -> str:
    """The name of an element, whichever namespace its program wrote."""
    return str(element.tag).rpartition("}")[2]


def _text(element: Element, name: str) -> str | None:
    found = next((one.text for one in element if _local(one) == name), None)
    return (found or "").strip() or None


def _raw(path: Path, name: str, marks: list[_Placemark]) -> RawLayer:
    rows = [{key: cell for key, cell in mark.cells.items() if cell} for mark in marks]
    unreadable = {row: mark.why for row, mark in enumerate(marks) if mark.why}
    return raw_layer_of_rows(path, name, _CRS, [mark.shape for mark in marks], rows, unreadable)
