"""One figure of a clearance table, and one rule in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

NO_CELL = -1


# Recollected or contested figures: a line is never failed by them.
UNCERTAIN = frozenset("DX")


class Table(Enum):
    """The tables of a clearance file."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"  # the first key lies below
    COVER = "cover"  # key, then walk or drive
    ABSOLUTE = "absolute"
    SISTER = "sisters"


@dataclass(frozen=True)
class Cell:
    """One figure of a table, in metres, with where it stands and how sure it is.

    ``when`` parts a pair by diameter or voltage; ``standard`` names a sister standard;
    ``evidence`` is what a county corrected the figure with.
    """

    table: Table
    first: str
    second: str
    figure_m: float
    confidence: str
    clause: str
    source: str
    when: str | None = None
    note: str | None = None
    standard: str | None = None
    evidence: str | None = None

    @property
    def place(self) -> tuple[Table, str, str, str | None]:
        """What tells the cell from all others."""
        return self.table, self.first, self.second, self.when


@dataclass(frozen=True)
class ClearanceRule:
    """One rule in words, with its worked examples."""

    rule_id: str
    text: str
    clause: str
    source: str
    confidence: str
    passing: Mapping[str, object]
    failing: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a pair is asked: between ``least_m`` and ``most_m``, alike where all is known.

    ``cell`` is the figure of the strictest kind left open; None where the table has none.
    """

    least_m: float
    most_m: float
    cell: Cell | None

    @property
    def known(self) -> bool:
        """Whether one figure holds whatever else may be found out."""
        return self.least_m == self.most_m


SURFACES = ("walk", "drive")


LARGE = {"dn_over_300": True, "from_35_kv": True, "dn_to_300": False, "below_35_kv": False}
