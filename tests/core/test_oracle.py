"""Random towns measured by another algorithm: to the millimetre and the square centimetre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import geopandas
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.routes import Route
from tests.core.oracle import Earth, Ellipsoid, Expected, Flat, expected_measures
from tests.core.towns import PLANE, Town, routes, snapped_lines, towns
from tests.drawn import DEFAULTS, Row, measure

MILLIMETRE = 1e-3
SQUARE_CENTIMETRE = 1e-4
FLAT, CGCS2000 = Flat(), Ellipsoid(4546)


def frame(rows: Sequence[Row], columns: Sequence[str]) -> geopandas.GeoDataFrame:
    """Drawn rows as a table of geopandas."""
    table = {name: [row.get(name) for row in rows] for name in columns}
    return geopandas.GeoDataFrame(table, geometry=[row["shape"] for row in rows], crs=4546)


def routes_frame(lines: Sequence[Route]) -> geopandas.GeoDataFrame:
    """Routes as a table of geopandas."""
    columns = {
        name: [getattr(line, name) for line in lines]
        for name in ("working_width_m", "pit_length_m", "pit_width_m")
    }
    widths = [DEFAULTS.working_width_m["water"] if w is None else w
              for w in columns["working_width_m"]]  # fmt: skip
    bores = [[(bore.from_m, bore.to_m) for bore in line.trenchless] for line in lines]
    return geopandas.GeoDataFrame(
        {**columns, "working_width_m": widths, "bores": bores},
        geometry=[line.line for line in lines],
        crs=4546,
    )


def oracle(town: Town, lines: Sequence[Route]) -> list[Expected]:
    earth: Earth = FLAT if town.grid is PLANE else CGCS2000
    roads = frame(town.roads, ("road_id", "road_class", "width_m")).astype({"width_m": float})
    greens = frame(town.greens, ("green_id",))
    return expected_measures(routes_frame(lines), roads, greens, earth)


def assert_agrees(found: RouteMeasures, expected: Expected) -> None:
    roads, green = found.roads, found.green
    assert found.length_m == pytest.approx(expected.length_m, abs=MILLIMETRE)
    stretches = sorted(roads.crossings, key=lambda one: (one.road.road_id, one.from_m))
    assert [one.road.road_id for one in stretches] == [one.road_id for one in expected.stretches]
    for one, other in zip(stretches, expected.stretches, strict=True):
        assert (one.from_m, one.to_m) == pytest.approx(
            (other.from_m, other.to_m), abs=MILLIMETRE, rel=0
        )
        assert one.kind == other.kind
    figures = (roads.across.value, roads.across_each.value, roads.inside.value)
    assert figures == pytest.approx(
        (expected.across_m, expected.longest_m, expected.inside_m), abs=MILLIMETRE, rel=0
    )
    touched = {touch.road.road_id for touch in roads.touches}
    assert touched - expected.flush == expected.touched
    certain_m2 = green.strip.at_least
    assert certain_m2 == pytest.approx(expected.green_m2, abs=SQUARE_CENTIMETRE, rel=0)
    each = Counter[str]()
    for patch in green.occupations:
        each[patch.green_id] += patch.area_m2
    assert dict(each) == pytest.approx(expected.green_each_m2, abs=SQUARE_CENTIMETRE, rel=0)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Town, list[Route]]:
    town = draw(towns(known=True))
    free = [draw(routes(town.grid, f"r{number}")) for number in range(2)]
    snapped = replace(draw(routes(town.grid)), line=draw(snapped_lines(town)), trenchless=())
    return town, [*free, snapped]


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(crowds())
def test_measuring_agrees_with_geopandas_and_geodesics(crowd: tuple[Town, list[Route]]) -> None:
    town, lines = crowd
    found = measure(town.county(), *lines)
    for one, expected in zip(found, oracle(town, lines), strict=True):
        assert_agrees(one, expected)


def test_the_oracle_knows_a_line_that_doubles_back() -> None:
    town = Town(({"shape": LineString([(50, -9), (50, 9)]), "road_id": "R1", "width_m": 8.0,
                  "road_class": "local"},), (), PLANE)  # fmt: skip
    (expected,) = oracle(town, [Route("r1", "water", LineString([(0, 0), (70, 0), (20, 0)]))])
    assert [one.kind for one in expected.stretches] == ["across", "across"]
    assert expected.inside_m == pytest.approx(16.0, abs=1e-4)
    assert expected.touched == {"R1"}


def test_the_oracle_has_the_ellipsoid_right() -> None:
    # A kilometre of grid at Neixiang is 7.8 cm too long: pyproj's own scale factor says so.
    start, end = (578_000.0, 3_658_000.0), (578_600.0, 3_658_800.0)
    (true_m,) = CGCS2000.lengths_m([start, end])
    assert true_m == pytest.approx(1000.0 / 1.000_075_5, abs=2e-3)
    square = LineString([start, end]).buffer(1.0, cap_style="flat")
    assert CGCS2000.area_m2(square) == pytest.approx(2000.0 / 1.000_075_5**2, abs=1e-2)
