"""The sample county's drawn case: five lines, two streets, each opened once; and the README."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner
from neixiang_survey_plugin.app.trenching.report import trench_report
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.trenching.partitions import Variant
from neixiang_survey_plugin.core.trenching.proposal import ProposalKind, Suggestion
from neixiang_survey_plugin.core.trenching.ranking import figures_of
from neixiang_survey_plugin.core.trenching.rules import Criterion
from neixiang_survey_plugin.hosts.cli.check import LAYERS
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests.drawn import ON
from tests.trenching.towns import proposal

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def suggestion() -> Suggestion:
    folder = places.sample_county()
    county = load_county(folder, LAYERS)
    cases = folder / "cases"
    drawn = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    search = ConflictSearch(county, load_clearances(folder))
    planner = TrenchPlanner(Checker(county), search, load_trench_rules(folder))
    result = planner.propose(drawn, ON)
    json.dumps(trench_report(result), allow_nan=False)
    (found,) = result.suggestions
    return found


def test_water_power_telecom_and_gas_share_a_trench_and_heat_lies_beside_it() -> None:
    one = proposal(suggestion())
    assert one.kind is ProposalKind.SHARED_OPENING
    assert one.section is not None
    assert [set(dig.route_ids) for dig in one.section.digs] == [
        {"MAIN-water", "MAIN-power", "MAIN-telecom", "MAIN-gas"},
        {"MAIN-heat"},
    ]
    assert one.section.departures == ()


def test_each_of_the_two_streets_is_opened_and_closed_once_instead_of_five_times() -> None:
    one = proposal(suggestion())
    assert (one.before.openings, one.after.openings) == (10, 2)
    assert (one.before.closures, one.after.closures) == (10, 2)


def test_no_conflict_comes_by_sharing() -> None:
    for one in suggestion().proposals:
        assert len(one.conflicts_after) <= len(one.conflicts_before)
        ids = set(one.route_ids)
        assert not [c for c in one.conflicts_after if c.b_layer == "routes" and {c.a, c.b} <= ids]


def test_what_the_common_strip_does_to_the_ways_is_said() -> None:
    assert proposal(suggestion()).ways_changed == {
        "MAIN-power": (Way.COMMITMENT, Way.JOINT),
        "MAIN-water": (Way.COMMITMENT, Way.JOINT),
    }


def test_every_alternative_is_there_and_ranked() -> None:
    assert [one.variant for one in suggestion().proposals] == [
        Variant.TWO_TRENCHES,
        Variant.ALL,
        Variant.WITHOUT_GAS,
        Variant.IN_PLACE,
    ]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_the_figures_of_the_case(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    rows = [
        re.findall(r" (\d[\d.]*) ", row) for row in re.findall(r"^\| .*m.? \|.*\|$", text, re.M)
    ]
    first, second = proposal(suggestion()), proposal(suggestion(), Variant.TWO_TRENCHES)
    figures = (first.before, first.after, second.after)
    counted = [
        [f"{one.cost:.0f}" for one in figures],
        ["0", *(f"{figures_of(one)[Criterion.STRICTER_WAYS]:.0f}" for one in (first, second))],
        *([str(getattr(one, name)) for one in figures] for name in ("openings", "closures")),
    ]
    numbers = [re.findall(r" (\d+) ", row) for row in re.findall(r"^\| .*\|$", text, re.M)]
    assert [row for row in counted if row not in numbers] == []
    for name in ("trench_m", "green_m2", "earth_m3"):
        wanted = [f"{getattr(one, name):.1f}" for one in figures]
        assert any(row[-3:] == wanted for row in rows), (name, wanted)
