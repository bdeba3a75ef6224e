"""The section across lines that were agreed to be laid in one go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from neixiang_survey_plugin.app.sheets.common_section import common_section_pages, section_of
from neixiang_survey_plugin.app.sheets.scene import Text
from neixiang_survey_plugin.app.trenching.shown import SharedLine, SharedTrench
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.packet.sheets import DRAWINGS
from neixiang_survey_plugin.io.packet.writing import PacketMaker
from neixiang_survey_plugin.io.sheets.fonts import chinese_font
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests import packet_cases as cases
from tests.drawn import route
from tests.sheets.pdf_reading import text_of
from tests.sheets.underground import street

SHAPE = load_trench_rules().shape
AREA = shapely.box(70, -2, 110, 2)
WATER = route("70 0, 110 0", "w1", diameter_mm=200.0, cover_m=0.9, works_area=AREA)
POWER = route("70 0.8, 110 0.8", "p1", "power", diameter_mm=150.0, cover_m=0.7, works_area=AREA)
GAS = route("70 -2.5, 110 -2.5", "g1", "gas", diameter_mm=110.0, cover_m=0.9, trench_width_m=0.7)


def shared(*routes: Route, accepted: bool = True) -> SharedTrench:
    lines = tuple(
        SharedLine(one.route_id, one.utility, one.line, one.line, one.works_area, one)
        for one in routes
    )
    return SharedTrench("共沟 示例一街", accepted, (("开挖沟槽 m", "80.00", "40.00"),), lines)


def test_every_member_lies_where_it_was_agreed_in_one_excavation_or_its_own() -> None:
    section = section_of(shared(WATER, POWER, GAS), SHAPE)
    assert section is not None
    # to the right of the first line: the gas line, then water, then power on the left
    assert [one.route_id for one in section.slots] == ["p1", "w1", "g1"]
    power, water, gas = section.slots
    assert water.centre_m - power.centre_m == pytest.approx(0.8)
    assert gas.centre_m - water.centre_m == pytest.approx(2.5)
    assert [dig.route_ids for dig in section.digs] == [("p1", "w1"), ("g1",)]
    assert section.digs[1].width_m == pytest.approx(0.7)


@pytest.mark.parametrize(
    "lines",
    [
        (WATER, replace(POWER, diameter_mm=None)),
        (WATER, replace(POWER, line=route("70 80, 110 80").line)),
    ],
)
def test_without_a_size_or_a_place_side_by_side_the_sheet_says_so(lines: tuple[Route, ...]) -> None:
    assert section_of(shared(*lines), SHAPE) is None
    (page,) = common_section_pages([shared(*lines)], SHAPE, chinese_font())
    assert words.NO_COMMON_SECTION in [one.text for one in page.marks if isinstance(one, Text)]


def test_what_is_only_proposed_has_no_sheet() -> None:
    assert common_section_pages([shared(WATER, POWER, accepted=False)], SHAPE, chinese_font()) == ()


def test_the_sheet_stands_in_the_set_of_the_packet(tmp_path: Path) -> None:
    county = street()
    check = cases.checked(cases.COMMITTED, where=county)
    maker = PacketMaker(check, county)
    packet = maker.write(check.cases[0], tmp_path, shared=(shared(WATER, POWER, GAS),))
    said = text_of(packet.folder / DRAWINGS)
    assert words.COMMON in said
    assert "共沟 示例一街" in said
    assert "80.00" in said
    assert "1:20，尺寸单位" in said
