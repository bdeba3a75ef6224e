"""The ground that a route takes of green space: strip, trench, bores and pits.

A route at 0 N with a strip of 2 m takes the ground from -1 to 1 N.
"""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.county import RouteDefaults
from neixiang_survey_plugin.core.measuring.crooked import exact_strip
from neixiang_survey_plugin.core.measuring.measures import GreenMeasures, Reason, Unknown
from neixiang_survey_plugin.core.measuring.overlay import common
from tests.drawn import Drawing, Row, county, drawn, green, measure_one, route

PARK = green((20, -50, 60, 50))
EVERYWHERE = green((-500, -500, 500, 500))
PITS = {"pit_length_m": 3.0, "pit_width_m": 1.5}


def greens(line: Drawing, *spaces: Row, **facts: Any) -> GreenMeasures:
    return measure_one(county((), spaces or [PARK]), route(line, **facts)).green


def strip_m2(line: Drawing, *spaces: Row, **facts: Any) -> float | None:
    return greens(line, *spaces, **facts).strip.value


def test_the_strip_inside_green_space_is_occupied() -> None:
    found = greens("0 0, 100 0")
    assert found.strip.value == pytest.approx(80.0)  # 40 x 2
    (patch,) = found.occupations
    assert (patch.green_id, patch.area_m2) == ("G1", pytest.approx(80.0))
    assert shapely.box(20, -1, 60, 1).contains(shapely.Point(patch.at))


def test_the_routes_own_width_counts() -> None:
    assert strip_m2("0 0, 100 0", working_width_m=0.7) == pytest.approx(28.0)


def test_the_strip_ends_flat() -> None:
    assert strip_m2("0 0, 20 0") == 0.0
    assert strip_m2("30 0, 50 0") == pytest.approx(40.0)


def test_a_bend_is_mitred() -> None:
    # 2 x 30 + 2 x 30: the outer square of the mitre is what the inner corner has in common
    assert strip_m2("0 0, 30 0, 30 30", EVERYWHERE) == pytest.approx(120.0)


def test_a_strip_that_no_grid_will_hold_is_drawn_all_the_same() -> None:
    # GEOS 3.14 finds no shell for a hole when these seven pieces are joined on its grid
    line = drawn(
        "-30 0, -4 0, -0.0867202998686345 3.1122728011117182, "
        "31.875972306425638 26.320811776142907, 30.13689903743849 22.718642406846904"
    )
    assert exact_strip(line, 2.0).area == pytest.approx(2.0 * line.length)


@given(st.lists(st.integers(-8, 8), min_size=2, max_size=12))
def test_a_strip_that_does_not_overlap_itself_takes_its_length_times_its_width(
    norths: list[int],
) -> None:
    # at each bend the outer corner of the mitre is what the inner sides have in common
    line = shapely.LineString([(10 * number, north) for number, north in enumerate(norths)])
    assert strip_m2(line, EVERYWHERE, working_width_m=1.9) == pytest.approx(1.9 * line.length)


def test_a_sharp_bend_is_mitred_up_to_five_half_widths_and_cut_off_beyond() -> None:
    def tip(half_angle_deg: float) -> float:
        """How far the strip of a hairpin reaches beyond its bend, which lies at (0, 0)."""
        turn = math.radians(half_angle_deg)
        arm = 50 * math.cos(turn), 50 * math.sin(turn)
        line = f"{-arm[0]!r} {arm[1]!r}, 0 0, {-arm[0]!r} {-arm[1]!r}"
        beyond = green((0, -50, 50, 50))
        found = greens(line, beyond)
        return found.occupations[0].patch.length

    # half a width over the sine of half the angle: 1 / sin 12 = 4.81 m, within the limit
    full = 1 / math.sin(math.radians(12.0))
    side = 1 / math.cos(math.radians(12.0))  # half the tip's breadth over the bend
    assert tip(12.0) == pytest.approx(2 * side + 2 * math.hypot(full, side), rel=1e-3)
    # 1 / sin 11 = 5.24 m is cut at 5 m
    uncut = 1 / math.sin(math.radians(11.0)), 1 / math.cos(math.radians(11.0))
    assert tip(11.0) < 2 * uncut[1] + 2 * math.hypot(*uncut) - 1e-3


