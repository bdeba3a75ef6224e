"""Where a layer lies: found from its numbers and from what the county has, or left open."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from neixiang_survey_plugin.app.importing.where import Standing, Whereabouts
from neixiang_survey_plugin.app.importing.where_landmarks import landmarks
from neixiang_survey_plugin.app.importing.where_reading import Reading, parse_reading
from neixiang_survey_plugin.app.importing.where_web_maps import WebShift, shifted, unshifted
from neixiang_survey_plugin.app.wording.where import reasons, standing_sentence
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.importing.where import Home, find_place
from neixiang_survey_plugin.io.placement import box_of
from tests.builders import ORIGIN
from tests.importing.lost_layers import SYSTEMS, lost_layers, outcome
from tests.importing.streets import EPSG, ROADS

COUNTY = Home(EPSG, box_of([ROADS]), landmarks([ROADS], ROADS))
EMPTY = Home(EPSG)


def through(shapes: Any, target: int) -> Any:
    step = Transformer.from_crs(EPSG, target, always_xy=True)
    return shapely.transform(shapes, lambda points: np.column_stack(step.transform(*points.T)))


def moved(shapes: Any, east: float, north: float) -> Any:
    return shapely.transform(shapes, lambda points: points + np.array([east, north]))


def vertices(shapes: Any) -> Any:
    """Every vertex once: a ring ends where it begins."""
    return np.concatenate([shapely.get_coordinates(one)[1:] for one in shapes])


def best_code(found: Whereabouts) -> str:
    assert found.best is not None
    return found.best.reading.code


def test_of_random_layers_in_fourteen_systems_none_is_wrong_and_sure() -> None:
    lost = lost_layers(3 * len(SYSTEMS), seed=20, towns=3)
    ends = Counter(outcome(one, find_place(one.numbers, one.declared, one.home)) for one in lost)
    assert ends["wrong, sure"] == 0
    assert ends["right, sure"] >= 8  # and it does not cope by never being sure


@pytest.mark.parametrize("code", [4546, 4508, 4525, 4497, 4547, 32649, 4490, 3857])
def test_layer_that_shares_the_countys_corners_is_found_in_any_system(code: int) -> None:
    found = find_place(through(ROADS[2:], code), None, COUNTY)
    assert found.sure
    assert not found.needs_decision
    assert found.best is not None
    assert found.best.placed.points == pytest.approx(vertices(ROADS[2:]), abs=0.01)


def test_swapped_axes_are_found() -> None:
    swapped = shapely.transform(ROADS, lambda points: points[:, ::-1])
    found = find_place(swapped, None, COUNTY)
    assert (found.sure, best_code(found)) == (True, "EPSG:4546+north-first")


def test_file_that_lies_is_found_out_and_nobody_is_moved_unasked() -> None:
    found = find_place(through(ROADS, 32649), "EPSG:4546", COUNTY)
    assert (found.sure, best_code(found)) == (True, "EPSG:32649")
    assert found.needs_decision
    assert "文件声明的坐标系不对" in standing_sentence(found)


@pytest.mark.parametrize("step", [(43.5, -48.25), (-578_000.0, -3_650_000.0)])
def test_constant_offset_is_measured_on_the_countys_corners(step: tuple[float, float]) -> None:
    found = find_place(moved(ROADS, *step), None, COUNTY)
    assert found.sure
    assert found.best is not None
    assert found.best.reading.shift_m == pytest.approx((-step[0], -step[1]), abs=0.01)
    like = "旧基准" if max(map(abs, step)) < 200 else "地方坐标"
    assert any(like in said for said in reasons(found.best, found))


def test_offset_of_a_single_street_is_not_certain() -> None:
    assert not find_place(moved(ROADS[3:4], 43.5, -48.25), None, COUNTY).sure


@pytest.mark.parametrize("web", list(WebShift))
def test_shift_of_web_maps_is_found_against_the_roads(web: WebShift) -> None:
    shown = shapely.transform(through(ROADS, 4326), lambda points: shifted(points, web))
    found = find_place(shown, "EPSG:4326", COUNTY)
    assert (found.sure, best_code(found)) == (True, f"EPSG:4326+{web.value}")


def test_bare_coordinates_alone_never_tell_the_datum() -> None:
    found = find_place(ROADS, None, EMPTY)
    assert found.standing is Standing.OPEN
    assert best_code(found) == "EPSG:4546"
    assert "分不清" in standing_sentence(found)


def test_what_the_file_says_is_taken_where_nothing_can_be_compared() -> None:
    found = find_place(ROADS, "EPSG:4546", EMPTY)
    assert (found.standing, found.sure, found.needs_decision) == (Standing.DECLARED, False, False)
    assert "未经核实" in standing_sentence(found)


def test_old_datum_is_not_taken_for_a_new_one() -> None:
    found = find_place(moved(ROADS, -44.0, 48.0), "EPSG:2434", EMPTY)
    assert found.needs_decision
    assert found.best is not None
    assert any("旧基准" in said for said in reasons(found.best, found))


def test_old_datum_is_placed_by_the_roads() -> None:
    found = find_place(moved(ROADS, -44.0, 48.0), "EPSG:2434", COUNTY)
    assert found.sure
    assert best_code(found) == "EPSG:4546+shift=44.000,-48.000"
    assert any("北京54" in said for said in reasons(found.candidates[0], found))


def test_mains_that_keep_to_no_street_are_not_taken_where_the_file_says() -> None:
    axes = np.array([shapely.LineString([(41.3 * n + 24, 5), (41 * n + 22, 80)]) for n in range(6)])
    found = find_place(moved(axes, *ORIGIN), "EPSG:4546", COUNTY)
    assert found.needs_decision
    assert "看不出关系" in standing_sentence(found)


def test_layer_of_another_place_is_nowhere_near() -> None:
    field = moved(np.array([shapely.box(0, 0, 71, 53)]), 578_000, 5_000_000)
    found = find_place(field, "EPSG:4546", COUNTY)
    assert found.best is None
    assert found.needs_decision
    assert "没有一种" in standing_sentence(found)


def test_published_places_of_the_web_maps_agree() -> None:
    true = np.array([[121.5272106, 31.1774276], [113.912316, 22.543847]])
    on_gcj = [[121.531541859215, 31.17530398364597], [113.9171764808363, 22.540796131694766]]
    assert shifted(true, WebShift.GCJ02) == pytest.approx(np.array(on_gcj), abs=1e-9)


@given(st.floats(75, 135), st.floats(18, 53), st.sampled_from(WebShift))
def test_undoing_a_web_maps_shift_comes_back_to_the_place(
    lon: float, lat: float, web: WebShift
) -> None:
    true = np.array([[lon, lat]])
    assert unshifted(shifted(true, web), web) == pytest.approx(true, abs=1e-8)


@given(
    st.builds(
        Reading,
        st.just("EPSG:4547"),
        st.booleans(),
        st.integers(0, 60),
        st.none() | st.sampled_from(WebShift),
        st.none() | st.tuples(st.just(12.5), st.just(-3_600_000.125)),
    )
)
def test_code_of_a_reading_says_all_of_it(reading: Reading) -> None:
    assert parse_reading(reading.code) == reading


@pytest.mark.parametrize("text", ["", "4546+x", "EPSG:abc", "file", "EPSG:4546+shift=1"])
def test_text_that_is_no_reading_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(SurveyError, match="看不懂"):
        parse_reading(text)


def test_system_that_nobody_knows_is_as_good_as_none() -> None:
    assert find_place(ROADS, "GEOGCS[broken", COUNTY).declared is None


def test_layer_is_found_in_a_county_much_larger_than_itself() -> None:
    far = np.concatenate([moved(ROADS, 900.0 * n + n**2, 700.0 * n) for n in range(1, 40)])
    every = np.concatenate([far, ROADS])
    wide = Home(EPSG, box_of([every]), landmarks([every], every))
    assert find_place(ROADS, None, wide).sure
    assert not find_place(moved(ROADS, -44.0, 48.0), None, wide).sure  # it fits forty places
