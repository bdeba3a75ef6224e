"""The clearance tables: how far things in the ground must keep from each other, and how deep."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from neixiang_survey_plugin.core.conflicts.clearance_cells import (
    LARGE,
    NO_CELL,
    SURFACES,
    Cell,
    ClearanceRule,
    Requirement,
    Table,
)
from neixiang_survey_plugin.core.conflicts.clearance_classes import class_of_facts, classes
from neixiang_survey_plugin.core.conflicts.clearance_kinds import KINDS, Facts, Kind
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices


@dataclass(frozen=True, eq=False)
class Figures:
    """One table over classes of things: (n, n) metres, 0 where it has none, and cells.

    ``asked`` holds the places that were looked up: lines of a town are of a few classes.
    """

    least_m: Floats
    most_m: Floats
    cell: Indices
    asked: dict[tuple[int, int], Requirement] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class ClearanceTable:
    """Every figure of a clearance file, as corrected by the county."""

    table_id: str
    title: str
    document: str
    cells: tuple[Cell, ...]
    rules: Mapping[str, ClearanceRule]
    largest_diameter_mm: Mapping[str, float]
    least_angle_deg: float = 30.0
    connects_within_m: float = 0.2

    def horizontal(self, one: Facts, other: Facts) -> Requirement:
        """The horizontal clearance of two lines, outer wall to outer wall."""
        return self._between(self.horizontal_figures, one, other)

    def vertical(self, lower: Facts, upper: Facts) -> Requirement:
        """The vertical clearance where two lines cross."""
        return self._between(self.vertical_figures, lower, upper)

    def cover(self, facts: Facts, surface: str) -> Requirement:
        """The cover of a line under a surface, ``walk`` or ``drive``."""
        row, column = class_of_facts(facts), SURFACES.index(surface)
        return self.requirement(self.cover_figures, row, column)

    @functools.cached_property
    def horizontal_figures(self) -> Figures:
        """Table 4.1.9 over classes; symmetric."""
        return self._over_classes(Table.HORIZONTAL)

    @functools.cached_property
    def absolute_figures(self) -> Figures:
        """The least that any measure can reach."""
        return self._over_classes(Table.ABSOLUTE)

    @functools.cached_property
    def sister_figures(self) -> Figures:
        """What other standards ask."""
        return self._over_classes(Table.SISTER)

    @functools.cached_property
    def vertical_figures(self) -> Figures:
        """Table 4.1.14 over classes: the lower line's class first."""
        return self._over_classes(Table.VERTICAL)

    @functools.cached_property
    def cover_figures(self) -> Figures:
        """Table 4.1.1: classes by ``SURFACES``."""
        found = {(cell.first, cell.second): n for n, cell in self._numbered(Table.COVER)}
        cell = np.full((len(KINDS), len(SURFACES)), NO_CELL, dtype=np.intp)
        for (row, kind), (column, surface) in itertools.product(
            enumerate(KINDS), enumerate(SURFACES)
        ):
            hits = (found[key, surface] for key in kind.keys if (key, surface) in found)
            cell[row, column] = next(hits, NO_CELL)
        return Figures(*_by_rows(self._metres(cell), cell))

    def requirement(self, figures: Figures, row: int, column: int) -> Requirement:
        """What stands in one place of a table over classes."""
        found = figures.asked.get((row, column))
        if found is None:
            number = int(figures.cell[row, column])
            found = figures.asked[row, column] = Requirement(
                float(figures.least_m[row, column]),
                float(figures.most_m[row, column]),
                None if number == NO_CELL else self.cells[number],
            )
        return found

    def _between(self, figures: Figures, one: Facts, other: Facts) -> Requirement:
        return self.requirement(figures, class_of_facts(one), class_of_facts(other))

    def _numbered(self, table: Table) -> list[tuple[int, Cell]]:
        return [(n, cell) for n, cell in enumerate(self.cells) if cell.table is table]

    def _metres(self, cell: Indices) -> Floats:
        figure_m = np.array([*(one.figure_m for one in self.cells), 0.0])  # the last is NO_CELL's
        result: Floats = figure_m[cell]
        return result

    def _over_classes(self, table: Table) -> Figures:
        cells: dict[tuple[str, str], list[tuple[int, Cell]]] = {}
        for number, one in self._numbered(table):
            cells.setdefault((one.first, one.second), []).append((number, one))
        cell = np.full((len(KINDS), len(KINDS)), NO_CELL, dtype=np.intp)
        for (row, first), (column, second) in itertools.product(enumerate(KINDS), enumerate(KINDS)):
            cell[row, column] = _find(cells, first, second)
        by_rows = _by_rows(self._metres(cell), cell)
        turned = _by_rows(by_rows[0].T, by_rows[2].T), _by_rows(by_rows[1].T, by_rows[2].T)
        return Figures(turned[0][0].T, turned[1][1].T, turned[1][2].T)


def _find(
    cells: Mapping[tuple[str, str], list[tuple[int, Cell]]], first: Kind, second: Kind
) -> int:
    """The cell of two kinds as it stands, else turned round."""
    large = first.large or second.large
    pairs = [(a, b) for a in first.keys for b in second.keys]
    for pair in pairs + [(b, a) for a, b in pairs]:
        for number, cell in cells.get(pair, ()):
            if cell.when is None or LARGE[cell.when] is large:
                return number
    return NO_CELL


def _by_rows(figure_m: Floats, cell: Indices) -> tuple[Floats, Floats, Indices]:
    """Rows of kinds as rows of classes: the least, the most and the cell of the most."""
    least, most, cells = [], [], []
    columns = np.arange(figure_m.shape[1])
    for members in classes().members:
        own = figure_m[list(members)]
        top = own.argmax(axis=0)
        least.append(own.min(axis=0))
        most.append(own[top, columns])
        cells.append(cell[list(members)][top, columns])
    return np.array(least), np.array(most), np.array(cells)
