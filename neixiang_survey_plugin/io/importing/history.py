"""What every import changed in a layer, kept beside it as a layer that QGIS can show."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.importing.changes import Change
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.gpkg_writing import GpkgLayer, write_geopackage
from neixiang_survey_plugin.io.survey.blobs import geometry_from_blob

LAYER = "history"
# The shape of a row is the object's shape as it was.
COLUMNS: Mapping[str, str] = {
    "imported_on": "DATETIME",
    "source": "TEXT",
    "sha256": "TEXT",
    "change": "TEXT",
    "object_id": "TEXT",
    "field": "TEXT",
    "before": "TEXT",
    "after": "TEXT",
}
_Row = tuple[Any, tuple[Any, ...]]


def write_history(
    path: Path,
    former: Path,
    changes: Sequence[Change],
    source: Mapping[str, str],
    when: datetime,
    epsg: int,
) -> None:
    """A new file with the rows of the former one, where it exists, and those of an import.

    SurveyError where the former file cannot be read: no history is written over.
    """
    new = [_row(one, source, when) for one in changes]
    rows = list(_former(former))
    said = {_said(row) for row in new}
    while rows and _said(rows[-1]) in said:  # an import that broke off behind its history
        rows.pop()
    write_geopackage(path, GpkgLayer(LAYER, COLUMNS, [*rows, *new]), epsg)


def _said(row: _Row) -> tuple[Any, ...]:
    """A row without its moment."""
    return row[1][1:]


def _former(path: Path) -> Iterator[_Row]:
    if not path.is_file():
        return
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            for blob, *cells in connection.execute(f"SELECT geom, {names} FROM {LAYER}"):
                yield geometry_from_blob(blob), tuple(cells)
    except sqlite3.Error as error:
        raise SurveyError(
            f"{path}：读不出来（{error}）；请从备份取回，或改名留存后再导入"
        ) from error


def _row(change: Change, source: Mapping[str, str], when: datetime) -> _Row:
    cells = dict(change.cells)
    before = json.dumps(cells, ensure_ascii=False) if cells else change.before
    return change.shape, (
        f"{when.isoformat(timespec='seconds')}Z",
        source.get("source"),
        source.get("sha256"),
        change.kind.value,
        change.object_id,
        change.field,
        None if before is None else str(before),
        None if change.after is None else str(change.after),
    )
