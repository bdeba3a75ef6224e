"""A line as built held against its promise, clause by clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, affinity

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.supervising import BuiltResult, hold_lines
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import (
    AsBuilt,
    ClauseOutcome,
    ClauseResult,
    Held,
    NotHeld,
    hold_as_built,
    largest_deviation,
)
from neixiang_survey_plugin.core.supervision.promises import make_promise
from neixiang_survey_plugin.core.taped import line_print
from tests.core.towns import lines
from tests.drawn import ON, check, county, drawn, green, measure_one, neixiang, road, route

ROAD = road((40, -50, 48, 50))
OTHER_ROAD = road((60, -50, 66, 50), "R2")
PARK = green((10, 0.5, 20, 30))
PERIOD = {"works_from": date(2026, 12, 1), "works_to": date(2026, 12, 5)}
BUILT = {"built_from": date(2026, 12, 1), "built_to": date(2026, 12, 5)}
TOWN = county([ROAD, OTHER_ROAD], [PARK], roads_accuracy_m=0.1)


def held(course: str, built: str, town: County = TOWN, **days: Any) -> dict[str, ClauseResult]:
    """The clauses of a line that was promised on one course and built on another."""
    promised = route(course, **PERIOD)
    (result,) = check(town, promised).routes
    promise = make_promise(promised, result.measures, result.verdict, "neixiang_2022", ON)
    seen = AsBuilt(None, "r1", geom=drawn(built), **{**BUILT, **days})
    (one,) = hold_lines([seen], [promise], [promised], Checker(town), ON)
    return {clause.kind.value: clause for clause in one.clauses}


def outcomes(clauses: dict[str, ClauseResult]) -> dict[str, str]:
    return {kind: clause.outcome.value for kind, clause in clauses.items()}


KEPT = {
    "length": "kept",
    "crossing": "kept",
    "roads": "kept",
    "green": "kept",
    "position": "kept",
    "period": "kept",
    "reinstatement": "not_judged",
}


def test_a_line_built_as_promised_keeps_every_promise_that_can_be_measured() -> None:
    clauses = held("0 0, 55 0", "0 0, 55 0")
    assert outcomes(clauses) == KEPT
    assert clauses["reinstatement"].reason is NotHeld.NOT_INSPECTED
    assert (clauses["crossing"].promised, clauses["crossing"].built) == (8.0, 8.0)
    assert clauses["green"].promised == pytest.approx(5.0)


def test_a_line_that_came_out_longer_breaks_length_by_what_it_is_longer() -> None:
    longer = held("0 0, 55 0", "0 0, 55.3 0")["length"]
    assert longer.outcome is ClauseOutcome.BROKEN
    assert longer.built is not None
    assert longer.promised is not None
    assert longer.built - longer.promised == pytest.approx(0.3)


def test_what_the_survey_cannot_tell_apart_is_kept_and_said_so() -> None:
    # both ends are surveyed to 5 cm
    within, beyond = (held("0 0, 55 0", f"0 0, {end} 0")["length"] for end in (55.1, 55.11))
    assert (within.outcome, within.within_tolerance) == (ClauseOutcome.KEPT, True)
    assert (beyond.outcome, beyond.within_tolerance) == (ClauseOutcome.BROKEN, False)


def test_a_shorter_line_keeps_its_promises() -> None:
    assert outcomes(held("0 0, 55 0", "0 0, 50 0")) == KEPT


def test_another_road_was_not_promised() -> None:
    clauses = held("0 0, 55 0", "0 0, 59.5 0")
    assert clauses["roads"].outcome is ClauseOutcome.KEPT
    clauses = held("0 0, 55 0", "0 0, 63 0")
    assert (clauses["roads"].outcome, clauses["roads"].ids) == (ClauseOutcome.BROKEN, ("R2",))
    assert clauses["crossing"].outcome is ClauseOutcome.BROKEN
    assert clauses["crossing"].built == pytest.approx(11.0)


def test_more_green_than_promised_is_named_with_its_place() -> None:
    clauses = held("0 0, 55 0", "0 0.4, 55 0.4")
    assert clauses["green"].built == pytest.approx(9.0)
    assert clauses["green"].outcome is ClauseOutcome.BROKEN
    assert clauses["green"].at is not None
    assert 10 < clauses["green"].at[0] < 20


@pytest.mark.parametrize(("aside_m", "outcome"), [(0.15, "kept"), (0.16, "broken")])
def test_position_is_held_within_the_layers_and_the_surveys_accuracy(
    aside_m: float, outcome: str
) -> None:
    clauses = held("0 0, 55 0", f"0 0, 30 {aside_m}, 55 0")
    assert clauses["position"].outcome.value == outcome
    assert clauses["position"].built == pytest.approx(aside_m)
    assert clauses["position"].at == pytest.approx((30.0, aside_m))


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        ({}, "kept"),
        ({"built_to": date(2026, 12, 6)}, "broken"),
        ({"built_from": date(2026, 11, 30), "built_to": None}, "broken"),
        ({"built_to": None}, "not_judged"),
    ],
)
def test_works_belong_into_the_promised_period(days: dict[str, Any], outcome: str) -> None:
    assert held("0 0, 55 0", "0 0, 55 0", **days)["period"].outcome.value == outcome


def test_what_cannot_be_measured_is_not_kept() -> None:
    blind = county(None, None, None)
    clauses = held("0 0, 55 0", "0 0, 55 0", blind)
    unmeasured = {"crossing": "not_judged", "roads": "not_judged", "green": "not_judged"}
    assert outcomes(clauses) == {**KEPT, **unmeasured}


def test_what_an_inspector_found_joins_what_was_measured() -> None:
    rules = neixiang().supervision
    assert rules is not None
    line = route("0 0, 55 0", **PERIOD)
    measures = measure_one(TOWN, line)
    (result,) = check(TOWN, line).routes
    promise = make_promise(line, measures, result.verdict, "p", ON)
    both = Held(promise, AsBuilt(geom=line.line, **BUILT), measures, 0.1, 0.05)
    found = {
        kind: ClauseResult(kind, outcome, found=said)
        for kind, outcome, said in (
            (PromiseKind.REINSTATEMENT, ClauseOutcome.KEPT, "路面已恢复"),
            (PromiseKind.LENGTH, ClauseOutcome.BROKEN, "多接了一段"),
            (PromiseKind.PERIOD, ClauseOutcome.NOT_JUDGED, ""),
        )
    }
    clauses = {one.kind.value: one for one in hold_as_built(both, rules, found)}
    assert outcomes(clauses) == {**KEPT, "reinstatement": "kept", "length": "broken"}
    assert clauses["reinstatement"].found == "路面已恢复"
    longer = replace(both, measures=measure_one(TOWN, route("0 0, 56 0")))
    kept = {PromiseKind.LENGTH: ClauseResult(PromiseKind.LENGTH, ClauseOutcome.KEPT, found="好")}
    clauses = {one.kind.value: one for one in hold_as_built(longer, rules, kept)}
    assert clauses["length"].outcome is ClauseOutcome.BROKEN  # the tape does not outvote the line


def test_a_line_strays_most_between_its_own_points_too() -> None:
    straight, bent = drawn("0 0, 100 0"), drawn("0 0, 50 10, 100 0")
    assert isinstance(straight, LineString)
    assert isinstance(bent, LineString)
    deviation_m, at = largest_deviation(straight, bent)
    assert deviation_m == pytest.approx(500 / 2600**0.5, abs=0.005)
    assert at == pytest.approx((50.0, 0.0), abs=0.02)
    assert largest_deviation(bent, straight) == (10.0, (50.0, 10.0))


@settings(max_examples=40)
@given(lines(4), st.floats(-300, 300), st.floats(-300, 300))
def test_deviation_is_nothing_from_itself_and_moves_with_both_lines(
    line: LineString, east_m: float, north_m: float
) -> None:
    assert largest_deviation(line, line)[0] == pytest.approx(0.0, abs=1e-6)
    assert largest_deviation(line.reverse(), line)[0] == pytest.approx(0.0, abs=1e-6)
    aside = affinity.translate(line, 3.0, 4.0)
    here, _ = largest_deviation(aside, line)
    assert here <= 5.0 + 1e-6
    there, place = largest_deviation(
        affinity.translate(aside, east_m, north_m), affinity.translate(line, east_m, north_m)
    )
    assert there == pytest.approx(here, abs=0.005)
    point = affinity.translate(shapely.Point(place), -east_m, -north_m)
    assert point.distance(line) == pytest.approx(there, abs=1e-6)


@settings(max_examples=25)
@given(lines(3), lines(3))
def test_deviation_agrees_with_a_bound_that_holds(built: LineString, promised: LineString) -> None:
    """Between the distance at the built line's own points and the Hausdorff distance."""
    deviation_m, _ = largest_deviation(built, promised)
    at_points = max(shapely.Point(xy).distance(promised) for xy in built.coords)
    dense = shapely.hausdorff_distance(built, promised, densify=0.01)
    assert at_points - 1e-6 <= deviation_m
    assert deviation_m <= dense + 0.01 * max(built.length, promised.length)