def test_overlapping_green_is_counted_once_and_listed_for_each() -> None:
    found = greens("0 0, 100 0", PARK, green((50, -50, 70, 50), "G2"))
    assert [(one.green_id, one.area_m2) for one in found.occupations] == [
        ("G1", pytest.approx(80.0)),
        ("G2", pytest.approx(40.0)),
    ]
    assert found.strip.value == pytest.approx(100.0)


def test_green_within_green_adds_nothing() -> None:
    assert strip_m2("0 0, 100 0", PARK, green((30, -5, 40, 5), "G2")) == pytest.approx(80.0)


def test_adjoining_green_spaces_add_up() -> None:
    assert strip_m2("0 0, 100 0", PARK, green((60, -50, 70, 50), "G2")) == pytest.approx(100.0)


def test_three_green_spaces_over_one_place_count_once() -> None:
    three = [PARK, green((10, -9, 60, 9), "G2"), green((20, -7, 70, 7), "G3")]
    assert strip_m2("0 0, 100 0", *three) == pytest.approx(120.0)


def test_a_hole_in_green_space_is_not_occupied() -> None:
    ring = "POLYGON ((20 -50, 60 -50, 60 50, 20 50, 20 -50), (30 -9, 40 -9, 40 9, 30 9, 30 -9))"
    assert strip_m2("0 0, 100 0", green(ring)) == pytest.approx(60.0)


def test_parts_of_one_green_space_are_one_occupation() -> None:
    parts = shapely.MultiPolygon([shapely.box(20, -9, 30, 9), shapely.box(40, -9, 60, 9)])
    found = greens("0 0, 100 0", green(parts))
    assert [one.area_m2 for one in found.occupations] == [pytest.approx(60.0)]


def test_the_place_of_a_patch_lies_in_its_largest_part_not_in_the_widest() -> None:
    bracket = "-30 0, 12 0, 12 50, -30 50, -30 20, 10 20, 10 5, -30 5, -30 0"
    (patch,) = greens("0 60, 0 10, -20 -10", green(f"POLYGON (({bracket}))")).occupations
    assert shapely.box(-1, 20, 1, 50).contains(shapely.Point(patch.at))


def test_a_strip_that_folds_back_counts_each_place_once() -> None:
    assert strip_m2("0 0, 60 0, 30 0", EVERYWHERE) == pytest.approx(120.0)


def test_a_strip_that_comes_back_to_its_start_keeps_both_sides() -> None:
    assert strip_m2("0 0, 60 0, 0 0", EVERYWHERE) == pytest.approx(120.0)
    assert strip_m2("0 0, 20 0, 60 0, 20 0, 0 0", EVERYWHERE) == pytest.approx(120.0)


def test_a_strip_round_a_block_ends_flat_where_it_began() -> None:
    # 4 x 30 x 2, less the corner at the start where the two flat ends leave and share a square
    assert strip_m2("0 0, 30 0, 30 30, 0 30, 0 0", EVERYWHERE) == pytest.approx(240.0 - 1.0)


def test_a_strip_beside_green_space_occupies_some_though_the_line_does_not() -> None:
    assert strip_m2("0 50.25, 100 50.25") == pytest.approx(30.0)  # 40 x 0.75


def test_green_space_that_is_only_touched_is_not_occupied() -> None:
    found = greens("0 51, 100 51")
    assert found.occupations == ()
    assert found.strip.value == 0.0


def test_a_bore_takes_only_its_pits() -> None:
    # dug 0-20 and 60-100 beside the park; pits 17-20 and 60-63 beside it too
    assert strip_m2("0 0, 100 0", bores=[(20, 60)], **PITS) == 0.0
    # dug in the park 20-30 and 50-60; the pits 27-30 and 50-53 lie within the strip
    assert strip_m2("0 0, 100 0", bores=[(30, 50)], **PITS) == pytest.approx(40.0)


