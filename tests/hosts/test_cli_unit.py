"""``unit suspend``, ``rectify`` and ``list``, and what they do to ``check`` and the packet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.test_cli_check import run
from tests.hosts.test_cli_fact import DATA, DAY, checked, one_route

SUSPENDED = ("--unit", "gas", "--by", "excavation", "--reason", "两次未按承诺修复")


def way(survey: Path, capsys: pytest.CaptureFixture[str]) -> str:
    found: str = one_route(checked(survey, DATA, capsys), "C02-gas")["verdict"]
    return found


def standing(survey: Path, day: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    _, out, _ = run(
        *("unit", "list", survey, "--county", DATA, "--on", day, "--json", "-"), capsys=capsys
    )
    found: dict[str, Any] = next(one for one in json.loads(out)["units"] if one["unit"] == "gas")
    return found


def test_a_suspended_unit_commits_again_when_both_hold(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert way(survey, capsys) == "commitment"
    status, said, _ = run(
        *("unit", "suspend", survey, "--county", DATA, *SUSPENDED, "--on", "2026-06-01"),
        capsys=capsys,
    )
    assert status == 0
    assert "期满为2026年9月1日，整改未完成" in said
    assert way(survey, capsys) == "joint"
    assert not standing(survey, DAY, capsys)["may_commit"]

    rectify = ("unit", "rectify", survey, "--county", DATA, *SUSPENDED[:4])
    status, said, _ = run(*rectify, "--on", "2026-06-20", capsys=capsys)
    assert status == 0
    assert "自2026年9月2日起恢复" in said
    assert way(survey, capsys) == "commitment"
    assert not standing(survey, "2026-09-01", capsys)["may_commit"]
    (kept,) = standing(survey, "2026-09-02", capsys)["suspensions"]
    assert (kept["rectified_on"], kept["lifted_on"]) == ("2026-06-20", "2026-09-02")
    _, table, _ = run("unit", "list", survey, "--county", DATA, "--on", DAY, capsys=capsys)
    assert "2026-09-02恢复（示例城市管理局：两次未按承诺修复）" in "".join(table.split())

    status, _, err = run(*rectify, "--on", "2026-06-21", capsys=capsys)
    assert status == 2
    assert "没有待整改的暂停" in err


def test_the_same_suspension_is_not_kept_twice(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for expected in (0, 2):
        status, _, err = run(
            *("unit", "suspend", survey, "--county", DATA, *SUSPENDED, "--on", "2026-06-01"),
            capsys=capsys,
        )
        assert status == expected
    assert err == "单位 gas：2026-06-01 的暂停已经记下。\n"


def test_only_a_department_of_the_county_suspends(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--unit", "gas", "--by", "somebody", "--reason", "x")
    status, _, err = run("unit", "suspend", survey, "--county", DATA, *asked, capsys=capsys)
    assert status == 2
    assert "只有审批部门能作决定" in err
    assert standing(survey, DAY, capsys)["may_commit"]
