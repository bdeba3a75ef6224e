"""Texts are read in the encoding in which they make sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.importing.encodings import (
    BIG5,
    GBK,
    UTF8,
    Evidence,
    decoded,
    judge_encoding,
)

NAMES = ["范蠡大道", "菊潭街（北段）", "主干路", "示例供水公司", "2019年12月"]
# Names of places and roads: level 1 of GB2312, as a surveyor's table holds them.
WORDS = "城关镇大道路街人民政府水电气热力通信管线北南东西中新建设文化工业园区一二三四五六七"


@pytest.mark.parametrize("encoding", [UTF8, GBK])
@pytest.mark.parametrize("declared", [None, "UTF-8", "GBK", "ISO-8859-1", "936", "SYSTEM"])
def test_names_are_read_as_they_were_written_whatever_the_file_says(
    encoding: str, declared: str | None
) -> None:
    judged = judge_encoding([name.encode(encoding) for name in NAMES], declared)
    assert judged.encoding == encoding
    says_so = {UTF8: ["UTF-8"], GBK: ["GBK", "936"]}[encoding]
    expected = Evidence.READS if declared is None else Evidence.DENIES
    assert judged.evidence is (Evidence.DECLARED if declared in says_so else expected)


@given(st.lists(st.text(WORDS, min_size=2, max_size=8), min_size=1, max_size=20))
def test_a_wrong_encoding_is_never_taken_for_certain(names: list[str]) -> None:
    for encoding in (UTF8, GBK):
        judged = judge_encoding(name.encode(encoding) for name in names)
        assert judged.encoding in (encoding, None)
        if judged.encoding is None:
            assert encoding in judged.candidates


def test_traditional_characters_are_read_as_big5() -> None:
    texts = ["自來水管線", "中華電信股份有限公司", "臺灣大道"]
    assert judge_encoding([one.encode("big5") for one in texts]).encoding == BIG5


def test_a_character_that_was_cut_off_denies_no_encoding() -> None:
    cut = ["内乡县城关镇".encode()[:-1], "范蠡大道".encode()]
    assert judge_encoding(cut).encoding == UTF8
    assert decoded(cut[0], UTF8) == "内乡县城关"
    assert decoded(b"\xff\xfe\x41", UTF8) is None


def test_nothing_but_ascii_needs_no_evidence() -> None:
    assert judge_encoding([b"R1", b"DN300"], "GBK").evidence is Evidence.ASCII


def test_what_makes_sense_in_no_encoding_is_asked() -> None:
    judged = judge_encoding([bytes(range(128, 256))])
    assert judged.encoding is None
    assert judged.candidates