def test_a_pit_wider_than_the_strip_reaches_out_of_it() -> None:
    # each pit 3 x 4 instead of 3 x 2: two times 6 m2 more
    wide = {"pit_length_m": 3.0, "pit_width_m": 4.0}
    assert strip_m2("0 0, 100 0", bores=[(30, 50)], **wide) == pytest.approx(52.0)


def test_a_pit_lies_outside_its_bore() -> None:
    # the strip is a hair wide: what is left are the pits, 3 m to either side of the bore
    before, within, behind = (20, -9, 30, 9), (30, -9, 50, 9), (50, -9, 60, 9)
    for space, pits in ((before, 1), (within, 0), (behind, 1)):
        occupied = strip_m2(
            "0 0, 100 0", green(space), bores=[(30, 50)], working_width_m=1e-6, **PITS
        )
        assert occupied == pytest.approx(pits * 4.5, abs=1e-4)


def test_a_pit_runs_straight_on_beyond_the_end_of_the_route() -> None:
    # bored from end to end: a pit of 3 x 1.5 m before the start and one behind the end
    assert strip_m2("0 0, 100 0", EVERYWHERE, bores=[(0, 100)], **PITS) == pytest.approx(9.0)
    assert strip_m2("0 0, 20 0", bores=[(0, 20)], **PITS) == pytest.approx(4.5)
    assert strip_m2("0 0, 18.5 0", bores=[(0, 18.5)], **PITS) == pytest.approx(2.25)


def test_a_pit_at_a_bend_follows_the_line() -> None:
    # the bore ends 1 m before the bend: 1 m east and 2 m north, 1.5 m wide, mitred
    line = "0 0, 30 0, 30 30"
    bored = strip_m2(line, EVERYWHERE, bores=[(10, 29)], working_width_m=1.5, **PITS)
    # dug 0-10 and 29-60; the pit behind lies within the strip of the same width
    assert bored == pytest.approx(1.5 * (10 + 31))
    north = green((29, 1.0, 31, 30))
    only_pit = strip_m2(line, north, bores=[(10, 29), (32, 60)], working_width_m=0.001, **PITS)
    # north of 1 N lies 1 m of the pit; the pit before the second bore reaches 3 m back
    assert only_pit == pytest.approx(1.5 * 1.0, abs=0.01)


def test_pits_of_neighbouring_bores_that_overlap_count_once() -> None:
    # the bores leave 4 m between them: pits 40-43 and 41-44
    line = {"bores": [(10, 40), (44, 90)], "working_width_m": 0.001, **PITS}
    between = green((38, -5, 46, 5))
    assert strip_m2("0 0, 100 0", between, **line) == pytest.approx(4 * 1.5)


def test_the_whole_line_is_dug_where_there_is_no_bore() -> None:
    assert strip_m2("0 0, 100 0", EVERYWHERE) == pytest.approx(200.0)


def test_bores_may_come_in_any_order_and_meet() -> None:
    facts = {"pit_length_m": 0.001, "pit_width_m": 2.0}
    apart = strip_m2("0 0, 100 0", EVERYWHERE, bores=[(60, 80), (20, 40)], **facts)
    assert apart == pytest.approx(120.0)
    meeting = strip_m2("0 0, 100 0", EVERYWHERE, bores=[(40, 80), (20, 40)], **facts)
    assert meeting == pytest.approx(80.0 + 2 * 0.001 * 2.0)


def test_unknown_pits_are_unknown_green_and_the_open_cut_is_certain() -> None:
    found = greens("0 0, 100 0", bores=[(30, 50)])
    assert found.strip.value is None
    assert found.strip.at_least == pytest.approx(40.0)
    assert found.strip_reasons == (Reason(Unknown.NO_PIT_SIZE),)
    assert found.trench.value is None


def test_half_a_pit_size_is_no_pit_size() -> None:
    assert strip_m2("0 0, 100 0", bores=[(30, 50)], pit_length_m=3.0) is None


