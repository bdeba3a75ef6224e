"""What may lie together in one trench, in which order and how wide: the rules as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from neixiang_survey_plugin.core.conflicts.clearance_cells import ClearanceRule

# A few nanometres of rounding are no departure from a rule.
TOLERANCE_M = 1e-9


class Share(Enum):
    """Whether two utilities may lie in one excavation."""

    YES = "yes"
    WITH_PROTECTION = "with_protection"
    DISCOURAGED = "discouraged"
    NO = "no"


class Criterion(Enum):
    """A figure by which alternatives are ranked: less is better."""

    CLOSURES = "closures"
    OPENINGS = "openings"
    STRICTER_WAYS = "stricter_ways"  # how many lines take a stricter way than alone
    COST = "cost"
    TRENCH = "trench_m"
    GREEN = "green_m2"
    EARTH = "earth_m3"


@dataclass(frozen=True)
class PairRule:
    """One cell of the compatibility table: two utilities side by side in one excavation.

    ``clear_m`` is the least clear gap between outer walls; ``evidence`` is what a county
    corrected the cell with.
    """

    first: str
    second: str
    share: Share
    clear_m: float
    confidence: str
    clause: str
    source: str
    note: str | None = None
    evidence: str | None = None

    @property
    def pair(self) -> frozenset[str]:
        """The two utilities, in no order."""
        return frozenset((self.first, self.second))


@dataclass(frozen=True)
class SideSpace:
    """The working space beside a pipe of at most this outer diameter (GB 50268 b1)."""

    to_mm: float
    side_m: float


@dataclass(frozen=True)
class TrenchShape:
    """How wide and deep a trench is dug, in metres.

    ``wall_m`` is the earth left standing between two trenches; bottoms that differ by less than
    ``step_from_m`` are dug to one level.
    """

    sides: tuple[SideSpace, ...]
    bedding_m: float
    support_from_m: float
    support_m: float
    wall_m: float
    step_from_m: float

    def depth_m(self, cover_m: float | None, outer_m: float) -> float | None:
        """How deep a trench is dug for a pipe; None where its cover is not known."""
        return None if cover_m is None else cover_m + outer_m + self.bedding_m

    def side_m(self, outer_m: float, depth_m: float | None) -> float:
        """The space on one side of a pipe: b1, and b2 where the trench has to be supported.

        A pipe wider than the table's last row has that row's space. An unknown depth is taken
        as one that needs no support.
        """
        fitting = (one.side_m for one in self.sides if outer_m * 1000.0 <= one.to_mm + TOLERANCE_M)
        space_m = next(fitting, self.sides[-1].side_m)
        supported = depth_m is not None and depth_m > self.support_from_m + TOLERANCE_M
        return space_m + (self.support_m if supported else 0.0)

    def width_m(self, outer_m: float, depth_m: float | None = None) -> float:
        """The width of a trench for what is ``outer_m`` wide from face to face."""
        return outer_m + 2.0 * self.side_m(outer_m, depth_m)


@dataclass(frozen=True)
class Together:
    """When routes belong together, how far one may be moved, how its leads may bend.

    ``window_days`` is how many days may lie between two works for them to be done as one.
    """

    within_m: float
    along_m: float
    same_road_m: float
    window_days: float
    moves_at_most_m: float
    least_angle_deg: float


@dataclass(frozen=True, eq=False)
class TrenchRules:
    """Everything of a trench file, as corrected by the county.

    ``ranking`` puts alternatives in order: the first criterion in which they differ decides.
    """

    rules_id: str
    title: str
    document: str
    edition: str
    pairs: Mapping[frozenset[str], PairRule]
    order: tuple[str, ...]
    shape: TrenchShape
    together: Together
    ranking: tuple[Criterion, ...]
    rules: Mapping[str, ClearanceRule]

    def pair(self, one: str, other: str) -> PairRule | None:
        """The cell of two utilities; None where nobody has said that they may share."""
        return self.pairs.get(frozenset((one, other)))

    def may_share(self, utilities: Sequence[str]) -> bool:
        """Whether every two of some lines may lie in one excavation."""
        return all(
            (rule := self.pair(one, other)) is not None and rule.share is not Share.NO
            for number, one in enumerate(utilities)
            for other in utilities[number + 1 :]
        )

    def departures(self, utilities: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The pairs that stand the other way round than 4.1.3 puts them, from the red line.

        A utility that the order does not name may stand anywhere.
        """
        placed = [one for one in utilities if one in self.order]
        return tuple(
            (one, other)
            for number, one in enumerate(placed)
            for other in placed[number + 1 :]
            if self.order.index(one) > self.order.index(other)
        )

    def rank(self, utility: str) -> int:
        """The place of a utility in the order of 4.1.3; last where it is not named."""
        return self.order.index(utility) if utility in self.order else len(self.order)
