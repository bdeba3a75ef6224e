"""The text that says where a route is bored."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.core.routes import Bore
from neixiang_survey_plugin.core.trenchless import check_bores_fit, parse_trenchless


def test_bores_are_metres_along_the_route_with_the_depth_where_it_is_known() -> None:
    assert parse_trenchless("12.0-27.5@3.2;80-95") == (Bore(12.0, 27.5, 3.2), Bore(80.0, 95.0))


def test_bores_come_in_the_order_of_the_route() -> None:
    assert parse_trenchless("80-95; 12-27.5") == (Bore(12.0, 27.5), Bore(80.0, 95.0))


@pytest.mark.parametrize("text", ["", "  ", ";", "；"])
def test_a_route_without_a_text_is_dug(text: str) -> None:
    assert parse_trenchless(text) == ()


@pytest.mark.parametrize("text", ["5-9@2", " 5 - 9 @ 2 ", "5–9＠2；", "5~9@2.0", "5.-9.0@2"])
def test_a_bore_may_be_typed_in_many_ways(text: str) -> None:
    assert parse_trenchless(text) == (Bore(5.0, 9.0, 2.0),)


def test_bores_may_follow_each_other_without_a_gap() -> None:
    assert parse_trenchless("5-9;9-12") == (Bore(5.0, 9.0), Bore(9.0, 12.0))


@pytest.mark.parametrize(
    "text", ["5", "5-", "a-b", "5-9@", "-5-9", "5-9@-2", "5-9@0", "9-5", "5-5", "5-9;8-12", "5,9"]
)
def test_a_text_that_names_no_bore_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"5|a-b"):
        parse_trenchless(text)


def test_a_bore_may_end_at_the_routes_end_as_taped_to_the_centimetre() -> None:
    check_bores_fit((Bore(5.0, 100.01),), 100.0)
    with pytest.raises(ValueError, match=r"5-100\.02"):
        check_bores_fit((Bore(5.0, 100.02),), 100.0)
