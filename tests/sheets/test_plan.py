"""The plan of a case: what stands on its sheets, and that it is to scale."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
import shapely

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.ground import ROAD, UNKNOWN_DASH
from neixiang_survey_plugin.app.sheets.laying import DIMENSION, ROUTE_CASING_MM
from neixiang_survey_plugin.app.sheets.letters import width_mm
from neixiang_survey_plugin.app.sheets.page import (
    BLOCK_TOP_MM,
    COLUMN_MM,
    RIGHT_MM,
    numbered,
)
from neixiang_survey_plugin.app.sheets.plan import plan_pages
from neixiang_survey_plugin.app.sheets.scene import Area, Line, Sheet, Text
from neixiang_survey_plugin.core.county import RouteDefaults
from neixiang_survey_plugin.io.sheets.fonts import chinese_font
from neixiang_survey_plugin.io.sheets.pdf import sheets_pdf
from tests import drawn
from tests import packet_cases as cases
from tests.sheets.cases import drawn_case, line
from tests.sheets.letters import LETTERS
from tests.sheets.pdf_reading import pages, polylines, text_of
from tests.sheets.underground import street

CROSSING = line((70.0, 0.0), (110.0, 0.0), (110.0, 50.0))


def sheets(*routes: object, **said: object) -> tuple[Sheet, ...]:
    case = drawn_case(*routes, **said)  # type: ignore[arg-type]
    return numbered(plan_pages(case), case.title, case.letters)


def plan_pdf(*routes: object, **said: object) -> bytes:
    font = chinese_font()
    made = sheets(*routes, letters=font, **said)
    return sheets_pdf(made, font, title="示例", author="示例", on=drawn.ON)


@pytest.mark.parametrize(("to", "turn"), [((100.0, 0.0), "east"), ((60.0, 80.0), "slanting")])
def test_a_line_of_100_m_measures_200_mm_in_the_pdf(to: tuple[float, float], turn: str) -> None:
    (page,) = pages(plan_pdf(line((0.0, 0.0), to)))
    lengths = [math.dist(*one) for one in polylines(page) if len(one) == 2]
    assert [round(length, 2) for length in lengths if abs(length - 200.0) < 0.05] == [200.0] * 2


def test_every_bend_stands_in_the_table_with_north_first() -> None:
    (sheet,) = sheets(line((70.0, 1.5), (110.0, 2.25)))
    at = sheet.texts.index("拐点坐标")
    assert sheet.texts[at + 9 : at + 13] == ("JS2", "2.250", "110.000", "40.01")


def test_a_segment_of_kilometres_has_no_bend_that_nobody_drew() -> None:
    case = drawn_case(line((0.0, 0.0), (12_000.0, 0.0)))
    assert [[one.name for one in bends] for bends in case.vertices] == [["JS1", "JS2"]]


def test_where_several_lines_cross_a_road_each_label_says_whose_it_is() -> None:
    gas = drawn.route("70 20, 110 20", "g1", "gas", case_id="c1")
    (sheet,) = sheets(line((70.0, 0.0), (110.0, 0.0)), gas)
    assert {"给水横穿 10.00 m 交角 90°", "燃气横穿 10.00 m 交角 90°"} <= set(sheet.texts)


def test_crossings_and_green_patches_bear_their_figures() -> None:
    (sheet,) = sheets(CROSSING)
    assert "横穿 10.00 m 交角 90°" in sheet.texts
    assert "占用绿地 16.00 m²" in sheet.texts
    assert sheet.texts.count("10.00") == 2  # the dimension and the table


def test_a_line_longer_than_a_sheet_has_an_index_and_says_where_it_goes_on() -> None:
    made = sheets(line((0.0, 0.0), (390.0, 0.0)))
    assert [sheet.title for sheet in made] == ["外线平面图 接合表"] + ["外线平面图"] * 3
    assert "接图 3" in made[1].texts
    assert {"接图 2", "接图 4"} <= set(made[2].texts)
    assert {"图 2", "图 3", "图 4"} <= set(made[0].texts)


def test_bends_that_find_no_room_beside_the_plan_have_a_sheet() -> None:
    zigzag = [(float(k), float(k % 2) * 3.0) for k in range(100)]
    made = sheets(line(*zigzag))
    assert made[1].title == "外线平面图 坐标与数量表"
    listed = {text for sheet in made for text in sheet.texts if re.fullmatch(r"JS\d+", text)}
    assert listed == {f"JS{k}" for k in range(1, 101)}


def test_a_line_of_a_millimetre_and_one_outside_every_layer_can_be_drawn() -> None:
    assert len(sheets(line((70.0, 0.0), (70.001, 0.0)))) == 1
    assert len(sheets(line((5000.0, 5000.0), (5050.0, 5000.0)))) == 1


def test_a_road_without_a_width_is_a_dashed_line_and_nothing_else() -> None:
    only = cases.county(drawn.road("80 -50, 80 100", "R1", width_m=float("nan")))
    (sheet,) = sheets(CROSSING, where=only)
    dashed = [mark for mark in sheet.marks if getattr(mark, "dash_mm", None) == UNKNOWN_DASH]
    assert len(dashed) == 1


def test_a_draft_says_so_across_every_sheet_and_an_issued_one_nowhere() -> None:
    long = line((0.0, 0.0), (390.0, 0.0))
    assert all("草稿 DRAFT" in sheet.texts for sheet in sheets(long, draft=True))
    assert not any("草稿" in text for sheet in sheets(long) for text in sheet.texts)


def test_the_title_block_says_what_the_sheet_is_of() -> None:
    (sheet,) = sheets(CROSSING)
    assert {"c1", "1/1", "1:500", "示例食品有限公司", "EPSG:4546", "2026年11月22日"} <= set(
        sheet.texts
    )
    assert "ab" * 32 in "".join(sheet.texts)


AWKWARD = "甲\n\"乙\" <b>'丙'</b> \\ {{x}} 😀 \u202e丁"


@pytest.mark.parametrize("name", [cases.LONG_NAME * 3, AWKWARD])
def test_no_name_leaves_its_box(name: str) -> None:
    (sheet,) = sheets(CROSSING, applicant=name, project=name, units=name, case=name)
    uprights = [
        mark.points
        for mark in sheet.marks
        if isinstance(mark, Line) and len(mark.points) == 2
        if mark.points[0][0] == mark.points[1][0] >= COLUMN_MM
    ]
    words = [m for m in sheet.marks if isinstance(m, Text) and m.at[0] > COLUMN_MM]
    block = [word for word in words if word.at[1] > BLOCK_TOP_MM]
    assert len(block) > 20
    for word in block:
        x, y = word.at
        wide = width_mm(LETTERS, word.text, word.size_mm)
        left = x - wide / 2.0 if word.anchor is Anchor.CENTRE else x
        ends = [one[0] for one, other in uprights if one[1] < y < other[1] and one[0] > left]
        assert left >= COLUMN_MM
        assert left + wide <= min([*ends, RIGHT_MM])
    assert plan_pdf(CROSSING, applicant=name, project=name, units=name, case=name)


def test_the_words_of_the_plan_are_found_in_its_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(plan_pdf(CROSSING))
    found = text_of(path)
    assert all(word in found for word in ("给水", "长度", "阀门", "面积", "示例R1路"))


def test_a_dimension_is_as_long_on_paper_as_the_stretch_in_the_road() -> None:
    (sheet,) = sheets(CROSSING)
    lines = [mark for mark in sheet.marks if getattr(mark, "colour", "") == DIMENSION]
    along = [mark for mark in lines if isinstance(mark, Line) and len(mark.points) == 2]
    level = [mark for mark in along if mark.points[0][1] == pytest.approx(mark.points[1][1])]
    assert [math.dist(*mark.points) for mark in level] == pytest.approx([10.0 * 1000 / 500])


def test_what_is_there_already_is_drawn_in_its_colour_and_named() -> None:
    (sheet,) = sheets(CROSSING, where=street())
    assert {"现状燃气 DN110", "现状污水 DN400", "示例R1路", "示例公园"} <= set(sheet.texts)
    drawn_in = {mark.colour for mark in sheet.marks if isinstance(mark, Line)}
    assert {UTILITY_COLOURS["gas"], UTILITY_COLOURS["sewer"]} <= drawn_in


def test_nothing_of_the_county_reaches_over_the_edge_of_the_map() -> None:
    (sheet,) = sheets(CROSSING, where=street())
    below = [mark for mark in sheet.marks if isinstance(mark, Area) and mark.fill == ROAD]
    places = [at for mark in below for ring in mark.rings for at in ring]
    assert places
    assert all(29.999 <= x <= 313.001 and 9.999 <= y <= 287.001 for x, y in places)


def test_a_label_of_the_case_stands_on_no_line_of_it() -> None:
    bare = cases.county(defaults=RouteDefaults({}))  # no strip that would keep words off
    beside = [drawn.route(f"70 {y}, 110 {y}", f"g{y}", "gas", case_id="c1") for y in (1, 2, 3)]
    case = drawn_case(CROSSING, *beside, where=bare)
    page = plan_pages(case)[0]
    words = [
        m
        for m in page.marks
        if isinstance(m, Text) and m.text.startswith(("JS", "RQ", "示例R1路（"))
    ]
    route = [m for m in page.marks if isinstance(m, Line) and m.width_mm == ROUTE_CASING_MM]
    shapes = [shapely.LineString(mark.points).buffer(0.3) for mark in route]
    for word in words:
        wide = width_mm(case.letters, word.text, word.size_mm)
        x, y = word.at
        if x < 320.0:
            box = shapely.box(x, y - word.size_mm / 2, x + wide, y + word.size_mm / 2)
            assert not any(shape.intersects(box) for shape in shapes)
