"""Labels in a row, moved aside as little as keeps them apart."""

from __future__ import annotations

from collections.abc import Sequence


def spread(
    places_mm: Sequence[float], apart_mm: float, low_mm: float, high_mm: float
) -> list[float]:
    """Where labels stand whose things are at some rising places: in order, so far apart at least.

    Those that are too near move to both sides, so that the squares of all ways are least. They
    stay between two ends; where there are too many for that they stand closer, all alike.
    """
    count = len(places_mm)
    if count > 1:
        apart_mm = min(apart_mm, (high_mm - low_mm) / (count - 1))
    # Neighbours that would overlap form one block about their middle (isotonic regression).
    blocks: list[tuple[float, int]] = []
    for number, place_mm in enumerate(places_mm):
        total, members = place_mm - number * apart_mm, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / members:
            before, more = blocks.pop()
            total, members = total + before, members + more
        blocks.append((total, members))
    found = [total / members for total, members in blocks for _ in range(members)]
    last_mm = high_mm - (count - 1) * apart_mm
    return [min(max(one, low_mm), last_mm) + k * apart_mm for k, one in enumerate(found)]
