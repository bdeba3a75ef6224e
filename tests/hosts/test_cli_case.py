"""A case from the command line: the whole walk from the land grant to closed, and the others."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.test_cli_check import run

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
CASES = DATA / "cases"


class Desk:
    """Somebody at the command line, with one survey file and the sample county."""

    def __init__(self, survey: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.survey = survey
        self.capsys = capsys

    def types(self, command: str) -> tuple[int, str, str]:
        """Status, output and errors of ``case new --from x``, the survey and county added."""
        words = shlex.split(command)
        arguments = ["case", words[0], self.survey, "--county", DATA, *words[1:]]
        return run(*arguments, capsys=self.capsys)

    def does(self, command: str) -> str:
        """What is printed by a command that must succeed."""
        status, out, err = self.types(command)
        assert status == 0, err
        return out

    def is_refused(self, command: str) -> str:
        """The one sentence of a command that must be refused, and change nothing."""
        before = self.case_ids_and_states()
        status, out, err = self.types(command)
        assert status == 2, out
        assert out == ""
        assert self.case_ids_and_states() == before
        return err.strip()

    def case(self, case_id: str, at: str = "2026-09-22 10:00") -> dict[str, Any]:
        report: dict[str, Any] = json.loads(
            self.does(f"show --case {case_id} --at '{at}' --json -")
        )
        return report

    def judged(self) -> str:
        """Case C04 from the spreadsheet to its verdict, a commitment; how its steps begin."""
        me = "--case C04 --by 示例王工"
        self.does(f"new --from {CASES / 'applications.xlsx'} --at '2026-09-14 11:00'")
        self.does(f"advance {me} --to routed --at '2026-09-14 13:00'")
        self.does(f"advance {me} --to judged --at '2026-09-14 14:30'")
        return me

    def case_ids_and_states(self) -> list[tuple[str, str]]:
        if not self.survey.exists():
            return []
        cases = json.loads(self.does("list --json -"))["cases"]
        return [(one["case_id"], one["state"]) for one in cases]


@pytest.fixture
def desk(survey: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(survey, capsys)


def clocks(case: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(one["clock"], one["count"]): one for one in case["clocks"]}


def walk() -> list[list[str]]:
    """The commands of the walk in docs/cases.md, word by word, without the program's name."""
    text = (ROOT / "docs" / "cases.md").read_text(encoding="utf-8")
    block = text.partition("<!-- walk -->\n```\n")[2].partition("```\n<!-- /walk -->")[0]
    return [shlex.split(line)[1:] for line in block.splitlines()]


def test_whole_walk_of_the_documentation_from_the_land_grant_to_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path / "my.survey.gpkg", capsys)
    (tmp_path / "data").symlink_to(DATA)
    monkeypatch.chdir(tmp_path)
    for words in walk():
        status, _, err = run(*words, capsys=capsys)
        assert status == 0, (words, err)
    assert (tmp_path / "packets" / "C03" / "case.json").is_file()
    case = desk.case("C03")
    assert case["state"] == "closed"
    assert [one["to_state"] for one in case["history"]] == [
        "intent",
        "surveyed",
        "routed",
        "routed",
        "judged",
        "packet_issued",
        "decided",
        "in_works",
        "access_done",
        "inspected",
        "closed",
    ]
    assert {one["matter"] for one in case["decisions"]} == {
        "planning",
        "excavation",
        "traffic_police",
    }
    read = clocks(case)
    assert read["same_day", "day_count"]["late_s"] == 15 * 3600
    assert read["one_working_day", "half_days"]["state"] == "stopped"
    # Agreed for Friday 16:00; Sunday the 20th is made up: half-day till noon, hours till 09:45.
    assert read["access_half_day", "half_days"]["state"] == "stopped"
    assert read["access_half_day", "office_hours"]["late_s"] == 5 * 60
    assert read["access_one_day", "day_count"]["state"] == "stopped"


