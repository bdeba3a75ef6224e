"""The field sheet: one upright page, whatever the case, and a picture of it for a telephone."""

from __future__ import annotations

import importlib.util
import io
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from neixiang_survey_plugin.app.sheets.field import field_sheet
from neixiang_survey_plugin.app.sheets.scene import A4_UPRIGHT, Area, Line, Sheet, Text
from neixiang_survey_plugin.io.sheets.fonts import chinese_font
from neixiang_survey_plugin.io.sheets.pdf import sheets_pdf
from neixiang_survey_plugin.io.sheets.picture import first_page_picture, page_pictures
from tests import drawn
from tests import packet_cases as cases
from tests.sheets.cases import drawn_case, line
from tests.sheets.underground import street

CROSSING = line((70.0, 0.0), (110.0, 0.0), (110.0, 50.0), unit="u1")


def sheet(*routes: Any, **said: Any) -> Sheet:
    return field_sheet(drawn_case(*routes, **{"where": street(), **said}))


def test_it_holds_lines_crossings_green_what_is_met_and_bends() -> None:
    said = set(sheet(CROSSING).texts)
    assert {"90.00", "示例R1路（支路）", "示例公园", "16.00", "JS3", "示例供水公司"} <= said
    assert {"现状燃气 DN110", "现状污水 DN400", "埋深未知"} <= said


def test_it_is_one_upright_page_and_nothing_leaves_it() -> None:
    made = sheet(line(*((float(k), float(k % 2) * 3.0) for k in range(100))))
    assert made.size_mm == A4_UPRIGHT
    places = [
        at
        for mark in made.marks
        if isinstance(mark, Line | Area)
        for at in (mark.points if isinstance(mark, Line) else mark.rings[0])
    ]
    assert all(5.0 <= x <= 205.0 and 5.0 <= y <= 292.0 for x, y in places)


def test_what_finds_no_room_is_counted() -> None:
    made = sheet(line(*((float(k), float(k % 2) * 3.0) for k in range(100))))
    listed = sum(isinstance(m, Text) and m.anchor.value == "left" and m.text.startswith("JS")
                 and m.size_mm < 2.0 for m in made.marks)  # fmt: skip
    assert f"另有 {100 - listed} 行，见图纸。" in made.texts


def test_a_draft_is_marked_and_an_issued_one_is_not() -> None:
    assert {"草稿 DRAFT", "现场单（草稿）"} <= set(sheet(CROSSING, draft=True).texts)
    assert "现场单" in sheet(CROSSING).texts
    assert not any("草稿" in text for text in sheet(CROSSING).texts)


def test_the_longest_names_stay_on_the_page() -> None:
    name = cases.LONG_NAME * 3
    font = chinese_font()
    made = sheet(CROSSING, applicant=name, case=name, letters=font)
    head = [mark for mark in made.marks if isinstance(mark, Text) and name in mark.text]
    assert len(head) == 2
    assert all(font.width_em(mark.text) * 1.25 * mark.size_mm <= 190.5 for mark in head)


def test_the_picture_is_the_page_and_is_not_blank() -> None:
    pdf = sheets_pdf([sheet(CROSSING)], chinese_font(), title="a", author="b", on=drawn.ON)
    content = first_page_picture(pdf)
    assert content is not None
    picture = Image.open(io.BytesIO(content))
    assert picture.size == (1241, 1754)
    darkest, lightest = picture.convert("L").getextrema()
    assert (darkest < 60, lightest) == (True, 255)


def test_without_pdfium_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert first_page_picture(b"") is None


def test_every_page_of_a_pdf_is_pictured_and_the_pdf_is_opened_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = []
    document = pypdfium2.PdfDocument
    monkeypatch.setattr(pypdfium2, "PdfDocument", lambda pdf: opened.append(pdf) or document(pdf))
    page = sheet(CROSSING)
    pdf = sheets_pdf([page] * 3, chinese_font(), title="a", author="b", on=drawn.ON)
    assert len([*page_pictures(pdf, 20.0)]) == 3
    assert len(opened) == 1


def test_the_green_patches_of_a_line_are_cut_out_once() -> None:
    case = drawn_case(CROSSING)
    assert case.patches(0)
    assert case.patches(0) is case.patches(0)
