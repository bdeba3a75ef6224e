"""What was put right in a layer on its way into the county, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.core.repair.repairs import Figures, Outcome, Repair, Trouble
from neixiang_survey_plugin.core.repair.texts import TextRepair

MOST_LISTED = 1_000  # in a report for other programs; the file beside the layer has them all


@dataclass(frozen=True)
class NamedRepair:
    """A repair with the identifiers of its feature and of the other one; rows from 0."""

    repair: Repair
    object_id: str | None
    other_id: str | None = None


@dataclass(frozen=True)
class HeightsLeft:
    """How many features had heights, which were not taken over, and the range of these, in metres.

    ``measured`` counts the features with values M.
    """

    features: int
    lowest_m: float | None
    highest_m: float | None
    measured: int


@dataclass(frozen=True)
class RepairReport:
    """Everything that was found at the shapes and the texts of one layer.

    ``set_aside`` counts the features that are not in the layer. ``cut_off``: more areas overlap
    than are listed. ``file`` is the list beside the layer, None for a preview.
    """

    shapes: tuple[NamedRepair, ...] = ()
    texts: tuple[TextRepair, ...] = ()
    heights: HeightsLeft | None = None
    set_aside: int = 0
    cut_off: bool = False
    file: str | None = None

    @property
    def counts(self) -> tuple[tuple[Trouble, Outcome, int], ...]:
        """How many of each kind, in the order in which they are told."""
        found = Counter((one.repair.trouble, one.repair.outcome) for one in self.shapes)
        order = list(Trouble)
        ranked = sorted(found.items(), key=lambda item: order.index(item[0][0]))
        return tuple((trouble, outcome, count) for (trouble, outcome), count in ranked)


def named_repairs(repairs: Sequence[Repair], ids: Sequence[Any]) -> tuple[NamedRepair, ...]:
    """The repairs with the identifiers of their rows."""
    return tuple(
        NamedRepair(
            one, _name(ids[one.row]), None if one.other_row is None else _name(ids[one.other_row])
        )
        for one in repairs
    )


def repairs_json(report: RepairReport) -> dict[str, Any]:
    """The repairs as ``county import --json`` writes them; its keys are public, rows from 1."""
    heights = report.heights
    return {
        "counts": [
            {"trouble": trouble.value, "outcome": outcome.value, "count": count}
            for trouble, outcome, count in report.counts
        ],
        "set_aside": report.set_aside,
        "shapes": [_shape(one) for one in report.shapes[:MOST_LISTED]],
        "texts": [
            {"row": one.row + 1, "field": one.field, "before": one.before, "after": one.after}
            for one in report.texts[:MOST_LISTED]
        ],
        "listed_whole": max(len(report.shapes), len(report.texts)) <= MOST_LISTED
        and not report.cut_off,
        "heights": None
        if heights is None
        else {
            "features": heights.features,
            "lowest_m": heights.lowest_m,
            "highest_m": heights.highest_m,
            "measured": heights.measured,
        },
        "file": report.file,
    }


def _shape(named: NamedRepair) -> dict[str, Any]:
    repair = named.repair
    return {
        "row": repair.row + 1,
        "object_id": named.object_id,
        "trouble": repair.trouble.value,
        "outcome": repair.outcome.value,
        "reason": repair.reason,
        "before": _figures(repair.before),
        "after": None if repair.after is None else _figures(repair.after),
        "at": None if repair.at is None else list(repair.at),
        "other_row": None if repair.other_row is None else repair.other_row + 1,
        "other_id": named.other_id,
        "amount": repair.amount,
        "other_area_m2": repair.other_area_m2,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return figures._asdict()


def _name(cell: Any) -> str | None:
    return None if cell is None else str(cell)
