"""A packet at the command line: what is missing is listed with the command that fills it in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.io import work_file
from neixiang_survey_plugin.io.county_file import load_county
from tests.hosts.test_cli_case import CASES, DATA, Desk
from tests.hosts.test_cli_check import run


@pytest.fixture
def desk(survey: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(survey, capsys)


def does(desk: Desk, *words: object) -> str:
    status, out, err = run(*words, capsys=desk.capsys)
    assert status == 0, err
    return out


def test_what_is_missing_is_said_with_the_command_that_fills_it_in(
    desk: Desk, tmp_path: Path
) -> None:
    me = desk.judged()
    line = "--county", DATA, "--line", "C04-water", "--set"
    does(desk, "line", "set", desk.survey, *line, "contractor=", "--set", "works_to=")
    issue = f"advance {me} --to packet_issued --out {tmp_path / 'p'} --at '2026-09-14 15:00'"
    refused = desk.is_refused(issue)
    assert refused.splitlines() == [
        "外线 C04-water 缺施工单位：用 line set --line C04-water --set contractor=… 填写。",
        "外线 C04-water 缺完工日期：用 line set --line C04-water --set works_to=… 填写。",
    ]
    assert not (tmp_path / "p").exists()
    does(
        desk,
        "line",
        "set",
        desk.survey,
        *line,
        "contractor=示例公司",
        "--set",
        "works_to=2026年9月18日",
    )
    desk.does(issue)
    manifest = json.loads((tmp_path / "p" / "C04" / "manifest.json").read_text("utf-8"))
    assert manifest["draft"] is False


def test_a_line_is_set_in_one_step_and_a_wrong_value_changes_nothing(desk: Desk) -> None:
    line = "line", "set", desk.survey, "--county", DATA, "--line", "C04-water"
    for wrong, said in (
        ("cover_m=深", "cover_m"),
        ("laying=悬空", "laying"),
        ("contracter=x", "是不是 contractor"),
        ("utility=gas", "外线没有这一项"),
    ):
        status, _, err = run(*line, "--set", wrong, capsys=desk.capsys)
        assert status == 2
        assert said in err
    status, _, err = run(*line[:-1], "X", "--set", "cover_m=1", capsys=desk.capsys)
    assert (status, "没有外线 X" in err) == (2, True)


def test_a_unit_is_filled_in_once_for_all_packets(desk: Desk, tmp_path: Path) -> None:
    county = Path(shutil.copytree(DATA, tmp_path / "county", ignore=lambda *_: {"cases"}))
    unit = "county", "unit", county, "--unit", "water", "--set"
    does(desk, *unit, "phone=")
    me = desk.judged()
    out = f"--to packet_issued --out {tmp_path / 'p'} --at '2026-09-14 15:00'"
    command = (
        "case",
        "advance",
        desk.survey,
        "--county",
        county,
        *me.split(),
        *out.split(" --at ")[0].split(),
    )
    status, _, err = run(*command, "--at", "2026-09-14 15:00", capsys=desk.capsys)
    assert status == 2
    assert "county unit --unit water --set phone=…" in err
    does(desk, *unit, "phone=0377-8")
    does(desk, *command, "--at", "2026-09-14 15:00")
    assert CASES.exists()


def test_the_packets_of_a_day_are_issued_in_one_go_and_what_is_missing_is_said(
    desk: Desk, tmp_path: Path
) -> None:
    desk.judged()
    day = "2026-09-14"  # C04 was received then; of the others only lines speak
    batch = "packet", desk.survey, "--county", DATA, "--out", tmp_path / "p", "--issue"
    said = does(desk, *batch, "--day", day, "--by", "示例王工")
    assert "案件 C04：已出具，已记入踏勘文件。" in said
    (packet,) = desk.case("C04")["packets"]
    assert packet["issued_by"] == "示例王工"
    assert desk.case("C04")["state"] == "packet_issued"
    line = "line", "set", desk.survey, "--county", DATA, "--line", "C01-water", "--set"
    does(desk, *line, "contractor=")
    said = does(desk, *batch, "--case", "C01", "--json", "-")
    assert json.loads(said)["issued"] == []
    said = does(desk, *batch, "--case", "C01")
    assert "案件 C01：只出了草稿。" in said
    assert "外线 C01-water 缺施工单位" in said
    manifest = json.loads((tmp_path / "p" / "C01" / "manifest.json").read_text("utf-8"))
    assert manifest["draft"] is True


def test_a_batch_wants_a_survey_file_and_a_day_on_which_something_came_in(
    desk: Desk, tmp_path: Path
) -> None:
    out = "--county", DATA, "--out", tmp_path / "p"
    for words, said in (
        ((CASES / "routes.gpkg", *out, "--issue"), "survey import"),
        ((desk.survey, *out, "--day", "1999-01-01"), "没有这一天受理的案件"),
        ((desk.survey, *out, "--day", "gestern"), "不是日期"),
    ):
        status, _, err = run("packet", *words, capsys=desk.capsys)
        assert (status, said in err) == (2, True)
    assert not (tmp_path / "p").exists()


def test_a_draft_with_a_proposed_trench_reads_its_county_once(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def counted(folder: Path, layers: tuple[str, ...]) -> County:
        read.append(folder)
        return load_county(folder, layers)

    monkeypatch.setattr(work_file, "load_county", counted)
    does(desk, "packet", desk.survey, "--county", DATA, "--case", "C04", "--out", tmp_path)
    assert read == [DATA]


def test_lines_of_no_case_are_named_where_packets_are_issued(desk: Desk, tmp_path: Path) -> None:
    desk.judged()
    lines = "line", "set", desk.survey, "--county", DATA, "--set"
    report = tmp_path / "routes.json"
    does(desk, "check", desk.survey, "--county", DATA, "--json", report)
    others = [
        one["route_id"]
        for one in json.loads(report.read_text("utf-8"))["routes"]
        if one["case_id"] != "C04"
    ]
    named = [word for one in others for word in ("--line", one)]
    does(desk, *lines, "case_id=", *named)
    batch = "packet", desk.survey, "--county", DATA, "--out", tmp_path / "p"
    said = does(desk, *batch, "--issue", "--by", "示例王工")
    assert "没有案件编号，没有出资料包；先用 line set --set case_id=… 归入案件。" in said
    assert all(one in said for one in others[:10])
    assert "案件 C04：已出具" in said