def test_step_that_comes_too_early_says_everything_that_is_missing(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    me = "--case C03 --by 示例李工"
    told = desk.does(f"new --from {CASES / 'land_grant.json'} --at '2026-09-01 09:00'")
    assert "【联动报装】案件 C03：示例食品有限公司" in told
    sheet = CASES / "survey_sheet.json"
    desk.does(f"advance {me} --to surveyed --sheet {sheet} --at '2026-09-10 10:30'")
    desk.does(f"advance {me} --to 已定线 --at '2026-09-11 09:00'")
    assert "补登受理" in desk.does(f"advance {me} --to registered --at '2026-09-14 08:30'")
    assert "联合踏勘、并联审批" in desk.does(f"advance {me} --to judged --at '2026-09-14 09:00'")
    issue = f"advance {me} --to packet_issued --out {tmp_path / 'p'}"
    assert desk.is_refused(f"{issue} --at '2026-09-14 09:30'") == (
        "案件 C03 还不能转为“已出资料”：燃气外线临界，须现场实测并用 fact add 记下"
        "（对象写 外线@道路）；还缺踏勘意见：示例城市管理局。"
    )
    assert not (tmp_path / "p").exists()
    desk.does("decide --case C03 --opinion 示例城市管理局=同意 --at '2026-09-14 09:40'")
    taped = "--layer routes --object C03-gas@R197 --field taped_m --value 15.02 --evidence 皮尺"
    fact = "fact", "add", desk.survey, "--county", DATA, *taped.split()
    assert run(*fact, capsys=capsys)[0] == 0
    desk.does(f"{issue} --at '2026-09-14 10:00'")
    assert "不是抢修案件" in desk.is_refused(f"advance {me} --to in_works --at '2026-09-15 10:00'")
    for matter in ("planning", "道路挖掘"):
        desk.does(f"decide --case C03 --matter {matter} --outcome 准予 --at '2026-09-15 15:00'")
    assert desk.is_refused(f"advance {me} --to decided --at '2026-09-15 16:30'") == (
        "案件 C03 还不能转为“已批复”：还缺回执或准予："
        "燃气 施工期间交通组织（示例公安局交通警察大队）。"
    )


def test_commitment_starts_on_the_receipt_and_is_registered_from_a_spreadsheet(
    desk: Desk, tmp_path: Path
) -> None:
    me = desk.judged()
    desk.does(f"advance {me} --to packet_issued --out {tmp_path} --at '2026-09-14 15:00'")
    case = desk.case("C04", "2026-09-15 09:00")
    assert not case["services"][0]["may_start_works"]
    desk.does("decide --case C04 --matter all --received-at '2026-09-15 09:10'")
    assert "不须审批" in desk.is_refused(f"advance {me} --to decided --at '2026-09-15 09:20'")
    desk.does(f"advance {me} --to notified --at '2026-09-15 09:20'")
    desk.does(f"advance {me} --to in_works --at '2026-09-15 09:30'")
    case = desk.case("C04", "2026-09-15 17:00")
    assert case["services"][0]["may_start_works"]
    assert clocks(case)["at_once", "day_count"]["left_s"] == 3600
    desk.does(f"advance {me} --to access_done --at '2026-09-16 11:00'")
    refused = desk.is_refused(f"advance {me} --to closed --at '2026-09-17 09:00'")
    assert "给水外线还没有查验，先转为“已查验”" in refused
    refused = desk.is_refused(f"advance {me} --to inspected --at '2026-09-17 09:00'")
    assert "给水外线还没有查验记录" in refused
    inspect = "--case C04 --utility water --department excavation --on 2026-09-17".split()
    status, _, err = run(
        "inspect", "start", desk.survey, "--county", DATA, *inspect, capsys=desk.capsys
    )
    assert status == 0, err
    said = desk.does(f"advance {me} --to inspected --at '2026-09-17 09:00'")
    assert "→ 已办结：可以办理" in said
    desk.does(f"advance {me} --to closed --at '2026-09-17 09:10'")


def test_works_do_not_start_on_a_way_that_has_become_too_mild(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    me = desk.judged()
    desk.does(f"advance {me} --to packet_issued --out {tmp_path} --at '2026-09-14 15:00'")
    desk.does("decide --case C04 --matter all --received-at '2026-09-14 15:10'")
    desk.does(f"advance {me} --to notified --at '2026-09-14 15:20'")
    suspended = "--unit water --by excavation --reason 屡次未修复 --on 2026-09-14"
    suspend = "unit", "suspend", desk.survey, "--county", DATA, *suspended.split()
    assert run(*suspend, capsys=capsys)[0] == 0
    refused = desk.is_refused(f"advance {me} --to in_works --at '2026-09-15 09:30'")
    assert "按告知承诺出了资料，今天判定为联合踏勘、并联审批，不得开工" in refused
    assert desk.case("C04")["services"][0]["verdict"] == "commitment"


def test_unit_takes_a_stricter_way_but_never_a_milder(desk: Desk, tmp_path: Path) -> None:
    me = desk.judged()
    assert "理由" in desk.is_refused(f"advance {me} --way water=joint --at '2026-09-14 14:40'")
    desk.does(f"advance {me} --way water=joint --reason 路口交通大 --at '2026-09-14 14:40'")
    service = desk.case("C04")["services"][0]
    assert (service["verdict"], service["way"]) == ("commitment", "joint")
    assert (service["chosen_by"], service["chosen_reason"]) == ("示例王工", "路口交通大")
    refused = desk.is_refused(
        f"advance {me} --to packet_issued --out {tmp_path} --at '2026-09-14 15:00'"
    )
    assert "须联合踏勘" in refused
    sheet = CASES / "survey_sheet.json"
    desk.does(f"advance {me} --sheet {sheet} --at '2026-09-14 15:10'")
    desk.does("decide --case C04 --opinion 示例城市管理局=同意 --at '2026-09-14 15:20'")
    desk.does(f"advance {me} --to packet_issued --out {tmp_path} --at '2026-09-14 15:30'")
    (packet,) = desk.case("C04")["packets"]
    assert packet["way"] == "joint"
    assert any("并联审批" in path.name for path in (tmp_path / "C04").iterdir())


def test_milder_way_is_refused(desk: Desk) -> None:
    desk.does("new --case C05 --applicant 示例公司 --service water=new --at '2026-09-14 11:00'")
    me = "--case C05 --by 示例王工"
    desk.does(f"advance {me} --to routed --at '2026-09-14 13:00'")
    desk.does(f"advance {me} --to judged --at '2026-09-14 14:30'")
    refused = desk.is_refused(
        f"advance {me} --way water=commitment --reason 急 --at '2026-09-14 15:00'"
    )
    assert "只能选更严的方式" in refused


def test_renaming_has_no_line_and_its_clocks_run(desk: Desk) -> None:
    desk.does(f"new --from {CASES / 'renaming.json'} --at '2026-09-15 09:30'")
    me = "--case 2026-0001 --by 示例王工"
    assert "没有需要外线的服务" in desk.is_refused(
        f"advance {me} --to routed --at '2026-09-16 09:00'"
    )
    said = desk.does(f"advance {me} --to access_done --utility water --at '2026-09-16 15:00'")
    assert "电力还没有接入" in said
    case = desk.case("2026-0001", "2026-09-16 15:30")
    assert case["state"] == "registered"
    by_utility = {
        (one["utility"], one["count"]): one["state"]
        for one in case["clocks"]
        if one["clock"] == "access_half_day"
    }
    assert by_utility == {
        ("water", "half_days"): "stopped",
        ("water", "office_hours"): "stopped",
        ("power", "half_days"): "running",
        ("power", "office_hours"): "breached",
    }
    desk.does(f"advance {me} --to access_done --at '2026-09-16 16:00'")
    desk.does(f"advance {me} --to closed --at '2026-09-16 16:10'")
    assert desk.case("2026-0001")["state"] == "closed"


def test_emergency_digs_first_and_files_its_papers_within_a_day(desk: Desk) -> None:
    desk.does(
        "new --case E1 --applicant 示例供水公司 --service water=new --set 抢修=是"
        " --set '受理时间=2026-10-01 22:30' --set 受理人=示例值班室 --at '2026-10-01 22:30'"
    )
    me = "--case E1 --by 示例抢修班"
    assert "抢修先行破路须同时通知" in desk.is_refused(
        f"advance {me} --to in_works --at '2026-10-01 23:00'"
    )
    for matter in ("excavation", "traffic_police"):
        desk.does(f"decide --case E1 --matter {matter} --notified-at '2026-10-01 22:50'")
    desk.does(f"advance {me} --to in_works --at '2026-10-01 23:00'")
    clock = clocks(desk.case("E1", "2026-10-02 22:00"))["emergency_papers", "hours"]
    assert (clock["state"], clock["left_s"]) == ("running", 3600)
    desk.does("decide --case E1 --matter all --received-at '2026-10-02 23:20'")
    clock = clocks(desk.case("E1", "2026-10-05 22:00"))["emergency_papers", "hours"]
    assert (clock["state"], clock["late_s"]) == ("breached", 20 * 60)
    desk.does(f"advance {me} --to access_done --at '2026-10-02 06:00'")
    desk.does(f"advance {me} --to inspected --at '2026-10-08 09:00'")
    assert "还缺回执或准予" in desk.is_refused(f"advance {me} --to closed --at '2026-10-08 10:00'")
    desk.does("decide --case E1 --matter all --outcome 准予 --at '2026-10-08 09:30'")
    desk.does(f"advance {me} --to closed --at '2026-10-08 10:00'")


def test_case_goes_back_with_a_reason_and_on_again(desk: Desk) -> None:
    me = desk.judged()
    assert "--reason" in desk.is_refused(f"advance {me} --to routed --at '2026-09-14 15:00'")
    desk.does(f"advance {me} --to routed --reason 线位调整 --at '2026-09-14 15:00'")
    last = desk.case("C04")["history"][-1]
    assert (last["move"], last["reason"]) == ("back", "线位调整")


def test_packets_issued_again_keep_the_rows_that_departments_were_told_of(
    desk: Desk, tmp_path: Path
) -> None:
    me = desk.judged()
    desk.does(f"advance {me} --to packet_issued --out {tmp_path} --at '2026-09-14 15:00'")
    desk.does("decide --case C04 --matter excavation --received-at '2026-09-14 15:30'")
    before = desk.case("C04")["decisions"]
    desk.does(f"advance {me} --to judged --reason 重新出资料 --at '2026-09-14 16:00'")
    desk.does(f"advance {me} --to packet_issued --out {tmp_path} --at '2026-09-14 16:30'")
    case = desk.case("C04")
    assert case["decisions"] == before
    assert len(case["packets"]) == 1  # the same papers are the same packet


def test_joint_application_joins_the_intent_of_the_land_grant(desk: Desk, tmp_path: Path) -> None:
    desk.does(f"new --from {CASES / 'land_grant.json'} --at '2026-09-01 09:00'")
    late = {
        "case_id": "C03",
        "applicant_name": "示例食品有限公司",
        "received_at": "2026-09-14 08:30",
        "received_by": "示例政务大厅",
        "agreed_access_at": "2026-09-18 16:00",
        "services": [{"utility": "gas", "service_kind": "new", "gas_m3_h": 80}],
    }
    path = tmp_path / "late.json"
    path.write_text(json.dumps(late, ensure_ascii=False), encoding="utf-8")
    desk.does(f"new --from {path} --at '2026-09-14 08:40'")
    case = desk.case("C03")
    assert (case["state"], case["parcel_number"]) == ("registered", "NX-2026-003")
    assert [one["gas_m3_h"] for one in case["services"]] == [80.0]
    assert "已经有了" in desk.is_refused(f"new --from {path} --at '2026-09-14 08:50'")


def test_screen_shows_the_whole_case_and_warns_of_an_unknown_year(desk: Desk) -> None:
    desk.does(
        "new --case C04 --applicant 示例公司 --service water=new"
        " --set '约定接入时间=2026-12-31 16:00' --at '2026-09-15 09:30'"
    )
    shown = desk.does("show --case C04 --at '2026-09-15 10:00'")
    for part in ("意向登记", "给水 新装", "示例供水公司", "C04-water", "0.5 个工作日，按半日计"):
        assert part in shown
    assert "→ 已受理：可以办理" in shown
    assert "2027 年的放假安排还不知道" in shown
    assert "施工中" not in shown


def test_new_survey_file_is_begun_and_none_is_left_behind_by_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path / "new.survey.gpkg", capsys)
    line = "new --applicant 示例公司 --service telecom=new --at '2026-09-15 09:30'"
    refused = desk.is_refused(f"{line} --set telecom.报装单位=gas")
    assert "不办通信" in refused
    assert not desk.survey.exists()
    assert "已建立踏勘文件" in desk.does(line)
    assert desk.case_ids_and_states() == [("2026-0001", "intent")]
    assert "2026-0001" in desk.is_refused("show --case 2026-001")


def test_notice_for_all_units_is_written_as_a_file(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "inform.json"
    desk.does(f"new --from {CASES / 'applications.xlsx'} --inform {path} --at '2026-09-14 11:00'")
    first, second = json.loads(path.read_text("utf-8"))["notices"]
    assert first["to"][0] == "示例供水公司"
    assert "示例公安局交通警察大队" in first["to"]
    assert first["services"] == [
        {
            "case_id": "C04",
            "utility": "water",
            "service_kind": "new",
            "unit": "water",
            "daily_water_t": 40.0,
            "meter_mm": 80.0,
        }
    ]
    assert "411325199001010004" not in json.dumps(first)
    assert second["lead_unit"] == "telecom_a"
    assert second["text"].startswith("【联动报装】案件 C46")
