from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, box

from neixiang_survey_plugin.app.map_labels import middle_line, named_features
from neixiang_survey_plugin.core.schema import GREEN_SPACES, PIPELINES, ROADS, SITES
from neixiang_survey_plugin.render.lettering import Label, place_labels
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.view import POINT_M, View
from tests.features import table


@pytest.fixture(autouse=True)
def _fonts(qapp: Any) -> None:
    """Words cannot be measured without an application."""


def view(scale: float) -> View:
    return View(0.0, 0.0, scale * POINT_M, 800, 600)


def placed(scale: float, **layers: Any) -> list[Label]:
    return list(place_labels(named_features(layers), view(scale), LIGHT))


def said(labels: list[Label]) -> list[str]:
    return ["".join(piece.words for piece in label.pieces) for label in labels]


def road(line: LineString, road_class: str = "local", name: str = "示例东路") -> Any:
    return table(ROADS, line.buffer(6, cap_style="flat"), name=[name], road_class=[road_class])


def test_the_middle_line_of_a_strip_keeps_to_its_middle() -> None:
    course = LineString([(0, 0), (80, 0), (150, 40), (200, 120)])
    line = middle_line(course.buffer(8, cap_style="flat"))
    away_m = shapely.distance(course, shapely.points(line))
    assert away_m.max() < 3
    assert LineString(line).length > 0.75 * course.length


def test_a_line_is_its_own_middle_line() -> None:
    assert middle_line(LineString([(0, 0), (5, 5)])).tolist() == [[0, 0], [5, 5]]


@pytest.mark.parametrize("course", [((-90, 0), (90, 0)), ((90, 0), (-90, 0))])
def test_a_name_runs_along_its_road_from_left_to_right(course: tuple[Any, ...]) -> None:
    (label,) = placed(1_000, roads=road(LineString(course)))
    assert said([label]) == ["示例东路"]
    xs = [piece.x_px for piece in label.pieces]
    assert xs == sorted(xs)
    assert all(abs(piece.y_px - 300) < 3 for piece in label.pieces)
    assert all(abs(piece.turned_deg) < 3 for piece in label.pieces)


@pytest.mark.parametrize("course", [((0, -70), (0, 70)), ((0, 70), (0, -70))])
def test_a_name_on_a_road_to_the_north_stands_upright_one_below_the_other(
    course: tuple[Any, ...],
) -> None:
    (label,) = placed(1_000, roads=road(LineString(course)))
    assert said([label]) == ["示例东路"]
    ys = [piece.y_px for piece in label.pieces]
    assert ys == sorted(ys)
    assert {piece.turned_deg for piece in label.pieces} == {0.0}


def test_a_name_longer_than_its_road_is_not_written() -> None:
    assert placed(1_000, roads=road(LineString([(-5, 0), (5, 0)]))) == []


def test_a_name_round_a_sharp_bend_is_written_beside_the_bend() -> None:
    bent = LineString([(-80, -60), (-80, 0), (60, 0)])
    (label,) = placed(1_000, roads=road(bent))
    turned = [piece.turned_deg for piece in label.pieces]
    assert max(turned) - min(turned) < 25


def test_small_roads_are_named_at_large_scales_only() -> None:
    line = LineString([(-900, 0), (900, 0)])
    assert said(placed(8_000, roads=road(line))) == ["示例东路"]
    assert placed(12_000, roads=road(line)) == []
    assert said(placed(12_000, roads=road(line, "arterial"))) == ["示例东路"]


def test_the_same_name_is_not_repeated_near_by() -> None:
    pieces = [box(e, -6, e + 50, 6) for e in (-50, 0)]
    roads = table(
        ROADS, *pieces, name=["示例东路"] * len(pieces), road_class=["local"] * len(pieces)
    )
    assert len(placed(1_000, roads=roads)) == 1


def test_the_name_of_a_site_stands_inside_it_and_only_where_it_fits() -> None:
    sites = table(SITES, box(-40, -20, 40, 20), box(60, 0, 63, 3), name=["示例家园", "示例小铺"])
    (label,) = placed(1_000, sites=sites)
    assert said([label]) == ["示例家园"]
    assert (label.pieces[0].x_px, label.pieces[0].y_px) == (400, 300)


def test_a_main_says_its_diameter_or_its_voltage_when_one_is_near() -> None:
    lines = [LineString([(-80, n), (80, n)]) for n in (-40, 0, 40)]
    pipelines = table(
        PIPELINES,
        *lines,
        utility=["water", "power", "telecom"],
        diameter_mm=[200.0, 110.0, np.nan],
        voltage_kv=[np.nan, 10.0, np.nan],
    )
    assert sorted(said(placed(800, pipelines=pipelines))) == ["电力 10 kV", "给水 DN200", "通信"]
    assert placed(2_000, pipelines=pipelines) == []


def test_a_nameless_feature_says_nothing() -> None:
    assert placed(1_000, green_spaces=table(GREEN_SPACES, Point(0, 0).buffer(50))) == []


ROADS_AT_RANDOM = st.lists(
    st.tuples(*[st.integers(-110, 110)] * 4).filter(lambda p: math.dist(p[:2], p[2:]) > 20),
    min_size=1,
    max_size=25,
)


@given(ROADS_AT_RANDOM)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_lies_over_another_or_leaves_the_picture(ends: list[tuple[int, ...]]) -> None:
    strips = [LineString([p[:2], p[2:]]).buffer(5, cap_style="flat") for p in ends]
    names = [f"示例{number}路" for number in range(len(strips))]
    roads = table(ROADS, *strips, name=names, road_class=["local"] * len(strips))
    labels = placed(1_000, roads=roads)
    for label in labels:
        for end in (label.pieces[0], label.pieces[-1]):
            assert 0 < end.x_px < 800
            assert 0 < end.y_px < 600
    for one, other in combinations(labels, 2):
        nearest = min(
            max(abs(a.x_px - b.x_px), abs(a.y_px - b.y_px))
            for a in one.pieces
            for b in other.pieces
        )
        assert nearest > 12
