"""The section across a line: where most lies beside it, at one scale, unknowns said."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.app.sheets.page import Page
from neixiang_survey_plugin.app.sheets.scene import Area, Line, Text
from neixiang_survey_plugin.app.sheets.section import section_pages
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests import drawn
from tests import packet_cases as cases
from tests.sheets.cases import drawn_case, line
from tests.sheets.underground import street

# Along the street, three metres from the gas main; then away from it.
BESIDE = line((81.0, 0.0), (81.0, 30.0), (40.0, 30.0), trench_width_m=0.8)


def section(route: object) -> Page:
    (page,) = section_pages(drawn_case(route, where=street()), load_trench_rules().shape)
    return page


def texts(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Text)]


def middles(page: Page, utility: str) -> list[float]:
    """Where on the sheet the discs of a utility stand, left to right."""
    found = []
    for mark in page.marks:
        filled = isinstance(mark, Area) and mark.fill == UTILITY_COLOURS[utility]
        if filled and len(mark.rings[0]) > 4:
            found.append(sum(x for x, _ in mark.rings[0]) / len(mark.rings[0]))
    return sorted(found)


def test_it_is_taken_where_most_lies_beside_the_line() -> None:
    assert any(text.startswith("给水 w1 0+015.00 处横断面") for text in texts(section(BESIDE)))


def test_it_is_taken_there_whichever_segment_comes_first() -> None:
    back = line((40.0, 30.0), (81.0, 30.0), (81.0, 0.0))
    assert any(text.startswith("给水 w1 0+056.00 处横断面") for text in texts(section(back)))


def test_what_lies_beside_it_stands_at_its_distance_to_the_right_of_who_walks_along() -> None:
    page = section(BESIDE)
    (gas,) = middles(page, "gas")
    water = min(middles(page, "water"), key=lambda x: abs(x - gas + 30.0))
    assert gas - water == pytest.approx(3.0 * 1000 / 100)
    assert {"3.00", "2.00"} <= set(texts(page))


def test_what_covers_the_ground_and_the_red_line_are_named() -> None:
    said = texts(section(BESIDE))
    assert "人行道（砖）" in said
    assert "红线" in said


def test_a_road_that_is_drawn_as_a_line_has_its_red_lines() -> None:
    road = drawn.road("80 -50, 80 100", "R1", width_m=10.0)
    case = drawn_case(line((81.0, 0.0), (81.0, 30.0)), where=cases.county(road))
    (page,) = section_pages(case, load_trench_rules().shape)
    red = [mark.points[0][0] for mark in page.marks if isinstance(mark, Line) and mark.dash_mm]
    assert texts(page).count("红线") == 2
    assert max(red) - min(red) == pytest.approx(10.0 * 1000 / 100)


def test_a_pipeline_of_unknown_depth_has_no_disc() -> None:
    page = section(BESIDE)
    assert middles(page, "sewer") == []
    assert "?" in texts(page)


def test_the_trench_of_the_line_is_drawn_in_detail_with_its_width() -> None:
    said = texts(section(BESIDE))
    assert "给水 断面图" in said
    assert "0.80" in said


def test_without_a_diameter_no_trench_is_made_up() -> None:
    said = texts(section(line((81.0, 0.0), (81.0, 30.0), diameter_mm=None)))
    assert "管径未知，沟槽断面从略。" in said
    assert "给水 断面图" not in said


def test_what_lies_very_deep_is_drawn_smaller_and_the_scales_say_so() -> None:
    page = section(line((81.0, 0.0), (81.0, 30.0), cover_m=7.0))
    assert page.scale == "横 1:100 纵 1:200"
