"""Texts in a wrong code page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.repair.texts import TextRepair, meant_text, repair_texts

# Level 1 of GB 2312 and what stands between Chinese characters in a register.
everyday = st.integers(0xB0, 0xD6).flatmap(
    lambda lead: st.integers(0xA1, 0xFE).map(lambda tail: bytes((lead, tail)).decode("gb2312"))
)
names = st.lists(everyday, min_size=2, max_size=12).map("".join)


@given(names)
def test_sound_chinese_stays_as_it_is(name: str) -> None:
    assert meant_text(name) == name


@given(names)
def test_utf8_read_as_a_western_code_page_finds_its_way_back(name: str) -> None:
    assert meant_text(name.encode().decode("latin-1")) == name


@given(names)
def test_gbk_read_as_a_western_code_page_finds_its_way_back(name: str) -> None:
    assert meant_text(name.encode("gbk").decode("latin-1")) == name


@given(names)
def test_utf8_read_as_gbk_finds_its_way_back_where_no_byte_was_lost(name: str) -> None:
    try:
        wrong = name.encode().decode("gbk")
    except UnicodeDecodeError:
        return
    assert meant_text(wrong) == name


@pytest.mark.parametrize("text", ["锟斤拷锟斤拷路", "示例\ufffd路", "烫烫烫烫"])
def test_what_is_lost_is_said_to_be_lost(text: str) -> None:
    assert meant_text(text) is None


def test_utf8_read_as_gbk_with_a_byte_lost_is_said_to_be_lost() -> None:
    torn = "内乡县城关镇".encode()[:-1].decode("gbk", "replace").replace("\ufffd", "")
    assert meant_text(torn) is None


@pytest.mark.parametrize(
    "text",
    [
        "Φ200",
        "DN300×2",
        "φ110PE管",
        "Café Müller",
        "1000 m²",
        "±0.000",
        "龘靐齉",
        "邓州·内乡",
        "一号路（东段）",
        "",
    ],
)
def test_signs_and_rare_characters_are_no_mojibake(text: str) -> None:
    assert meant_text(text) == text


def test_every_cell_is_named_by_row_and_field_with_what_it_held() -> None:
    broken = "示例东路".encode().decode("latin-1")
    cells = ["示例西路", None, broken, 12.5, "plain", "锟斤拷"]
    assert repair_texts("name", cells) == [
        TextRepair(2, "name", broken, "示例东路"),
        TextRepair(5, "name", "锟斤拷", None),
    ]
