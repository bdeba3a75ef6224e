"""The drawings in the packets of the sample county: there by default, true, found, never tofu."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.packet import sheets
from neixiang_survey_plugin.io.packet.sheets import DRAWINGS, FIELD_SHEET
from neixiang_survey_plugin.io.packet.writing import write_packet
from neixiang_survey_plugin.io.sheets.fonts import chinese_font
from tests import packet_cases as cases
from tests.packet import sampled
from tests.packet.test_golden import GOLDEN, RENEW
from tests.sheets.pdf_reading import fonts_of, text_of
from tests.sheets.underground import street

_NUMBER = re.compile(r"资料包编号[\s0-9a-f]+")  # of the packet, in one line or in two
WORDS = ("给水", "长度", "阀门", "面积")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sampled.packet("C28", tmp_path_factory.mktemp("drawn")).folder


def test_every_pdf_of_a_packet_holds_the_test_words_and_its_own_font(folder: Path) -> None:
    found = sorted(folder.glob("*.pdf"))
    assert found
    for path in found:
        assert all(word in text_of(path) for word in WORDS)
        assert all(row[-5] == "yes" for row in fonts_of(path))


def test_the_drawings_bear_the_number_of_their_packet(folder: Path) -> None:
    number = json.loads((folder / "manifest.json").read_bytes())["number"]
    assert number in "".join(text_of(folder / DRAWINGS).split())


def test_a_draft_is_marked_and_an_issued_packet_is_not(folder: Path, tmp_path: Path) -> None:
    issued = sampled.maker().write(sampled.case("C01"), tmp_path, draft=False)
    assert "（草稿）" in text_of(folder / DRAWINGS)
    assert "草稿" not in text_of(issued.folder / DRAWINGS)


def test_without_a_chinese_font_no_packet_is_written_and_the_sentence_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "chinese_font", lambda: chinese_font([tmp_path]))
    with pytest.raises(SurveyError, match="没有中文字体"):
        sampled.packet("C01", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_packet_with_its_drawings_takes_less_than_two_seconds(tmp_path: Path) -> None:
    sampled.packet("C01", tmp_path)  # the font is read once
    before = time.process_time()
    sampled.packet("C28", tmp_path)
    assert time.process_time() - before < 2.0


@pytest.mark.parametrize(("name", "file"), [("drawings", DRAWINGS), ("field_sheet", FIELD_SHEET)])
def test_the_words_of_the_drawings_are_the_golden_ones(
    name: str, file: str, tmp_path: Path
) -> None:
    result = cases.checked(cases.COMMITTED, where=street())
    packet = write_packet(result.cases[0], result, street(), tmp_path)
    found = _NUMBER.sub("资料包编号 #\n", text_of(packet.folder / file))
    golden = GOLDEN / f"{name}.txt"
    if RENEW:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