@pytest.mark.parametrize(("built_m", "outcome"), [(55.0, "kept"), (47.0, "kept"), (63.0, "broken")])
def test_a_layers_error_that_the_tape_showed_is_no_broken_promise(
    built_m: float, outcome: str
) -> None:
    """The layer shows 8 m of road, the tape 7.6 m; the line as built is measured on the layer."""
    line = route("0 0, 55 0", **PERIOD)
    tape = ConfirmedFact(
        "routes", "r1@R1", "taped_m", "7.6", "皮尺", "张工", ON, line_print(line.line)
    )
    known, _ = TOWN.with_facts([tape])
    (result,) = check(known, line).routes
    promise = make_promise(line, result.measures, result.verdict, "p", ON)
    assert (promise.crossing_m, promise.crossing_layer_m) == pytest.approx((7.6, 8.0))
    seen = AsBuilt(None, "r1", geom=drawn(f"0 0, {built_m} 0"), **BUILT)
    (one,) = hold_lines([seen], [promise], [line], Checker(known), ON)
    clause = next(each for each in one.clauses if each.kind is PromiseKind.CROSSING)
    assert clause.outcome.value == outcome
    assert clause.built == pytest.approx({55.0: 7.6, 47.0: 6.6, 63.0: 10.6}[built_m])


