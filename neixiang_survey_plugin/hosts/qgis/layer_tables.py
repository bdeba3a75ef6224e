"""A layer of the project as the county's table: edited, filtered, joined, of any source."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from qgis.core import QgsFeatureRequest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS
from neixiang_survey_plugin.hosts.qgis.roles import fields_of
from neixiang_survey_plugin.io.cells import missing_cells
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer, geometries_from_wkb
from neixiang_survey_plugin.io.table import canonical
from neixiang_survey_plugin.qt import QtCore

_SOURCE = Path("QGIS")  # what a sentence about a row calls the file
_LOADED_BESIDE = ("WFS", "OAPIF")  # providers whose features come from a thread that downloads
_PATIENCE_MS = 5_000
_TRIES = 12  # a minute in all, as long as QGIS waits for an answer from the network


def table_of_layer(layer: Any, role: str, epsg: int, like: FeatureTable | None) -> FeatureTable:
    """A layer's features as QGIS shows them now, in the county grid.

    What is being edited and not yet saved counts, what a filter hides does not. ``like`` is the
    table before it, whose accuracy and coverage stay. A feature that has no identifier yet, or
    one that another has, is named by its number. SurveyError with every problem of the layer.
    """
    schema = COUNTY_LAYERS[role]
    accuracy_m = None if like is None else like.accuracy_m
    source = LayerSource(
        schema, _SOURCE, layer.name(), accuracy_m=accuracy_m, fields=fields_of(layer)
    )
    raw = raw_layer(layer, source)
    if len(raw) == 0:
        return _empty(source, like)
    table = canonical(raw, source, epsg).table
    return table if like is None else replace(table, coverage=like.coverage)


def raw_layer(layer: Any, source: LayerSource) -> RawLayer:
    """A layer's features as QGIS shows them now, with the columns that a source wants.

    SurveyError where a database or a service did not send all of them.
    """
    _ask_again_what_failed(layer)
    names = tuple(layer.fields().names())
    wanted = [name for name in names if source.wants(name)]
    places = [layer.fields().lookupField(name) for name in wanted]
    rows = _every_row(layer, places)
    if rows is None or _has_failed(layer.dataProvider()):
        raise SurveyError(f"{layer.name()}: 没有读全；请检查网络和数据库，再按 F5 重新读取")
    cells, blobs, fids = rows.cells, rows.blobs, rows.fids
    columns = dict(zip(wanted, cells, strict=True))
    id_column = source.column_of(source.schema.id_field, names) or source.schema.id_field
    columns[id_column] = _named(columns.get(id_column), fids, source.schema.name)
    geometry, unreadable = geometries_from_wkb(blobs)
    crs = layer.crs()
    return RawLayer(
        path=source.path,
        name=layer.name(),
        crs=(crs.authid() or crs.toWkt()) if crs.isValid() else None,
        geometry=geometry,
        columns=columns,
        column_names=(*names, *(() if id_column in names else (id_column,))),
        fids=np.array(fids, dtype=np.int64),
        unreadable=unreadable,
    )


@dataclass
class _Rows:
    """What was read of a layer so far, column by column."""

    cells: list[Cells]
    blobs: list[bytes | None] = field(default_factory=list)
    fids: list[int] = field(default_factory=list)


def _every_row(layer: Any, places: Sequence[int]) -> _Rows | None:
    """The features of a layer; None where they did not all come.

    QGIS may miss that a web service's answer has come to its end, where that is just when it begins
    to wait for it: it then waits for ever (3.22; in 2 of 17 runs on a busy computer). Whoever
    waits in vain asks again, and gets at once what had come.
    """
    beside = layer.providerType() in _LOADED_BESIDE
    for _ in range(_TRIES if beside else 1):
        rows, came_to_its_end = _rows_until(layer, places, _PATIENCE_MS if beside else 0)
        if came_to_its_end:
            return rows
    return None


def _rows_until(layer: Any, places: Sequence[int], patience_ms: int) -> tuple[_Rows, bool]:
    """What comes of a layer while nothing is waited for longer than that; whether it is all."""
    request = QgsFeatureRequest().setSubsetOfAttributes(places)
    if patience_ms:
        request.setTimeout(patience_ms)
    rows, features = _Rows([[] for _ in places]), layer.getFeatures(request)
    last = time.monotonic()
    for feature in features:
        rows.blobs.append(_wkb(feature.geometry()))
        rows.fids.append(feature.id())
        for column, place in zip(rows.cells, places, strict=True):
            column.append(plain(feature[place]))
        last = time.monotonic()
    in_vain = 0 < patience_ms <= (time.monotonic() - last) * 1e3
    whole = bool(features.isValid()) and not in_vain
    features.close()  # what is read anew or goes away must find nobody reading
    return rows, whole


def _ask_again_what_failed(layer: Any) -> None:
    """QGIS keeps what a service did not send as if nothing were there: have it asked for anew."""
    provider = layer.dataProvider()
    if _has_failed(provider) and not layer.isEditable():
        provider.clearErrors()
        with QtCore.QSignalBlocker(provider):  # who is reading need not be told to read
            provider.reloadData()


def _has_failed(provider: Any) -> bool:
    """Whether reading went wrong; what the thread that loads said of it is still to be heard."""
    QtCore.QCoreApplication.sendPostedEvents(provider, QtCore.QEvent.Type.MetaCall)
    return bool(provider.hasErrors())


def _wkb(geometry: Any) -> bytes | None:
    """A geometry as WKB, curves in short straight pieces."""
    if geometry.isNull():
        return None
    shape = geometry.constGet()
    return bytes((shape.segmentize() if shape.hasCurvedSegments() else shape).asWkb())


def plain(value: Any) -> Any:
    """A cell of QGIS's as a plain value: no wrapped null, no date of Qt's."""
    if value is None or (isinstance(value, QtCore.QVariant) and value.isNull()):
        return None
    if isinstance(value, QtCore.QDateTime):
        value = value.date()
    if isinstance(value, QtCore.QDate):
        return date(value.year(), value.month(), value.day()) if value.isValid() else None
    return value


def _named(cells: Cells | None, fids: list[int], role: str) -> Cells:
    """Identifiers of which each is there and only once, as new and split features lack them."""
    seen: set[Any] = set()
    named: Cells = []
    for cell, fid in zip(cells or [None] * len(fids), fids, strict=True):
        own = cell if cell not in (None, "") else f"{role}-{fid}"
        named.append(own if own not in seen else f"{own}·{fid}")
        seen.add(named[-1])
    return named


def _empty(source: LayerSource, like: FeatureTable | None) -> FeatureTable:
    """A layer of which everything is hidden or deleted: mapped, and nothing there."""
    columns = {field.name: missing_cells(field, 0) for field in source.schema.fields}
    empty = FeatureTable(
        schema=source.schema,
        geometry=np.empty(0, dtype=object),
        feature=np.empty(0, dtype=np.intp),
        columns=columns,
        accuracy_m=source.accuracy_m,
        source=f"{_SOURCE}: {source.layer}",
        missing_fields=frozenset(),
    )
    return empty if like is None else replace(empty, coverage=like.coverage)
