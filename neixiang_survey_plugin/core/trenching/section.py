"""Lines side by side: the statutory order from the red line, and the narrowest of all orders."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from neixiang_survey_plugin.core.measuring.polylines import Floats
from neixiang_survey_plugin.core.trenching.rules import TOLERANCE_M, TrenchRules

# 8 lines have 40,320 orders, most of which are never looked at; nobody digs for more at once.
MOST_LINES = 8


class GapKind(Enum):
    """What asks for a clear gap."""

    TABLE = "table"  # the clearances of two lines, wherever they lie
    PAIR = "pair"  # the two utilities in one excavation
    EARTH = "earth"  # two excavations: their working spaces and the earth between them


@dataclass(frozen=True, slots=True)
class GapRule:
    """Why two lines keep their gap: what asks for it, by which clause."""

    kind: GapKind
    clause: str | None = None


@dataclass(frozen=True)
class Lineup:
    """Lines to be put side by side, in no order yet.

    ``outer_m`` are their widths, ``gap_m`` (n, n) the least clear gap of every two, ``trench``
    the excavation of each: lines of one excavation stay side by side. Metres on the grid.
    ``why`` says what asks for the gap of two rows, the lower one first.
    """

    utilities: tuple[str, ...]
    outer_m: tuple[float, ...]
    gap_m: Floats
    trench: tuple[int, ...]
    why: Mapping[tuple[int, int], GapRule] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many lines."""
        return len(self.utilities)


@dataclass(frozen=True)
class Arrangement:
    """Lines in one order, as near to each other as every pair allows.

    ``order`` are rows of the lineup from the red line outwards, ``left_m`` the face towards the
    red line of each of them, from the first one's; ``width_m`` is from outer face to outer face.
    """

    order: tuple[int, ...]
    left_m: tuple[float, ...]
    width_m: float


def arrange(lineup: Lineup, order: Sequence[int]) -> Arrangement:
    """The lines in an order, every pair's clearance kept, not only that of neighbours.

    Taking each line as near as the ones before it allow is narrowest for a given order. Levels
    count for nothing: 4.1.9 is a horizontal distance.
    """
    left_m: list[float] = []
    for place, row in enumerate(order):
        left_m.append(_next_left_m(lineup, order[:place], left_m, row))
    width_m = left_m[-1] + lineup.outer_m[order[-1]] if order else 0.0
    return Arrangement(tuple(order), tuple(left_m), width_m)


def _next_left_m(lineup: Lineup, order: Sequence[int], left_m: Sequence[float], row: int) -> float:
    """How near a line may come to those that stand already."""
    return max(
        (
            left + lineup.outer_m[other] + float(lineup.gap_m[other, row])
            for other, left in zip(order, left_m, strict=True)
        ),
        default=0.0,
    )


def binding(lineup: Lineup, arrangement: Arrangement) -> tuple[tuple[int, int], ...]:
    """The neighbours in the arrangement, as places in it, whose gaps make it as wide as it is.

    From the first line to the last: the widths of these lines and the gaps between them add up
    to the whole width. Of two lines that hold one back the nearer one counts.
    """
    links: list[tuple[int, int]] = []
    order, left_m = arrangement.order, arrangement.left_m
    place = len(order) - 1
    while place > 0:
        holding = (
            before
            for before in range(place - 1, -1, -1)
            if left_m[before]
            + lineup.outer_m[order[before]]
            + float(lineup.gap_m[order[before], order[place]])
            >= left_m[place] - TOLERANCE_M
        )
        before = next(holding)
        links.append((before, place))
        place = before
    return tuple(reversed(links))


def statutory(lineup: Lineup, rules: TrenchRules) -> Arrangement:
    """The lines in the order of 4.1.3; lines of one excavation stay together all the same."""
    ranks = [rules.rank(utility) for utility in lineup.utilities]
    first = {
        trench: min(rank for rank, own in zip(ranks, lineup.trench, strict=True) if own == trench)
        for trench in set(lineup.trench)
    }
    rows = range(len(lineup))
    order = sorted(
        rows, key=lambda row: (first[lineup.trench[row]], lineup.trench[row], ranks[row])
    )
    return arrange(lineup, order)


def narrowest(lineup: Lineup, rules: TrenchRules) -> Arrangement:
    """The narrowest of all orders; of several, the one nearest to 4.1.3.

    ValueError for more than ``MOST_LINES`` lines.
    """
    if len(lineup) > MOST_LINES:
        raise ValueError(f"{len(lineup)} lines have too many orders to be searched.")
    best = statutory(lineup, rules)
    departs = _departures(lineup, best, rules)
    search = _Search(lineup, best.width_m)
    for found in search.better():
        own = _departures(lineup, found, rules)
        if found.width_m < best.width_m - TOLERANCE_M or own < departs:
            best, departs = found, own
    return best


def _departures(lineup: Lineup, arrangement: Arrangement, rules: TrenchRules) -> int:
    return len(rules.departures([lineup.utilities[row] for row in arrangement.order]))


class _Search:
    """Depth first over all orders, leaving a branch that can no longer be narrower."""

    def __init__(self, lineup: Lineup, width_m: float) -> None:
        self._lineup = lineup
        self._least_m = width_m

    def better(self) -> Iterator[Arrangement]:
        """Orders that are no wider than any before, the widest first."""
        yield from self._extend([], [])

    def _extend(self, order: list[int], left_m: list[float]) -> Iterator[Arrangement]:
        lineup = self._lineup
        if len(order) == len(lineup):
            width_m = left_m[-1] + lineup.outer_m[order[-1]] if order else 0.0
            self._least_m = min(self._least_m, width_m)
            yield Arrangement(tuple(order), tuple(left_m), width_m)
            return
        for row in self._next_rows(order):
            left = _next_left_m(lineup, order, left_m, row)
            if left + self._rest_m(order) <= self._least_m + TOLERANCE_M:
                yield from self._extend([*order, row], [*left_m, left])

    def _next_rows(self, order: list[int]) -> Iterator[int]:
        """The lines that may come next: an excavation is finished before another begins."""
        trench = self._lineup.trench
        rest = [row for row in range(len(self._lineup)) if row not in order]
        same = [row for row in rest if order and trench[row] == trench[order[-1]]]
        yield from same or rest

    def _rest_m(self, order: list[int]) -> float:
        """The least width of what does not stand yet."""
        return math.fsum(
            outer for row, outer in enumerate(self._lineup.outer_m) if row not in order
        )
