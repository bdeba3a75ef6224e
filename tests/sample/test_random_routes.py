"""1,000 random routes on the sample county agree with an independent computation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString

from neixiang_survey_plugin.core.measuring.ground import prepare_ground
from neixiang_survey_plugin.core.measuring.measure import measure_routes
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.county_file import load_county
from tests.sample import oracle

DATA = Path(__file__).parents[2] / "data"
COUNT = 1000
MILLIMETRE, SQUARE_CENTIMETRE = 1e-3, 1e-4


@dataclass(frozen=True)
class Scene:
    """Random routes with what the program measured and what the layers hold."""

    lines: list[LineString]
    strips: list[shapely.Polygon]
    measures: tuple[RouteMeasures, ...]
    roads: gpd.GeoDataFrame
    greens: gpd.GeoDataFrame


@pytest.fixture(scope="module")
def scene() -> Scene:
    county = load_county(DATA, ("roads", "green_spaces"))
    random = np.random.default_rng(2026)
    lines = [_random_line(random) for _ in range(COUNT)]
    widths_m = random.uniform(0.6, 3.0, COUNT)
    routes = [
        Route(f"r{i}", "water", line, working_width_m=float(width_m))
        for i, (line, width_m) in enumerate(zip(lines, widths_m, strict=True))
    ]
    strips = [
        line.buffer(width_m / 2, cap_style="flat", join_style="mitre", mitre_limit=5.0)
        for line, width_m in zip(lines, widths_m, strict=True)
    ]
    greens = gpd.read_file(DATA / "green_space" / "green_spaces.gpkg")
    return Scene(lines, strips, measure_routes(routes, prepare_ground(county)), _roads(), greens)


def _random_line(random: np.random.Generator) -> LineString:
    """Two to eight points anywhere in the town; some lines turn back on themselves."""
    steps = random.uniform(8.0, 160.0, random.integers(1, 8))
    heading = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, 1.1, len(steps)))
    moves = steps[:, None] * np.stack([np.cos(heading), np.sin(heading)], axis=1)
    start = random.uniform((577_000.0, 3_656_600.0), (582_000.0, 3_661_300.0))
    points = start + np.concatenate([np.zeros((1, 2)), np.cumsum(moves, axis=0)])
    return LineString(np.concatenate([points, points[-2:-1]]) if random.random() < 0.1 else points)


def _roads() -> gpd.GeoDataFrame:
    """Roads as areas with the width that tells across from along; roads without one left out."""
    roads = gpd.read_file(DATA / "road_network" / "roads.gpkg").explode(index_parts=False)
    is_line = roads.geom_type == "LineString"
    roads = roads[~(is_line & roads.width_m.isna())].reset_index(drop=True)
    is_line = roads.geom_type == "LineString"
    mean_m = 2 * roads.area / roads.length
    roads["w"] = roads.width_m.fillna(mean_m)
    roads.loc[is_line, "geometry"] = [
        axis.buffer(width_m / 2, cap_style="flat", quad_segs=16)
        for axis, width_m in zip(roads.geometry[is_line], roads.width_m[is_line], strict=True)
    ]
    return roads


def test_lengths_agree_with_geodesics(scene: Scene) -> None:
    segments = oracle.segments_of(scene.lines)
    ends = np.array([shapely.get_coordinates(one) for one in segments.geometry])
    true_m = np.bincount(segments.route, oracle.geodesic_m(ends), COUNT)
    ours_m = np.array([measure.length_m for measure in scene.measures])
    assert np.abs(ours_m - true_m).max() < 1e-6


def test_crossing_totals_agree_with_an_overlay_to_a_millimetre(scene: Scene) -> None:
    found = oracle.stretches(oracle.road_pieces(scene.lines, scene.roads))
    across, inside = oracle.totals(found, COUNT)
    compared = 0
    for row, measure in enumerate(scene.measures):
        roads = measure.roads
        if roads.reasons:  # a road without a width is near, or the line leaves the coverage
            assert roads.across.value is None
            continue
        compared += 1
        assert roads.across.value == pytest.approx(across[row], abs=MILLIMETRE)
        assert roads.inside.value == pytest.approx(inside[row], abs=MILLIMETRE)
    assert compared > 0.9 * COUNT
    assert np.count_nonzero(across) > 0.5 * COUNT


def test_every_crossing_lies_where_the_overlay_has_it(scene: Scene) -> None:
    found = oracle.stretches(oracle.road_pieces(scene.lines, scene.roads))
    expected = {
        row: sorted(zip(group.road_id, group.a.round(3), group.b.round(3), strict=True))
        for row, group in found.groupby("route")
    }
    for row, measure in enumerate(scene.measures):
        ours = sorted((one.road.road_id, one.from_m, one.to_m) for one in measure.roads.crossings)
        theirs = expected.get(row, [])
        assert [one[0] for one in ours] == [one[0] for one in theirs]
        for one, other in zip(ours, theirs, strict=True):
            assert one[1:] == pytest.approx(other[1:], abs=1.5 * MILLIMETRE)


def test_touched_roads_agree_with_a_spatial_join(scene: Scene) -> None:
    expected = oracle.touched(scene.lines, scene.strips, scene.roads)
    ours = [{one.road.road_id for one in measure.roads.touches} for measure in scene.measures]
    assert ours == expected
    assert sum(map(len, expected)) > COUNT


def test_green_space_agrees_with_an_overlay_to_a_square_centimetre(scene: Scene) -> None:
    expected = oracle.green_m2(scene.strips, scene.greens)
    for row, measure in enumerate(scene.measures):
        known = measure.green.strip
        assert known.at_least == pytest.approx(expected[row], abs=SQUARE_CENTIMETRE)
        assert known.value is None or known.value == known.at_least
    assert np.count_nonzero(expected) > 0.15 * COUNT
