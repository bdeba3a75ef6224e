"""Texts of a foreign layer that were read in a wrong code page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from neixiang_survey_plugin.core.repair.texts import TextRepair, repair_texts
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer


def mend_texts(raw: RawLayer) -> tuple[RawLayer, tuple[TextRepair, ...]]:
    """A layer whose texts in a wrong code page are read as they were meant; the others stay."""
    found: list[TextRepair] = []
    columns: dict[str, Cells] = {}
    for name, cells in raw.columns.items():
        repairs = repair_texts(name, cells)
        found += repairs
        columns[name] = _with(cells, repairs)
    return (replace(raw, columns=columns), tuple(found)) if found else (raw, ())


def _with(cells: Cells, repairs: Iterable[TextRepair]) -> Cells:
    mended = list(cells)
    for one in repairs:
        if one.after is not None:
            mended[one.row] = one.after
    return mended
