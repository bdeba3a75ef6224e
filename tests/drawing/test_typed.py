"""What is typed: lengths, azimuths, turns, and coordinates in any usual order."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.app.drawing.typed import Polar, azimuth_deg, read_entry
from neixiang_survey_plugin.core.errors import SurveyError

HOME = (576_000.0, 3_655_000.0, 583_000.0, 3_662_000.0)
PLACE = (578_457.54, 3_658_606.96)


@pytest.mark.parametrize(
    "text",
    [
        "3658606.96 578457.54",
        "578457.54, 3658606.96",
        "578457.54，3658606.96",
        "X 3658606.96  Y 578457.54",
        "3658606.96\t38578457.54",
        "3658606.96 578457.54 112.35",
        "J1 3658606.96 578457.54",
        "12,3658606.96,578457.54",
    ],
)
def test_coordinates_are_recognised_in_every_usual_order(text: str) -> None:
    assert read_entry(text, HOME) == (PLACE,)


def test_many_rows_are_many_vertices() -> None:
    text = "1 3658606.96 578457.54\n\n2 3658610 578460\n"
    assert read_entry(text, HOME) == (PLACE, (578_460.0, 3_658_610.0))


def test_rows_that_a_line_of_text_ran_together_are_as_many_vertices() -> None:
    text = "J1 3658606.96 578457.54 112.3 J2 3658610 578460 112.4"
    assert read_entry(text, HOME) == (PLACE, (578_460.0, 3_658_610.0))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("20", Polar(20)),
        ("12.5 90", Polar(12.5, 90)),
        ("12.5,90", Polar(12.5, 90)),
        ("12.5 <-30", Polar(12.5, None, -30)),
        ("12.5<30", Polar(12.5, None, 30)),
    ],
)
def test_lengths_and_angles_are_recognised(text: str, meant: Polar) -> None:
    assert read_entry(text, HOME) == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "没有输入"),
        ("  \n", "没有输入"),
        ("abc", "第 1 行“abc”"),
        ("-5", "不是正数"),
        ("0 90", "不是正数"),
        ("3658606.96 578457.54\n3658606.96 978457.54", "第 2 行"),
        ("978457.54 3658606.96", "第 1 行"),
        ("33.051234, 111.871234", "像是经纬度"),
    ],
)
def test_what_is_none_of_these_is_said_with_its_row(text: str, why: str) -> None:
    with pytest.raises(SurveyError, match=why):
        read_entry(text, HOME)


def test_azimuths_run_clockwise_from_north() -> None:
    assert [azimuth_deg((0, 0), end) for end in ((0, 1), (1, 0), (0, -1), (-1, 0))] == [
        0, 90, 180, 270,
    ]  # fmt: skip


def test_a_turn_adds_to_the_last_segments_direction() -> None:
    assert Polar(10, None, 90).from_point((0, 0), 0) == (pytest.approx(10), pytest.approx(0))
    assert Polar(10, 180).from_point((0, 0), 45) == (pytest.approx(0), pytest.approx(-10))
    assert Polar(10).from_point((0, 0), 270) == (pytest.approx(-10), pytest.approx(0))
