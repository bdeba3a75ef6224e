"""The cross-section: worked figures, and the narrowest held against brute force."""

from __future__ import annotations

import functools
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.core.trenching.section import (
    MOST_LINES,
    Lineup,
    arrange,
    binding,
    narrowest,
    statutory,
)
from neixiang_survey_plugin.io.trench_file import load_trench_rules

# The widths and gaps of the worked example: water and gas 0.11, a power bank of 0.40, a telecom
# bank of 0.25, twin heat pipes of 0.65; gaps of table 4.1.9 with cables in ducts.
OUTER_M = {"water": 0.11, "gas": 0.11, "power": 0.40, "telecom": 0.25, "heat": 0.65}
GAPS_M = {
    "water power": 0.5,
    "water telecom": 1.0,
    "water gas": 0.5,
    "water heat": 1.5,
    "power telecom": 0.5,
    "power gas": 1.0,
    "telecom gas": 1.0,
    "gas heat": 1.0,
    "power heat": 2.0,
    "telecom heat": 1.0,
}


@functools.cache
def rules() -> TrenchRules:
    return load_trench_rules()


def gap_m(one: str, other: str) -> float:
    return GAPS_M.get(f"{one} {other}") or GAPS_M.get(f"{other} {one}") or 0.0


def lineup(*utilities: str, trench: tuple[int, ...] = ()) -> Lineup:
    gaps = np.array([[gap_m(one, other) for other in utilities] for one in utilities])
    widths = tuple(OUTER_M[utility] for utility in utilities)
    return Lineup(utilities, widths, gaps, trench or (0,) * len(utilities))


def brute_force_width_m(lines: Lineup) -> float:
    """The least over every order, each as the longest way through its own constraints."""

    def width_m(order: tuple[int, ...]) -> float:
        right = dict.fromkeys(order, 0.0)
        for _ in order:  # Bellman-Ford: as many rounds as lines
            for a, b in itertools.combinations(order, 2):
                right[a] = max(right[a], lines.outer_m[a])
                right[b] = max(
                    right[b],
                    right[a] + float(lines.gap_m[a, b]) + lines.outer_m[b],
                    lines.outer_m[b],
                )
        return max(right.values(), default=0.0) if len(order) > 1 else lines.outer_m[order[0]]

    def whole(order: tuple[int, ...]) -> bool:
        trenches = [lines.trench[row] for row in order]
        return len([1 for _ in itertools.groupby(trenches)]) == len(set(trenches))

    orders = itertools.permutations(range(len(lines)))
    return min(width_m(order) for order in orders if whole(order))


@pytest.mark.parametrize(
    ("utilities", "width_m"),
    [
        ("heat gas water power telecom", 4.02),
        ("water gas", 0.72),
        ("water power", 1.01),
        ("power telecom", 1.15),
        ("water telecom", 1.36),
        ("water power telecom", 1.76),
        ("gas heat", 1.76),
        ("water heat", 2.26),
        ("water power telecom gas", 2.37),
    ],
)
def test_the_narrowest_section_has_the_worked_width(utilities: str, width_m: float) -> None:
    found = narrowest(lineup(*utilities.split()), rules())
    assert found.width_m == pytest.approx(width_m, abs=1e-9)


def test_the_order_from_the_red_line_needs_half_a_metre_more() -> None:
    lines = lineup("heat", "gas", "water", "power", "telecom")
    found = statutory(lines, rules())
    assert [lines.utilities[row] for row in found.order] == [
        "power",
        "telecom",
        "water",
        "gas",
        "heat",
    ]
    assert found.width_m == pytest.approx(4.52, abs=1e-9)


def test_of_two_narrowest_orders_the_one_nearer_to_the_statutory_is_taken() -> None:
    lines = lineup("heat", "gas", "water", "power", "telecom")
    found = [lines.utilities[row] for row in narrowest(lines, rules()).order]
    assert found == ["telecom", "power", "water", "gas", "heat"]  # and not its mirror
    assert rules().departures(found) == (("telecom", "power"),)


def test_a_line_that_is_no_neighbour_keeps_its_distance_too() -> None:
    found = arrange(lineup("power", "water", "heat"), (0, 1, 2))
    assert found.left_m == pytest.approx((0.0, 0.9, 2.51))
    spread = Lineup(("power", "water", "heat"), (0.4, 0.1, 0.6), np.full((3, 3), 0.1), (0, 0, 0))
    spread.gap_m[0, 2] = spread.gap_m[2, 0] = 2.0
    assert arrange(spread, (0, 1, 2)).left_m == pytest.approx((0.0, 0.5, 2.4))


