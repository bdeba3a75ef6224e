"""Streets that were opened twice: dug up again soon after the works before were over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Opening:
    """Works in one street from one day to another; ``built`` where somebody surveyed them after.

    Works in one street that overlap in time are one opening: the street is closed once.
    """

    road_id: str
    name: str | None
    route_ids: tuple[str, ...]
    begins: date
    ends: date
    built: bool


@dataclass(frozen=True)
class Reopening:
    """A street that was opened again: the works before, the works after, the days between."""

    before: Opening
    after: Opening

    @property
    def days_between(self) -> int:
        """Days from the end of the works before to the begin of the works after."""
        return (self.after.begins - self.before.ends).days


def find_reopenings(openings: Iterable[Opening], within_days: int) -> tuple[Reopening, ...]:
    """Every street that was opened again within so many days, in the order of the works after."""
    streets: dict[str, list[Opening]] = defaultdict(list)
    for one in openings:
        streets[one.road_id].append(one)
    found = [
        Reopening(before, after)
        for works in streets.values()
        for before, after in pairwise(_each_once(works))
        if (after.begins - before.ends).days <= within_days
    ]
    return tuple(sorted(found, key=lambda one: (one.after.begins, one.after.road_id)))


def _each_once(works: Iterable[Opening]) -> list[Opening]:
    """Works of one street with those that overlap or follow on each other's day as one."""
    merged: list[Opening] = []
    for one in sorted(works, key=lambda one: (one.begins, one.ends, one.route_ids)):
        if merged and one.begins <= merged[-1].ends:
            last = merged[-1]
            merged[-1] = replace(
                last,
                route_ids=tuple(sorted({*last.route_ids, *one.route_ids})),
                ends=max(last.ends, one.ends),
                built=last.built and one.built,
            )
        else:
            merged.append(one)
    return merged
