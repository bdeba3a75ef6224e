"""Each case of the sample county shows one thing, and its row says what the layers say."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from datetime import date
from itertools import combinations

import geopandas as gpd
import pytest
from shapely import LineString, Point

from tests.data.sample import DATA, ROOT, layer, outcomes, table

COUNTY = tomllib.loads((DATA / "county.toml").read_text(encoding="utf-8"))
LIMITS = (
    ("crossing_length", "crossing_total_m", 15.0),
    ("line_length", "length_m", 200.0),
    ("green_area", "green_total_m2", 20.0),
)
NOT_IN_THE_LAYERS = ("unit_suspension", "applicant")
ROWS = {row["route_id"]: row for row in table()}
LINES = layer("routes").set_index("route_id")
ROADS = layer("roads").astype({"road_class": object})
ROADS.loc[ROADS.road_class.isna(), "road_class"] = None


def test_the_table_has_one_row_for_every_line() -> None:
    drawn = tomllib.loads((DATA / "cases" / "drawn_routes.toml").read_text(encoding="utf-8"))
    assert list(ROWS) == [*LINES.index, *(route["route_id"] for route in drawn["routes"])]
    assert len({row["case_id"] for row in ROWS.values()}) >= 24


def test_every_line_has_a_planned_day_and_cases_keep_apart() -> None:
    assert LINES.planned_on.notna().all()
    for one, other in combinations(LINES.itertuples(), 2):
        if one.utility == other.utility and one.site_id != other.site_id:
            assert one.geometry.distance(other.geometry) > 60.0, (one.Index, other.Index)


def test_every_way_and_every_rule_failing_alone_is_shown() -> None:
    policy = ROOT / "neixiang_survey_plugin" / "rules" / "neixiang_2022.toml"
    rules = tomllib.loads(policy.read_text(encoding="utf-8"))["rules"]
    alone = {word for row in ROWS.values() if len(outcomes(row)) == 1 for word in outcomes(row)}
    assert {f"{rule['id']}:fail" for rule in rules} <= alone
    ways = ["commitment", "joint", "joint_government", "outside_policy", "undetermined"]
    assert sorted({row["verdict"] for row in ROWS.values()}) == ways


@pytest.mark.parametrize(
    ("shows", "column", "figure"),
    [
        ("crossing 15.000 m", "crossing_total_m", "15.000"),
        ("crossing 15.001 m", "crossing_total_m", "15.001"),
        ("length 200.000 m", "length_m", "200.000"),
        ("length 200.001 m", "length_m", "200.001"),
        ("green 20.0000 m2", "green_total_m2", "20.0000"),
        ("green 20.0001 m2", "green_total_m2", "20.0001"),
    ],
)
def test_a_case_at_a_limit_has_exactly_that_figure(shows: str, column: str, figure: str) -> None:
    assert [row[column] for row in ROWS.values() if row["shows"] == shows] == [figure]


@pytest.mark.parametrize("route_id", LINES.index)
def test_the_layers_alone_give_the_outcomes_of_the_row(route_id: str) -> None:
    row, line = ROWS[route_id], LINES.loc[route_id]
    stated = {word for word in outcomes(row) if not word.startswith(NOT_IN_THE_LAYERS)}
    found = plain_outcomes(row, touched_roads(line), line.planned_on.date())
    if "unknown" in row.values() or list(LINES.site_id).count(line.site_id) > 1:
        assert found <= stated  # the rest comes from what is not mapped, or from the other line
    else:
        assert found == stated


def touched_roads(line: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """The roads under the line or its strip; a bore takes no strip."""
    width_m = line.working_width_m
    width_m = width_m if width_m == width_m else COUNTY["defaults"]["working_width_m"][line.utility]
    ground = line.geometry.buffer(
        0.001 if isinstance(line.trenchless, str) else width_m / 2, cap_style="flat"
    )
    return ROADS[(ROADS.geom_type == "Polygon") & (ROADS.intersection(ground).area > 1e-6)]


def plain_outcomes(row: Mapping[str, str], roads: gpd.GeoDataFrame, day: date) -> set[str]:
    """What the row's figures and the roads under the line say by themselves."""
    found = {f"{rule}:fail" for rule, column, limit in LIMITS if number(row[column]) > limit}
    for road in roads.itertuples():
        found |= class_outcome(road.road_class)
        if road.road_class not in ("highway", "other"):
            found |= age_outcome(road, day)
    if {"main_road:unknown", "crossing_length:fail"} <= found:  # it may be no city road at all
        found = found - {"crossing_length:fail"} | {"crossing_length:unknown"}
    return found


def number(cell: str) -> float:
    return 0.0 if cell == "unknown" else float(cell)


def class_outcome(road_class: str | None) -> set[str]:
    if road_class is None:
        return {"main_road:unknown", "highway:unknown"}
    failing = {"arterial": "main_road", "expressway": "main_road", "highway": "highway"}
    return {f"{failing[road_class]}:fail"} if road_class in failing else set()


def age_outcome(road: gpd.GeoSeries, day: date) -> set[str]:
    ends = [
        years_later(on.date(), years)
        for on, years in ((road.delivered_on, 5), (road.overhauled_on, 3))
        if on == on and on is not None
    ]
    if any(day <= end for end in ends):
        return {"road_protection:fail"}
    return set() if road.delivered_on == road.delivered_on else {"road_protection:unknown"}


def years_later(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)


def test_a_line_that_ends_in_a_road_ends_at_a_main_of_its_utility() -> None:
    mains, ends = layer("pipelines"), 0
    for line in LINES.itertuples():
        end = Point(line.geometry.coords[-1])
        areas = ROADS[(ROADS.geom_type == "Polygon") & ROADS.contains(end)]
        if len(areas) > 0:
            ends += 1
            own = mains[mains.utility == line.utility]
            assert own.distance(end).min() < 0.2, line.Index
    assert ends >= 10


def test_no_building_or_tree_stands_in_the_way_of_a_case() -> None:
    ground = LINES.geometry.buffer(1.0).union_all()
    assert not layer("buildings").intersects(ground).any()
    assert not layer("obstacles").intersects(ground).any()


def drawn_lines() -> dict[str, LineString]:
    """The lines of the main case as the survey's points give them, east before north."""
    lines: dict[str, list[tuple[float, float]]] = {}
    with (DATA / "cases" / "drawn_points.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lines.setdefault(row["route_id"], []).append((float(row["Y"]), float(row["X"])))
    return {route_id: LineString(points) for route_id, points in lines.items()}


def test_the_drawn_lines_cross_one_street_side_by_side_and_could_share_a_trench() -> None:
    lines = drawn_lines()
    utilities = {ROWS[route_id]["utility"] for route_id in lines}
    assert utilities == {"water", "power", "gas", "heat", "telecom"}
    street = ROADS[ROADS.name == "示例食品街"].union_all()
    places = [line.intersection(street) for line in lines.values()]
    assert all(place.length == pytest.approx(9.0, abs=0.01) for place in places)
    for one, other in combinations(places, 2):
        assert one.distance(other) < 30.0
    for one, other in combinations(lines.values(), 2):
        assert one.intersection(other.buffer(10.0)).length > 20.0
