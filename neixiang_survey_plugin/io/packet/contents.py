"""What a packet's files for other programs say, as plain values that can be compared."""

from __future__ import annotations

import importlib
import importlib.util
import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from defusedxml import ElementTree

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.gpkg import gpkg_layers, read_gpkg

_ADDED = re.compile(r"_add\((\{.*\})\);$", re.MULTILINE)
_HEAD = re.compile(r'<div class="head">(.*?)</div>', re.DOTALL)
_FAULTS = (ValueError, KeyError, OSError, SurveyError, sqlite3.Error, ElementTree.ParseError)
# What a drawing counts for itself.
_OWN = frozenset({"handle", "owner", "paperspace"})


class UnreadableError(Exception):
    """The file is none of its kind."""


def plain_contents(name: str, content: bytes) -> Any:
    """What a file says, by the ending of its name; None where this computer cannot read it."""
    try:
        return _READERS[Path(name).suffix](content)
    except _FAULTS as error:
        raise UnreadableError(name) from error


def _geojson(content: bytes) -> Any:
    return json.loads(content)


def _geopackage(content: bytes) -> dict[str, Any]:
    """Each layer with its cells and coordinates."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "a.gpkg"
        path.write_bytes(content)
        return {layer: _layer(path, layer) for layer in gpkg_layers(path)}


def _layer(path: Path, name: str) -> dict[str, Any]:
    read = read_gpkg(path, name, lambda column: True)
    columns = {column: list(cells) for column, cells in read.columns.items()}
    shapes = [shapely.get_coordinates(one).tolist() for one in read.geometry]
    return {**columns, "coordinates": shapes}


def _kml(content: bytes) -> list[Any]:
    """Every text in its order; coordinates as numbers."""
    found: list[Any] = []
    for one in ElementTree.fromstring(content).iter():
        text = (one.text or "").strip()
        if one.tag.endswith("}coordinates"):
            found.append([[float(part) for part in at.split(",")] for at in text.split()])
        elif text or one.attrib:
            found.append([text, *one.attrib.values()])
    return found


def _map(content: bytes) -> dict[str, Any]:
    """What the page says in its head, and the things on it; its scripts are the program's."""
    page = content.decode("utf-8")
    layers = [json.loads(one) for one in _ADDED.findall(page)]
    return {"head": _HEAD.findall(page), "layers": layers}


def _dxf(content: bytes) -> list[Any] | None:
    """Every entity with its attributes and points."""
    if importlib.util.find_spec("ezdxf") is None:
        return None
    ezdxf: Any = importlib.import_module("ezdxf")
    try:
        document = ezdxf.read(io.StringIO(content.decode("gbk", "replace")))
    except ezdxf.DXFError as error:
        raise ValueError(str(error)) from error
    return [list(_entity(one)) for one in document.modelspace()]


def _entity(entity: Any) -> Iterator[Any]:
    yield entity.dxftype()
    for name, value in sorted(entity.dxf.all_existing_dxf_attribs().items()):
        if name not in _OWN:
            yield name
            yield list(value) if hasattr(value, "x") else value
    if entity.dxftype() == "LWPOLYLINE":
        yield [list(point) for point in entity.get_points("xy")]


_READERS = {
    ".geojson": _geojson,
    ".gpkg": _geopackage,
    ".kml": _kml,
    ".html": _map,
    ".dxf": _dxf,
}
