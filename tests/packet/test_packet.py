"""The packet of a case: the right form for each utility, and nothing but what the data has."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.report import check_report
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.core.county import County, RouteDefaults
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.judging.splitting import SuspectedSplit
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.packet.writing import PacketWritten, write_packet
from tests import drawn
from tests import packet_cases as cases
from tests.packet.test_golden import text_of

HOSTILE = "{{ 7 * 7 }} {% if x %} {_{ }_} <b>&amp; \"'</b> %_}"


def packet_of(
    tmp_path: Path, *routes: Route, where: County | None = None
) -> tuple[PacketWritten, CheckResult]:
    """The packet of the first line's case."""
    county = where or cases.county()
    result = cases.checked(*routes, where=county)
    return write_packet(result.cases[0], result, county, tmp_path), result


def form_of(tmp_path: Path, *routes: Route, where: County | None = None) -> str:
    """The text of the first form."""
    return text_of(packet_of(tmp_path, *routes, where=where)[0].files[0])


def test_each_utility_of_a_case_gets_the_form_of_its_own_way(tmp_path: Path) -> None:
    water = replace(cases.COMMITTED, case_id="c2")
    heat = replace(cases.UNDETERMINED, case_id="c2", utility="heat")
    packet, _ = packet_of(tmp_path, water, cases.PROTECTED, cases.ARTERIAL, heat)
    papers = [path.name for path in packet.files if path.parent == packet.folder]
    assert papers == [
        "给水-水电气暖信承诺制事项申请表.docx",
        "电力-联合踏勘、并联审批申请表.docx",
        "燃气-联合踏勘、并联审批申请表.docx",
        "热力-资料补正单.docx",
        "联合踏勘记录表.docx",
        "电力-建设工程规划许可申请表.docx",
        "电力-占用、挖掘城市道路审批申请表.docx",
        "电力-临时占用城市绿地申请表.docx",
        "电力-挖掘保护期内城市道路的请示.docx",
        "燃气-建设工程规划许可申请表.docx",
        "燃气-占用、挖掘城市道路审批申请表.docx",
        "图纸.pdf",
        "现场单.pdf",
        "现场单.png",
        "工程量.xlsx",
        "map.html",
        "forms.json",
        "case.json",
        "manifest.json",
    ]
    assert packet.folder == tmp_path / "c2"
    assert {path for path in packet.folder.rglob("*") if path.is_file()} == set(packet.files)


def test_only_the_county_governments_way_asks_the_county_government(tmp_path: Path) -> None:
    assert "报请县人民政府批准" in form_of(tmp_path, cases.PROTECTED)
    assert "报请县人民政府批准" not in form_of(tmp_path / "2", cases.ARTERIAL)


def test_lines_of_one_utility_that_are_not_judged_as_one_get_a_form_each(tmp_path: Path) -> None:
    later = replace(cases.COMMITTED, route_id="w2", applied_on=date(2024, 1, 1))
    packet, _ = packet_of(tmp_path, cases.COMMITTED, later)
    assert [path.name for path in packet.files[:2]] == [
        "给水-水电气暖信承诺制事项申请表.docx",
        "给水-2-水电气暖信承诺制事项申请表.docx",
    ]
    assert "外线编号 | w2" in text_of(packet.files[1])


def test_the_json_is_the_report_of_this_case_alone(tmp_path: Path) -> None:
    packet, result = packet_of(tmp_path, cases.COMMITTED, cases.PROTECTED)
    facts = json.loads((packet.folder / "case.json").read_text(encoding="utf-8"))
    report = json.loads(json.dumps(check_report(result)))
    assert facts["routes"] == report["routes"][:1]
    assert facts["cases"] == report["cases"][:1]
    assert (facts["policy"], facts["county"]) == ("neixiang_2022", "示例县")
    assert facts["program_version"] == "0.1.0"


