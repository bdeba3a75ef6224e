"""Who shares an excavation with whom: all that may, without gas, or in two trenches."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from enum import Enum

from neixiang_survey_plugin.core.trenching.rules import Share, TrenchRules

# Which excavation each line lies in, by the line's place.
Partition = tuple[int, ...]


class Variant(Enum):
    """How a proposal brings routes together."""

    ALL = "all"  # all that may share one trench do
    WITHOUT_GAS = "without_gas"  # gas keeps a trench of its own
    TWO_TRENCHES = "two_trenches"
    IN_PLACE = "in_place"  # every line stays where it was drawn; one closure, one works window


def partitions(utilities: Sequence[str], rules: TrenchRules) -> dict[Variant, Partition]:
    """The ways to part lines into excavations, each way once.

    A way that comes to the same as one before it is left out; ``IN_PLACE`` parts nothing and is
    not among them.
    """
    found: dict[Variant, Partition] = {Variant.ALL: _as_many_as_may(utilities, rules)}
    if "gas" in utilities:
        found[Variant.WITHOUT_GAS] = _without_gas(utilities, rules)
    two = _in_two(utilities, rules)
    if two is not None:
        found[Variant.TWO_TRENCHES] = two
    once: dict[Variant, Partition] = {}
    for variant, partition in found.items():
        if partition not in once.values():
            once[variant] = partition
    return once


def discouraged(utilities: Sequence[str], rules: TrenchRules) -> int:
    """How many pairs of some lines the standards advise against putting together."""
    pairs = itertools.combinations(utilities, 2)
    cells = (rules.pair(one, other) for one, other in pairs)
    return sum(cell is not None and cell.share is Share.DISCOURAGED for cell in cells)


def _as_many_as_may(utilities: Sequence[str], rules: TrenchRules) -> Partition:
    """The largest set that may share, then the largest of the rest, and so on."""
    rest = list(range(len(utilities)))
    blocks: list[tuple[int, ...]] = []
    while rest:
        block = next(_sharing(rest, utilities, rules))
        blocks.append(block)
        rest = [row for row in rest if row not in block]
    return _numbered(blocks, len(utilities))


def _sharing(
    rows: Sequence[int], utilities: Sequence[str], rules: TrenchRules
) -> Iterator[tuple[int, ...]]:
    """Every set of lines that may share, the largest first, then the least discouraged."""
    for size in range(len(rows), 0, -1):
        sets = [
            chosen
            for chosen in itertools.combinations(rows, size)
            if rules.may_share([utilities[row] for row in chosen])
        ]
        yield from sorted(
            sets, key=lambda chosen: discouraged([utilities[row] for row in chosen], rules)
        )


def _without_gas(utilities: Sequence[str], rules: TrenchRules) -> Partition:
    others = [row for row, utility in enumerate(utilities) if utility != "gas"]
    parted = _as_many_as_may([utilities[row] for row in others], rules)
    blocks: dict[int, tuple[int, ...]] = {}
    for row, block in zip(others, parted, strict=True):
        blocks[block] = (*blocks.get(block, ()), row)
    alone = [(row,) for row, utility in enumerate(utilities) if utility == "gas"]
    return _numbered([*blocks.values(), *alone], len(utilities))


def _in_two(utilities: Sequence[str], rules: TrenchRules) -> Partition | None:
    """Two trenches of two lines or more: the least discouraged, then the most even."""
    rows = range(len(utilities))
    found = []
    for size in range(2, len(utilities) // 2 + 1):
        for chosen in itertools.combinations(rows, size):
            parts = chosen, tuple(row for row in rows if row not in chosen)
            words = [[utilities[row] for row in part] for part in parts]
            if all(rules.may_share(one) for one in words):
                against = sum(discouraged(one, rules) for one in words)
                found.append((against, -size, parts))
    return _numbered(list(min(found)[2]), len(utilities)) if found else None


def _numbered(blocks: Sequence[tuple[int, ...]], count: int) -> Partition:
    """Excavations numbered in the order of their first line, so that equal ways are equal."""
    home = {row: number for number, block in enumerate(sorted(blocks, key=min)) for row in block}
    return tuple(home[row] for row in range(count))
