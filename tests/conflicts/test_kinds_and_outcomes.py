"""Every kind of conflict drawn by hand, with what it comes to and who makes way."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.core.conflicts.conflict import (
    ConflictKind,
    ConflictOutcome,
    NotJudged,
    NotJudgedReason,
    Remark,
    conflict_report,
)
from tests.conflicts.scenes import (
    RADIUS_M,
    building,
    find,
    judge,
    kinds,
    only,
    pipe,
    route,
    surface,
    tree,
)

FAIL, WAIVABLE, UNKNOWN = ConflictOutcome.FAIL, ConflictOutcome.WAIVABLE, ConflictOutcome.UNKNOWN
ALONG = "0 0, 100 0"


def test_lines_that_share_a_wall_are_too_near_and_not_in_each_other() -> None:
    conflict = only(find(route(ALONG), pipes=[pipe(f"0 {2 * RADIUS_M}, 100 {2 * RADIUS_M}")]))
    assert conflict.kind is ConflictKind.HORIZONTAL
    assert conflict.outcome is WAIVABLE
    assert conflict.measured_m == pytest.approx(0.0, abs=1e-9)


def test_walls_in_each_other_at_one_level_fail() -> None:
    conflict = only(find(route(ALONG), pipes=[pipe("0 0.06, 100 0.06", cover_m=1.05)]))
    assert conflict.kind is ConflictKind.OVERLAP
    assert conflict.outcome is FAIL
    assert conflict.measured_m == pytest.approx(0.06 - 2 * RADIUS_M)


def test_lines_above_each_other_are_stacked() -> None:
    conflict = only(find(route(ALONG), pipes=[pipe("0 0.06, 100 0.06", cover_m=2.0)]))
    assert conflict.kind is ConflictKind.STACKED
    assert conflict.outcome is WAIVABLE
    assert (conflict.clause, conflict.confidence) == ("4.1.6", "C")


def test_two_water_mains_have_no_clearance_but_may_not_be_in_each_other() -> None:
    main = pipe("0 0.11, 100 0.11", utility="water")
    assert find(route("20 0, 80 0"), pipes=[main]) == ()
    near = pipe("0 0.05, 100 0.05", utility="water", diameter_mm=300.0)
    assert "overlap" in kinds(find(route("10 2, 20 0.3, 80 0.1, 90 2"), pipes=[near]))


def test_walls_in_each_other_at_levels_that_nobody_knows_are_unknown() -> None:
    conflict = only(find(route(ALONG), pipes=[pipe("0 0.06, 100 0.06", cover_m=None)]))
    assert conflict.kind is ConflictKind.OVERLAP
    assert conflict.outcome is UNKNOWN
    assert conflict.missing == ("b.cover_m",)
    assert Remark.TRIAL_HOLE in conflict.remarks


@pytest.mark.parametrize(
    ("cover_m", "outcome"), [(1.05, FAIL), (1.3, WAIVABLE), (0.8, WAIVABLE), (None, UNKNOWN)]
)
def test_a_crossing_is_judged_by_the_room_between_the_walls(
    cover_m: float | None, outcome: ConflictOutcome
) -> None:
    """The water pipe lies from 1.0 to 1.1 m; it needs 0.4 m to the sewer."""
    conflict = only(find(route("-50 0, 50 0"), pipes=[pipe("0 -50, 0 50", cover_m=cover_m)]))
    assert conflict.kind is ConflictKind.VERTICAL
    assert conflict.outcome is outcome
    assert conflict.at == (0.0, 0.0)
    assert conflict.from_m == conflict.to_m == pytest.approx(50.0)
    assert conflict.angle_deg == pytest.approx(90.0)


def test_water_below_a_sewer_is_remarked_on_and_how_much_deeper_it_must_go() -> None:
    conflict = only(find(route("-50 0, 50 0"), pipes=[pipe("0 -50, 0 50", cover_m=0.7)]))
    assert conflict.measured_m == pytest.approx(0.2)
    assert conflict.deeper_m == pytest.approx(0.2)
    assert Remark.WATER_BELOW_SEWER in conflict.remarks


def test_the_depth_of_a_bore_counts_where_it_lies() -> None:
    bored = route("-50 0, 50 0", bores=[(40.0, 60.0, 3.0)])
    assert find(bored, pipes=[pipe("0 -50, 0 50", cover_m=1.0)]) == ()
    open_cut = route("-50 0, 50 0", bores=[(60.0, 70.0, 3.0)])
    assert len(find(open_cut, pipes=[pipe("0 -50, 0 50", cover_m=1.0)])) == 1


def test_a_bore_of_unknown_depth_does_not_lie_at_the_cover_of_the_route() -> None:
    bored = route("-50 0, 50 0", bores=[(40.0, 60.0, None)])
    conflict = only(find(bored, pipes=[pipe("0 -50, 0 50", cover_m=3.0)]))
    assert conflict.outcome is UNKNOWN
    assert conflict.missing == ("a.cover_m",)


def test_the_bore_of_the_other_route_counts_too() -> None:
    other = route("0 -50, 0 50", "r2", "gas", bores=[(40.0, 60.0, 3.0)])
    assert find(route("-50 0, 50 0"), other) == ()
    assert len(find(route("-50 0, 50 0"), route("0 -50, 0 50", "r2", "gas"))) == 1


@pytest.mark.parametrize(
    ("pressure", "gap_m", "outcome"),
    [
        ("medium_a", 1.4, WAIVABLE),
        ("medium_a", 0.99, FAIL),
        ("subhigh_b", 3.0, WAIVABLE),
        ("subhigh_b", 2.99, FAIL),
        ("subhigh_a", 3.01, WAIVABLE),
        ("subhigh_a", 2.99, FAIL),
        ("low", 0.01, WAIVABLE),
    ],
)
def test_gas_below_the_absolute_minimum_to_a_building_fails(
    pressure: str, gap_m: float, outcome: ConflictOutcome
) -> None:
    house = building((20, gap_m + RADIUS_M, 80, 50))
    gas = route(ALONG, utility="gas", pressure_class=pressure)
    assert only(find(gas, buildings=[house])).outcome is outcome


def test_a_line_through_a_building_fails() -> None:
    """It is inside for 60 m, and nearer than 1.0 m from the wall before and behind."""
    conflict = only(find(route(ALONG), buildings=[building((20, -30, 80, 30))]))
    assert conflict.outcome is FAIL
    assert conflict.measured_m == pytest.approx(-RADIUS_M)
    assert (conflict.from_m, conflict.to_m) == pytest.approx((18.95, 81.05), abs=1e-4)


def test_a_line_in_a_building_fails_whatever_is_not_known_of_it() -> None:
    gas = route(ALONG, utility="gas", pressure_class=None)
    conflict = only(find(gas, buildings=[building((20, -30, 80, 30))]))
    assert conflict.outcome is FAIL


def test_a_line_in_a_courtyard_is_near_its_walls_and_not_in_the_building() -> None:
    ring = "POLYGON ((0 -9, 100 -9, 100 9, 0 9, 0 -9), (10 -2, 90 -2, 90 2, 10 2, 10 -2))"
    assert find(route("20 0, 80 0"), buildings=[building(ring)]) == ()
    conflict = only(find(route("20 1.5, 80 1.5"), buildings=[building(ring)]))
    assert conflict.measured_m == pytest.approx(0.45)


def test_a_tower_of_unknown_voltage_is_unknown_where_voltage_decides() -> None:
    tower = tree(50, 1.5, "tower")
    conflict = only(find(route(ALONG, utility="gas"), obstacles=[tower]))
    assert conflict.outcome is UNKNOWN
    assert conflict.missing == ("b.voltage_kv",)
    assert only(find(route(ALONG), obstacles=[tower])).outcome is WAIVABLE


def test_an_obstacle_of_unknown_kind_is_unknown() -> None:
    conflict = only(find(route(ALONG), obstacles=[tree(50, 1.2, None)]))
    assert conflict.outcome is UNKNOWN
    assert conflict.missing == ("b.kind",)


def test_a_figure_from_memory_is_waivable_and_wants_to_be_confirmed() -> None:
    conflict = only(find(route(ALONG), pipes=[pipe("0 0.4, 100 0.4", utility="reclaimed")]))
    assert conflict.confidence == "D"
    assert conflict.outcome is WAIVABLE
    assert conflict.needs_confirmation


def test_a_stricter_standard_is_remarked_on() -> None:
    cable = pipe("0 0.5, 100 0.5", utility="power")
    conflict = only(find(route(ALONG, utility="gas"), pipes=[cable]))
    assert conflict.required_m == 0.5
    assert Remark.STRICTER_STANDARD in conflict.remarks


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"utility": "sewer", "diameter_mm": None}, "b.diameter_mm"),
        ({"utility": "gas", "pressure_class": None}, "b.pressure_class"),
        ({"utility": "heat", "laying": None}, None),
        ({"utility": None}, "b.utility"),
    ],
)
def test_a_fact_that_decides_and_is_missing_makes_the_outcome_unknown(
    facts: dict, missing: str | None
) -> None:
    known = {**pipe("0 0.9, 100 0.9", utility="sewer"), **facts}
    conflict = only(find(route(ALONG), pipes=[known]))
    if missing is None:  # 1.5 m to heat in the soil and in a trench alike
        assert conflict.outcome is WAIVABLE
    else:
        assert conflict.outcome is UNKNOWN
        assert missing in conflict.missing
        assert conflict.required_m is None or conflict.measured_m is None


def test_what_is_clear_whatever_is_missing_is_no_conflict() -> None:
    """A sewer is at most 2 m wide and asks at most 1.5 m."""
    far = pipe("0 2.6, 100 2.6", diameter_mm=None)
    assert find(route(ALONG), pipes=[far]) == ()


def test_the_voltage_of_a_cable_matters_beside_telecom_only() -> None:
    cable = {**pipe("0 1.0, 100 1.0", utility="power"), "voltage_kv": None}
    assert find(route(ALONG), pipes=[cable]) == ()
    conflict = only(find(route(ALONG, utility="telecom"), pipes=[cable]))
    assert conflict.missing == ("b.voltage_kv",)


@pytest.mark.parametrize(("accuracy_m", "borderline"), [(0.05, False), (0.15, True), (None, False)])
def test_a_conflict_is_borderline_where_the_main_may_lie_far_enough_off(
    accuracy_m: float | None, borderline: bool
) -> None:
    main = pipe("0 1.0, 100 1.0", position_accuracy_m=accuracy_m)
    conflict = only(find(route(ALONG), pipes=[main]))
    assert conflict.borderline is borderline
    assert conflict.uncertainty_m == accuracy_m


def test_the_accuracy_of_the_layer_stands_in_for_that_of_the_main() -> None:
    conflict = only(find(route(ALONG), pipes=[pipe("0 1.0, 100 1.0")], accuracy_m=0.3))
    assert conflict.uncertainty_m == 0.3
    assert conflict.borderline


def test_the_cover_is_asked_by_what_lies_above() -> None:
    ground = [
        surface((0, -5, 20, 5), "carriageway", "F1"),
        surface((20, -5, 40, 5), "sidewalk", "F2"),
        surface((40, -5, 60, 5), "green_belt", "F3"),
    ]
    shallow = route(ALONG, cover_m=0.65)
    conflict = only(find(shallow, surfaces=ground))
    assert (conflict.b, conflict.required_m, conflict.outcome) == ("F1", 0.7, WAIVABLE)
    assert (conflict.from_m, conflict.to_m) == pytest.approx((0, 20), abs=1e-4)
    both = find(route(ALONG, cover_m=None), surfaces=ground)
    assert [(one.b, one.outcome) for one in both] == [("F1", UNKNOWN), ("F2", UNKNOWN)]


def test_a_bore_has_the_cover_of_its_depth() -> None:
    road = [surface((0, -5, 100, 5), "carriageway")]
    bored = route(ALONG, cover_m=0.5, bores=[(20.0, 80.0, 2.0)])
    found = find(bored, surfaces=road)
    assert [(one.from_m, one.to_m) for one in found] == [
        pytest.approx((0, 20), abs=1e-4),
        pytest.approx((80, 100), abs=1e-4),
    ]


def test_a_surface_of_unknown_kind_is_unknown_where_the_kind_decides() -> None:
    ground = [surface((0, -5, 100, 5), None)]
    assert only(find(route(ALONG, cover_m=0.65), surfaces=ground)).missing == ("b.surface_kind",)
    assert find(route(ALONG, cover_m=0.7), surfaces=ground) == ()


def test_a_route_yields_to_what_exists() -> None:
    assert only(find(route(ALONG), pipes=[pipe("0 0.5, 100 0.5")])).yields == "r1"


@pytest.mark.parametrize(
    ("one", "other", "yields"),
    [
        ({"utility": "power"}, {"utility": "water"}, "r1"),
        ({"utility": "water"}, {"utility": "telecom"}, "r2"),
        ({"utility": "water", "diameter_mm": 200.0}, {"utility": "gas"}, "r2"),
        ({"utility": "water"}, {"utility": "gas"}, None),
        ({"utility": "power"}, {"utility": "telecom"}, None),
        ({"utility": "water", "diameter_mm": None}, {"utility": "gas"}, None),
    ],
)
def test_between_routes_cables_and_narrow_pipes_make_way(
    one: dict, other: dict, yields: str | None
) -> None:
    both = route(ALONG, "r1", **one), route("0 0.3, 100 0.3", "r2", **other)
    conflict = only(find(*both))
    assert conflict.yields == yields
    assert conflict == only(find(*reversed(both)))
    if yields is not None:
        assert conflict.a == yields


def test_the_side_to_move_to_leads_away_from_the_other() -> None:
    north, south = pipe("0 0.5, 100 0.5"), pipe("0 -0.5, 100 -0.5")
    assert only(find(route(ALONG), pipes=[north])).side == "right"
    assert only(find(route(ALONG), pipes=[south])).side == "left"
    assert only(find(route("100 0, 0 0"), pipes=[south])).side == "right"


def test_a_layer_that_is_missing_is_not_judged() -> None:
    result = judge(route(ALONG), pipes=None, surfaces=None)
    assert set(result.not_judged) == {
        NotJudged(None, "pipelines", NotJudgedReason.NO_LAYER),
        NotJudged(None, "surfaces", NotJudgedReason.NO_LAYER),
    }


def test_a_route_outside_the_coverage_of_a_layer_is_not_wholly_judged() -> None:
    result = judge(route(ALONG), coverage=(-10, -10, 50, 10))
    assert NotJudged("r1", "pipelines", NotJudgedReason.OUTSIDE_COVERAGE) in result.not_judged
    inside = judge(route("0 0, 40 0"), coverage=(-10, -10, 50, 10))
    assert inside.not_judged == ()


def test_the_report_has_the_public_keys() -> None:
    report = conflict_report(only(find(route(ALONG), pipes=[pipe("0 0.5, 100 0.5")])))
    public = "kind a b b_layer measured_m required_m outcome confidence from_m to_m at yields"
    assert list(report)[:12] == public.split()
    assert report["kind"] == "horizontal_clearance"
    assert report["b_layer"] == "pipelines"
    assert report["measured_m"] == pytest.approx(0.4)
    assert report["at"] == [0.0, 0.0]
