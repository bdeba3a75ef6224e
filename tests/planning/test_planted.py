"""Violations of every kind planted in the sample county: all are found, and nothing besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from shapely import LineString

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.planning.remark import RemarkKind
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.schema import PLAN_CHECK_LAYERS
from neixiang_survey_plugin.io.county_file import load_county
from tests.drawn import _table

ON = date(2026, 11, 22)
# 示例永平路 leads north between the red lines 581748 and 581760; from the west 0.8 m telecom,
# 2.2 m gas, 4.4 m storm; from the east 0.8 m power, 2.0 m water, 4.6 m sewer.
# The gas corridor L11 of 250 mm lies at 3659406.7, the heat corridor L09 of 300 mm at 581934.6.
_PLANTED: tuple[tuple[str, str, tuple[tuple[float, float], ...], dict[str, Any]], ...] = (
    ("corridor_beside", "heat", ((581928.6, 3659406), (581928.6, 3659446)), {"diameter_mm": 300.0}),
    ("corridor_off", "gas", ((581435, 3659426.7), (581475, 3659426.7)), {"diameter_mm": 250.0}),
    ("corridor_of_other", "water", ((581335, 3659406.7), (581375, 3659406.7)), {}),
    ("corridor_diameter", "gas", ((581435, 3659406.7), (581475, 3659406.7)), {}),
    (
        "corridor_year",
        "gas",
        ((581535, 3659406.7), (581575, 3659406.7)),
        {"diameter_mm": 250.0, "planned_on": date(2036, 1, 1)},
    ),
    ("planned_road", "telecom", ((582287, 3656840), (582287, 3656900)), {}),
    ("red_line", "telecom", ((581747.8, 3657450), (581747.8, 3657490)), {}),
    ("green_line", "telecom", ((577400, 3657950), (577430, 3657950)), {}),
    ("blue_line", "telecom", ((580100, 3659000), (580100, 3659030)), {}),
    ("purple_line", "telecom", ((579300, 3658800), (579330, 3658800)), {}),
    ("yellow_line", "telecom", ((579750, 3661100), (579780, 3661100)), {}),
    ("orange_line", "telecom", ((578000, 3660000), (578030, 3660000)), {}),
    ("control_line", "telecom", ((576200, 3655900), (576230, 3655900)), {}),
    ("land_use", "telecom", ((576300, 3655900), (576330, 3655900)), {}),
    ("not_parallel", "telecom", ((581748.3, 3657400), (581750.4, 3657420.1)), {}),
    ("road_side", "telecom", ((581758.6, 3657550), (581758.6, 3657590)), {}),
    ("road_order", "water", ((581759.4, 3657750), (581759.4, 3657790)), {}),
)
# Where nothing is wrong: in its corridor, in its place in the street, square across the street.
_RIGHT: tuple[tuple[str, tuple[tuple[float, float], ...], dict[str, Any]], ...] = (
    ("heat", ((581934.6, 3659506), (581934.6, 3659546)), {"diameter_mm": 300.0}),
    ("telecom", ((581749.3, 3657850), (581749.3, 3657890)), {}),
    ("power", ((581740.0, 3657950), (581770.0, 3657950)), {}),
)


@pytest.fixture(scope="module")
def county() -> County:
    """The sample county, with land to be built upon and an area of a kind nobody wrote down."""
    found = load_county(places.sample_county(), PLAN_CHECK_LAYERS)
    uses = [
        {"shape": (576290, 3655890, 576340, 3655910), "use_id": "U1", "land_use": "industrial"},
    ]
    control = found.layers["control_areas"]
    kinds = control.columns["kind"].copy()
    kinds[list(control.ids).index("K03")] = None
    layers = {
        **found.layers,
        "land_use": _table(schema.LAND_USE, uses, None, None),
        "control_areas": replace(control, columns={**control.columns, "kind": kinds}),
    }
    return replace(found, layers=layers)


def _route(route_id: str, utility: str, points: Any, facts: dict[str, Any]) -> Route:
    usual = {"diameter_mm": 100.0, "working_width_m": 0.8}
    if route_id == "control_line":
        points = ((579540, 3658230), (579570, 3658230))  # in K03, whose kind is gone
    return Route(route_id, utility, LineString(points), **{**usual, **facts})


@pytest.fixture(scope="module")
def result(county: County) -> PlanResult:
    """The check of all planted lines at once, and of some that are right."""
    from neixiang_survey_plugin.io.planning_file import load_planning_rules

    routes = [_route(*planted) for planted in _PLANTED]
    routes += [_route(f"right{n}", *right) for n, right in enumerate(_RIGHT)]
    return PlanChecker(county, load_planning_rules()).check(routes, ON)


def test_a_violation_of_every_kind_is_planted() -> None:
    assert {name for name, *_ in _PLANTED} == {one.value for one in RemarkKind}


@pytest.mark.parametrize("name", [name for name, *_ in _PLANTED])
def test_what_was_planted_is_found_and_nothing_besides(name: str, result: PlanResult) -> None:
    found = result.of(name)
    assert found is not None
    assert [one.kind.value for one in found.remarks] == [name]


def test_of_lines_that_are_right_nothing_is_remarked(result: PlanResult) -> None:
    right = [one for one in result.routes if one.route_id.startswith("right")]
    assert len(right) == len(_RIGHT)
    assert [one.remarks for one in right] == [()] * len(right)
    assert all(result.agrees(one) for one in right)