def test_lines_of_one_trench_are_not_parted_by_a_line_of_another() -> None:
    lines = lineup("power", "water", "telecom", trench=(0, 0, 1))
    for found in (statutory(lines, rules()), narrowest(lines, rules())):
        assert found.order in {(0, 1, 2), (1, 0, 2), (2, 0, 1), (2, 1, 0)}


def test_more_lines_than_can_be_searched_are_refused() -> None:
    many = ("water",) * (MOST_LINES + 1)
    with pytest.raises(ValueError, match="too many orders"):
        narrowest(lineup(*many), rules())


UTILITIES = tuple(OUTER_M)
WIDTHS = st.floats(0.02, 2.0, allow_nan=False)


@given(
    chosen=st.sets(st.sampled_from(UTILITIES), min_size=1).map(sorted),
    outer_m=st.lists(WIDTHS, min_size=5, max_size=5),
    trench=st.lists(st.integers(0, 1), min_size=5, max_size=5),
)
def test_the_narrowest_section_equals_brute_force_over_every_order(
    chosen: list[str], outer_m: list[float], trench: list[int]
) -> None:
    count = len(chosen)
    lines = lineup(*chosen, trench=tuple(trench[:count]))
    lines = Lineup(lines.utilities, tuple(outer_m[:count]), lines.gap_m, lines.trench)
    found = narrowest(lines, rules())
    assert found.width_m == pytest.approx(brute_force_width_m(lines), abs=1e-9)
    assert found.width_m <= statutory(lines, rules()).width_m + 1e-9
    assert sorted(found.order) == list(range(count))


@pytest.mark.parametrize("count", range(1, 6))
def test_every_subset_of_five_utilities_equals_brute_force(count: int) -> None:
    for chosen in itertools.combinations(UTILITIES, count):
        lines = lineup(*chosen)
        expected = brute_force_width_m(lines)
        assert narrowest(lines, rules()).width_m == pytest.approx(expected, abs=1e-9), chosen


@given(outer_m=st.lists(WIDTHS, min_size=5, max_size=5))
def test_every_pair_of_a_section_keeps_its_clearance(outer_m: list[float]) -> None:
    lines = Lineup(UTILITIES, tuple(outer_m), lineup(*UTILITIES).gap_m, (0,) * 5)
    found = narrowest(lines, rules())
    left = dict(zip(found.order, found.left_m, strict=True))
    for a, b in itertools.combinations(found.order, 2):
        assert left[b] - (left[a] + outer_m[a]) >= lines.gap_m[a, b] - 1e-9


@given(
    st.lists(st.sampled_from(sorted(OUTER_M)), min_size=2, max_size=5, unique=True),
    st.lists(st.floats(0.05, 1.0), min_size=5, max_size=5),
    st.booleans(),
)
def test_what_is_said_to_make_a_section_wide_adds_up_to_its_width(
    utilities: list[str], outer_m: list[float], by_law: bool
) -> None:
    lines = lineup(*utilities)
    lines = Lineup(lines.utilities, tuple(outer_m[: len(lines)]), lines.gap_m, lines.trench)
    found = (statutory if by_law else narrowest)(lines, rules())
    links = binding(lines, found)
    assert links[0][0] == 0
    assert links[-1][1] == len(lines) - 1
    assert [one[1] for one in links[:-1]] == [one[0] for one in links[1:]]
    rows = [found.order[place] for place in (0, *(other for _, other in links))]
    gaps_m = [lines.gap_m[found.order[one], found.order[other]] for one, other in links]
    total_m = sum(lines.outer_m[row] for row in rows) + sum(gaps_m)
    assert total_m == pytest.approx(found.width_m)


def test_a_narrow_line_between_two_that_keep_far_apart_makes_nothing_wider() -> None:
    # telecom and heat keep 1.0 m, in which 0.1 m of water has room with its gaps of 0.2
    gap = np.array([[0.0, 0.2, 1.0], [0.2, 0.0, 0.2], [1.0, 0.2, 0.0]])
    lines = Lineup(("telecom", "water", "heat"), (0.2, 0.1, 0.6), gap, (0, 0, 0))
    assert binding(lines, arrange(lines, (0, 1, 2))) == ((0, 2),)
