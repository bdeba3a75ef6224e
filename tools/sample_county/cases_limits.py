"""Cases about the three figures: crossing, length and green, on the limit and just over it."""

from __future__ import annotations

import math

from sample_county.case_kit import Draft, Spot, row_at
from sample_county.truth import grid_factor

_CROSSING_LIMIT_M = 15.0
_GREEN_LIMIT_M2 = 20.0


def limit_drafts() -> list[Draft]:
    """One line each."""
    return [
        _plain(),
        _slanting(row_at(4680, 4070), _CROSSING_LIMIT_M, "commitment", "exactly on the limit"),
        _slanting(row_at(5010, 4070), 15.001, "joint", "one millimetre over the limit"),
        _long(row_at(4370, 2660), 200.0, "commitment", "exactly on the limit"),
        _long(row_at(5010, 2660), 200.001, "joint", "one millimetre over the limit"),
        _in_green(row_at(4360, 2430), _GREEN_LIMIT_M2, "commitment", "exactly on the limit"),
        _in_green(row_at(4670, 2430), 20.0001, "joint", "one square centimetre over the limit"),
        _twice_over(),
        _doubling_back(),
        _along(),
        _into(),
        _touching_at_a_point(),
    ]


def _plain() -> Draft:
    return Draft(
        "water", row_at(4330, 4070), [(0, 30), (0, -14)],
        "way: commitment", "commitment",
        "crosses one old local road 12 m wide, square to it; nothing else is met",
    )  # fmt: skip


def _slanting(spot: Spot, length_m: float, verdict: str, how: str) -> Draft:
    """Across a road 12 m wide, slanting just so much that the stretch has the length given."""
    half_m = 6.0
    grid_m = length_m * grid_factor(spot.at, spot.at)
    slope = math.sqrt(grid_m**2 - (2 * half_m) ** 2) / (2 * half_m)
    fails = () if verdict == "commitment" else ("crossing_length:fail",)
    return Draft(
        "gas", spot, [(30 * slope, 30), (-14 * slope, -14)],
        f"crossing {length_m:.3f} m", verdict,
        f"slants across a road 12 m wide so that the stretch inside is {how}",
        fails,
    )  # fmt: skip


def _long(spot: Spot, length_m: float, verdict: str, how: str) -> Draft:
    """Beside a road and across it; the first point is placed so that the sum is exact."""
    fails = () if verdict == "commitment" else ("line_length:fail",)
    return Draft(
        "water", spot, [(-85, 24), (-85, 10), (80, 10), (80, -11)],
        f"length {length_m:.3f} m", verdict,
        f"the sum over its stretches of grid length / scale factor is {how}",
        fails, exact_length_m=length_m,
    )  # fmt: skip


def _in_green(spot: Spot, area_m2: float, verdict: str, how: str) -> Draft:
    """Across a road into a green strip, ending so deep in it that strip times depth is exact."""
    width_m = 1.6
    depth_m = area_m2 * grid_factor(spot.at, spot.at) ** 2 / width_m
    fails = () if verdict == "commitment" else ("green_area:fail",)
    return Draft(
        "water", spot, [(0, -30), (0, 7 + depth_m)],
        f"green {area_m2:.4f} m2", verdict,
        f"its working strip of 1.6 m ends in a green strip so deep that the area is {how}",
        fails, fields={"working_width_m": width_m}, greens=((-30, 30, 7, 31),),
    )  # fmt: skip


def _twice_over() -> Draft:
    return Draft(
        "power", row_at(5320, 2520), [(-22, -26), (-22, 10), (20, 10), (20, -12)],
        "two crossings add up", "joint",
        "crosses a road of 9 m there and back again: 18 m; each one alone would pass "
        "(reading across_each: commitment)",
        ("crossing_length:fail",),
    )  # fmt: skip


def _doubling_back() -> Draft:
    return Draft(
        "power", row_at(5650, 3300), [(0, 26), (0, -7), (0, 12)],
        "doubling back on itself", "joint",
        "crosses a road of 8 m and comes back on the same line: 16 m, not 8",
        ("crossing_length:fail",),
    )  # fmt: skip


def _along() -> Draft:
    return Draft(
        "telecom", row_at(5000, 2430), [(-30, 28), (-30, 5.2), (40, 5.2), (40, 18)],
        "road run along", "commitment",
        "enters the sidewalk and leaves it on the same side after 73.6 m, longer than twice the "
        "road's width: along, not across (reading inside: joint)",
    )  # fmt: skip


def _into() -> Draft:
    return Draft(
        "water", row_at(4350, 3360), [(0, 31), (0, -5)],
        "ends at a main in the road", "commitment",
        "enters a road of 14 m and ends at the water main 12 m inside: into, counted like across",
    )  # fmt: skip


def _touching_at_a_point() -> Draft:
    return Draft(
        "telecom", row_at(5020, 3360), [(-20, 30), (0, 7), (20, 30)],
        "red line touched at a point", "commitment",
        "one corner of the line lies on the red line: nothing is crossed",
    )  # fmt: skip
