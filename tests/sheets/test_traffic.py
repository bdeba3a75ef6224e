"""The traffic sketch: what is closed of which road, what is left to pass, and when."""

from __future__ import annotations

from datetime import date

import pytest

from neixiang_survey_plugin.app.sheets.closures import Closure, closures_of
from neixiang_survey_plugin.app.sheets.scene import Text
from neixiang_survey_plugin.app.sheets.traffic import traffic_pages
from neixiang_survey_plugin.app.wording.traffic import method_words, period_words
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


def test_the_first_halves_lie_on_one_side_however_often_the_road_is_crossed() -> None:
    there_and_back = line((70.0, 0.0), (110.0, 0.0), (110.0, 20.0), (70.0, 20.0))
    halves = closure(there_and_back).halves
    assert [half.centroid.x for half in halves] == pytest.approx([82.5, 87.5, 82.5, 87.5])


def test_along_a_road_the_widest_free_part_is_said() -> None:
    one = closure(ALONG)
    assert one.left_m == pytest.approx(90.0 - 82.8, abs=0.01)
    assert method_words(one) == "占用一侧，余宽约 7.20 m"


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
