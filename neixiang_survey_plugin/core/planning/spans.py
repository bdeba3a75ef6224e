"""Stretches along one line: joined, and taken away from each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Span = tuple[float, float]


def joined(spans: Iterable[Span], gap_m: float) -> list[Span]:
    """Spans in order, those that overlap or are at most ``gap_m`` apart as one."""
    found: list[Span] = []
    for low, high in sorted(spans):
        if found and low - found[-1][1] <= gap_m:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


def without(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    """What is left of spans outside of others, which are in order and apart."""
    found: list[Span] = []
    for low, high in spans:
        for begin, end in taken:
            if end <= low or begin >= high:
                continue
            if begin > low:
                found.append((low, begin))
            low = end
        if low < high:
            found.append((low, high))
    return found


def total_m(spans: Iterable[Span]) -> float:
    """The metres of spans that are apart."""
    return sum((high - low for low, high in spans), 0.0)
