"""``today``: what waits, as text, as JSON, as a spreadsheet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from neixiang_survey_plugin.hosts.cli import agenda_tables
from tests.hosts.test_cli_check import run
from tests.hosts.test_cli_fact import DATA, DELIVERED

NOW = "2026-11-25 10:00"
PARTS = (
    *("due", "opinions", "decisions", "to_tape", "inspections", "rectifications"),
    *("outdated", "proposals"),
)


@pytest.fixture
def under_way(promised: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Case C02 has promised and is late; the packet of C22 is outdated."""
    survey = promised
    run("fact", "add", survey, "--county", DATA, *DELIVERED, capsys=capsys)
    status, _, err = run(
        *("case", "new", survey, "--county", DATA, "--case", "C02", "--applicant", "=示例食品厂"),
        *("--service", "gas=new", "--set", "约定接入时间=2026-11-20 09:00"),
        *("--at", "2026-11-19 09:00"),
        capsys=capsys,
    )
    assert (status, err) == (0, "")
    return survey


def today(survey: Path, capsys: pytest.CaptureFixture[str], *more: object) -> dict[str, Any]:
    status, out, err = run(
        *("today", survey, "--county", DATA, "--at", NOW, *more, "--json", "-"), capsys=capsys
    )
    assert (status, err) == (0, "")
    report: dict[str, Any] = json.loads(out)
    return report


def test_what_waits_for_everybody(under_way: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = today(under_way, capsys)
    assert set(PARTS) <= set(report)
    assert report["at"] == "2026-11-25T10:00:00"
    late = [one for one in report["due"] if one["state"] == "breached"]
    assert {one["promise"] for one in late} == {"access_half_day", "access_one_day"}
    assert {one["case_id"] for one in report["to_tape"]} >= {"C02", "C03"}
    visits = [(one["department"], one["kind"]) for one in report["inspections"]]
    assert visits == [("excavation", "during"), ("excavation", "after"), ("planning", "phone")]
    assert [one["overdue"] for one in report["inspections"]] == [True, True, False]
    assert [(one["case_id"], one["changed"]) for one in report["outdated"]] == [("C22", ["layers"])]


def test_what_was_taped_and_inspected_no_longer_waits(
    under_way: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tape,) = [one for one in today(under_way, capsys)["to_tape"] if one["case_id"] == "C02"]
    asked = ("--layer", "routes", "--object", tape["objects"][0], "--field", "taped_m")
    more = ("--value", "14.9", "--evidence", "皮尺")
    run("fact", "add", under_way, "--county", DATA, *asked, *more, capsys=capsys)
    visit = ("--case", "C02", "--utility", "gas", "--department", "excavation", "--kind", "during")
    run("inspect", "start", under_way, "--county", DATA, *visit, capsys=capsys)
    after = today(under_way, capsys)
    assert "C02" not in {one["case_id"] for one in after["to_tape"]}
    assert [one["kind"] for one in after["inspections"]] == ["after", "phone"]


def test_a_unit_and_a_department_see_their_own(
    under_way: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gas = today(under_way, capsys, "--unit", "gas")
    assert {one["unit"] for part in ("due", "to_tape") for one in gas[part]} == {"gas"}
    assert gas["inspections"] == []
    city = today(under_way, capsys, "--department", "excavation")
    named = today(under_way, capsys, "--department", "示例城市管理局")
    assert {**named, "department": "excavation"} == city
    assert {one["department"] for one in city["inspections"]} == {"excavation"}
    assert city["to_tape"] == []
    assert today(under_way, capsys, "--unit", "heat")["due"] == []


def test_the_spreadsheet_has_a_sheet_a_part(
    under_way: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = under_way.with_name("today.xlsx")
    status, said, _ = run(
        *("today", under_way, "--county", DATA, "--at", NOW, "--xlsx", out), capsys=capsys
    )
    assert status == 0
    assert "超时" in said
    assert "没有：待意见、待审批、待整改、建议（由部门决定）。" in said
    book = openpyxl.load_workbook(out)
    assert len(book.sheetnames) == len(PARTS)
    page = book["到期"]
    assert page["A3"].value == "C02"
    assert page["C3"].value == "示例燃气公司"
    assert page["D3"].is_date
    assert page.column_dimensions["C"].width == 14
    assert page["D3"].alignment.horizontal == "left"  # a date against the next column is misread


def test_the_screen_shows_the_first_rows_of_a_table_and_says_how_many_there_are(
    under_way: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agenda_tables, "MOST_ROWS", 1)
    asked = ("today", under_way, "--county", DATA, "--at", NOW)
    _, said, _ = run(*asked, capsys=capsys)
    assert "待查验 共 3 条，这里是最前的 1 条" in said
    assert "电话回访" not in said
    _, whole, _ = run(*asked, "--all", capsys=capsys)
    assert "电话回访" in whole
    assert "这里是" not in whole


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--unit", "steam"), "--unit steam：县资料里没有；有 water"),
        (
            ("--department", "weather"),
            "部门 weather：县资料里没有，只有审批部门能作决定；有 示例自然资源局（planning）",
        ),
        (("--unit", "gas", "--department", "green"), "只能有一个"),
        (("--at", "noon"), "不是时间"),
        (("--xlsx", "a.csv"), "应以 .xlsx 结尾"),
    ],
)
def test_a_wrong_question_is_refused_in_one_sentence(
    asked: tuple[str, ...], said: str, survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run("today", survey, "--county", DATA, *asked, capsys=capsys)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1
