"""What must hold of measuring in any town, whatever a route looks like."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString, affinity

from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.measures import Amount, RouteMeasures
from neixiang_survey_plugin.core.measuring.polylines import cut_into_segments
from neixiang_survey_plugin.core.measuring.strips import stretch
from neixiang_survey_plugin.core.routes import Route
from tests.core.towns import PLANE, Town, length_m, mirrored, routes, snapped_lines, towns
from tests.drawn import measure, measure_one

Scene = tuple[Town, Route]


@st.composite
def scenes(draw: st.DrawFn, known: bool = False) -> Scene:
    town = draw(towns(known=known))
    line = draw(routes(town.grid, known=known))
    if draw(st.booleans()):
        line = replace(line, line=draw(snapped_lines(town)), trenchless=())
    return town, line


def measured(scene: Scene) -> RouteMeasures:
    town, line = scene
    return measure_one(town.county(), line)


def figures(found: RouteMeasures) -> dict[str, Any]:
    """Every figure of a route, ready for comparison."""
    roads, green = found.roads, found.green
    amounts: dict[str, Amount] = {
        "across": roads.across,
        "each": roads.across_each,
        "inside": roads.inside,
        "along": roads.along,
        "strip": green.strip,
        "trench": green.trench,
    }
    flat = {
        f"{name} {part}": -1.0 if (figure := getattr(amount, part)) is None else figure
        for name, amount in amounts.items()
        for part in ("value", "at_least", "at_most")
    }
    for patch in green.occupations:
        flat[patch.green_id] = patch.area_m2
    return {**flat, "length": found.length_m, "grid": found.grid_length_m}


def facts(found: RouteMeasures) -> dict[str, Any]:
    """Everything of a route that is no figure and has no direction."""
    roads, green = found.roads, found.green
    return {
        "kinds": Counter((one.road.road_id, one.kind) for one in roads.crossings),
        "touched": {touch.road.road_id for touch in roads.touches},
        "unmeasured": {touch.road.road_id for touch in roads.unmeasured},
        "reasons": (roads.reasons, roads.touch_reasons, green.strip_reasons, green.trench_reasons),
    }


def assert_same(one: RouteMeasures, other: RouteMeasures, abs_m: float = 1e-6) -> None:
    assert figures(one) == pytest.approx(figures(other), abs=abs_m, rel=1e-9)
    assert facts(one) == facts(other)


@given(scenes())
def test_reversing_a_route_with_its_bores_mirrored_changes_nothing(scene: Scene) -> None:
    town, line = scene
    there, back = measure_one(town.county(), line), measure_one(
        town.county(), mirrored(line, town.grid)
    )  # fmt: skip
    assert_same(there, back)
    ends = sorted((one.road.road_id, one.from_m, one.to_m) for one in there.roads.crossings)
    mirror = sorted(
        (one.road.road_id, there.length_m - one.to_m, there.length_m - one.from_m)
        for one in back.roads.crossings
    )
    for one, other in zip(ends, mirror, strict=True):
        assert one[0] == other[0]
        assert one[1:] == pytest.approx(other[1:], abs=2e-6)


def folds_back(line: Route) -> bool:
    """Whether the line turns back on itself somewhere, to within float noise.

    The strip of such a fold ends flat when it is exact, and five half widths further on when a
    rounded coordinate makes it the sharpest of bends: nothing can be said of its strip then.
    """
    points = shapely.get_coordinates(shapely.remove_repeated_points(line.line))
    steps = np.diff(points, axis=0)
    steps /= np.hypot(steps[:, 0], steps[:, 1])[:, None]
    return bool((np.sum(steps[1:] * steps[:-1], axis=1) < -1.0 + 1e-12).any())


@given(scenes(), st.integers(-400_000, 400_000), st.integers(-3_600_000, 400_000))
def test_moving_route_and_county_together_changes_no_measure_on_a_plane(
    scene: Scene, east_m: int, north_m: int
) -> None:
    town, line = scene
    town = replace(town, grid=PLANE)
    line = replace(line, trenchless=_fitting(line, PLANE))
    assume(not folds_back(line))
    moved = replace(line, line=affinity.translate(line.line, east_m, north_m))
    assert_same(measured((town, line)), measured((town.moved(east_m, north_m), moved)))


def _fitting(line: Route, grid: Any) -> Any:
    """The bores cut to the length on another grid."""
    total_m = length_m(line.line, grid)
    cut = (replace(bore, to_m=min(bore.to_m, total_m)) for bore in line.trenchless)
    return tuple(bore for bore in cut if bore.from_m < bore.to_m)


@given(scenes(), st.floats(0.05, 0.95))
def test_cutting_a_route_in_two_adds_up(scene: Scene, share: float) -> None:
    town, line = scene
    line = replace(line, trenchless=())
    lines = cut_into_segments([line.line], town.grid)
    total_m = float(lines.total_m[0])
    first = replace(line, line=stretch(lines, 0, 0.0, share * total_m))
    second = replace(line, line=stretch(lines, 0, share * total_m, total_m))
    whole = measured((town, line))
    one, other = measured((town, first)), measured((town, second))
    assert one.length_m + other.length_m == pytest.approx(whole.length_m, abs=1e-6)
    if whole.roads.inside.value is not None:
        assert one.roads.inside.plus(other.roads.inside).value == pytest.approx(
            whole.roads.inside.value, abs=1e-5
        )


@given(scenes())
def test_across_and_along_make_up_inside_and_nothing_is_longer_than_the_route(
    scene: Scene,
) -> None:
    found = measured(scene)
    roads = found.roads
    counted = [one for one in roads.crossings if one.road.road_class != "other"]
    across = _union([(one.from_m, one.to_m) for one in counted if one.kind != "along"])
    inside = _union([(one.from_m, one.to_m) for one in counted])
    assert inside <= found.length_m + 1e-6
    if roads.inside.value is None or roads.across.value is None:
        assert roads.inside.at_least <= inside + 1e-6
        return
    assert roads.across.value == pytest.approx(across, abs=1e-6)
    assert roads.inside.value == pytest.approx(inside, abs=1e-6)
    assert roads.along.value == pytest.approx(inside - across, abs=1e-6)


def _union(ranges: list[tuple[float, float]]) -> float:
    total, reached = 0.0, 0.0
    for from_m, to_m in sorted(ranges):
        total += max(to_m - max(from_m, reached), 0.0)
        reached = max(reached, to_m)
    return total


@given(scenes())
def test_crossings_of_roads_that_do_not_meet_never_exceed_the_route(scene: Scene) -> None:
    town, line = scene
    apart: list[Any] = []
    for row in town.roads:
        reach = row["width_m"] if isinstance(row["shape"], LineString) else 0.0
        ground = row["shape"].buffer(0.1 + (reach or 0.0) / 2)
        if all(ground.disjoint(other) for other, _ in apart):
            apart.append((ground, row))
    kept = replace(town, roads=tuple(row for _, row in apart))
    found = measured((kept, line))
    assert sum(one.length_m for one in found.roads.crossings) <= found.length_m + 1e-6


@given(scenes())
def test_the_parts_of_a_route_are_ordered_and_within_it(scene: Scene) -> None:
    found = measured(scene)
    starts = [one.from_m for one in found.roads.crossings]
    assert starts == sorted(starts)
    for one in found.roads.crossings:
        assert 0.0 <= one.from_m < one.to_m <= found.length_m + 1e-9
        assert one.angle_deg is None or 0.0 <= one.angle_deg <= 90.0
    names = [touch.road.road_id for touch in found.roads.touches]
    assert len(names) == len(set(names))
    assert {one.road.road_id for one in found.roads.crossings} <= set(names)


@given(scenes())
def test_a_vertex_on_a_straight_stretch_changes_nothing(scene: Scene) -> None:
    town, line = scene
    assume(not folds_back(line))
    points = list(line.line.coords)
    between = [((a[0] * 2 + b[0]) / 3, (a[1] * 2 + b[1]) / 3) for a, b in pairwise(points)]
    more = [place for pair in zip(points, between, strict=False) for place in pair]
    cut = replace(line, line=LineString([*more, points[-1]]))
    # On the true grid each piece has a factor of its own: within a segment of 240 m a bore's end
    # moves by 14 micrometres, which a strip of 3.3 m turns into 50 square millimetres.
    # On the plane there is one factor, and the bound stays where it was.
    abs_m = 2e-5 if town.grid == Grid.plane() else 1e-4
    assert_same(measured((town, line)), measured((town, cut)), abs_m=abs_m)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Town, list[Route]]:
    town = draw(towns())
    count = draw(st.integers(2, 6))
    return town, [draw(routes(town.grid, f"r{number}")) for number in range(count)]


@given(crowds())
def test_routes_measured_together_are_measured_as_alone(crowd: tuple[Town, list[Route]]) -> None:
    town, lines = crowd
    together = measure(town.county(), *lines)
    for line, found in zip(lines, together, strict=True):
        assert_same(found, measured((town, line)), abs_m=1e-8)
