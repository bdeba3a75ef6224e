"""Applications from spreadsheets: headings in any order, forms, and what is told of bad cells."""

from __future__ import annotations

import random
from datetime import date, datetime
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.casework.case import NeededFor, ServiceKind
from neixiang_survey_plugin.io.applications.headings import (
    CASE_HEADINGS,
    SERVICE_HEADINGS,
    place_of,
)
from neixiang_survey_plugin.io.applications.spreadsheet import read_spreadsheet
from tests.applications.books import write_book
from tests.io.saying import only, problems_of

CASES = Path(__file__).parents[2] / "data" / "cases"
HEADINGS = ["用户名称", "统一社会信用代码", "燃气", "小时用气量(m³/h)", "受理时间", "受理人"]
ROW = ["示例公司", "91411325MA0000003X", "新装", 60, datetime(2026, 9, 14, 8, 30), "窗口甲"]


def table(folder: Path, *rows: list[object], headings: list[str] = HEADINGS) -> Path:
    return write_book(folder / "a.xlsx", [["台账"], headings, *rows])


def test_sample_table_is_read_row_by_row() -> None:
    first, second = read_spreadsheet(CASES / "applications.xlsx")
    case, (water,) = first.case, first.services
    assert (case.case_id, case.applicant_name) == ("C04", "示例纺织有限公司")
    assert (case.agent_phone, case.agent_id_number) == ("13800000004", "411325199001010004")
    assert case.agreed_access_at == datetime(2026, 9, 16, 9, 10)
    assert (case.entrusts_permits, case.applicant_kind) == (True, "company")
    assert (water.utility, water.service_kind) == ("water", ServiceKind.NEW)
    assert (water.daily_water_t, water.meter_mm) == (40.0, 80.0)
    assert second.case.agreed_access_at == datetime(2026, 9, 18, 16, 0)
    power, telecom = second.services
    assert (power.service_kind, power.power_kw, power.voltage_kv) == (ServiceKind.EXPAND, 315, 10)
    assert (telecom.service_kind, telecom.bandwidth_mbit_s) == (ServiceKind.NEW, 200.0)


def test_sample_form_is_read_label_by_label() -> None:
    (application,) = read_spreadsheet(CASES / "application_form.xlsx")
    case, (gas,) = application.case, application.services
    assert (case.case_id, case.applicant_name) == ("C52", "示例电子有限公司")
    assert (case.legal_representative, case.agent_name) == ("示例孙六", "示例吴七")
    assert case.signed_on == date(2026, 9, 11)
    assert case.received_at == datetime(2026, 9, 11, 15, 20)
    assert (gas.utility, gas.service_kind) == ("gas", ServiceKind.NEW)
    assert (gas.gas_m3_h, gas.gas_use, gas.pressure_class) == (35.0, "工业", "medium_b")


def test_headings_may_stand_in_any_order(tmp_path: Path) -> None:
    expected = read_spreadsheet(table(tmp_path, ROW))
    for seed in range(5):
        order = random.Random(seed).sample(range(len(HEADINGS)), len(HEADINGS))
        path = table(tmp_path, [ROW[n] for n in order], headings=[HEADINGS[n] for n in order])
        assert read_spreadsheet(path) == expected


@pytest.mark.parametrize(
    "heading", ["用户名称：", " 用 户 名 称 ", "*用户名称", "用户名称（全称）"]
)
def test_heading_is_known_with_colons_stars_and_brackets(heading: str) -> None:
    place = place_of(heading)
    assert place is not None
    assert place.field == "applicant_name"


def test_no_two_fields_share_a_heading() -> None:
    headings = [one for words in CASE_HEADINGS.values() for one in words]
    headings += [one for _, words in SERVICE_HEADINGS.values() for one in words]
    assert len(headings) == len(set(headings))
    for name, words in CASE_HEADINGS.items():
        assert {place.field for one in words if (place := place_of(one))} == {name}
    for name, (_, words) in SERVICE_HEADINGS.items():
        assert {place.field for one in words if (place := place_of(one))} == {name}


def test_sheet_of_the_land_grant_asks_for_works_and_for_production(tmp_path: Path) -> None:
    headings = [
        "用户名称",
        "地块编号",
        "出让合同号",
        "施工用水(t/日)",
        "生产用水(t/日)",
        "生产用电(kW)",
    ]
    path = table(tmp_path, ["示例公司", "NX-1", "示例1号", 5, 80, 600], headings=headings)
    (application,) = read_spreadsheet(path)
    found = [
        (one.utility, one.needed_for, one.daily_water_t, one.power_kw)
        for one in application.services
    ]
    assert found == [
        ("water", NeededFor.CONSTRUCTION, 5.0, None),
        ("water", NeededFor.PRODUCTION, 80.0, None),
        ("power", NeededFor.PRODUCTION, None, 600.0),
    ]


