"""The text of each filled form against a golden file; tests/golden/README.md says how to renew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from docx import Document
from docx.table import Table

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.packet.writing import write_packet
from tests import packet_cases as cases

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
    lines: list[str] = []
    for block in Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            lines += [
                " | ".join(cell.text for cell in dict.fromkeys(row.cells)) for row in block.rows
            ]
        else:
            lines.append(block.text)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", FORMS)
def test_the_text_of_a_filled_form_is_the_golden_one(name: str, tmp_path: Path) -> None:
    county, route = FORMS[name]
    result = cases.checked(route, where=county)
    packet = write_packet(result.cases[0], result, county, tmp_path)
    text = text_of(packet.files[0])
    golden = GOLDEN / f"{name}.txt"
    if RENEW:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
