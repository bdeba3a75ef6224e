"""``inspect start|record|rectified|list`` and ``unit talk``: from the promise to what follows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.reading import read_survey_records
from tests.hosts.test_cli_check import run
from tests.hosts.test_cli_fact import DATA
from tests.hosts.test_cli_packets_kept import issue


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    status, out, err = run(*arguments, "--json", "-", capsys=capsys)
    assert (status, err) == (0, "")
    report: dict[str, Any] = json.loads(out)
    return report


def start(
    survey: Path, on: str, capsys: pytest.CaptureFixture[str], *more: object
) -> dict[str, Any]:
    asked = ("--case", "C02", "--utility", "gas", "--department", "excavation", "--by", "李工")
    report = told(capsys, "inspect", "start", survey, "--county", DATA, *asked, "--on", on, *more)
    found: dict[str, Any] = report["inspection"]
    return found


def record(survey: Path, number: str, capsys: pytest.CaptureFixture[str], *more: object) -> Any:
    return told(capsys, "inspect", "record", survey, "--inspection", number, *more)


BROKEN = ("--promise", "reinstatement", "--outcome", "broken", "--evidence", "沉陷 5 cm，照片 12")


def test_from_the_promise_to_a_proposal(promised: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for on, due in (("2026-10-01", "2026-10-05"), ("2026-10-08", "2026-10-12")):
        made = start(promised, on, capsys, "--kind", "完工后")
        assert (made["department"], made["unit"], made["kind"]) == (
            "示例城市管理局",
            "gas",
            "after",
        )
        report = record(promised, made["uuid"][:8], capsys, *BROKEN, "--due", due, "--on", on)
        assert report["rectification"]["due_on"] == due

    listed = ("inspect", "list", promised, "--county", DATA, "--on")
    assert told(capsys, *listed, "2026-10-05")["proposals"] == []
    (proposal,) = told(capsys, *listed, "2026-10-20")["proposals"]
    assert (proposal["unit"], proposal["proposal"]) == ("gas", "talk")
    _, said, _ = run(*listed, "2026-10-20", capsys=capsys)
    assert "单位 gas：建议约谈。连续 2 次查验发现违反承诺（2026-10-01、2026-10-08）" in said
    assert "由审批部门决定。" in said

    reason = ("--unit", "gas", "--by", "excavation", "--reason", "两次修复不合格")
    talk = told(capsys, "unit", "talk", promised, "--county", DATA, *reason, "--on", "2026-10-21")
    assert talk["talk"]["department"] == "示例城市管理局"
    assert told(capsys, *listed, "2026-10-22")["proposals"] == []


def test_what_an_inspector_found_stands_beside_what_was_measured(
    promised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = start(promised, "2026-10-01", capsys)
    kept = ("--promise", "修复", "--outcome", "履行", "--evidence", "路面平整")
    record(promised, made["uuid"], capsys, *kept)
    line = DATA / "cases" / "routes.gpkg"
    built = told(capsys, "as-built", promised, line, "--county", DATA)
    found = next(one for one in built["lines"] if one["route_id"] == "C02-gas")
    clauses = {one["promise"]: one for one in found["clauses"]}
    assert (clauses["reinstatement"]["outcome"], clauses["reinstatement"]["found"]) == (
        "kept",
        "路面平整",
    )
    assert clauses["length"]["outcome"] == "kept"


def test_an_approved_line_has_a_sheet_with_the_conditions_of_its_approval(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(survey, "C03", capsys)
    store = open_survey(survey, "甲")
    granted = Decision(case_id="C03", utility="gas", outcome=DecisionOutcome.GRANTED)
    by_night = replace(granted, department="示例城市管理局", conditions="夜间施工")
    numbered = replace(by_night, document_number="示例城〔2026〕7号", conditions="铺设钢板")
    refused = replace(by_night, outcome=DecisionOutcome.REFUSED, conditions="绕行")
    store.keep([granted, by_night, numbered, refused], what="test")
    store.close()
    out = survey.with_name("sheet.xlsx")
    asked = ("--case", "C03", "--utility", "gas", "--department", "excavation", "--out", out)
    for kind in ("during", "after", "joint", "unannounced", "phone"):
        more = (*asked, "--kind", kind)
        made = told(capsys, "inspect", "start", survey, "--county", DATA, *more)["inspection"]
        assert made["kind"] == kind
    items = {(one["route_id"], one["promise"], one["requirement"]) for one in made["items"]}
    assert ("C03-gas", "crossing", None) in items
    assert (None, "condition", "夜间施工（示例城市管理局）") in items
    assert (None, "condition", "铺设钢板（示例城市管理局，示例城〔2026〕7号）") in items
    assert len(items) == 7 + 2
    book = openpyxl.load_workbook(out)
    page = book["查验单"]
    assert {page.column_dimensions[letter].width >= 20 for letter in "FG"} == {True}
    assert page.row_dimensions[3].height == 30  # room for a pen
    assert book["监管标准"]["A3"].value == "城市道路挖掘、占用"
    rows = list(page.iter_rows(min_row=3, values_only=True))
    assert rows[-1][1:4] == (
        "遵守批复附带的条件",
        "四(二)",
        "铺设钢板（示例城市管理局，示例城〔2026〕7号）",
    )

    which = (survey, "--inspection", made["uuid"], "--promise", "批复条件", "--outcome", "违反")
    seen = ("--evidence", "白天开挖，照片 3")
    status, _, err = run("inspect", "record", *which, *seen, capsys=capsys)
    assert (status, "请用 --condition 写明是哪一条" in err) == (2, True)
    (broken,) = told(capsys, "inspect", "record", *which, *seen, "--condition", "夜间")["items"]
    assert (broken["requirement"], broken["outcome"]) == ("夜间施工（示例城市管理局）", "broken")
    status, _, err = run("inspect", "record", *which, *seen, "--condition", "绕行", capsys=capsys)
    assert (status, "没有“批复条件”（含“绕行”的）" in err) == (2, True)


def test_the_line_of_an_emergency_repair_is_inspected_as_it_is_drawn(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_survey(survey, "甲")
    store.keep([Case(case_id="C04", emergency=True)], what="test")
    store.close()
    asked = ("--case", "C04", "--utility", "water", "--department", "excavation")
    made = told(capsys, "inspect", "start", survey, "--county", DATA, *asked)["inspection"]
    assert {one["route_id"] for one in made["items"]} == {"C04-water"}
    assert read_survey_records(survey, Promise) == ()
    none = ("--case", "C04", "--utility", "gas", "--department", "excavation")
    status, _, err = run("inspect", "start", survey, "--county", DATA, *none, capsys=capsys)
    assert (status, "案件 C04 的燃气外线没有承诺记录" in err) == (2, True)


def test_what_was_ordered_is_put_right_once(
    promised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = start(promised, "2026-10-01", capsys)
    record(promised, made["uuid"], capsys, *BROKEN, "--due", "2026-10-05", "--on", "2026-10-01")
    rectified = ("inspect", "rectified", promised, "--inspection", made["uuid"], "--on")
    status, _, err = run(*rectified, "2026-09-30", capsys=capsys)
    assert (status, "早于责令之日" in err) == (2, True)
    report = told(capsys, *rectified, "2026-10-04", "--by", "李工")
    assert report["rectifications"][0]["done_on"] == "2026-10-04"
    status, _, err = run(*rectified, "2026-10-04", capsys=capsys)
    assert (status, "没有待整改的事项" in err) == (2, True)


def test_the_sheet_is_a_spreadsheet_with_every_clause_and_the_departments_standard(
    promised: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = promised.with_name("sheet.xlsx")
    start(promised, "2026-10-01", capsys, "--out", out)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["查验单", "监管标准"]
    page = book["查验单"]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert rows[0][:4] == ("外线", "承诺", "条款", "承诺值")
    texts = [row[1] for row in rows[1:]]
    assert len(texts) == 7
    assert "工程结束后按原貌修复" in texts
    crossing = next(row for row in rows if row[1] and "穿越" in row[1])
    assert crossing[3] == "15.00 m"
    assert "施工中检查" in [row[1] for row in book["监管标准"].iter_rows(values_only=True)]
    assert all(8 <= one.width <= 48 for one in page.column_dimensions.values())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            ("--promise", "colour", "--outcome", "kept"),
            "--promise colour：不认识；可写 length（长度）",
        ),
        (("--promise", "length", "--outcome", "good"), "--outcome good：不认识；可写 kept（履行）"),
        (("--promise", "length", "--outcome", "broken"), "要有依据"),
        (("--promise", "length", "--outcome", "kept", "--due", "2030-01-01"), "才责令整改"),
        ((*BROKEN, "--due", "2020-01-01"), "早于责令之日"),
        ((*BROKEN, "--route", "r9"), "没有外线 r9 的"),
    ],
)
def test_a_wrong_finding_is_refused_in_one_sentence(
    promised: Path, asked: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made = start(promised, "2026-10-01", capsys)
    status, out, err = run(
        *("inspect", "record", promised, "--inspection", made["uuid"], *asked), capsys=capsys
    )
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
    listed = told(capsys, "inspect", "list", promised, "--county", DATA)
    assert {one["outcome"] for one in listed["inspections"][0]["items"]} == {"not_judged"}
    assert listed["rectifications"] == []


def test_an_inspection_needs_a_promise_a_department_and_its_number(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("inspect", "start", survey, "--county", DATA, "--case", "C02", "--utility", "gas")
    status, _, err = run(*asked, "--department", "excavation", capsys=capsys)
    assert (status, "没有承诺记录" in err) == (2, True)
    issue(survey, "C02", capsys)
    status, _, err = run(*asked, "--department", "weather", capsys=capsys)
    assert (status, "部门 weather：县资料里没有" in err) == (2, True)
    status, _, err = run(
        *("inspect", "record", survey, "--inspection", "abc", "--promise", "length"),
        *("--outcome", "kept"),
        capsys=capsys,
    )
    assert (status, "没有这次查验" in err) == (2, True)
