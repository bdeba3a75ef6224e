"""How good a county's data are, and what cannot be judged because of what is missing."""

from __future__ import annotations

import gc
import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString, box
from typer.testing import CliRunner

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.quality import probing
from neixiang_survey_plugin.app.quality import quality as quality_
from neixiang_survey_plugin.app.quality.needs import Purpose
from neixiang_survey_plugin.app.quality.probing import probe
from neixiang_survey_plugin.app.quality.quality import Quality, assess
from neixiang_survey_plugin.app.wording.quality import percent
from neixiang_survey_plugin.core import in_pieces
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.county import Switches
from neixiang_survey_plugin.core.measuring import roads as roads_
from neixiang_survey_plugin.core.measuring.measures import RoadFacts, Unknown
from neixiang_survey_plugin.hosts.cli.main import app
from neixiang_survey_plugin.io.policy_file import read_policy
from neixiang_survey_plugin.places import rules_folder, sample_county
from tests.drawn import LONG_AGO, PROTECTED, Row, county, green, road

ON = date(2026, 11, 22)
GREEN = (green(box(500, 500, 510, 510), "G1"),)


def strip(road_id: str, y: float, **facts: Any) -> Row:
    """A road of 100 m by 10 m."""
    known = {"road_class": "local", "delivered_on": LONG_AGO, **facts}
    return road(box(0, y, 100, y + 10), road_id, **known)


def assessed(*roads: Row, **facts: Any) -> Quality:
    return assess(county(roads, GREEN, **facts), ON)


def doubts(*roads: Row, **facts: Any) -> dict[str, tuple[tuple[str, str], ...]]:
    return {one.road_id: one.facts for one in probe(county(roads, GREEN, **facts), ON).doubts}


def test_a_road_of_which_all_is_known_can_be_judged_whatever_comes_out() -> None:
    known = strip("R1", 0), strip("R2", 100, delivered_on=PROTECTED)
    assert doubts(*known, strip("R3", 200, road_class="arterial")) == {}


def test_a_road_without_a_class_or_a_date_cannot_be_judged_and_the_fact_is_named() -> None:
    found = doubts(strip("R1", 0, road_class=None), strip("R2", 100, delivered_on=None))
    assert found == {"R1": (("R1", "road_class"),), "R2": (("R2", "delivered_on"),)}


@pytest.mark.parametrize("place", ["neixiang_2022", "luoyang_2023", "yichuan_2022"])
def test_what_green_nobody_mapped_leaves_open_is_in_doubt_under_the_rules_of_every_place(
    place: str,
) -> None:
    # Yichuan's rules are for power alone: a water line would be outside of them, whatever is known
    policy = read_policy(rules_folder() / f"{place}.toml")
    (doubt,) = probe(county([strip("R1", 0)], None, policy=policy), ON).doubts
    assert (doubt.facts, doubt.layers) == ((), (Unknown.NO_GREEN_LAYER,))
    assert not probe(county([strip("R1", 0)], GREEN, policy=policy), ON).doubts


def test_a_date_that_decides_nothing_is_no_gap() -> None:
    lane = strip("R1", 0, road_class="other", delivered_on=None)
    highway = strip("R2", 100, road_class="highway", delivered_on=None)
    quality = assessed(lane, highway)
    assert quality.probed.doubts == ()
    assert quality.tasks == ()
    fields = {one.field: one.needed for one in quality.layers[0].fields}
    assert fields["delivered_on"] == 0


def test_a_missing_overhaul_counts_where_the_county_is_strict() -> None:
    road_of_old = strip("R1", 0, overhauled_on=None)
    assert doubts(road_of_old) == {}
    strict = doubts(road_of_old, switches=Switches(strict_overhaul=True))
    assert strict == {"R1": (("R1", "overhauled_on"),)}


def test_a_line_without_a_width_hangs_on_it_and_its_metres_count() -> None:
    line = road(LineString([(0, 500), (80, 500)]), "R9", road_class="local", delivered_on=LONG_AGO)
    quality = assessed(strip("R1", 0), line)
    (doubt,) = quality.probed.doubts
    assert (doubt.road_id, doubt.facts, doubt.road_m) == ("R9", (("R9", "width_m"),), 80.0)
    assert quality.probed.road_m == 80.0 + 110.0
    (task,) = quality.tasks
    assert (task.object_id, task.field, task.roads, task.road_m) == ("R9", "width_m", 1, 80.0)


