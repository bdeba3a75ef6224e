"""A line whose works are shared is judged in full on the common ground."""

from __future__ import annotations

import pytest
import shapely

from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from tests.drawn import ON, check_one, county, finding, green, measure_one, outcome, road, route

PARK = green((20, -50, 60, 50))
COMMON = shapely.box(0, -1, 100, 3)  # 4 m wide, the line's own strip would be 2 m


def test_the_common_ground_counts_instead_of_the_own_strip() -> None:
    alone = measure_one(county((), [PARK]), route("0 0, 100 0"))
    shared = measure_one(county((), [PARK]), route("0 0, 100 0", works_area=COMMON))
    assert alone.green.strip.value == pytest.approx(40 * 2.0)
    assert shared.green.strip.value == pytest.approx(40 * 4.0)
    assert shared.length_m == alone.length_m


def test_a_road_that_only_the_common_ground_touches_is_touched() -> None:
    arterial = road((0, 2, 100, 30), road_class="arterial")
    one = county([arterial])
    assert outcome(one, "main_road", route("0 0, 100 0")) == "pass"
    assert outcome(one, "main_road", route("0 0, 100 0", works_area=COMMON)) == "fail"


def test_common_ground_far_from_the_line_is_found_too() -> None:
    far = shapely.box(0, -1, 100, 40)
    park = green((20, 30, 30, 50))
    found = measure_one(county((), [park]), route("0 0, 100 0", works_area=far))
    assert found.green.strip.value == pytest.approx(10 * 10.0)


def test_green_on_common_ground_needs_no_working_width() -> None:
    one = county((), [PARK], defaults=county().defaults.__class__())
    alone = measure_one(one, route("0 0, 100 0"))
    shared = measure_one(one, route("0 0, 100 0", works_area=COMMON))
    assert alone.green.strip.value is None
    assert shared.green.strip.value == pytest.approx(160.0)


def test_a_figure_on_common_ground_that_the_layer_could_turn_is_borderline() -> None:
    # 4 m x 5 m are exactly on the limit of 20 m2: a park mapped to 0.1 m may be more
    park = green((20, -50, 25, 50))
    one = county((), [park], greens_accuracy_m=0.1)
    found = finding(check_one(one, route("0 0, 100 0", works_area=COMMON)), "green_area")
    assert found.outcome.value == "pass"
    assert found.measured == pytest.approx(20.0)
    assert found.borderline


def test_a_line_that_comes_on_or_leaves_common_ground_is_measured_anew() -> None:
    checker = Checker(county((), [PARK]))
    alone, shared = route("0 0, 100 0"), route("0 0, 100 0", works_area=COMMON)
    live = LiveCheck(checker, [alone], ON)
    for one in (shared, alone, shared):
        (result,) = live.put(one)
        whole = checker.check([one], ON).routes[0]
        assert result.measures.green.strip == whole.measures.green.strip
