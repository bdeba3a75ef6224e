"""The font of the drawings: found, small, and nothing that it lacks is shown as a box."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.sheets.fonts import chinese_font

SQUARE = [(0, 0), (0, 500), (500, 500), (500, 0)]


def made_of_others(path: Path) -> None:
    """A TrueType font in which every Chinese character is made of one square."""
    square = TTGlyphPen(None)
    square.moveTo(SQUARE[0])
    for point in SQUARE[1:]:
        square.lineTo(point)
    square.closePath()
    glyphs = {"one": square.glyph()}
    names = {}
    for letter in " 给水长度阀门面积":
        pen = TTGlyphPen(glyphs)
        pen.addComponent("one", (1, 0, 0, 1, 0, 0))
        names[ord(letter)] = f"uni{ord(letter):04X}"
        glyphs[names[ord(letter)]] = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *glyphs])
    builder.setupCharacterMap(names)
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *glyphs), (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


def test_a_machine_without_a_chinese_font_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match=r"没有中文字体.*fonts-noto-cjk"):
        chinese_font([tmp_path])


def test_of_a_collection_the_simplified_chinese_font_is_taken() -> None:
    font = chinese_font()
    assert all(font.has(letter) for letter in "给水长度阀门面积φ°²")
    names = TTFont(io.BytesIO(font.small(["给"])))
    assert set(names.getBestCmap()) == {ord(" "), ord("给")}


def test_what_the_font_lacks_is_said_by_its_number() -> None:
    font = chinese_font()
    assert font.spelled("甲😀乙") == "甲〔U+1F600〕乙"
    assert font.width_em("甲😀乙") == font.width_em("甲〔U+1F600〕乙")


def test_breaks_become_blanks_and_what_nobody_sees_goes() -> None:
    assert chinese_font().spelled("甲\n乙\u200d\ufe0f丙\x00") == "甲 乙丙 "


def test_half_a_character_pair_is_said_by_its_number() -> None:
    assert chinese_font().spelled("\ud800") == "〔U+D800〕"


def test_a_character_made_of_others_comes_with_their_outlines(tmp_path: Path) -> None:
    made_of_others(tmp_path / "simhei.ttf")
    small = TTFont(io.BytesIO(chinese_font([tmp_path]).small(["度"])))
    glyph = small["glyf"][small.getBestCmap()[ord("度")]]
    assert glyph.numberOfContours == 1
    assert [tuple(point) for point in glyph.coordinates] == SQUARE


def test_the_same_words_give_the_same_font() -> None:
    font = chinese_font()
    assert font.small(["给水 长度"]) == font.small(["长度", "给水"])
