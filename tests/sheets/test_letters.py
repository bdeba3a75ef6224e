"""How a long text is broken into lines that fit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.sheets.letters import broken, fitted_mm, width_mm
from tests.sheets.letters import LETTERS

texts = st.text(alphabet="给水长度，。ab 1", max_size=60)


def test_a_text_that_fits_is_one_line() -> None:
    assert broken(LETTERS, "给水", 2.0, 5.0) == ("给水",)


def test_a_text_breaks_after_a_mark_where_one_is_near() -> None:
    assert broken(LETTERS, "给水，长度面积", 2.0, 11.0) == ("给水，", "长度面积")


def test_what_does_not_fit_the_last_line_ends_in_an_ellipsis() -> None:
    assert broken(LETTERS, "一二三四五六七八", 2.0, 10.0, most=1) == ("一二三…",)


def test_words_are_made_smaller_to_fit_and_never_larger() -> None:
    assert fitted_mm(LETTERS, "一二三四", 2.0, 5.0) == 1.0
    assert fitted_mm(LETTERS, "一", 2.0, 5.0) == 2.0


@given(texts, st.floats(3.0, 40.0))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room_mm: float) -> None:
    lines = broken(LETTERS, text, 2.0, room_mm)
    assert all(width_mm(LETTERS, line, 2.0) <= room_mm for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