def test_pits_matter_only_to_a_route_with_bores() -> None:
    assert strip_m2("0 0, 100 0") is not None


def test_the_trench_is_its_own_width() -> None:
    found = greens("0 0, 100 0", trench_width_m=0.8)
    assert found.trench.value == pytest.approx(32.0)
    assert found.strip.value == pytest.approx(80.0)


def test_the_trench_has_the_pits_too() -> None:
    found = greens("0 0, 100 0", bores=[(30, 50)], trench_width_m=0.5, **PITS)
    # dug 10 + 10 m at 0.5 m, pits of 3 m at 1.5 m instead of 0.5 m
    assert found.trench.value == pytest.approx(10.0 + 2 * 3.0 * 1.0)


def test_an_unknown_trench_occupies_at_most_its_strip() -> None:
    found = greens("0 0, 100 0")
    assert found.trench.value is None
    assert (found.trench.at_least, found.trench.at_most) == (0.0, pytest.approx(80.0))
    assert found.trench_reasons == (Reason(Unknown.NO_TRENCH_WIDTH),)


def test_an_unknown_trench_away_from_green_space_occupies_none() -> None:
    assert greens("0 80, 100 80").trench.value == 0.0


def test_a_trench_wider_than_its_strip_is_measured_all_the_same() -> None:
    # the strip ends 0.5 m before the park, the trench reaches 0.5 m into it
    found = greens("0 51.5, 100 51.5", trench_width_m=4.0)
    assert found.strip.value == 0.0
    assert found.trench.value == pytest.approx(20.0)


def test_green_space_within_the_accuracy_is_near() -> None:
    for accuracy_m, near in ((0.5, True), (0.2, False), (None, False)):
        ground = county((), [PARK], greens_accuracy_m=accuracy_m)
        assert measure_one(ground, route("0 51.3, 100 51.3")).green.near is near
    inside = county((), [PARK], greens_accuracy_m=0.5)
    assert measure_one(inside, route("30 0, 50 0")).green.near is False


@pytest.mark.parametrize("noise_m", [0.0, 1e-12, 1e-10, 1e-9, 1e-7])
def test_a_bore_to_a_bend_ends_there_whatever_the_last_bits_say(noise_m: float) -> None:
    # 3-4-5 triangles near Neixiang: 25 m to the bend and 25 m on; every pit is as wide as the strip
    line = "578000.1 3658000.3, 578015.1 3658020.3, 578035.1 3658005.3"
    around = green((577_900, 3_657_900, 578_100, 3_658_100))
    pits = {"pit_length_m": 0.001, "pit_width_m": 2.0}
    for end_m in (25.0 - noise_m, 25.0 + noise_m):
        for bore in ((0.0, end_m), (end_m, 50.0)):
            # 25 m are dug, square at both ends
            found = strip_m2(line, around, bores=[bore], **pits)
            assert found == pytest.approx(50.0, abs=0.01)


# A hook of 3 m width whose last bends are nearer to each other than that is wide.
HOOK = "1.27 0, 6 0, 6.35 0.15, 6.5 0.5, 6.35 0.85, 6 1"


def test_a_hook_tighter_than_its_strip_keeps_all_of_its_ground() -> None:
    # the union of the five rectangles and four mitred corners, worked out by an examiner's program
    assert strip_m2(HOOK, EVERYWHERE, working_width_m=3.0) == pytest.approx(20.052, abs=5e-4)


def test_a_last_piece_shorter_than_half_the_width_turns_the_end() -> None:
    # A bend's outer corner is as large as what its two pieces have in common inside, so a strip is
    # as long as its line. The last piece, 0.424 m, is too short for that: of the square of
    # 0.8 x 0.8 m beside the bend, turned by 45 degrees, 200 cm2 less are in common.
    # (20 + 0.424) x 1.6 + 0.02
    straight = strip_m2("0 0, 20 0", EVERYWHERE, working_width_m=1.6)
    turned = strip_m2("0 0, 20 0, 20.3 0.3", EVERYWHERE, working_width_m=1.6)
    assert straight == pytest.approx(32.0)
    assert turned == pytest.approx(32.6988, abs=5e-4)


