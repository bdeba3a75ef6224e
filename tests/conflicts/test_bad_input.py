"""Drawings that no engineer would make: no crash, and a clear answer."""

from __future__ import annotations

import time

import numpy as np
import pytest

from neixiang_survey_plugin.core.conflicts.conflict import (
    ConflictKind,
    ConflictOutcome,
    NotJudgedReason,
    Remark,
)
from neixiang_survey_plugin.core.errors import SurveyError
from tests.conflicts.scenes import find, judge, kinds, only, pipe, route, search, surface

ALONG = "0 0, 100 0"


def test_a_route_that_crosses_itself_is_no_conflict_with_itself() -> None:
    loop = route("0 0, 100 0, 100 50, 50 50, 50 -50")
    assert find(loop) == ()
    found = find(loop, pipes=[pipe("-50 0.5, 150 0.5", cover_m=3.0)])
    # beside it for the first 100 m, 1.1 m before the second leg crosses it; where the last leg
    # crosses it, it is exempt from 48.9 to 51.1, and within 0.98 m of that the rest is too near
    assert {one.kind for one in found} == {ConflictKind.HORIZONTAL}
    assert [(one.from_m, one.to_m) for one in found] == [
        pytest.approx((0.0, 49.8798), abs=1e-4),
        pytest.approx((50.1202, 99.4), abs=1e-4),
    ]


def test_identical_routes_lie_in_each_other_from_end_to_end() -> None:
    conflict = only(find(route(ALONG, "r1"), route(ALONG, "r2", "gas")))
    assert conflict.kind is ConflictKind.OVERLAP
    assert conflict.outcome is ConflictOutcome.FAIL
    assert (conflict.from_m, conflict.to_m) == pytest.approx((0, 100), abs=1e-4)
    assert conflict.side is None


def test_identical_routes_of_one_utility_are_connected_at_their_ends_only() -> None:
    conflict = only(find(route(ALONG, "r1"), route(ALONG, "r2")))
    assert conflict.kind is ConflictKind.OVERLAP
    assert conflict.to_m - conflict.from_m > 99.0


def test_identical_routes_without_a_diameter_are_unknown() -> None:
    lines = (
        route(ALONG, name, kind, diameter_mm=None)
        for name, kind in (("r1", "water"), ("r2", "gas"))
    )
    conflict = only(find(*lines))
    assert conflict.outcome is ConflictOutcome.UNKNOWN
    assert conflict.missing == ("a.diameter_mm", "b.diameter_mm")
    assert conflict.measured_m is None


def test_a_route_without_length_is_refused() -> None:
    with pytest.raises(SurveyError):
        find(route("5 5, 5 5"))


def test_a_main_without_length_is_a_point() -> None:
    conflict = only(find(route(ALONG), pipes=[pipe("50 0.5, 50 0.5")]))
    assert conflict.measured_m == pytest.approx(0.4)


def test_a_depth_above_the_ground_is_not_believed() -> None:
    conflict = only(find(route(ALONG, cover_m=-0.8)))
    assert conflict.kind is ConflictKind.COVER
    assert conflict.outcome is ConflictOutcome.UNKNOWN
    assert conflict.remarks == (Remark.ABOVE_GROUND,)
    road = [surface((0, -5, 100, 5), "carriageway")]
    assert kinds(find(route(ALONG, cover_m=-0.8), surfaces=road)) == ["cover"]


def test_a_main_above_the_ground_has_no_level() -> None:
    conflict = only(find(route("-50 0, 50 0"), pipes=[pipe("0 -50, 0 50", cover_m=-1.0)]))
    assert conflict.outcome is ConflictOutcome.UNKNOWN
    assert conflict.missing == ("b.cover_m",)
    assert Remark.ABOVE_GROUND in conflict.remarks


def test_a_county_without_any_layer_is_searched_for_routes_alone() -> None:
    nothing = dict.fromkeys(("pipes", "buildings", "obstacles", "surfaces", "sites"))
    result = judge(route(ALONG), route("0 0.5, 100 0.5", "r2", "gas"), **nothing)
    assert len(result.conflicts) == 1
    assert len(result.not_judged) == 4


def test_no_route_is_no_conflict() -> None:
    assert find() == ()


def test_ten_thousand_routes_in_one_street_are_answered() -> None:
    """A street of 300 m by 100 m: each route lies within reach of some two hundred others."""
    random = np.random.default_rng(3)
    begin = random.uniform((0, 0), (280, 100), (10_000, 2))
    routes = [
        route(f"{east} {north}, {east + 20} {north + 0.5}", f"r{number}", kind)
        for number, (east, north) in enumerate(begin.tolist())
        for kind in (("water", "power", "gas", "heat", "telecom")[number % 5],)
    ]
    started = time.perf_counter()
    result = search().judge(routes)
    assert len(result.conflicts) > 10_000
    assert time.perf_counter() - started < 180.0


def test_a_crowd_on_one_line_is_judged_in_part_and_said_to_be() -> None:
    routes = [route(ALONG, f"r{number}", "gas") for number in range(400)]
    result = search().judge(routes)
    assert len(result.conflicts) <= 400 * 100
    crowded = {one for one in result.not_judged if one.reason is NotJudgedReason.CROWDED}
    assert {one.layer for one in crowded} == {"routes"}
    assert len(crowded) == 299  # the last hundred and one have a hundred or fewer after them


def test_ten_thousand_mains_on_one_line_are_judged_in_part_and_said_to_be() -> None:
    mains = [pipe(ALONG, f"P{number}") for number in range(10_000)]
    result = judge(route(ALONG), pipes=mains)
    assert len(result.conflicts) == 1_000
    assert [one.reason for one in result.not_judged] == [NotJudgedReason.CROWDED]
