"""The shapes of a foreign layer put right on its way into the county."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.app.importing.asking import raise_if_undecided
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.importing.repairs import (
    HeightsLeft,
    NamedRepair,
    RepairReport,
    named_repairs,
)
from neixiang_survey_plugin.app.wording.figures import few
from neixiang_survey_plugin.app.wording.repairs import trouble_word
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.repair.figures import figures
from neixiang_survey_plugin.core.repair.repairing import repair_shapes
from neixiang_survey_plugin.core.repair.repairs import Outcome, Repair, Trouble
from neixiang_survey_plugin.core.repair.usable import Heights, heights_of
from neixiang_survey_plugin.core.schema import LayerSchema
from neixiang_survey_plugin.io.importing.converting import Converted
from neixiang_survey_plugin.io.importing.source import SourceRead
from neixiang_survey_plugin.io.placement import rows_outside
from neixiang_survey_plugin.io.raw_layer import RawLayer
from neixiang_survey_plugin.io.repair_limits import load_repair_limits


@dataclass(frozen=True, eq=False)
class Repaired:
    """A layer of which every row can be used, in the county grid, and what was found at it."""

    raw: RawLayer
    converted: Converted
    report: RepairReport


def repair(
    read: SourceRead,
    placed: RawLayer,
    converted: Converted,
    schema: LayerSchema,
    epsg: int,
    set_aside: bool,
) -> Repaired:
    """The rows of a layer that was placed on the county grid, put right.

    ``read`` is the layer as its file holds it, with its heights. UndecidedError where rows cannot
    be used and nobody said that they may be ``set_aside``; SurveyError where none can.
    """
    limits, unusable = load_repair_limits(), [*_unreadable(placed), *_strays(placed, epsg)]
    found = repair_shapes(placed.geometry, schema.geometry, limits, unusable)
    shapes = named_repairs(found.repairs, converted.columns[schema.id_field])
    gone = found.set_aside
    if gone.any() and not set_aside:
        question = Question(Ask.SET_ASIDE, text=_unusable(shapes), count=int(gone.sum()))
        raise_if_undecided(str(placed.path), (question,))
    if gone.all():
        raise SurveyError(f"{placed.path}: 图层 {placed.name} 没有一个要素的几何能用；请核对文件")
    report = RepairReport(shapes, read.texts, _heights(read.raw), int(gone.sum()), found.cut_off)
    kept = np.flatnonzero(~gone)
    raw = _rows(replace(placed, geometry=found.geometry, unreadable={}), kept)
    return Repaired(raw, _converted_rows(converted, kept), report)


def _unreadable(raw: RawLayer) -> Iterator[Repair]:
    for row, why in raw.unreadable.items():
        yield Repair(Trouble.UNREADABLE, Outcome.SET_ASIDE, row, figures(None), reason=why)


def _strays(placed: RawLayer, epsg: int) -> Iterator[Repair]:
    """Features outside the area for which the county's system is made."""
    rows = np.flatnonzero(np.isfinite(shapely.bounds(placed.geometry)).all(axis=1))
    for row in rows[rows_outside(placed.geometry[rows], epsg)].tolist():
        before = figures(placed.geometry[row])
        yield Repair(Trouble.OUTSIDE, Outcome.SET_ASIDE, row, before)


def _unusable(shapes: Iterable[NamedRepair]) -> str:
    """The first features that cannot be used, each with what is wrong."""
    gone = [one for one in shapes if one.repair.outcome is Outcome.SET_ASIDE]
    said = [
        f"第 {one.repair.row + 1} 行"
        + (f"（{one.object_id}）" if one.object_id else "")
        + trouble_word(one.repair.trouble)
        + (f"（{one.repair.reason}）" if one.repair.reason else "")
        for one in gone
    ]
    return few(said)


def _heights(source: RawLayer) -> HeightsLeft | None:
    heights = heights_of(source.geometry)
    if not len(heights.rows) and not len(heights.measures):
        return None
    lowest, highest = _range(heights)
    return HeightsLeft(len(heights.rows), lowest, highest, len(heights.measures))


def _range(heights: Heights) -> tuple[float | None, float | None]:
    known = (
        heights.lowest[np.isfinite(heights.lowest)],
        heights.highest[np.isfinite(heights.highest)],
    )
    return (float(known[0].min()), float(known[1].max())) if len(known[0]) else (None, None)


def _rows(raw: RawLayer, kept: NDArray[np.intp]) -> RawLayer:
    """Some rows of a layer."""
    if len(kept) == len(raw):
        return raw
    columns: dict[str, Any] = {
        name: [cells[row] for row in kept.tolist()] for name, cells in raw.columns.items()
    }
    fids = None if raw.fids is None else raw.fids[kept]
    return replace(raw, geometry=raw.geometry[kept], columns=columns, fids=fids)


def _converted_rows(converted: Converted, kept: NDArray[np.intp]) -> Converted:
    if len(kept) == len(converted):
        return converted
    columns = {
        name: [cells[row] for row in kept.tolist()] for name, cells in converted.columns.items()
    }
    return replace(converted, columns=columns)