def test_a_line_without_a_case_has_a_packet_without_a_case_number(tmp_path: Path) -> None:
    packet, _ = packet_of(tmp_path, replace(cases.COMMITTED, case_id=None))
    assert packet.case_id is None
    assert packet.folder.name == "无案件-w1"
    assert "案件编号 | \n" in text_of(packet.files[0])


@pytest.mark.parametrize("name", ["COMMITTED", "PROTECTED", "ARTERIAL", "UNDETERMINED", "RESIDENT"])
def test_what_the_data_does_not_have_stays_empty(name: str, tmp_path: Path) -> None:
    known = getattr(cases, name)
    bare = Route(known.route_id, known.utility, known.line, applicant_kind=known.applicant_kind)
    text = form_of(tmp_path, bare, where=cases.county(departments={}))
    for word in ("None", "nan", "NaT", "null"):
        assert word not in text
    assert "施工起止日期 | \n" in text


def test_a_figure_that_is_unknown_is_not_zero(tmp_path: Path) -> None:
    bare = drawn.county(None, None, None, grid=Grid.plane(4546))
    text = form_of(tmp_path, cases.COMMITTED, where=bare)
    assert "穿越城市道路 | 未知\n" in text
    assert "临时占用绿地 | 未知 |" in text
    assert "触及的道路 | 未知\n" in text
    assert "0.00 m" not in text.replace("50.00 m", "")


def test_the_supplement_lists_each_missing_fact_once_with_where_to_get_it(tmp_path: Path) -> None:
    rows = [
        line.split(" | ")
        for line in form_of(tmp_path, cases.UNDETERMINED).splitlines()
        if line[:3] in ("1 |", "2 |", "3 |", "4 |")
    ]
    assert [row[1:3] for row in rows] == [
        ["道路等级", "R4"],
        ["交付使用日期", "R4"],
        ["申请人类别", "w3"],
    ]
    assert "查县道路台账" in rows[0][4]


def test_a_fact_of_a_line_is_missing_of_that_line(tmp_path: Path) -> None:
    text = form_of(tmp_path, cases.COMMITTED, where=cases.county(defaults=RouteDefaults()))
    assert "1 | 施工作业带宽度 | 外线 w1 |" in text


def test_the_supplement_names_only_conditions_that_the_missing_fact_could_change(
    tmp_path: Path,
) -> None:
    across_both = drawn.route("270 0, 360 0", "w4", case_id="c4")
    text = form_of(tmp_path, across_both)
    assert "| ✗ 不合格" in text
    assert "1 | 道路等级 | R4 | 不触及公路（公路不是城市道路，由公路管理机构许可） |" in text


def test_a_matter_of_several_lines_is_one_row_with_all_objects(tmp_path: Path) -> None:
    other = drawn.route("270 0, 315 0", "w2", case_id="c1", unit="u1")
    text = form_of(tmp_path, cases.COMMITTED, other)
    assert text.count("\n城市道路挖掘、占用 |") == 1
    assert "| 示例R1路（R1）、示例R3路（R3） | 需要\n" in text


def test_a_matter_that_is_not_certain_is_marked_so(tmp_path: Path) -> None:
    text = form_of(tmp_path, cases.UNDETERMINED)
    assert "县人民政府批准 | 示例县人民政府 |  |  | 待定\n" in text


def test_a_suspected_split_stands_in_the_packets_of_its_own_lines_alone(tmp_path: Path) -> None:
    county = cases.county()
    checked = cases.checked(cases.COMMITTED, cases.UNDETERMINED, where=county)
    split = SuspectedSplit("water", ("w1", "w9"), ("line_length",))
    result = replace(checked, suspected_splits=(split,))
    for case, concerned in zip(result.cases, (True, False), strict=True):
        packet = write_packet(case, result, county, tmp_path)
        facts = json.loads((packet.folder / "case.json").read_text(encoding="utf-8"))
        assert bool(facts["suspected_splits"]) == concerned
        assert ("疑似拆分：给水外线 w1、w9" in text_of(packet.files[0])) == concerned


