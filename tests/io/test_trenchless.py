"""The text that says where a route is bored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.routes import Bore
from neixiang_survey_plugin.core.trenchless import check_bores_fit, parse_trenchless

CENTIMETRES = st.integers(0, 100_000)


@pytest.mark.parametrize("text", ["", "  ", ";", "；"])
def test_empty_text_is_no_bore(text: str) -> None:
    assert parse_trenchless(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "12.0-27.5@3.2;80-95",
        "80-95;12.0-27.5@3.2",
        " 12 - 27.5 @ 3.2 ; 80 - 95 ; ",
        "12–27.5＠3.2；80~95",
    ],
)
def test_bores_come_in_order_however_they_are_typed(text: str) -> None:
    assert parse_trenchless(text) == (Bore(12.0, 27.5, 3.2), Bore(80.0, 95.0))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12", "不是“起-止”"),
        ("12-", "不是“起-止”"),
        ("-5-12", "不是“起-止”"),
        ("a-b", "不是“起-止”"),
        ("1-2@", "不是“起-止”"),
        ("1-2@x", "不是“起-止”"),
        ("1-2-3", "不是“起-止”"),
        ("1e3-2e3", "不是“起-止”"),
        ("5-3", "止点应大于起点"),
        ("5-5", "止点应大于起点"),
        ("1-2@0", "埋深应大于 0"),
        ("1-4;3-5", "重叠"),
        ("3-5;1-10@2", "1-10@2 与 3-5 两段重叠"),
    ],
)
def test_text_that_cannot_be_is_told_why(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_trenchless(text)


def test_bores_may_touch() -> None:
    assert parse_trenchless("1-2;2-3") == (Bore(1.0, 2.0), Bore(2.0, 3.0))


@given(st.lists(CENTIMETRES, min_size=2, max_size=20, unique=True), st.none() | st.integers(1, 900))
def test_what_is_written_is_read(places: list[int], depth: int | None) -> None:
    ends = sorted(places)[: len(places) // 2 * 2]
    bores = tuple(
        Bore(a / 100, b / 100, None if depth is None else depth / 100)
        for a, b in zip(ends[::2], ends[1::2], strict=True)
    )
    text = ";".join(
        f"{bore.from_m}-{bore.to_m}" + ("" if depth is None else f"@{bore.depth_m}")
        for bore in bores
    )
    assert parse_trenchless(text) == bores


def test_bore_within_the_route_fits() -> None:
    check_bores_fit((Bore(0.0, 10.0), Bore(90.0, 100.009)), 100.0)


def test_bore_beyond_the_end_is_named_with_the_length() -> None:
    with pytest.raises(ValueError, match=r"90-100\.1@3 超出了外线的终点（全长 100\.00 米）"):
        check_bores_fit((Bore(90.0, 100.1, 3.0),), 100.0)
