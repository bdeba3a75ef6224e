"""What works come to, worked out by hand on a plane.

A street 10 m wide from 0 to 10 N, sidewalk up to 2 N; a park from 20 to 30 N.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring.ground import prepare_ground
from neixiang_survey_plugin.core.trenching.works import (
    Figures,
    Trench,
    Works,
    WorksGround,
    measure_works,
    works_ground,
)
from tests.drawn import _table, county, drawn, green, road

PRICES = {"trench_m3": 100.0, "asphalt_m2": 50.0, "brick_m2": 20.0, "green_m2": 10.0}
SURFACES = [
    {"shape": (-500, 0, 500, 2), "surface_id": "F1", "pavement": "brick"},
    {"shape": (-500, 2, 500, 10), "surface_id": "F2", "pavement": "asphalt"},
]


def town(prices: dict[str, float] | None = None) -> County:
    one = county([road((-500, 0, 500, 10))], [green((-500, 20, 500, 30))])
    surfaces = _table(schema.SURFACES, SURFACES, None, None)
    assert surfaces is not None
    layers = {**one.layers, "surfaces": surfaces}
    return replace(one, layers=layers, prices=PRICES if prices is None else prices)


def ground(prices: dict[str, float] | None = None) -> WorksGround:
    one = town(prices)
    return works_ground(one, prepare_ground(one))


def trench(line: str, width_m: float | None = 1.0, working_m: float | None = 2.0) -> Trench:
    section_m2 = None if width_m is None else width_m * 1.5
    return Trench(drawn(line), width_m, section_m2, working_m)


def figures(*works: Works, prices: dict[str, float] | None = None) -> Figures:
    return measure_works(works, ground(prices))


ACROSS = "0 -10, 0 40"


def test_one_trench_across_the_street_and_the_park() -> None:
    found = figures(Works((trench(ACROSS),)))
    assert found.trench_m == pytest.approx(50.0)
    assert (found.openings, found.closures) == (1, 1)
    assert found.road_m2 == {"asphalt": pytest.approx(8.0), "brick": pytest.approx(2.0)}
    assert found.green_m2 == pytest.approx(20.0)
    assert found.earth_m3 == pytest.approx(75.0)
    assert found.cost == pytest.approx(75 * 100 + 8 * 50 + 2 * 20 + 20 * 10)


def test_two_works_open_the_street_twice_and_one_works_with_strips_that_meet_once() -> None:
    beside = "2 -10, 2 40"  # strips of 2 m share an edge
    alone = figures(Works((trench(ACROSS),)), Works((trench(beside),)))
    together = figures(Works((trench(ACROSS), trench(beside))))
    assert (alone.openings, alone.closures) == (2, 2)
    assert (together.openings, together.closures) == (1, 1)
    assert together.road_m2 == alone.road_m2


def test_one_works_whose_strips_do_not_meet_opens_the_street_twice_under_one_closure() -> None:
    found = figures(Works((trench(ACROSS), trench("2.1 -10, 2.1 40"))))
    assert (found.openings, found.closures) == (2, 1)


def test_ground_is_taken_once_and_dug_once_in_one_works() -> None:
    twice = figures(Works((trench(ACROSS), trench(ACROSS))))
    once = figures(Works((trench(ACROSS),)))
    assert twice.green_m2 == pytest.approx(once.green_m2)
    assert twice.road_m2 == {
        name: pytest.approx(area) for name, area in (once.road_m2 or {}).items()
    }


def test_a_road_without_surfaces_is_of_unknown_pavement_and_has_no_price() -> None:
    one = county([road((-500, 0, 500, 10))], [green((-500, 20, 500, 30))])
    one = replace(one, prices=PRICES)
    found = measure_works([Works((trench(ACROSS),))], works_ground(one, prepare_ground(one)))
    assert found.road_m2 == {"unknown": pytest.approx(10.0)}
    assert found.cost is None


def test_a_price_that_is_missing_leaves_the_cost_unknown() -> None:
    assert figures(Works((trench(ACROSS),)), prices={"trench_m3": 1.0}).cost is None
    assert figures(Works((trench("0 12, 0 15"),)), prices={"trench_m3": 1.0}).cost == 4.5


def test_a_width_that_nobody_knows_leaves_its_figures_unknown() -> None:
    found = figures(Works((trench(ACROSS, None, None),)))
    assert found.trench_m == pytest.approx(50.0)
    assert found == Figures(found.trench_m, None, None, None, None, None, None)


def test_without_layers_only_the_trench_is_known() -> None:
    one = county(None, None)
    found = measure_works([Works((trench(ACROSS),))], works_ground(one, prepare_ground(one)))
    assert (found.openings, found.closures, found.road_m2, found.green_m2) == (None,) * 4


def test_a_lane_that_is_no_city_road_is_not_opened() -> None:
    one = county([road((-500, 0, 500, 10), road_class="other")], ())
    found = measure_works([Works((trench(ACROSS),))], works_ground(one, prepare_ground(one)))
    assert (found.openings, found.closures, found.road_m2) == (0, 0, {})


def test_no_works_come_to_nothing() -> None:
    found = figures()
    assert (found.trench_m, found.openings, found.earth_m3) == (0.0, 0, 0.0)


@given(
    places=st.lists(st.floats(-40, 40, allow_nan=False), min_size=1, max_size=5),
    shift=st.floats(-100, 100, allow_nan=False),
)
def test_bringing_works_together_never_opens_more(places: list[float], shift: float) -> None:
    trenches = [trench(f"{x + shift} -10, {x + shift} 40") for x in places]
    apart = figures(*(Works((one,)) for one in trenches))
    together = figures(Works(tuple(trenches)))
    assert together.openings <= apart.openings
    assert together.closures == 1
    assert together.trench_m == pytest.approx(apart.trench_m)
    assert together.green_m2 == pytest.approx(apart.green_m2)
    dug = shapely.union_all(np.array([shapely.box(x - 0.5, 0, x + 0.5, 10) for x in places]))
    assert sum((together.road_m2 or {}).values()) == pytest.approx(dug.area, abs=1e-5)
