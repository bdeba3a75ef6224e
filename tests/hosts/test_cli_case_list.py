"""``case list``: what is looked for, and how much of it the screen shows."""

from __future__ import annotations

import json

import pytest

from neixiang_survey_plugin.hosts.cli import case_show
from tests.hosts.test_cli_case import CASES, Desk, desk

__all__ = ["desk"]  # the fixture


def test_list_finds_by_state_unit_verdict_and_what_is_due(desk: Desk) -> None:
    for name in ("applications.xlsx", "application_form.xlsx", "renaming.json"):
        desk.does(f"new --from {CASES / name} --at '2026-09-15 09:30'")
    desk.does("advance --case C52 --to routed --at '2026-09-15 10:00'")
    desk.does("advance --case C52 --to judged --at '2026-09-15 10:30'")

    def found(options: str) -> set[str]:
        at = "2026-09-16 10:00"
        cases = json.loads(desk.does(f"list {options} --at '{at}' --json -"))["cases"]
        return {one["case_id"] for one in cases}

    assert found("") == {"C04", "C46", "C52", "2026-0001"}
    assert found("--state 已判定") == {"C52"}
    assert found("--unit telecom_a") == {"C46"}
    assert found("--verdict commitment") == {"C52"}
    assert found("--due 2026-09-16") == {"C04", "2026-0001"}
    assert found("--due 2026-09-17") == {"C04", "2026-0001", "C52"}
    assert "不认识" in desk.is_refused("list --state 办完了")


def test_screen_lists_the_newest_cases_and_says_how_many_there_are(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        desk.does(f"new --case N{number} --applicant 示例公司 --service water=new")
    assert "共" not in desk.does("list")
    monkeypatch.setattr(case_show, "MOST_ROWS", 2)
    for options in ("", "--unit water"):
        said = desk.does(f"list {options}")
        assert ("N1" in said, "N2" in said, "N3" in said) == (False, True, True)
        assert "共 3 件，这里是最近的 2 件" in said
    whole = desk.does("list --all")
    assert "N1" in whole
    assert "共" not in whole
    assert len(json.loads(desk.does("list --json -"))["cases"]) == 3
