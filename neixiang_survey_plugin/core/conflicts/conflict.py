"""Where a line comes too near to another, to a building or to the surface: the values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from neixiang_survey_plugin.core.measuring.measures import Point


class ConflictKind(Enum):
    """What is wrong between a route and something else."""

    HORIZONTAL = "horizontal_clearance"
    VERTICAL = "vertical_clearance"
    COVER = "cover"
    STACKED = "stacked"
    BUILDING = "to_building"
    OBSTACLE = "to_obstacle"
    OVERLAP = "overlap"


class ConflictOutcome(Enum):
    """What a conflict comes to; what passes is no conflict."""

    FAIL = "fail"
    WAIVABLE = "waivable"
    UNKNOWN = "unknown"


class Remark(Enum):
    """What somebody who settles a conflict should know."""

    WATER_BELOW_SEWER = "water_below_sewer"
    STRICTER_STANDARD = "stricter_standard"
    ABOVE_GROUND = "above_ground"
    TRIAL_HOLE = "trial_hole"
    OWN_BUILDING_UNCERTAIN = "own_building_uncertain"


class Conflict(NamedTuple):
    """One stretch or place of route ``a`` that is too near to ``b``, or may be.

    ``from_m`` and ``to_m`` are ellipsoidal metres along ``a``; ``measured_m`` and ``required_m``
    planar metres between outer walls (cover: to the top), None where unknown; ``at`` lies in the
    county grid. ``b_word`` is b's utility, kind of obstacle or kind of surface. ``missing`` are
    facts such as ``b.diameter_mm``. ``move_m`` to ``side`` (left or right of a as drawn) or
    ``deeper_m`` would settle it. ``borderline``: the position accuracy of b, ``uncertainty_m``,
    could turn the outcome; None where nobody knows that accuracy.
    """

    kind: ConflictKind
    a: str
    b: str
    b_layer: str
    b_word: str | None
    measured_m: float | None
    required_m: float | None
    outcome: ConflictOutcome
    confidence: str | None
    clause: str
    from_m: float
    to_m: float
    at: Point
    yields: str | None
    missing: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    needs_confirmation: bool = False
    borderline: bool = False
    uncertainty_m: float | None = None
    move_m: float | None = None
    side: str | None = None
    deeper_m: float | None = None
    angle_deg: float | None = None

    @property
    def conflict_id(self) -> str:
        """What tells it from all others of one check: who, what, of which kind, where."""
        return f"{self.a}/{self.b}/{self.kind.value}@{self.from_m:.1f}"

    def is_of(self, route_ids: Collection[str]) -> bool:
        """Whether one of some lines has a part in it."""
        return self.a in route_ids or (self.b_layer == "routes" and self.b in route_ids)

    @property
    def short_m(self) -> float:
        """How much is missing to the figure; 0 where either is unknown."""
        if self.measured_m is None or self.required_m is None:
            return 0.0
        return max(self.required_m - self.measured_m, 0.0)


class NotJudgedReason(Enum):
    """Why conflicts of a route with a layer were not looked for."""

    NO_LAYER = "no_layer"
    OUTSIDE_COVERAGE = "outside_coverage"
    CROWDED = "crowded"  # more neighbours than anybody can settle: only some were judged


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A layer that a route was not, or not wholly, held against; None stands for every route."""

    route_id: str | None
    layer: str
    reason: NotJudgedReason


def conflict_report(conflict: Conflict) -> dict[str, Any]:
    """One conflict of the public JSON; figures are not rounded, what is unknown is null."""
    return {
        "kind": conflict.kind.value,
        "a": conflict.a,
        "b": conflict.b,
        "b_layer": conflict.b_layer,
        "measured_m": conflict.measured_m,
        "required_m": conflict.required_m,
        "outcome": conflict.outcome.value,
        "confidence": conflict.confidence,
        "from_m": conflict.from_m,
        "to_m": conflict.to_m,
        "at": list(conflict.at),
        "yields": conflict.yields,
        "clause": conflict.clause,
        "missing": list(conflict.missing),
        "remarks": [remark.value for remark in conflict.remarks],
        "needs_confirmation": conflict.needs_confirmation,
        "borderline": conflict.borderline,
        "uncertainty_m": conflict.uncertainty_m,
        "move_m": conflict.move_m,
        "side": conflict.side,
        "deeper_m": conflict.deeper_m,
        "angle_deg": conflict.angle_deg,
        "conflict_id": conflict.conflict_id,
    }
