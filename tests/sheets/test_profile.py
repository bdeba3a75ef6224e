"""The profile of a line: true to its two scales, and unknown depths are said to be unknown."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.app.sheets.along import along_m, met_by
from neixiang_survey_plugin.app.sheets.page import Page
from neixiang_survey_plugin.app.sheets.profile import profile_pages
from neixiang_survey_plugin.app.sheets.scene import Area, Line, Mark, Text
from neixiang_survey_plugin.core.routes import Bore
from tests import drawn
from tests.sheets.cases import drawn_case, line
from tests.sheets.underground import street

STRAIGHT = line((70.0, 0.0), (110.0, 0.0))


def profile(*routes: object) -> Page:
    (page,) = profile_pages(drawn_case(*routes, where=street()))
    return page


def texts(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Text)]


def filled(page: Page, utility: str) -> list[tuple[float, float, float, float]]:
    """The boxes of what is filled in the colour of a utility."""
    found = []
    for mark in page.marks:
        if isinstance(mark, Area) and mark.fill == UTILITY_COLOURS[utility]:
            across, down = zip(*mark.rings[0], strict=True)
            found.append((min(across), min(down), max(across), max(down)))
    return found


def ground_mm(page: Page) -> float:
    """The level of the ruler's zero."""
    (zero,) = (m for m in page.marks if isinstance(m, Text) and m.text == "±0.00")
    return zero.at[1]


def test_the_line_is_as_long_and_lies_as_deep_as_its_scales_say() -> None:
    page = profile(STRAIGHT)
    assert page.scale == "横 1:200 纵 1:50"
    ((left, top, right, bottom),) = filled(page, "water")
    assert right - left == pytest.approx(40.0 * 1000 / 200)
    assert top - ground_mm(page) == pytest.approx(0.9 * 1000 / 50)
    assert bottom - top == pytest.approx(0.110 * 1000 / 50)


def test_a_pipeline_that_is_crossed_lies_at_its_place_and_depth() -> None:
    page = profile(STRAIGHT)
    ((left, top, right, _),) = filled(page, "gas")
    ((start, *_),) = filled(page, "water")
    assert (left + right) / 2 - start == pytest.approx(14.0 * 1000 / 200)
    assert top - ground_mm(page) == pytest.approx(1.5 * 1000 / 50)
    assert {"现状燃气 DN110", "覆土 1.5 m"} <= set(texts(page))


def test_a_pipeline_of_unknown_depth_is_a_dashed_line_with_a_question_mark() -> None:
    page = profile(STRAIGHT)
    assert filled(page, "sewer") == []
    assert texts(page).count("?") == 1
    assert texts(page).count("埋深未知") == 1


def test_a_line_of_unknown_cover_is_dashed_and_said_to_be_unknown() -> None:
    page = profile(line((70.0, 0.0), (110.0, 0.0), cover_m=None))
    assert filled(page, "water") == []
    assert texts(page).count("埋深未知") == 2  # the line and the sewer
    assert "未知" in texts(page)


def test_a_bore_lies_at_its_own_depth() -> None:
    page = profile(line((70.0, 0.0), (110.0, 0.0), bores=[(8.0, 22.0, 3.2)]))
    deep = sorted(top - ground_mm(page) for _, top, _, _ in filled(page, "water"))
    down_mm = 1000 / 50
    assert deep == pytest.approx([0.9 * down_mm, 0.9 * down_mm, 3.2 * down_mm])
    assert {"非开挖 覆土 3.2 m", "钻起", "0+008.00", "钻止", "0+022.00"} <= set(texts(page))


def test_a_bore_of_unknown_depth_is_not_drawn_at_the_cover_of_the_line() -> None:
    page = profile(line((70.0, 0.0), (110.0, 0.0), bores=[(8.0, 22.0)]))
    assert len(filled(page, "water")) == 2
    assert "非开挖 埋深未知" in texts(page)
    assert Bore(8.0, 22.0).depth_m is None


def test_the_table_names_bends_and_red_lines_with_their_metres() -> None:
    said = texts(profile(STRAIGHT))
    assert {"JS1", "JS2", "0+000.00", "0+010.00", "0+020.00", "0+040.00"} <= set(said)
    assert said.count("红线") == 2


def test_two_lines_that_cross_are_met_by_each_other_with_their_covers() -> None:
    gas = drawn.route("75 -10, 75 10", "g1", "gas", case_id="c1", cover_m=1.4, diameter_mm=90.0)
    case = drawn_case(STRAIGHT, gas)
    (met,) = met_by(case, 0)
    assert (met.name, met.cover_m, met.along_m) == ("拟建燃气 φ90", 1.4, pytest.approx(5.0))


def test_more_than_two_lines_take_another_sheet() -> None:
    lines = [drawn.route(f"70 {k}, 110 {k}", f"w{k}", case_id="c1") for k in range(3)]
    assert len(profile_pages(drawn_case(*lines))) == 2


def test_metres_along_a_line_that_bends_count_both_legs() -> None:
    case = drawn_case(line((0.0, 0.0), (30.0, 0.0), (30.0, 40.0)))
    assert along_m(case, 0, (30.0, 10.0)) == pytest.approx(40.0)


def test_nothing_of_a_long_line_leaves_the_sheet() -> None:
    marks: list[Mark] = [*profile(line((0.0, 0.0), (5000.0, 0.0))).marks]
    places = [at for mark in marks if isinstance(mark, Line) for at in mark.points]
    assert all(25.0 <= x <= 415.0 and 5.0 <= y <= 292.0 for x, y in places)


def test_a_line_that_crosses_where_a_bore_ends_meets_it_at_the_cover_of_the_bore() -> None:
    bored = line((70.0, 0.0), (110.0, 0.0), bores=[(8.0, 22.0, 3.2)])
    at = 78.0 - 1e-7  # a place on a line is never found more exactly
    gas = drawn.route(f"{at!r} -10, {at!r} 10", "g1", "gas", case_id="c1")
    case = drawn_case(bored, gas)
    (row,) = [row for row, one in enumerate(case.lines) if one.route.route_id == "g1"]
    assert [one.cover_m for one in met_by(case, row)] == [3.2]
