"""What differs between a layer as it stood and as it is imported again, object by object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.app.wording.figures import few
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import Column, FeatureTable, is_missing
from neixiang_survey_plugin.core.schema import Field, FieldType

SHAPE = "geometry"  # stands for the shape where a field is named

Rows = NDArray[np.intp]
Cell = str | float | None


class ChangeKind(Enum):
    """What became of an object."""

    ADDED = "added"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, eq=False)
class Change:
    """One difference: of one field, of the shape (``geometry``), or the whole object (None).

    ``shape`` is the shape as it was, where it changed or the object is gone; ``cells`` are all
    fields of an object that is gone.
    """

    kind: ChangeKind
    object_id: str
    field: str | None = None
    before: Cell = None
    after: Cell = None
    shape: BaseGeometry | None = None
    cells: tuple[tuple[str, Cell], ...] = ()


def find_changes(before: FeatureTable, after: FeatureTable) -> tuple[Change, ...]:
    """Every difference between two states of a layer, in the order of the new one.

    The order of the rows is none, nor is the corner at which an area begins.
    """
    old, new = _matched(before, after)
    gone = np.setdiff1d(np.arange(len(before)), old)
    added = np.setdiff1d(np.arange(len(after)), new)
    changes = [Change(ChangeKind.ADDED, _id(after, row)) for row in added]
    for field in after.schema.fields:
        changes += _of_field(field, before, after, old, new)
    changes += _of_shapes(before, after, old, new)
    place = {str(name): row for row, name in enumerate(after.ids.tolist())}
    changes.sort(key=lambda change: place[change.object_id])
    changes += [_gone(before, row) for row in gone.tolist()]
    return tuple(changes)


def gone_ids(before: FeatureTable, after: FeatureTable) -> tuple[str, ...]:
    """The objects that the new state does not have."""
    kept = set(after.ids.tolist())
    return tuple(str(name) for name in before.ids.tolist() if name not in kept)


def updated(before: FeatureTable, after: FeatureTable) -> FeatureTable:
    """The old state with the objects of the new one in their places, new ones behind."""
    rows = {name: row for row, name in enumerate(after.ids.tolist())}
    from_new = [rows.get(name, -1) for name in before.ids.tolist()]
    known = set(before.ids.tolist())
    picks = [(1, new) if new >= 0 else (0, old) for old, new in enumerate(from_new)]
    picks += [(1, row) for name, row in rows.items() if name not in known]
    return _picked((before, after), picks)


def with_kept_ids(before: FeatureTable, after: FeatureTable, key: str) -> FeatureTable:
    """The new state in which an object of a known key has the identifier that it had.

    Where rows are numbered anew at every import, a field such as the name tells which is which.
    SurveyError where the key does not: it is empty, or several objects have the same.
    """
    keys, known = _keys(after, key), _keys(before, key)
    former = dict(zip(known, before.ids.tolist(), strict=True))
    taken = set(former.values())
    ids = np.empty(len(after), dtype=object)
    for row, (one, own) in enumerate(zip(keys, after.ids.tolist(), strict=True)):
        ids[row] = former.get(one) or _free(str(own), taken)
        taken.add(ids[row])
    columns = {**after.columns, after.schema.id_field: ids}
    return replace(after, columns=columns)


def shape_of(table: FeatureTable, row: int) -> BaseGeometry:
    """The whole shape of one feature, in the parts that it was read in."""
    first, last = np.searchsorted(table.feature, [row, row + 1])
    parts = table.geometry[first:last]
    whole: BaseGeometry = parts[0] if len(parts) == 1 else _gathered(parts)
    return whole


def _gathered(parts: Any) -> BaseGeometry:
    of_type: dict[str, Any] = {
        "Point": shapely.MultiPoint,
        "LineString": shapely.MultiLineString,
        "Polygon": shapely.MultiPolygon,
    }
    whole: BaseGeometry = of_type[parts[0].geom_type](parts.tolist())
    return whole


def _matched(before: FeatureTable, after: FeatureTable) -> tuple[Rows, Rows]:
    """The rows of the objects that both have: in the one and in the other, in the same order."""
    rows = {name: row for row, name in enumerate(before.ids.tolist())}
    found = np.array([rows.get(name, -1) for name in after.ids.tolist()], dtype=np.intp)
    new = np.flatnonzero(found >= 0)
    return found[new], new


def _of_field(
    field: Field, before: FeatureTable, after: FeatureTable, old: Rows, new: Rows
) -> Iterator[Change]:
    was, now = before.columns[field.name][old], after.columns[field.name][new]
    for pair in np.flatnonzero(_differ(was, now)).tolist():
        cells = [_cell(field, column[pair : pair + 1]) for column in (was, now)]
        yield Change(ChangeKind.CHANGED, _id(after, new[pair]), field.name, cells[0], cells[1])


def _differ(was: Column, now: Column) -> NDArray[np.bool_]:
    """Where two cells differ; what is missing in both does not."""
    missing = [_missing(column) for column in (was, now)]
    differ: NDArray[np.bool_] = (was != now) & ~(missing[0] & missing[1])
    return differ.astype(bool)


def _missing(column: Column) -> NDArray[np.bool_]:
    if column.dtype.kind == "f":
        return np.isnan(column)
    return np.isnat(column) if column.dtype.kind == "M" else is_missing(column)


def _of_shapes(before: FeatureTable, after: FeatureTable, old: Rows, new: Rows) -> Iterator[Change]:
    for was, now in zip(*_differing_shapes(before, after, old, new), strict=True):
        shapes = shape_of(before, int(was)), shape_of(after, int(now))
        if not shapes[0].normalize().equals_exact(shapes[1].normalize(), 0.0):
            texts = [shape.wkt for shape in shapes]
            yield Change(ChangeKind.CHANGED, _id(after, now), SHAPE, texts[0], texts[1], shapes[0])


def _differing_shapes(
    before: FeatureTable, after: FeatureTable, old: Rows, new: Rows
) -> tuple[Rows, Rows]:
    """The pairs of features whose parts are not the very same, most of which are looked at once."""
    counts = [np.bincount(t.feature, minlength=len(t)) for t in (before, after)]
    single = (counts[0][old] == 1) & (counts[1][new] == 1)
    differ = ~single
    first = [np.searchsorted(t.feature, rows) for t, rows in ((before, old), (after, new))]
    differ[single] = ~shapely.equals_exact(
        before.geometry[first[0][single]], after.geometry[first[1][single]]
    )
    return old[differ], new[differ]


def _gone(table: FeatureTable, row: int) -> Change:
    cells = tuple(
        (field.name, _cell(field, table.columns[field.name][row : row + 1]))
        for field in table.schema.fields
    )
    return Change(ChangeKind.GONE, _id(table, row), shape=shape_of(table, row), cells=cells)


def _cell(field: Field, column: Column) -> Cell:
    """The one cell of a column: a number, or a text, days in ISO 8601; None where missing."""
    if bool(_missing(column)[0]):
        return None
    value = column.tolist()[0]
    return float(value) if field.type is FieldType.NUMBER else str(value)


def _id(table: FeatureTable, row: Any) -> str:
    return str(table.ids[row])


def _keys(table: FeatureTable, key: str) -> list[Any]:
    keys = table.columns[key]
    if _missing(keys).any():
        raise SurveyError(
            f"{table.source}: --key {key}：有 {_missing(keys).sum()} 行为空，认不出对象"
        )
    keys_list: list[Any] = keys.tolist()
    seen: dict[Any, int] = {}
    for one in keys_list:
        seen[one] = seen.get(one, 0) + 1
    repeated = [str(one) for one, count in seen.items() if count > 1]
    if repeated:
        raise SurveyError(
            f"{table.source}: --key {key}：{few(repeated)} 不止一行，认不出对象；请换一个字段"
        )
    return keys_list


def _free(name: str, taken: set[Any]) -> str:
    """The name, or name-2 and so on where another object has it."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _picked(tables: Sequence[FeatureTable], picks: Sequence[tuple[int, int]]) -> FeatureTable:
    """Rows of two tables, each named by its table and its row there, as one table."""
    which, rows = np.array(picks, dtype=np.intp).reshape(-1, 2).T
    start = len(tables[0])
    at = rows + which * start
    columns = {
        name: np.concatenate([table.columns[name] for table in tables])[at]
        for name in tables[1].columns
    }
    feature = np.concatenate([tables[0].feature, tables[1].feature + start])
    geometry = np.concatenate([table.geometry for table in tables])
    parts = [np.arange(*np.searchsorted(feature, [row, row + 1])) for row in at]
    counts = [len(one) for one in parts]
    chosen = np.concatenate(parts) if parts else np.empty(0, dtype=np.intp)
    return replace(
        tables[1],
        geometry=geometry[chosen],
        feature=np.repeat(np.arange(len(at)), counts),
        columns=columns,
    )
