"""A PDF is true to size, carries its font, and its words are found."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.scene import A3, Area, Line, Sheet, Text
from neixiang_survey_plugin.io.sheets.fonts import chinese_font
from neixiang_survey_plugin.io.sheets.pdf import sheets_pdf
from neixiang_survey_plugin.io.sheets.picture import first_page_picture
from tests.sheets.pdf_reading import fonts_of, pages, polylines, text_of

WORDS = "给水 长度 阀门 面积"


def pdf(*marks: Line | Area | Text) -> bytes:
    sheet = Sheet("示例", A3, marks)
    return sheets_pdf([sheet], chinese_font(), title="示例", author="示例", on=date(2026, 11, 22))


def test_a_line_of_two_hundred_millimetres_is_so_long_on_the_page() -> None:
    (page,) = pages(pdf(Line(((30.0, 50.0), (230.0, 50.0)))))
    (line,) = polylines(page)
    assert line[0] == pytest.approx((30.0, 297.0 - 50.0), abs=0.005)
    assert line[1] == pytest.approx((230.0, 297.0 - 50.0), abs=0.005)


def test_chinese_words_are_found_and_their_font_is_inside(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    turned = Text((90.0, 90.0), WORDS, turned_deg=90.0, bold=True, masked=True, opacity=0.5)
    path.write_bytes(pdf(Text((50.0, 50.0), WORDS), turned))
    assert text_of(path).count("阀门") == 2
    ((*_, embedded, subset, unicode, _, _),) = fonts_of(path)
    assert (embedded, subset, unicode) == ("yes", "yes", "yes")


def test_the_same_sheets_give_the_same_bytes() -> None:
    marks = (Text((50.0, 50.0), WORDS, anchor=Anchor.CENTRE), Line(((0.0, 0.0), (9.0, 9.0))))
    assert pdf(*marks) == pdf(*marks)


def test_a_name_of_nothing_that_can_be_shown_is_no_mistake() -> None:
    assert pages(pdf(Text((5.0, 5.0), "\u200d"), Line(((0.0, 0.0), (9.0, 9.0)))))


@pytest.mark.parametrize("turned", [1, -1])
def test_a_hole_of_an_area_is_left_free(turned: int) -> None:
    square = ((10.0, 10.0), (60.0, 10.0), (60.0, 60.0), (10.0, 60.0))
    hole = ((30.0, 30.0), (40.0, 30.0), (40.0, 40.0), (30.0, 40.0))
    content = first_page_picture(pdf(Area((square, hole[::turned]), fill="#ff0000")), 25.4)
    assert content is not None
    picture = Image.open(io.BytesIO(content)).convert("RGB")  # a pixel a millimetre
    assert picture.getpixel((20, 35)) == (255, 0, 0)
    assert picture.getpixel((35, 35)) == (255, 255, 255)
