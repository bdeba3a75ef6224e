"""What planning staff should know of a line: the values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from neixiang_survey_plugin.core.measuring.measures import Point

NO_SECTION = "roads.section"  # missing where a road cannot be cut across, as at a crossroads


class RemarkKind(Enum):
    """What is held against the plan; each is a rule of the rule file by this name."""

    CORRIDOR_BESIDE = "corridor_beside"
    CORRIDOR_OFF = "corridor_off"
    CORRIDOR_OF_OTHER = "corridor_of_other"
    CORRIDOR_DIAMETER = "corridor_diameter"
    CORRIDOR_YEAR = "corridor_year"
    PLANNED_ROAD = "planned_road"
    RED_LINE = "red_line"
    GREEN_LINE = "green_line"
    BLUE_LINE = "blue_line"
    PURPLE_LINE = "purple_line"
    YELLOW_LINE = "yellow_line"
    ORANGE_LINE = "orange_line"
    CONTROL_LINE = "control_line"  # of a kind that nobody wrote down
    LAND_USE = "land_use"
    NOT_PARALLEL = "not_parallel"
    ROAD_SIDE = "road_side"
    ROAD_ORDER = "road_order"


class PlanOutcome(Enum):
    """What a remark comes to; what agrees with the plan is no remark."""

    AGAINST = "against"  # to be changed, or decided on by planning staff
    ASK = "ask"  # the authority of a control line is to be asked
    NOTE = "note"  # of a rule whose figure is not certain: for planning staff to look at
    UNKNOWN = "unknown"  # a fact is missing, or nobody mapped the place


@dataclass(frozen=True, slots=True)
class PlanRemark:
    """One thing that one line's course is held against, and by how much it departs.

    ``from_m`` and ``to_m`` are ellipsoidal metres along the route, ``at`` lies in the county grid.
    ``measured`` and ``limit`` are in ``unit``, None where unknown. ``move_m`` to ``side`` (left or
    right of the line as drawn) would satisfy it. ``other`` is a word for what is met: a utility, a
    use of land, a side of the road. ``missing`` are facts such as ``plan.diameter_mm``.
    """

    kind: RemarkKind
    outcome: PlanOutcome
    route_id: str
    clause: str
    confidence: str
    from_m: float
    to_m: float
    at: Point
    measured: float | None = None
    limit: float | None = None
    unit: str = "m"
    layer: str | None = None
    object_id: str | None = None
    object_name: str | None = None
    authority: str | None = None
    other: str | None = None
    move_m: float | None = None
    side: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def remark_id(self) -> str:
        """What tells it from all others of one check: who, of which kind, by what, where."""
        met = self.object_id or self.layer or ""
        return f"{self.route_id}/{self.kind.value}/{met}@{self.from_m:.1f}"


@dataclass(frozen=True, slots=True)
class CorridorMetres:
    """How much of a line lies within its utility's planned corridors, beside them and off them.

    Metres on the ellipsoid, each place once. ``off_m`` runs along a corridor and apart from it;
    what runs along none is in no figure. All are None without planned corridors to hold it against.
    """

    within_m: float | None
    beside_m: float | None
    off_m: float | None


@dataclass(frozen=True, slots=True)
class PlanOfRoute:
    """One line against the plan: its remarks along its course."""

    route_id: str
    utility: str
    case_id: str | None
    length_m: float
    corridor: CorridorMetres
    remarks: tuple[PlanRemark, ...]

    @property
    def agrees(self) -> bool:
        """Whether nothing is against the plan, to be asked or unknown; notes do not count."""
        return all(one.outcome is PlanOutcome.NOTE for one in self.remarks)


def in_order(remarks: Iterable[PlanRemark]) -> tuple[PlanRemark, ...]:
    """Remarks of one line as they are listed: the grave ones first, then along the line."""
    outcomes, kinds = [*PlanOutcome], [*RemarkKind]
    return tuple(
        sorted(
            remarks,
            key=lambda one: (
                outcomes.index(one.outcome),
                one.from_m,
                kinds.index(one.kind),
                one.object_id or "",
            ),
        )
    )