@pytest.mark.parametrize("at_once", [1, 2, 5_000])
def test_what_most_road_hangs_on_comes_first(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_, "_AT_ONCE", at_once)
    short = road(box(0, 0, 20, 10), "R1", road_class=None, delivered_on=LONG_AGO)
    quality = assessed(short, strip("R2", 100, road_class=None))
    assert [task.object_id for task in quality.tasks] == ["R2", "R1"]
    assert {task.purpose for task in quality.tasks} == {Purpose.WAY}


def test_a_road_outside_what_was_mapped_is_in_doubt_for_the_layer() -> None:
    town = county((strip("R1", 0), strip("R2", 100)), GREEN)
    roads = replace(town.layers["roads"], coverage=box(-50, -50, 150, 50))
    town = replace(town, layers={**town.layers, "roads": roads})
    (doubt,) = probe(town, ON).doubts
    assert (doubt.road_id, doubt.layers) == ("R2", (Unknown.OUTSIDE_ROAD_COVERAGE,))
    coverage_m2 = assess(town, ON).layers[0].coverage_m2
    assert coverage_m2 == 20_000.0


def test_a_fact_from_the_site_closes_the_gap_and_is_listed() -> None:
    town = county((strip("R1", 0, road_class=None),), GREEN)
    fact = ConfirmedFact("roads", "R1", "road_class", "local", "现场踏勘", "张工", ON)
    town, complaints = town.with_facts((fact,))
    quality = assess(town, ON)
    assert complaints == ()
    assert (quality.probed.doubts, quality.tasks) == ((), ())
    assert [one.object_id for one in quality.confirmed] == ["R1"]


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0%"), (1.0, "100%"), (0.99999, "99.9%"), (0.0001, "0.1%")]
)
def test_a_share_is_never_rounded_to_all_or_nothing(share: float, said: str) -> None:
    assert percent(share) == said


def test_the_command_names_the_roads_of_the_sample_county(tmp_path: Path) -> None:
    argv = ["county", "quality", str(sample_county()), "--on", "2026-11-22", "--json", "-"]
    report = json.loads(CliRunner().invoke(app, argv, catch_exceptions=False).stdout)
    undetermined = report["undetermined"]
    assert {one["road_id"] for one in undetermined["list"]} >= {"R161", "R192"}
    assert undetermined["roads_undetermined"] == len(undetermined["list"])
    assert report["tasks"][0]["road_m"] >= report["tasks"][1]["road_m"] > 0
    layers = {one["layer"]: one for one in report["layers"]}
    assert layers["roads"]["newest_day"] == "2027-06-30"
    assert layers["roads"]["file_day"]


def test_what_was_read_of_a_road_is_let_go_once_it_was_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(probing, "_AT_ONCE", 2)
    kept: list[int] = []

    def tick(*_: int) -> None:
        kept.append(sum(isinstance(one, RoadFacts) for one in gc.get_objects()))

    roads = [strip(f"R{n}", 100 * n, road_class=None) for n in range(6)]
    assert len(probe(county(roads, GREEN), ON, tick).doubts) == 6
    assert len(kept) == 3
    assert kept[-1] <= kept[0]


def test_somebody_at_a_window_may_go_first_also_while_the_tasks_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_pieces, "_BETWEEN_PAUSES", 2)
    town = county([strip(f"R{n}", 100.0 * n, road_class=None) for n in range(6)], GREEN)
    probed: list[tuple[int, int]] = []
    probe(town, ON, lambda done, of: probed.append((done, of)))
    told: list[tuple[int, int]] = []
    tasks = assess(town, ON, tick=lambda done, of: told.append((done, of))).tasks
    assert told[: len(probed)] == probed
    assert told[len(probed) :] == [(6, 6)] * 2 * math.ceil(len(tasks) / 2)


def test_what_a_checker_prepared_of_the_county_serves_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town = county([strip("R1", 0, road_class=None), strip("R2", 100)], GREEN)
    known = Checker(town)
    known.ground.roads.facts(0)
    fresh = assess(town, ON)
    monkeypatch.setattr(roads_, "_prepared", lambda _: pytest.fail("prepared again"))
    assert assess(town, ON, known=known) == fresh
    assert known.ground.roads.facts_made  # what the window knows stays known