def test_one_column_of_services_and_one_of_the_kind(tmp_path: Path) -> None:
    headings = ["用户名称", "勾选服务", "办理类别", "受理时间"]
    row = ["示例公司", "☑水 □电 ☑气 □暖 □信", "过户", "2026-09-14 08:30"]
    (application,) = read_spreadsheet(table(tmp_path, row, headings=headings))
    assert [(one.utility, one.service_kind) for one in application.services] == [
        ("water", ServiceKind.TRANSFER),
        ("gas", ServiceKind.TRANSFER),
    ]


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("☑新装 □增容", [ServiceKind.NEW]),
        ("新装√ 增容□", [ServiceKind.NEW]),
        ("新装、更名", [ServiceKind.NEW, ServiceKind.RENAME]),
        ("√", [None]),
        ("是", [None]),
        ("否", []),
        ("□新装 □增容", []),
    ],
)
def test_boxes_are_read_however_they_are_ticked(
    tmp_path: Path, cell: str, kinds: list[ServiceKind | None]
) -> None:
    headings = ["用户名称", "燃气", "给水", "受理时间", "受理人"]
    row = ["示例公司", cell, "新装", "2026-09-14 08:30", "窗口甲"]
    (application,) = read_spreadsheet(table(tmp_path, row, headings=headings))
    gas = [one.service_kind for one in application.services if one.utility == "gas"]
    assert gas == kinds


def test_every_problem_is_told_with_sheet_row_and_heading(tmp_path: Path) -> None:
    bad = ["", "123", "拆除", "很多", "下周一", "窗口甲"]
    problems = problems_of(lambda: read_spreadsheet(table(tmp_path, bad, ROW)))
    wanted = ["燃气", "小时用气量", "受理时间", "用户名称", "没有申请任何服务", "123", "受理人"]
    assert len(problems) == len(wanted)
    for problem, part in zip(problems, wanted, strict=True):
        assert "a.xlsx: 工作表 表1 第 3 行 " in problem
        assert part in problem
        assert problem.endswith("。")


def test_column_that_nobody_knows_is_named(tmp_path: Path) -> None:
    path = table(tmp_path, [*ROW, "x"], headings=[*HEADINGS, "经办人手机号"])
    only(problems_of(lambda: read_spreadsheet(path)), "第 2 行", "经办人手机号", "不认识")
    path = table(tmp_path, [*ROW, "x"], headings=[*HEADINGS, "别的\n一列"])
    only(problems_of(lambda: read_spreadsheet(path)), "别的 一列", "不认识")


def test_quantity_without_a_tick_is_not_guessed(tmp_path: Path) -> None:
    headings = [*HEADINGS, "日用水量", "给水"]
    path = table(tmp_path, [*ROW, 30, ""], headings=headings)
    only(problems_of(lambda: read_spreadsheet(path)), "填了日用水量", "没有勾选给水")


def test_identity_number_that_excel_has_cut_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, [*ROW, 411325199001010004], headings=[*HEADINGS, "身份证号"])
    only(problems_of(lambda: read_spreadsheet(path)), "身份证号", "文本格式")


def test_two_headings_of_one_field_must_agree(tmp_path: Path) -> None:
    headings = [*HEADINGS, "企业名称"]
    assert read_spreadsheet(table(tmp_path, [*ROW, "示例公司"], headings=headings))
    path = table(tmp_path, [*ROW, "别的公司"], headings=headings)
    only(problems_of(lambda: read_spreadsheet(path)), "企业名称", "别的公司", "不一致")


def test_empty_value_in_a_form_is_not_the_next_label(tmp_path: Path) -> None:
    form = [
        ["用户名称", "示例公司", "法定代表人", None],
        ["经办人", None, "手机", "13800000000"],
        ["燃气", "☑新装", "小时用气量", None],
    ]
    (application,) = read_spreadsheet(write_book(tmp_path / "f.xlsx", form))
    assert application.case.agent_name is None
    assert application.case.agent_phone == "13800000000"
    assert application.services[0].gas_m3_h is None


def test_sheets_of_other_things_are_left_alone(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", [["填表说明"], ["一", "二"]], [HEADINGS, ROW])
    assert len(read_spreadsheet(path)) == 1
    nothing = write_book(tmp_path / "b.xlsx", [["填表说明"]])
    only(problems_of(lambda: read_spreadsheet(nothing)), "表1", "没有认得的表头")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", b"<html></html>"])
def test_file_that_is_no_workbook_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    only(problems_of(lambda: read_spreadsheet(path)), "a.xlsx", "不是 XLSX 工作簿")
    only(problems_of(lambda: read_spreadsheet(tmp_path / "b.xlsx")), "没有这个文件")


def test_headings_in_two_rows_are_those_of_the_lower_one(tmp_path: Path) -> None:
    groups = ["申请人", "给水", "供电", "供气", "供暖", "通信"]
    headings = ["用户名称", "给水", "日用水量", "小时用气量", "燃气", "受理时间"]
    row = ["示例公司", "新装", 30, 12, "新装", "2026-09-14 08:30"]
    (application,) = read_spreadsheet(write_book(tmp_path / "a.xlsx", [groups, headings, row]))
    assert [one.utility for one in application.services] == ["water", "gas"]


def test_documentation_lists_every_field_with_its_headings() -> None:
    text = (CASES.parents[1] / "docs" / "applications.md").read_text(encoding="utf-8")
    for name, headings in CASE_HEADINGS.items():
        assert f"| `{name}` | {'、'.join(headings)} |" in text
    for name, (utility, headings) in SERVICE_HEADINGS.items():
        assert f"| `{name}` | {utility or 'any'} | {'、'.join(headings)} |" in text
