"""``packet`` on a survey file: what was issued, what it promises, what is outdated."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.reading import read_survey_records
from tests.hosts.issued import issue_packet
from tests.hosts.test_cli_check import run
from tests.hosts.test_cli_fact import DATA, DAY, DELIVERED


def issue(survey: Path, case: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Issue the packet of a case; what ``packet`` reports of the survey after that."""
    sha256 = issue_packet(survey, case, survey.parent / "packets")
    status, said, err = run(
        *("packet", survey, "--county", DATA, "--case", case, "--on", DAY),
        *("--out", survey.parent / "drafts", "--json", "-"),
        capsys=capsys,
    )
    assert (status, err) == (0, "")
    report: dict[str, Any] = json.loads(said)
    return {**report, "issued_sha256": sha256}


def test_a_draft_is_no_packet_that_was_issued(
    survey: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ("packet", survey, "--county", DATA, "--case", "C04", "--on", DAY)
    assert run(*asked, "--out", tmp_path / "out", capsys=capsys)[0] == 0
    manifest = json.loads((tmp_path / "out" / "C04" / "manifest.json").read_text("utf-8"))
    assert manifest["draft"] is True
    assert read_survey_records(survey, PacketIssued) == ()
    assert read_survey_records(survey, Promise) == ()


def test_a_packet_is_kept_with_its_hash_and_what_it_promises(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = issue(survey, "C02", capsys)
    (kept,) = read_survey_records(survey, PacketIssued)
    manifest = survey.parent / "packets" / "C02" / "manifest.json"
    assert kept.sha256 == hashlib.sha256(manifest.read_bytes()).hexdigest()
    assert report["issued_sha256"] == kept.sha256
    assert (kept.case_id, kept.utility, kept.way) == ("C02", "gas", Way.COMMITMENT)
    assert kept.policy == "neixiang_2022"
    assert len({kept.routes_sha256, kept.layers_sha256, kept.rules_sha256}) == 3
    (promise,) = read_survey_records(survey, Promise)
    assert (promise.packet_uuid, promise.route_id) == (kept.uuid, "C02-gas")
    assert promise.crossing_m == pytest.approx(15.0, abs=1e-3)
    assert promise.roads is not None
    assert promise.geom is not None
    assert report["outdated"] == []


def test_the_same_packet_again_is_not_kept_twice(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(survey, "C02", capsys)
    issue(survey, "C02", capsys)
    assert len(read_survey_records(survey, PacketIssued)) == 1
    assert len(read_survey_records(survey, Promise)) == 1


def test_what_goes_to_approval_is_kept_with_its_way_and_what_has_no_way_promises_nothing(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(survey, "C03", capsys)
    issue(survey, "C22", capsys)
    joint, none = read_survey_records(survey, PacketIssued)
    assert (joint.way, none.way) == (Way.JOINT, Way.UNDETERMINED)
    (kept,) = read_survey_records(survey, Promise)
    assert (kept.route_id, kept.way, kept.packet_uuid) == ("C03-gas", Way.JOINT, joint.uuid)


def test_packets_are_outdated_by_a_line_that_moved_and_by_a_fact_from_the_site(
    survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for case in ("C02", "C22", "C04"):
        issue(survey, case, capsys)
    store = open_survey(survey, "甲")
    line = next(one for one in store.routes().routes if one.route_id == "C02-gas")
    store.edit([replace(line, diameter_mm=63.0)])
    store.close()
    run("fact", "add", survey, "--county", DATA, *DELIVERED, capsys=capsys)
    out = survey.parent / "packets"
    again = ("packet", survey, "--county", DATA, "--case", "C04", "--on", DAY, "--out", out)
    report = issue(survey, "C04", capsys)
    assert [(one["case_id"], one["changed"]) for one in report["outdated"]] == [
        ("C02", ["routes"]),
        ("C22", ["layers"]),
    ]
    _, said, _ = run(*again, capsys=capsys)
    assert "案件 C02 燃气的资料包" in said
    assert "已过时：外线有变化；请重新出件。" in said
    issue(survey, "C02", capsys)
    assert [one["case_id"] for one in issue(survey, "C22", capsys)["outdated"]] == []
    assert len(read_survey_records(survey, PacketIssued)) == 5


def test_lines_of_a_plain_file_leave_no_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    routes = DATA / "cases" / "routes.gpkg"
    before = routes.read_bytes()
    status, said, _ = run(
        *("packet", routes, "--county", DATA, "--case", "C02", "--on", DAY),
        *("--out", tmp_path, "--json", "-"),
        capsys=capsys,
    )
    assert status == 0
    assert json.loads(said)["outdated"] == []
    assert routes.read_bytes() == before
