"""``report``: a month as text, as JSON, as a spreadsheet."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from neixiang_survey_plugin.hosts.cli.month import month_from
from tests.hosts.test_cli_check import run
from tests.hosts.test_cli_fact import DATA
from tests.hosts.test_cli_unit import SUSPENDED

NOW = "2026-11-25 10:00"


def test_the_month_of_the_sample_county(survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(
        *("unit", "suspend", survey, "--county", DATA, *SUSPENDED, "--on", "2026-09-03"),
        capsys=capsys,
    )
    out = survey.with_name("month.xlsx")
    status, said, err = run(
        *("report", survey, "--county", DATA, "--month", "2026-09", "--at", NOW),
        *("--xlsx", out, "--json", "-"),
        capsys=capsys,
    )
    assert (status, err) == (0, "")
    report = json.loads(said)
    assert report["month"] == "2026-09"
    assert report["figures"]["streets_opened_twice"] == 1
    assert report["figures"]["suspensions_imposed"] == 1
    assert report["figures"]["units_suspended_at_end"] == 3
    (street,) = report["streets_opened_twice"]
    assert (street["before"], street["after"]) == (["C52-gas"], ["C53-gas"])

    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["数字", "资料包", "超时", "重复开挖", "冲突处理", "暂停", "查验"]
    counts = {row[0]: row[1] for row in book["数字"].iter_rows(min_row=3, values_only=True)}
    assert counts["重复开挖的道路"] == 1
    assert book["暂停"]["A3"].value == "示例通信二公司"
    assert all(8 <= one.width <= 48 for one in book["重复开挖"].column_dimensions.values())


def test_the_month_on_the_screen(survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, _ = run(
        "report", survey, "--county", DATA, "--month", "2026年9月", "--at", NOW, capsys=capsys
    )
    assert status == 0
    assert "2026年9月" in said
    assert "C53-gas，2026-09-15 至 2026-09-18" in said
    assert "没有：资料包、超时、冲突处理、查验。" in said


@pytest.mark.parametrize("text", ["2026-13", "soon", "09-2026", "0000-01"])
def test_what_is_no_month_is_refused_in_one_sentence(
    text: str, survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run("report", survey, "--county", DATA, "--month", text, capsys=capsys)
    assert (status, out) == (2, "")
    assert err == f"--month {text}：不是月份，请写成 2026-11 的样子。\n"


@pytest.mark.parametrize("text", ["2026-9", "2026-09", "202609", "2026年9月", " 2026/9 "])
def test_a_month_is_read_as_people_write_it(text: str) -> None:
    assert month_from(text).first.isoformat() == "2026-09-01"
