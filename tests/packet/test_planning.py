"""A packet says how its lines stand to the master plan, and proves that too."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from neixiang_survey_plugin.app.verifying import DifferenceKind
from neixiang_survey_plugin.core.planning.review import PlanReview, PlanVerdict
from neixiang_survey_plugin.core.routes import course_of
from neixiang_survey_plugin.core.schema import JUDGED_LAYERS
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.io.packet.field_names import planning_example
from neixiang_survey_plugin.io.packet.planning import PlanPart, hold_case, planning_fields
from neixiang_survey_plugin.io.packet.verify import verify_packet
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from neixiang_survey_plugin.io.planning_file import load_planning_rules
from tests.data.sample import DATA
from tests.packet import sampled
from tests.packet.test_golden import assert_golden, text_of_document
from tests.packet.test_verify import forged, found

SHEET, PLAN = "规划核对意见表.docx", "data/planning.json"


@functools.cache
def maker() -> PacketMaker:
    """What writes packets with the plan check, C48 returned by planning staff."""
    county, result = sampled.checked()
    route = sampled.case("C48").routes[0].route
    at = datetime(2026, 11, 22, 9, 0)
    review = PlanReview(
        None, "C48-water", "C48", PlanVerdict.RETURNED, "示例规划员", at, "绕开变电站",
        course_of(route.line), route.diameter_mm, 1,
    )  # fmt: skip
    return PacketMaker(result, county, DATA, plan=PlanPart(load_planning_rules(DATA), (review,)))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> PacketWritten:
    """The packet of a line that enters the yellow line of a substation."""
    return maker().write(sampled.case("C48"), tmp_path_factory.mktemp("planned"))


def names(packet: PacketWritten) -> set[str]:
    return {path.relative_to(packet.folder).as_posix() for path in packet.files}


def report(packet: PacketWritten) -> dict[str, Any]:
    return dict(json.loads((packet.folder / PLAN).read_bytes()))


def test_the_text_of_the_sheet_is_the_golden_one(written: PacketWritten) -> None:
    assert_golden("plan_check", written.folder / SHEET)


def test_the_sheet_says_what_was_found_what_would_satisfy_it_and_what_was_decided(
    written: PacketWritten,
) -> None:
    text = text_of_document(Document(str(written.folder / SHEET)))
    assert "进入示例变电站黄线（K06） 99.99 m" in text
    assert "征求示例自然资源局意见，或改线避开" in text
    assert "退回：绕开变电站（示例规划员，2026-11-22 09:00）" in text
    (line,) = report(written)["routes"]
    assert (line["standing"], line["review"]["remark"]) == ("returned", "绕开变电站")


def test_the_names_of_the_fields_are_those_that_are_filled_in() -> None:
    county, _ = sampled.checked()
    case = sampled.case("C48")
    lines = [one.route for one in case.routes]
    held = hold_case(county, load_planning_rules(DATA), lines, case, sampled.ON)
    assert held is not None
    fields, example = planning_fields(held, case, county, "0", True), planning_example(True)
    assert fields.keys() == example.keys()
    for name in ("planned_lines", "plan_remarks"):
        assert fields[name][0].keys() == example[name][0].keys()


def test_the_packet_proves_its_remarks(written: PacketWritten) -> None:
    assert verify_packet(written.archive).differences == ()


def test_a_remark_that_somebody_changed_or_took_out_is_found(written: PacketWritten) -> None:
    changed, without = report(written), report(written)
    changed["routes"][0]["remarks"][0]["measured"] = 9.0
    without["routes"][0]["remarks"] = []
    for said, where in ((changed, "remarks[0].measured"), (without, "remarks")):
        verified = forged(written, lambda facts: None, **{PLAN: json.dumps(said).encode()})
        assert any(one.endswith(where) for _, one in found(verified))


def test_a_plan_check_that_nobody_can_read_is_damaged(written: PacketWritten) -> None:
    verified = forged(written, lambda facts: None, **{PLAN: b"{}"})
    assert (DifferenceKind.DAMAGED, PLAN) in found(verified)


def test_a_sheet_that_says_another_decision_is_found(written: PacketWritten) -> None:
    said = report(written)
    said["routes"][0]["review"]["verdict"] = "approved"
    verified = forged(written, lambda facts: None, **{PLAN: json.dumps(said).encode()})
    assert any(SHEET in where for _, where in found(verified))


def test_a_commitment_without_remarks_has_its_one_form_and_no_sheet(tmp_path: Path) -> None:
    packet = maker().write(sampled.case("C01"), tmp_path)
    assert SHEET not in names(packet)
    assert PLAN in names(packet)
    assert len([one for one in names(packet) if one.endswith(".docx")]) == 1
    assert verify_packet(packet.archive).differences == ()


def test_lines_on_joint_approval_have_the_sheet_and_prove_it(tmp_path: Path) -> None:
    packet = maker().write(sampled.case("C54"), tmp_path)
    assert SHEET in names(packet)
    assert verify_packet(packet.archive).differences == ()


def test_without_a_plan_there_is_neither_file(tmp_path: Path) -> None:
    packet = sampled.packet("C48", tmp_path)
    assert not {SHEET, PLAN} & names(packet)


def test_a_packet_rests_on_the_same_whether_the_plan_was_read_or_not() -> None:
    county, _ = sampled.checked()
    judged = {name: table for name, table in county.layers.items() if name in JUDGED_LAYERS}
    assert judged.keys() < county.layers.keys()  # the window reads the plan, the command does not
    lines = [one.route for one in sampled.case("C48").routes]
    without = Fingerprinter(replace(county, layers=judged), ())
    assert Fingerprinter(county, ()).of(lines) == without.of(lines)
