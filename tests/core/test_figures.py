"""Figures as columns are those of measuring line by line, whatever the town looks like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring import frames, many
from neixiang_survey_plugin.core.measuring.boundaries import trace
from neixiang_survey_plugin.core.measuring.green_columns import swept_routes
from neixiang_survey_plugin.core.measuring.ground import prepare_ground
from neixiang_survey_plugin.core.measuring.laying import lay
from neixiang_survey_plugin.core.measuring.many import Figures, measure_figures
from neixiang_survey_plugin.core.measuring.measure import measure_routes
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.measuring.swept import strip_pieces
from neixiang_survey_plugin.core.routes import Route
from tests.core.towns import Town, routes, snapped_lines, towns
from tests.drawn import county, drawn, green, measure, road, route

# GEOS rounds the corners of a patch to half a nanometre there; near the origin only unions are
# rounded, to a nanometre (overlay.joined): a strip that is put together, greens that overlap.
SQUARE_M_AT_PLACE, SQUARE_M_AT_ORIGIN = 1e-6, 1e-8
METRES = 1e-9


@contextmanager
def sifted() -> Iterator[None]:
    """However few the lines, outlines are sifted, and a batch is two routes."""
    with patch.object(frames, "_ROWS_WORTH_SIFTING", 0), patch.object(many, "_ROUTES_A_BATCH", 2):
        yield


def figures(where: County, *lines: Route) -> Figures:
    with sifted():
        return measure_figures(lines, prepare_ground(where), 2)


def value(amount: float | None) -> float:
    return np.nan if amount is None else amount


def assert_same(found: Figures, measures: tuple[RouteMeasures, ...], square_m: float) -> None:
    columns = {
        "length_m": [one.length_m for one in measures],
        "grid_length_m": [one.grid_length_m for one in measures],
        "across_m": [value(one.roads.across.value) for one in measures],
        "inside_m": [value(one.roads.inside.value) for one in measures],
    }
    for name, expected in columns.items():
        assert getattr(found, name) == pytest.approx(expected, abs=METRES, rel=0, nan_ok=True), name
    green_m2 = [value(one.green.strip.value) for one in measures]
    assert found.green_m2 == pytest.approx(green_m2, abs=square_m, rel=0, nan_ok=True)
    assert_same_stretches(found, measures)
    assert_same_patches(found, measures, square_m)


def assert_same_stretches(found: Figures, measures: tuple[RouteMeasures, ...]) -> None:
    expected = [
        (row, one.road.road_id, one.kind, one.from_m, one.to_m)
        for row, measured in enumerate(measures)
        for one in measured.roads.crossings
    ]
    kinds = [kind.value for kind in found.kind]
    got = zip(found.stretch_route, found.road_id, kinds, found.from_m, found.to_m, strict=True)
    for one, other in zip(sorted(got), sorted(expected), strict=True):
        assert one[:3] == other[:3]
        assert one[3:] == pytest.approx(other[3:], abs=METRES, rel=0)


def assert_same_patches(
    found: Figures, measures: tuple[RouteMeasures, ...], square_m: float
) -> None:
    own = Counter[tuple[int, str]]()
    for row, green_id, area_m2 in zip(
        found.patch_route.tolist(), found.green_id, found.area_m2, strict=True
    ):
        own[row, green_id] += area_m2
    expected = {
        (row, patch.green_id): patch.area_m2
        for row, one in enumerate(measures)
        for patch in one.green.occupations
    }
    for key in {*own, *expected}:
        assert own[key] == pytest.approx(expected.get(key, 0.0), abs=square_m, rel=0)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Town, list[Route]]:
    town = draw(towns())
    free = [draw(routes(town.grid, f"r{number}")) for number in range(draw(st.integers(1, 3)))]
    snapped = replace(draw(routes(town.grid)), line=draw(snapped_lines(town)), trenchless=())
    return town, [*free, snapped]


@settings(max_examples=60)
@given(crowds())
def test_figures_are_those_of_measuring_in_any_town(crowd: tuple[Town, list[Route]]) -> None:
    town, lines = crowd
    where = town.county()
    assert_same(figures(where, *lines), measure(where, *lines), SQUARE_M_AT_PLACE)


def star(middle: tuple[float, float], radii_m: list[float], hole: bool) -> shapely.Polygon:
    angle = np.linspace(0.0, 2 * np.pi, len(radii_m), endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.array(radii_m)[:, None]
    holes = [0.4 * ring + middle] if hole else []
    return shapely.Polygon(ring + middle, holes)


_metres = st.floats(-60.0, 60.0)
_stars = st.builds(
    star,
    st.tuples(_metres, _metres),
    st.lists(st.floats(2.0, 25.0), min_size=5, max_size=12),
    st.booleans(),
)
# Bends of any kind between segments long enough for most of them.
_walks = st.lists(st.tuples(st.floats(-3.1, 3.1), st.floats(3.0, 60.0)), min_size=1, max_size=8)


def walk(steps: list[tuple[float, float]]) -> LineString:
    turned = np.cumsum([turn for turn, _ in steps])
    moves = np.stack([np.cos(turned), np.sin(turned)], axis=1) * np.array([[s] for _, s in steps])
    return LineString(np.concatenate([[(-30.0, 0.0)], np.cumsum(moves, axis=0) - (30.0, 0.0)]))


@settings(max_examples=150)
@given(st.lists(_stars, min_size=1, max_size=4), _walks, st.floats(0.3, 4.0))
def test_greens_of_any_shape_give_what_drawing_the_strip_gives(
    shapes: list[shapely.Polygon], steps: list[tuple[float, float]], width_m: float
) -> None:
    where = county((), [green(shape, f"G{n}") for n, shape in enumerate(shapes)])
    line = route(walk(steps), working_width_m=width_m)
    assert_same(figures(where, line), measure(where, line), SQUARE_M_AT_ORIGIN)


@settings(max_examples=60)
@given(crowds())
def test_sifting_outlines_changes_no_measure(crowd: tuple[Town, list[Route]]) -> None:
    town, lines = crowd
    where = town.county(roads_accuracy_m=0.25)
    plain = measure(where, *lines)
    ground = prepare_ground(where)
    assert ground.roads is not None
    _ = ground.roads.boundaries.runs
    with sifted():
        found = measure_routes(lines, ground)
    for one, other in zip(found, plain, strict=True):
        assert [c[:8] for c in one.roads.crossings] == [c[:8] for c in other.roads.crossings]
        assert one.roads.blurred_m == pytest.approx(other.roads.blurred_m, abs=METRES, rel=0)


def test_a_layer_is_cut_into_runs_for_as_many_vertices_as_it_has_or_once_it_is_cut() -> None:
    outlines = trace(np.array([drawn((0, 0, 9, 9)), drawn((20, 0, 29, 9))]))
    assert [outlines.runs_pay(rows) for rows in (9, 10)] == [False, True]
    assert outlines.runs.count.tolist() == [5, 5]
    assert outlines.runs_pay(1)


def swept_share(*lines: Route) -> list[bool]:
    return swept_routes(lay(lines, prepare_ground(county()))).tolist()


def test_most_lines_are_swept_and_those_that_come_back_are_drawn() -> None:
    bored = route("0 0, 100 0", bores=[(20, 30)])
    back = route("0 0, 50 0, 50 50, 0 0")
    assert swept_share(route("0 0, 50 0, 50 50"), bored, back) == [True, False, False]


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("0 0, 50 0, 80 40, 130 40", [True, True, True]),
        ("0 0, 50 0, 100 0.1, 150 50", [False, False, True]),  # GEOS would draw it straight
        ("0 0, 50 0, 10 10, 10 60", [False, False, True]),  # sharper than a mitre
        ("0 0, 50 0, 53 3, 90 3, 90 50", [False, False, False, True]),  # a short one
    ],
)
def test_pieces_beside_odd_bends_are_not_plain(line: str, plain: list[bool]) -> None:
    laid = lay([route(line)], prepare_ground(county()))
    assert strip_pieces(laid.lines, laid.width_m).plain.tolist() == plain


def test_a_bend_shares_no_ground_between_its_pieces() -> None:
    where = county((), [green((40, -10, 60, 10))])
    found = figures(where, route("0 0, 50 0, 50 100"))
    assert found.green_m2.tolist() == pytest.approx([10 * 2 + 10 * 2], abs=SQUARE_M_AT_ORIGIN)


def test_a_line_that_passes_a_green_twice_takes_each_place_once() -> None:
    where = county((), [green((40, -10, 60, 10))])
    there_and_back = route("0 0, 100 0, 101 1.5, 0 1.5")
    found = figures(where, there_and_back)
    assert found.green_m2.tolist() == pytest.approx([20 * 3.5], abs=SQUARE_M_AT_ORIGIN)


def test_a_line_that_crosses_itself_in_a_green_takes_the_crossing_once() -> None:
    where = county((), [green((40, -10, 60, 10))])
    found = figures(where, route("0 0, 100 0, 100 60, 50 60, 50 -60"))
    assert found.green_m2.tolist() == pytest.approx([20 * 2 + 20 * 2 - 2 * 2])


def test_a_line_that_crosses_itself_within_a_green_takes_the_crossing_once() -> None:
    where = county((), [green((-10, -70, 110, 70))])
    # three pieces and a fourth in one green: the last crosses the first
    found = figures(where, route("0 0, 100 0, 100 60, 50 60, 50 -60"))
    pieces_m = 100 + 60 + 50 + 120
    assert found.green_m2.tolist() == pytest.approx([pieces_m * 2 - 2 * 2], abs=SQUARE_M_AT_ORIGIN)


def test_a_round_green_beside_the_centre_line_lies_in_the_strip_all_the_same() -> None:
    where = county((), [green(shapely.Point(50, 10.5).buffer(10, quad_segs=16))])
    line = route("0 0, 100 0")  # the strip reaches to 1 m, the green to 0.5 m from the line
    found = figures(where, line)
    assert found.green_m2.tolist() == pytest.approx([2.06], abs=0.05)
    assert_same(found, measure(where, line), SQUARE_M_AT_ORIGIN)


@pytest.mark.parametrize("degrees", range(3, 90, 11))
def test_a_side_along_a_green_in_a_county_is_nothing_whatever_rounding_leaves(
    degrees: int,
) -> None:
    along = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    aside, start = np.array([-along[1], along[0]]), np.array([578_000.1, 3_658_000.3])
    line = route(LineString([start, start + 61.7 * along]))
    ends = [start + a * along + b * aside for a, b in ((9.3, 1), (47.9, 1), (47.9, 8), (9.3, 8))]
    where = county((), [green(shapely.Polygon(ends))])
    assert len(figures(where, line).patch_route) == len(measure(where, line)[0].green.occupations)


def test_parts_of_one_road_that_lie_in_each_other_are_one_stretch() -> None:
    parts = shapely.MultiPolygon([drawn((0, -5, 60, 5)), drawn((10, -4, 20, 4))])
    found = figures(county([road(parts)]), route("0 0, 30 0, 90 0"))
    assert list(zip(found.from_m, found.to_m, strict=True)) == [(0.0, 60.0)]


def test_ground_of_two_greens_counts_once_in_the_total() -> None:
    where = county((), [green((40, -10, 60, 10), "G1"), green((50, -10, 70, 10), "G2")])
    found = figures(where, route("0 0, 100 0"))
    assert found.area_m2.tolist() == pytest.approx([40.0, 40.0])
    assert found.green_m2.tolist() == pytest.approx([60.0])


def test_a_side_that_runs_along_a_green_takes_nothing() -> None:
    where = county((), [green((10.1, 1, 60.3, 10))])
    found = figures(where, route("0 0, 100 0"))
    assert found.green_m2.tolist() == [0.0]
    assert len(found.patch_route) == 0


def test_a_hole_is_no_green_however_its_ring_runs() -> None:
    shape = drawn((40, -10, 60, 10)).difference(drawn((45, -5, 55, 5)))
    for turned in (shape, shapely.reverse(shape)):
        found = figures(county((), [green(turned)]), route("0 0, 100 0"))
        assert found.green_m2.tolist() == pytest.approx([20.0])


def test_a_line_that_doubles_back_counts_twice() -> None:
    found = figures(county([road((40, -50, 50, 50))]), route("0 0, 70 0, 20 0"))
    assert found.inside_m.tolist() == pytest.approx([20.0])
    assert found.from_m.tolist() == pytest.approx([40.0, 90.0])


def test_what_is_not_known_is_no_number() -> None:
    line = route("0 0, 100 0")
    assert np.isnan(figures(county(None, None), line).across_m).all()
    outside = county((), (), roads_coverage=(0, -5, 50, 5), greens_coverage=(0, -5, 50, 5))
    found = figures(outside, line, route("0 0, 10 0", "r2"))
    assert np.isnan(found.inside_m).tolist() == [True, False]
    assert np.isnan(found.green_m2).tolist() == [True, False]
    nameless = county([road("50 -50, 50 50", width_m=None)])
    assert np.isnan(figures(nameless, line).inside_m).all()


def test_batches_are_joined_in_the_order_given() -> None:
    lines = [route(f"0 0, {100 - n} 0", f"r{n}") for n in range(7)]
    found = figures(county([road((40, -50, 50, 50))], [green((60, -50, 70, 50))]), *lines)
    assert found.length_m.tolist() == [100.0 - n for n in range(7)]
    assert found.stretch_route.tolist() == found.patch_route.tolist() == list(range(7))


def test_no_routes_have_no_figures() -> None:
    found = figures(county())
    assert len(found.length_m) == len(found.road_id) == len(found.green_id) == 0
