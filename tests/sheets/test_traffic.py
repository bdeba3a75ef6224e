"""The traffic sketch: what is closed of which road, what is left to pass, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.sheets.closures import Closure, closures_of
from neixiang_survey_plugin.app.sheets.passing import axis_between_sides, free_width_m
from neixiang_survey_plugin.app.sheets.scene import Line, Text
from neixiang_survey_plugin.app.sheets.traffic import traffic_pages
from neixiang_survey_plugin.app.wording.traffic import method_words, period_words
from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.core.county import RouteDefaults
from tests import drawn
from tests import packet_cases as cases
from tests.sheets.cases import drawn_case, line

# R1 lies between 80 and 90; a water line's working strip is 1.6 m wide.
ACROSS = line((70.0, 0.0), (110.0, 0.0))
ALONG = line((82.0, 0.0), (82.0, 60.0))


def closure(*routes: object, **said: object) -> Closure:
    ((one, *_), *_) = closures_of(drawn_case(*routes, **said))  # type: ignore[arg-type]
    return one


def texts(*routes: object) -> list[list[str]]:
    return [
        [mark.text for mark in page.marks if isinstance(mark, Text)]
        for page in traffic_pages(drawn_case(*routes))
    ]


def test_a_road_that_is_crossed_is_opened_one_half_at_a_time() -> None:
    one = closure(ACROSS)
    assert one.area_m2 == pytest.approx(16.0)
    assert [half.length for half in one.halves] == pytest.approx([5.0, 5.0])
    assert method_words(one) == "半幅施工，先①后②，每幅约 5.00 m"


def test_a_way_round_is_drawn_and_named_and_the_police_settle_it_either_way() -> None:
    without = drawn_case(ACROSS)
    way = Detour(name="示例南街", geom=shapely.LineString([(60, 30), (60, -40), (120, -40)]))
    (bare,), (page,) = traffic_pages(without), traffic_pages(replace(without, detours=(way,)))
    said = [[mark.text for mark in one.marks if isinstance(mark, Text)] for one in (bare, page)]
    assert any("绕行路线由交警确定" in text for text in said[0])
    assert "绕行：示例南街" in said[1]
    assert any("为建议，由交警确定" in text for text in said[1])
    broken = [mark for mark in page.marks if isinstance(mark, Line) and mark.dash_mm == (3.0, 1.4)]
    (course,) = broken
    long_mm = shapely.LineString(course.points).length
    assert long_mm == pytest.approx(130.0 * 1000 / float(page.scale.split(":")[1]))


def test_the_first_halves_lie_on_one_side_however_often_the_road_is_crossed() -> None:
    there_and_back = line((70.0, 0.0), (110.0, 0.0), (110.0, 20.0), (70.0, 20.0))
    halves = closure(there_and_back).halves
    assert [half.centroid.x for half in halves] == pytest.approx([82.5, 87.5, 82.5, 87.5])


def test_along_a_road_the_widest_free_part_is_said() -> None:
    one = closure(ALONG)
    assert one.left_m == pytest.approx(90.0 - 82.8, abs=0.01)
    assert method_words(one) == "占用一侧，余宽约 7.20 m"


def beside(road: drawn.Row, *points: tuple[float, float], wide_m: float) -> Closure:
    where = cases.county(road, defaults=RouteDefaults({"water": wide_m}))
    return closure(line(*points), where=where)


def test_on_a_bend_the_free_width_is_that_across_the_road_everywhere() -> None:
    bend = "POLYGON ((0 0, 60 0, 60 60, 50 60, 50 10, 0 10, 0 0))"
    outside = beside(drawn.road(bend), (5.0, 1.0), (59.0, 1.0), (59.0, 55.0), wide_m=2.0)
    assert outside.left_m == pytest.approx(8.0, abs=0.01)
    axis = drawn.road("0 5, 55 5, 55 60", width_m=10.0)
    drawn_as_line = beside(axis, (5.0, 1.0), (59.0, 1.0), (59.0, 55.0), wide_m=2.0)
    assert drawn_as_line.left_m == pytest.approx(8.0, abs=0.01)


def test_where_a_road_narrows_the_least_free_width_is_said() -> None:
    narrowing = "POLYGON ((0 0, 0 12, 40 12, 60 7, 100 7, 100 0, 0 0))"
    one = beside(drawn.road(narrowing), (5.0, 2.0), (95.0, 2.0), wide_m=4.0)
    assert one.left_m == pytest.approx(3.0, abs=0.01)
    tapering = "POLYGON ((0 0, 0 12, 100 7, 100 0, 0 0))"
    one = beside(drawn.road(tapering), (0.0, 2.0), (100.0, 2.0), wide_m=4.0)
    assert 2.9 < (one.left_m or 0.0) <= 3.0


def test_works_from_kerb_to_kerb_leave_no_side_free_however_slowly_they_cross() -> None:
    slanting = beside(drawn.road((0, 0, 100, 10)), (10.0, 1.0), (90.0, 9.0), wide_m=2.0)
    assert slanting.left_m == pytest.approx(0.0, abs=0.05)


@given(
    wide_m=st.floats(6.0, 30.0),
    share=st.floats(0.1, 0.9),
    turn_deg=st.floats(0.0, 360.0),
)
def test_in_a_straight_road_what_is_free_is_the_wider_side(
    wide_m: float, share: float, turn_deg: float
) -> None:
    road = shapely.affinity.rotate(shapely.box(0, 0, 150, wide_m), turn_deg, origin=(0, 0))
    at = 0.5 + share * (wide_m - 1.0)
    works = shapely.affinity.rotate(
        shapely.box(20, at - 0.5, 120, at + 0.5), turn_deg, origin=(0, 0)
    )
    free = free_width_m(road, axis_between_sides(road), works)
    assert free == pytest.approx(max(at - 0.5, wide_m - at - 0.5), abs=0.01)


def test_works_that_no_line_across_the_road_reaches_leave_an_unknown_width() -> None:
    far = shapely.box(300, 0, 400, 2)  # beyond everything that lines across the axis see
    assert (
        free_width_m(shapely.box(0, 0, 400, 500), shapely.LineString([(0, 499), (10, 499)]), far)
        is None
    )


def test_the_halves_of_unlike_crossings_are_as_long_as_the_longest() -> None:
    widening = drawn.road("POLYGON ((80 -50, 90 -50, 100 100, 80 100, 80 -50))")
    there_and_back = line((70.0, -40.0), (120.0, -40.0), (120.0, 90.0), (70.0, 90.0))
    one = closure(there_and_back, where=cases.county(widening))
    assert method_words(one) == "半幅施工，先①后②，每幅最长约 9.67 m"


def test_a_half_is_as_long_as_the_crossing_is_measured_on_the_ellipsoid() -> None:
    case = drawn_case(ACROSS)
    ((one,),) = closures_of(case)
    (crossing,) = case.lines[0].measures.roads.crossings
    assert one.half_m == (crossing.length_m / 2.0,)


def test_the_works_and_closures_of_many_lines_go_on_on_further_sheets() -> None:
    many = [drawn.route(f"70 {y}, 110 {y}", f"w{y}", case_id="c1") for y in range(30)]
    pages = texts(*many)
    said = [text for page in pages for text in page]
    names = {f"w{y}" for y in range(30)}
    assert {one: said.count(one) for one in names} == dict.fromkeys(names, 2)
    assert any(text.startswith("占道 示例R1路（支路）") for text in said)
    assert len(pages) > 1
    assert all(any("须经公安交警核定" in text for text in page) for page in pages)


def test_a_bore_below_a_road_closes_nothing_of_it() -> None:
    one = closure(line((70.0, 0.0), (110.0, 0.0), bores=[(8.0, 22.0, 3.2)]))
    assert not one.is_closed
    assert one.halves == ()
    assert method_words(one) == "非开挖通过，不占道"


def test_pits_within_a_road_close_their_ground() -> None:
    one = closure(line((70.0, 0.0), (110.0, 0.0), bores=[(13.0, 17.0)]))
    assert one.is_closed
    deep = closure(line((84.0, 0.0), (84.0, 60.0), bores=[(0.0, 60.0)]))
    assert method_words(deep).startswith("非开挖，工作坑占道，余宽约")


def test_without_a_working_width_nothing_is_said_to_be_closed() -> None:
    where = cases.county(defaults=RouteDefaults({}))
    one = closure(ACROSS, where=where)
    assert one.area_m2 is None
    assert method_words(one) == "作业带宽或工作坑未知，占道范围未知"


def test_each_road_has_its_sheet_with_signs_in_words_and_says_it_is_a_sketch() -> None:
    first, second = texts(line((70.0, 0.0), (195.0, 0.0)))
    assert any("示例R1路" in text for text in first)
    assert any("示例R2路" in text for text in second)
    assert {"锥桶、导向", "道路变窄、限速", "前方施工、慢行"} <= set(first)
    assert any("须经公安交警核定" in text for text in first)


def test_a_line_off_every_road_has_one_sheet_with_its_period() -> None:
    (said,) = texts(line((10.0, 0.0), (50.0, 0.0), works_from=date(2026, 12, 1)))
    assert "2026-12-01 至 未填" in said
    assert any("不占道" in text for text in said)


def test_a_period_nobody_filled_in_is_said_to_be_so() -> None:
    assert period_words([ACROSS]) == "未填"
    both = [
        drawn.route("0 0, 1 0", works_from=date(2026, 12, begin), works_to=date(2026, 12, end))
        for begin, end in ((3, 5), (1, 4))
    ]
    assert period_words(both) == "2026-12-01 至 2026-12-05"