def test_a_line_without_a_commitment_on_record_is_held_against_the_survey() -> None:
    line = route("0 0, 55 0", **PERIOD)
    seen = AsBuilt(None, "r1", geom=drawn("0 0, 55.4 0"), **BUILT)
    (one,) = hold_lines([seen], [], [line], Checker(TOWN), ON)
    assert one.promise.promised_on is None
    assert broken(one) == ["length", "position"]


def broken(one: BuiltResult) -> list[str]:
    return [clause.kind.value for clause in one.broken]


def test_the_last_survey_of_a_line_counts() -> None:
    line = route("0 0, 55 0", **PERIOD)
    bad = AsBuilt("a", "r1", geom=drawn("0 0, 60 0"), **BUILT)
    good = AsBuilt("b", "r1", geom=drawn("0 0, 55 0"), **BUILT)
    (one,) = hold_lines([bad, good], [], [line], Checker(TOWN), ON)
    assert (one.built.uuid, broken(one)) == ("b", [])


def test_bores_and_width_of_the_survey_after_count() -> None:
    line = route("0 0, 55 0", **PERIOD)
    bored = AsBuilt(None, "r1", geom=drawn("0 0, 50 0"), trenchless="5-60", **BUILT)
    wide = AsBuilt(None, "r1", geom=drawn("0 0, 55 0"), working_width_m=4.0, **BUILT)
    town = replace(TOWN, defaults=replace(TOWN.defaults, pit_length_m=1.0, pit_width_m=1.0))
    (one,) = hold_lines([bored], [], [line], Checker(town), ON)
    assert one.measures.green.strip.value == pytest.approx(0.0)
    (one,) = hold_lines([wide], [], [line], Checker(town), ON)
    assert one.measures.green.strip.value == pytest.approx(15.0)
    assert broken(one) == ["green"]


def test_a_policy_that_promises_nothing_cannot_be_held() -> None:
    silent = replace(TOWN, policy=replace(TOWN.policy, supervision=None))
    with pytest.raises(SurveyError, match=r"没有 \[supervision\]"):
        hold_lines([AsBuilt()], [], [], Checker(silent), ON)
