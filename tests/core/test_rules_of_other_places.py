"""The same lines under the rules of each place, against ways that were worked out by hand."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.policy import Policy
from neixiang_survey_plugin.io.policy_file import read_policy
from tests.drawn import PROTECTED, check_one, county, green, road, route, surface, way

PLACES = ("neixiang_2022", "luoyang_2023", "yichuan_2022", "beijing_2020")


@functools.cache
def policy_of(place: str) -> Policy:
    return read_policy(places.rules_folder() / f"{place}.toml")


def town(place: str, **facts: Any) -> County:
    """A local road of two carriageways of 10 m, 100 m from the west; a park to the north."""
    surfaces = [
        surface((100, -200, 110, 200), "west"),
        surface((110, -200, 112, 200), "median", "green_belt"),
        surface((112, -200, 122, 200), "east"),
    ]
    usual = {
        "roads": [road((100, -200, 122, 200), width_m=22.0)],
        "greens": [green((0, 60, 60, 70))],
        "surfaces": surfaces,
    }
    return county(policy=policy_of(place), **{**usual, **facts})


POWER = {"utility": "power", "voltage_kv": 0.4, "power_kw": 100.0}
# Each line with its ways in Neixiang, Luoyang, Yichuan and Beijing. Strips are 2 m wide.
BY_HAND: list[tuple[str, str, dict[str, Any], tuple[str, str, str, str]]] = [
    # 90 m beside the road: within every limit there is
    ("short", "0 0, 90 0", POWER, ("commitment", "filing", "exempt", "exempt")),
    # 22 m across the road, 10 m a side: beyond Neixiang's 15 m, within Luoyang's 25 m a side;
    # Yichuan has no limit for it; Beijing counts 22 m dug
    ("across", "50 0, 150 0", POWER, ("joint", "filing", "exempt", "exempt")),
    # 10 kV is neither low voltage nor below 10 kV
    ("medium", "0 0, 90 0", {**POWER, "voltage_kv": 10.0},
     ("commitment", "filing", "commitment", "outside_policy")),
    # 35 kV is not below 35 kV: Yichuan's rules are not for it
    ("high", "0 0, 90 0", {**POWER, "voltage_kv": 35.0},
     ("commitment", "filing", "outside_policy", "outside_policy")),
    # nobody gave the voltage: Neixiang and Luoyang do not ask
    ("unsaid", "0 0, 90 0", {**POWER, "voltage_kv": None},
     ("commitment", "filing", "undetermined", "undetermined")),
    # a customer of unknown power matters in Beijing alone
    ("load", "0 0, 90 0", {**POWER, "power_kw": None},
     ("commitment", "filing", "exempt", "undetermined")),
    ("large", "0 0, 90 0", {**POWER, "power_kw": 160.5},
     ("commitment", "filing", "exempt", "outside_policy")),
    # 300 m away from the road
    ("long", "0 -300, 0 0", POWER, ("joint", "filing", "filing", "outside_policy")),
    ("longest", "0 -501, 0 0", POWER, ("joint", "outside_policy", "joint", "outside_policy")),
    # 10 m2 of green: little for Yichuan's commitment, too much to be exempt; 5 m dug in Beijing
    ("park", "0 62, 5 62", POWER, ("commitment", "filing", "commitment", "exempt")),
    # 24 m2: Neixiang has 20, Luoyang and Yichuan's filing 30
    ("lawn", "0 62, 12 62", POWER, ("joint", "filing", "filing", "exempt")),
    # 40 m2
    ("garden", "0 62, 20 62", POWER, ("joint", "outside_policy", "joint", "exempt")),
    # 120 m along the road, all of it dug: under 150 m, but not under 100 m dug
    ("along", "105 0, 105 120", POWER, ("commitment", "filing", "exempt", "outside_policy")),
    # a water line is none of Yichuan's and none of Beijing's
    ("water", "0 0, 90 0", {}, ("commitment", "filing", "outside_policy", "outside_policy")),
]  # fmt: skip


@pytest.mark.parametrize("number", range(4), ids=PLACES)
@pytest.mark.parametrize(("name", "line", "facts", "ways"), BY_HAND, ids=[b[0] for b in BY_HAND])
def test_a_line_goes_the_way_that_each_place_says(
    number: int, name: str, line: str, facts: dict[str, Any], ways: tuple[str, ...]
) -> None:
    assert way(town(PLACES[number]), route(line, name, **facts)) == ways[number]


@pytest.mark.parametrize("place", PLACES)
def test_a_protected_road_needs_the_county_government_everywhere(place: str) -> None:
    young = road((100, -200, 122, 200), width_m=22.0, delivered_on=PROTECTED)
    line = route("50 0, 150 0", utility="power", voltage_kv=None)
    assert way(town(place, roads=[young]), line) == "joint_government"


@pytest.mark.parametrize("place", PLACES)
def test_only_readings_of_limits_that_the_place_has_are_judged(place: str) -> None:
    verdict = check_one(town(place), route("0 0, 90 0", **POWER)).verdict
    expected = {"neixiang_2022": {"length", "green", "crossing"}, "beijing_2020": {"length"}}
    read = {one.dimension for one in verdict.other_readings}
    assert read == expected.get(place, {"length", "green"})


def test_two_halves_of_a_line_are_one_in_luoyang_too() -> None:
    halves = [
        route("0 -300, 0 0", "a", case_id="c1"),
        route("0 0, 0 300", "b", case_id="c1"),
    ]
    assert way(town("luoyang_2023", greens=()), halves[0]) == "filing"
    assert way(town("luoyang_2023", greens=()), *halves) == "outside_policy"
