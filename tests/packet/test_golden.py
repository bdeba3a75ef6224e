"""The text of each filled form against a golden file; tests/golden/README.md says how to renew."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.table import Table

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.packet.writing import PacketMaker, write_packet
from tests import packet_cases as cases
from tests.packet import records

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
RENEW = os.environ.get("SURVEY_RENEW_GOLDEN") == "1"

FORMS: dict[str, tuple[County, Route]] = {
    "commitment": (cases.county(), cases.COMMITTED),
    "commitment_borderline": (cases.NEARLY_15_M, cases.BORDERLINE),
    "joint_arterial_long_name": (cases.county(), cases.ARTERIAL),
    "joint_government": (cases.county(), cases.PROTECTED),
    "undetermined": (cases.county(), cases.UNDETERMINED),
    "outside_policy": (cases.county(), cases.RESIDENT),
}


def text_of(path: Path) -> str:
    """The paragraphs and table rows of a document in order, one a line."""
    return text_of_document(Document(str(path)))


def text_of_document(document: Any) -> str:
    """The same of a document that is open."""
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [
                " | ".join(cell.text for cell in dict.fromkeys(row.cells)) for row in block.rows
            ]
        else:
            lines.append(block.text)
    return "\n".join(lines) + "\n"


PAPERS = {
    "survey_record": "联合踏勘记录表",
    "planning": "电力-建设工程规划许可申请表",
    "excavation": "电力-占用、挖掘城市道路审批申请表",
    "green_occupation": "电力-临时占用城市绿地申请表",
    "government_request": "电力-挖掘保护期内城市道路的请示",
}


def assert_golden(name: str, path: Path) -> None:
    """The text of a document is that of its golden file."""
    text = text_of(path)
    golden = GOLDEN / f"{name}.txt"
    if RENEW:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMS)
def test_the_text_of_a_filled_form_is_the_golden_one(name: str, tmp_path: Path) -> None:
    county, route = FORMS[name]
    result = cases.checked(route, where=county)
    packet = write_packet(result.cases[0], result, county, tmp_path)
    assert_golden(name, packet.files[0])


@pytest.fixture(scope="module")
def joint_packet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A packet that asks every department, with the joint survey on record."""
    county = records.paved_county()
    result = cases.checked(records.BUILT, where=county)
    maker = PacketMaker(result, county)
    folder = tmp_path_factory.mktemp("packets")
    return maker.write(result.cases[0], folder, dossier=records.DOSSIER, draft=False).folder


@pytest.mark.parametrize("name", PAPERS)
def test_the_text_of_the_paper_of_a_matter_is_the_golden_one(name: str, joint_packet: Path) -> None:
    assert_golden(name, joint_packet / f"{PAPERS[name]}.docx")


def test_the_paper_of_any_other_matter_is_the_golden_one(tmp_path: Path) -> None:
    highway = cases.county(cases.road("R9", 80, 90, road_class="highway"))
    result = cases.checked(cases.COMMITTED, where=highway)
    packet = write_packet(result.cases[0], result, highway, tmp_path)
    assert_golden("highway", packet.folder / "给水-涉路施工许可申请表.docx")


def test_an_issued_form_is_no_draft_and_bears_the_number_of_its_packet(joint_packet: Path) -> None:
    number = json.loads((joint_packet / "manifest.json").read_bytes())["number"]
    papers = sorted(joint_packet.glob("*.docx"))
    assert len(papers) == 6
    for path in papers:
        footer = "".join(one.text for one in Document(str(path)).sections[0].footer.paragraphs)
        assert footer.endswith(f"资料包编号 {number}")
        assert "草稿" not in text_of(path) + footer
