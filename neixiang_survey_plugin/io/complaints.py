"""What is wrong with one layer, row by row, in sentences that name the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import Column

_MOST_ROWS = 20


class Complaints:
    """Gathers the problems of one layer; of its rows the first twenty are spelled out."""

    def __init__(
        self, path: Path, layer: str, fids: NDArray[np.int64] | None = None, first_row: int = 0
    ) -> None:
        self._place = f"{path}: 图层 {layer}"
        self._fids = fids
        self._first_row = first_row
        self._ids: Column | None = None
        self._id_field = ""
        self._of_layer: list[str] = []
        self._of_rows: list[tuple[int, str]] = []
        self._row_count = 0

    def __bool__(self) -> bool:
        return bool(self._of_layer or self._of_rows)

    def name_rows(self, id_field: str, ids: Column) -> None:
        """From here on a row is named by its identifier too."""
        self._id_field, self._ids = id_field, ids

    def layer(self, sentence: str) -> None:
        """Keep a problem of the layer as a whole."""
        self._of_layer.append(sentence)

    def rows(self, rows: Sequence[int] | NDArray[np.intp], say: Callable[[int], str]) -> None:
        """Keep the same kind of problem of several rows, counted from 0."""
        self._row_count += len(rows)
        self._of_rows.extend((int(row), say(int(row))) for row in islice(rows, _MOST_ROWS))

    def reasons(self, reasons: Mapping[int, str]) -> None:
        """Keep a problem of several rows, each with its own words."""
        self.rows(sorted(reasons), lambda row: reasons[row])

    def sentences(self) -> list[str]:
        """Every problem as one sentence, those of rows in the order of the rows."""
        spelled = sorted(self._of_rows, key=lambda problem: problem[0])[:_MOST_ROWS]
        said = [f"{self._place}: {sentence}" for sentence in self._of_layer]
        said += [f"{self._place} {self.row_name(row)}: {sentence}" for row, sentence in spelled]
        if self._row_count > len(spelled):
            said.append(f"{self._place}: 还有 {self._row_count - len(spelled)} 处这样的问题")
        return said

    def raise_if_any(self) -> None:
        """Raise one SurveyError that holds all problems; do nothing when there are none."""
        if self:
            raise SurveyError(self.sentences())

    def row_name(self, row: int) -> str:
        """A row by its number in the file from 1, its feature number and its identifier."""
        names = [] if self._fids is None else [f"fid {self._fids[row]}"]
        if self._ids is not None and self._ids[row] is not None:
            names.append(f"{self._id_field} {self._ids[row]}")
        return f"第 {self._first_row + row + 1} 行" + (f"（{'，'.join(names)}）" if names else "")
