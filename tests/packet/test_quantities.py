"""What lines dig up and take: trench, road by pavement, green by kind.

 y
20  +--- G1 park ---+
10  +-------+-------+
     | walk |asphalt| walk |  (R1, x 40-60)
 0   40     44      56     60
"""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.quantities import measure_quantities
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.packet.quantities import quantities_workbook
from tests import drawn

WALK_WEST, LANES, WALK_EAST = (40, -50, 44, 9), (44, -50, 56, 9), (56, -50, 60, 9)
LINE = drawn.route("0 0, 100 0", "w1", trench_width_m=0.8, working_width_m=1.6)


def surfaces(*rows: tuple[tuple[float, ...], str | None, str | None]) -> FeatureTable:
    """A layer of surfaces: box, kind, pavement."""
    shapes = np.array([shapely.box(*box) for box, _, _ in rows], dtype=np.object_)
    columns = {
        "surface_id": np.array([f"S{n}" for n in range(len(rows))], dtype=np.object_),
        "surface_kind": np.array([kind for _, kind, _ in rows], dtype=np.object_),
        "pavement": np.array([pavement for _, _, pavement in rows], dtype=np.object_),
    }
    return FeatureTable(schema.SURFACES, shapes, np.arange(len(rows)), columns)


def town(*rows: tuple[tuple[float, ...], str | None, str | None]) -> County:
    """The county of the picture, with the surfaces that are given."""
    made = drawn.county(
        [drawn.road((40, -50, 60, 9))], [drawn.green((0, 10, 100, 20), green_kind="park")]
    )
    layers = {**made.layers, "surfaces": surfaces(*rows)} if rows else made.layers
    return replace(made, layers=layers)


PAVED = town(
    (WALK_WEST, "sidewalk", "brick"), (LANES, "carriageway", "asphalt"), (WALK_EAST, None, None)
)


def road_rows(county: County, *routes: Route) -> list[tuple[object, ...]]:
    rows = measure_quantities(routes, county).roads
    return [
        (
            one.surface_kind,
            one.pavement,
            round(one.length_m, 6),
            one.area_m2 and round(one.area_m2, 6),
        )
        for one in rows
    ]


def test_a_crossing_is_divided_by_what_the_road_is_paved_with() -> None:
    assert road_rows(PAVED, LINE) == [
        ("sidewalk", "brick", 4.0, 3.2),
        ("carriageway", "asphalt", 12.0, 9.6),
        (None, None, 4.0, 3.2),
    ]


def test_without_a_layer_of_surfaces_the_whole_road_is_of_unknown_pavement() -> None:
    assert road_rows(town(), LINE) == [(None, None, 20.0, 16.0)]


def test_what_is_bored_is_not_dug() -> None:
    bored = drawn.route(
        "0 0, 100 0", trench_width_m=1.0, pit_length_m=2.0, pit_width_m=1.5, bores=[(38.0, 58.0)]
    )
    found = measure_quantities([bored], PAVED)
    assert (found.trenches[0].open_m, found.trenches[0].bored_m) == (80.0, 20.0)
    # 2 m of open cut in the eastern walk, and the pit of 2.0 x 1.5 m that covers them
    assert road_rows(PAVED, bored) == [(None, None, 2.0, 3.0)]


def test_without_a_trench_width_lengths_are_known_and_areas_are_not() -> None:
    found = measure_quantities([replace(LINE, trench_width_m=None)], PAVED)
    assert found.trenches[0].area_m2 is None
    assert [(one.length_m, one.area_m2) for one in found.roads][1] == (12.0, None)


def test_green_is_taken_by_the_working_strip_and_told_by_kind() -> None:
    inside = replace(LINE, line=drawn.drawn("0 15, 30 15"))
    (green,) = measure_quantities([inside], PAVED).greens
    assert (green.green_id, green.green_kind, green.length_m) == ("G1", "park", 30.0)
    assert green.area_m2 == pytest.approx(48.0)


@given(st.floats(-40.0, 8.0), st.floats(0.3, 3.0))
def test_the_pavements_of_a_straight_crossing_add_up_to_its_area(
    north: float, width: float
) -> None:
    line = replace(LINE, line=drawn.drawn(f"0 {north}, 100 {north}"), trench_width_m=width)
    rows = measure_quantities([line], PAVED).roads
    inside = min(width, 9.0 - north + width / 2)
    assert sum(one.area_m2 or 0.0 for one in rows) == pytest.approx(20.0 * inside, rel=1e-9)
    assert sum(one.length_m for one in rows) == pytest.approx(20.0)


def test_the_sheets_have_subtotals_and_an_unknown_area_stays_empty() -> None:
    other = replace(LINE, route_id="=1+1", trench_width_m=None)
    book = load_workbook(
        io.BytesIO(quantities_workbook("c1", measure_quantities([LINE, other], PAVED)))
    )
    assert book.sheetnames == ["沟槽", "道路", "绿地"]
    rows = [[cell.value for cell in row] for row in book["道路"].iter_rows(min_row=3)]
    asphalt = [row for row in rows if row[0] == "沥青"]
    assert [row[9] for row in asphalt] == [pytest.approx(9.6), None, None]
    assert [row[7] for row in asphalt] == [12.0, 12.0, 24.0]
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)


def test_the_same_quantities_are_the_same_bytes() -> None:
    found = measure_quantities([LINE], PAVED)
    assert quantities_workbook("c1", found) == quantities_workbook("c1", found)
