"""Where lines may come near each other: crossings, connections, their own building."""

from __future__ import annotations

import math

import pytest

from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind, ConflictOutcome
from tests.conflicts.scenes import RADIUS_M, building, find, kinds, only, pipe, route, site

DEEP_M = 3.0


def crossing_at(angle_deg: float, length_m: float = 50.0) -> tuple[Conflict, ...]:
    """A water line and a sewer 3 m down that cross at 0, 0."""
    east = length_m * math.cos(math.radians(angle_deg))
    north = length_m * math.sin(math.radians(angle_deg))
    sewer = pipe(f"{-east} {-north}, {east} {north}", cover_m=DEEP_M)
    return find(route("-50 0, 50 0"), pipes=[sewer])


@pytest.mark.parametrize("angle_deg", [90, 45, 31, 30])
def test_a_crossing_of_30_degrees_or_more_asks_no_horizontal_clearance(angle_deg: float) -> None:
    assert crossing_at(angle_deg) == ()


def test_a_crossing_of_29_degrees_is_a_parallel_run() -> None:
    """Nearer than 1.0 + 0.1 m for 1.1 / sin 29 to either side; above each other 0.1 / sin 29."""
    sine = math.sin(math.radians(29))
    near, stacked = sorted(crossing_at(29), key=lambda one: one.from_m)
    assert kinds([near, stacked]) == ["horizontal_clearance", "stacked"]
    assert (near.from_m, near.to_m) == pytest.approx((50 - 1.1 / sine, 50 + 1.1 / sine), abs=1e-4)
    assert (stacked.from_m, stacked.to_m) == pytest.approx(
        (50 - 0.1 / sine, 50 + 0.1 / sine), abs=1e-4
    )
    assert near.measured_m == pytest.approx(0.0, abs=1e-9)
    assert stacked.measured_m == pytest.approx(-0.1)


def test_a_line_that_turns_beside_the_one_it_crossed_conflicts_beyond_the_crossing() -> None:
    """Crosses at 0, 0, turns 0.6 m further on and runs beside: 0.6 - 0.1 = 0.5 m of 1.0."""
    conflict = only(
        find(route("0 -20, 0 0.6, 30 0.6"), pipes=[pipe("-50 0, 50 0", cover_m=DEEP_M)])
    )
    assert conflict.kind is ConflictKind.HORIZONTAL
    assert conflict.measured_m == pytest.approx(0.5)
    # exempt until 1.1 m along the route from the crossing at 20 m
    assert (conflict.from_m, conflict.to_m) == pytest.approx((21.1, 50.6), abs=1e-4)
    assert conflict.side == "left"


def test_a_line_that_stops_short_of_another_does_not_cross_it() -> None:
    conflict = only(find(route("0 -20, 0 -0.5"), pipes=[pipe("-50 0, 50 0")]))
    assert conflict.measured_m == pytest.approx(0.5 - 2 * RADIUS_M)


@pytest.mark.parametrize("utility", ["water", "gas", "power", "heat", "telecom"])
@pytest.mark.parametrize("short_m", [0.0, 0.2])
def test_a_line_may_end_at_its_own_main(utility: str, short_m: float) -> None:
    main = pipe("-50 0, 50 0", utility=utility, diameter_mm=200.0)
    assert find(route(f"0 -20, 0 {-short_m}", utility=utility), pipes=[main]) == ()


def test_a_line_may_end_at_the_wall_of_a_wide_main() -> None:
    main = pipe("-50 0, 50 0", utility="gas", diameter_mm=800.0)
    assert find(route("0 -20, 0 -0.4", utility="gas"), pipes=[main]) == ()


def test_a_line_that_ends_near_its_own_main_but_not_at_it_conflicts() -> None:
    main = pipe("-50 0, 50 0", utility="gas")
    conflict = only(find(route("0 -20, 0 -0.25", utility="gas"), pipes=[main]))
    assert conflict.measured_m == pytest.approx(0.15)