def test_a_line_over_its_own_vertices_is_exact() -> None:
    # GEOS' own buffer of it is 8 cm2 more: it rounds the coordinates of such a line
    line = "0 0, 32.024 -5.387, 61.85 16.046, 32.024 -5.387, 53.987 53.317"
    assert strip_m2(line, EVERYWHERE, working_width_m=1.6) == pytest.approx(209.7045, abs=5e-5)


crooked = st.lists(
    st.tuples(st.integers(-30, 30), st.integers(-30, 30)), min_size=2, max_size=9, unique=True
).map(lambda ends: shapely.LineString([(x / 10, y / 10) for x, y in ends]))


@given(crooked, st.sampled_from((0.6, 1.6, 3.0)))
def test_a_crooked_line_takes_the_ground_beside_each_of_its_pieces(
    line: shapely.LineString, width_m: float
) -> None:
    taken = exact_strip(line, width_m)
    points = shapely.get_coordinates(line)
    for piece in itertools.pairwise(points):
        beside = shapely.buffer(shapely.LineString(piece), width_m / 2, cap_style="flat")
        assert shapely.difference(beside, taken, grid_size=1e-9).area < 1e-6
    reach_m = 5.0 * width_m / 2
    within = shapely.buffer(line, reach_m * 1.03)
    assert shapely.difference(taken, within, grid_size=1e-9).area < 1e-6
    assert exact_strip(line.reverse(), width_m).area == pytest.approx(taken.area, abs=1e-6)


@given(st.floats(5.0, 175.0), st.booleans())
def test_a_bend_of_long_pieces_is_drawn_alike_piece_by_piece(turn_deg: float, left: bool) -> None:
    turn = math.radians(turn_deg if left else -turn_deg)
    line = shapely.LineString([(0, 0), (99, 0), (99 + 80 * math.cos(turn), 80 * math.sin(turn))])
    whole = shapely.buffer(line, 0.8, cap_style="flat", join_style="mitre", mitre_limit=5.0)
    assert shapely.symmetric_difference(exact_strip(line, 1.6), whole).area < 1e-6


def test_green_space_that_the_strip_only_runs_along_is_not_occupied() -> None:
    # a slanting bed whose corner coordinates round: the line's end is flush with its side
    corners = [(0, 0), (28, 96), (16.48, 99.36), (-11.52, 3.36)]
    ends = [(35.8, 15.6), (7, 24)]
    for east_m in range(500_000, 500_040):
        bed = green(shapely.Polygon([(east_m + x, 3_650_000 + y) for x, y in corners]))
        line = shapely.LineString([(east_m + x, 3_650_000 + y) for x, y in ends])
        found = greens(line, bed, working_width_m=1.6)
        assert (found.occupations, found.strip.value) == ((), 0.0)


def test_a_trench_beyond_the_coverage_is_unknown_where_only_the_pits_are_drawn() -> None:
    mapped = shapely.box(0, -50, 100, 50).difference(shapely.box(90, -50, 95, 50))
    ground = county(
        (), [green((60, -10, 70, 40))], greens_coverage=mapped, defaults=RouteDefaults()
    )
    line = route("50 0, 130 0", bores=[(10, 20)], trench_width_m=0.6, **PITS)
    found = measure_one(ground, line).green
    assert found.trench.value is None
    assert Reason(Unknown.OUTSIDE_GREEN_COVERAGE) in found.trench_reasons


def test_ground_whose_edges_differ_by_their_last_bits_is_not_lost() -> None:
    # GEOS 3.14 finds nothing in common here, though the one lies in the other
    line = shapely.LineString([(0, 0), (0, 0.1), (0.8, 0.1), (0, -0.9)])
    strip = exact_strip(line, 0.6)
    piece = shapely.buffer(shapely.LineString(line.coords[2:]), 0.3, cap_style="flat")
    (found,) = common(np.array([strip]), np.array([piece]))
    assert found.area == pytest.approx(piece.area, abs=1e-6)
