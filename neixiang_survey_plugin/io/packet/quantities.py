"""The quantities of a packet as a spreadsheet: trench, road by pavement, green by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from neixiang_survey_plugin.app.wording import quantities as words
from neixiang_survey_plugin.app.wording.words import road_class_words, utility_words
from neixiang_survey_plugin.core.measuring.quantities import (
    GreenQuantity,
    Quantities,
    RoadQuantity,
    TrenchQuantity,
)
from neixiang_survey_plugin.io.workbook import Cell, WorkSheet, workbook

_R = TypeVar("_R")
_Row = tuple[Cell, ...]


def quantities_workbook(title: str, found: Quantities) -> bytes:
    """Three sheets, each with a subtotal a utility, pavement or kind; unknown cells are empty."""
    utilities = {one.route_id: utility_words(one.utility) for one in found.trenches}
    return workbook(
        [
            WorkSheet("沟槽", f"{title} 沟槽", words.TRENCH_HEADINGS, _trenches(found.trenches)),
            WorkSheet("道路", f"{title} 挖路", words.ROAD_HEADINGS, _roads(found.roads, utilities)),
            WorkSheet(
                "绿地", f"{title} 占绿", words.GREEN_HEADINGS, _greens(found.greens, utilities)
            ),
        ]
    )


def _trenches(rows: Sequence[TrenchQuantity]) -> list[_Row]:
    def row(one: TrenchQuantity) -> _Row:
        utility = utility_words(one.utility)
        return utility, one.route_id, one.open_m, one.width_m, one.area_m2, one.bored_m

    return list(_with_totals(rows, lambda one: utility_words(one.utility), row, (2, 4, 5)))


def _roads(rows: Sequence[RoadQuantity], utilities: dict[str, str]) -> list[_Row]:
    def row(one: RoadQuantity) -> _Row:
        return (
            words.pavement_kind_words(one.pavement),
            words.surface_words(one.surface_kind),
            one.road.name,
            one.road.road_id,
            road_class_words(one.road.road_class),
            utilities[one.route_id],
            one.route_id,
            one.length_m,
            one.width_m,
            one.area_m2,
        )

    return list(
        _with_totals(rows, lambda one: words.pavement_kind_words(one.pavement), row, (7, 9))
    )


def _greens(rows: Sequence[GreenQuantity], utilities: dict[str, str]) -> list[_Row]:
    def row(one: GreenQuantity) -> _Row:
        return (
            words.green_kind_words(one.green_kind),
            one.name,
            one.green_id,
            utilities[one.route_id],
            one.route_id,
            one.length_m,
            one.width_m,
            one.area_m2,
        )

    return list(_with_totals(rows, lambda one: words.green_kind_words(one.green_kind), row, (5, 7)))


def _with_totals(
    rows: Sequence[_R],
    kind: Callable[[_R], str],
    cells: Callable[[_R], _Row],
    summed: Sequence[int],
) -> Iterator[_Row]:
    """The rows by kind, and after each kind a row with what its columns come to."""
    for name, members in groupby(sorted(rows, key=kind), kind):
        group = [cells(one) for one in members]
        yield from group
        total: list[Cell] = [None] * len(group[0])
        total[0], total[1] = name, words.TOTAL_WORD
        for column in summed:
            total[column] = _sum([row[column] for row in group])
        yield tuple(total)


def _sum(cells: Sequence[Cell]) -> float | None:
    """The sum; unknown where one is."""
    figures = [cell for cell in cells if isinstance(cell, float)]
    return sum(figures) if len(figures) == len(cells) else None