def test_a_line_that_runs_on_beside_its_own_main_conflicts_beyond_the_joint() -> None:
    """Leaves the gas main at 0, 0 and runs 0.3 m beside it: 0.2 m of 0.4 m between the walls."""
    main = pipe("-50 0, 50 0", utility="gas")
    conflict = only(find(route("0 0, 0 0.3, 30 0.3", utility="gas"), pipes=[main]))
    assert conflict.measured_m == pytest.approx(0.2)
    assert conflict.from_m == pytest.approx(0.5, abs=1e-4)


def test_two_services_may_leave_one_main_and_meet_at_no_wall() -> None:
    """A route that starts at another route of its utility is its branch."""
    trunk = route("-50 0, 50 0", "trunk", "gas", diameter_mm=200.0)
    assert find(trunk, route("0 0, 0 30", "branch", "gas")) == ()


def test_lines_may_be_near_each_other_where_one_of_them_connects() -> None:
    """The gas main lies 0.5 m from a duct, whatever a service does at its end."""
    gas = pipe("-50 0, 50 0", "P1", "gas")
    duct = pipe("-50 0.5, 50 0.5", "P2", "telecom", laying="duct")
    assert find(route("0 -20, 0 0", utility="gas"), pipes=[gas, duct]) == ()
    assert len(find(route("0 -20, 0 0", utility="gas"), pipes=[duct])) == 1


def test_lines_may_not_lie_in_each_other_where_one_of_them_connects() -> None:
    gas = pipe("-50 0, 50 0", "P1", "gas")
    duct = pipe("-50 0.05, 50 0.05", "P2", "telecom", laying="duct")
    conflict = only(find(route("0 -20, 0 0", utility="gas"), pipes=[gas, duct]))
    assert conflict.kind is ConflictKind.OVERLAP
    assert conflict.outcome is ConflictOutcome.FAIL


HOUSE = building((48, -5, 60, 5))
PLOT = site((40, -10, 70, 10))


def test_a_line_may_run_into_its_own_building() -> None:
    gas = route("0 0, 55 0", utility="gas", site_id="S1")
    assert find(gas, buildings=[HOUSE], sites=[PLOT]) == ()


def test_a_line_may_come_up_to_its_own_building_at_an_angle() -> None:
    gas = route("48 -40, 48 -5", utility="gas", site_id="S1")
    assert find(gas, buildings=[HOUSE], sites=[PLOT]) == ()


def test_a_line_that_runs_along_its_own_building_conflicts() -> None:
    gas = route("20 5.8, 50 5.8, 50 5", utility="gas", site_id="S1")
    conflict = only(find(gas, buildings=[HOUSE], sites=[PLOT]))
    assert conflict.kind is ConflictKind.BUILDING
    assert conflict.measured_m < 1.5


def test_the_building_of_another_site_is_not_ones_own() -> None:
    gas = route("0 0, 48 0", utility="gas", site_id="S1")
    conflict = only(find(gas, buildings=[HOUSE], sites=[site((100, 0, 120, 20))]))
    assert conflict.outcome is ConflictOutcome.FAIL


@pytest.mark.parametrize(
    ("site_id", "sites", "missing"),
    [(None, [PLOT], "a.site_id"), ("S1", None, "sites"), ("S9", [PLOT], "sites")],
)
def test_a_building_that_may_be_ones_own_is_unknown(
    site_id: str | None, sites: list | None, missing: str
) -> None:
    gas = route("0 0, 48 0", utility="gas", site_id=site_id)
    conflict = only(find(gas, buildings=[HOUSE], sites=sites))
    assert conflict.outcome is ConflictOutcome.UNKNOWN
    assert conflict.missing == (missing,)


def test_lines_may_meet_at_their_own_building() -> None:
    """Two services 0.3 m apart at the wall, 1 m apart further out."""
    one = route("0 2, 46.5 1, 48 0.3", "r1", "water", site_id="S1")
    other = route("0 -2, 46.5 -1, 48 -0.1", "r2", "gas", site_id="S1")
    assert find(one, other, buildings=[HOUSE], sites=[PLOT]) == ()
    assert len(find(one, other)) == 1