def test_a_borderline_finding_leaves_boxes_for_the_taped_figure(tmp_path: Path) -> None:
    text = form_of(tmp_path, cases.BORDERLINE, where=cases.NEARLY_15_M)
    assert "穿越城市道路不超过15米 | 14.95 m ±0.20 | 15 m |  |  | \n" in text
    assert "实测记录" not in form_of(tmp_path / "2", cases.COMMITTED)


def test_the_promise_to_reinstate_is_made_only_where_a_road_is_opened(tmp_path: Path) -> None:
    bored = replace(cases.COMMITTED, trenchless=cases.PROTECTED.trenchless)
    assert "按原貌修复（二(四)）" in form_of(tmp_path, cases.COMMITTED)
    assert "按原貌修复" not in form_of(tmp_path / "2", bored)
    assert "按原貌修复（二(四)）" in form_of(tmp_path / "3", cases.ARTERIAL)


def test_the_promise_to_reinstate_is_made_where_nobody_knows_the_roads(tmp_path: Path) -> None:
    bored = drawn.route("170 10, 200 10", "p1", "power", bores=[(5.0, 25.0)])
    mapped = drawn.county([cases.ROADS[1]], **cases.FACTS)
    elsewhere = drawn.county([cases.ROADS[1]], roads_coverage=(0, 0, 1, 1), **cases.FACTS)
    assert "按原貌修复" not in form_of(tmp_path, bored, where=mapped)
    assert "按原貌修复" in form_of(tmp_path / "2", bored, where=elsewhere)


def test_the_promise_to_replant_is_made_only_where_green_is_occupied(tmp_path: Path) -> None:
    green = drawn.route("10 0, 10 45", "w1", case_id="c1", unit="u1")
    assert "5. 占用绿地的" in form_of(tmp_path, green)
    assert "占用绿地的" not in form_of(tmp_path / "2", cases.COMMITTED)


def test_the_traffic_police_always_have_a_box(tmp_path: Path) -> None:
    assert "示例公安局交警大队（施工期间交通组织） | 意见：" in form_of(tmp_path, cases.ARTERIAL)
    nobody = cases.county(departments={})
    text = form_of(tmp_path / "2", cases.ARTERIAL, where=nobody)
    assert "公安交警（施工期间交通组织） | 意见：" in text
    assert "（建设工程规划许可） | 意见：" in text


def test_the_warnings_of_the_reader_stand_on_the_form(tmp_path: Path) -> None:
    county = cases.county()
    result = replace(cases.checked(cases.COMMITTED), warnings=("全部外线按企业用户判定",))
    packet = write_packet(result.cases[0], result, county, tmp_path)
    assert "读取外线文件时的提示：全部外线按企业用户判定。" in text_of(packet.files[0])


def test_whatever_a_name_holds_comes_out_as_written(tmp_path: Path) -> None:
    roads = [cases.road("R1", 80, 90, name=HOSTILE)]
    route = replace(cases.COMMITTED, contractor=HOSTILE, unit=HOSTILE, case_id=HOSTILE)
    packet, _ = packet_of(tmp_path, route, where=cases.county(*roads))
    text = text_of(packet.files[0])
    assert f"施工单位 | {HOSTILE}\n" in text
    assert f"申请单位（全称） | {HOSTILE} |" in text
    assert f"案件编号 | {HOSTILE}\n" in text
    assert f"{HOSTILE}（R1） | 支路" in text


def test_control_characters_in_a_name_become_spaces(tmp_path: Path) -> None:
    route = replace(cases.COMMITTED, contractor="甲\x00\x0b乙\n\t丙\ud800丁\a\f戊")
    assert "施工单位 | 甲 乙 丙 丁 戊\n" in form_of(tmp_path, route)


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    once, _ = packet_of(tmp_path / "1", cases.COMMITTED)
    again, _ = packet_of(tmp_path / "2", cases.COMMITTED)
    assert [path.read_bytes() for path in once.files] == [one.read_bytes() for one in again.files]
    with zipfile.ZipFile(once.files[0]) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
