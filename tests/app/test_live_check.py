"""While a route is drawn its results are those of a whole check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.app.report import route_report
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.measuring import measure
from neixiang_survey_plugin.core.routes import Route
from tests.core.towns import Town, routes, towns
from tests.drawn import ON, county, green, road, route

ROAD = road((40, -100, 48, 100), width_m=8.0)
ONE = route("0 0, 55 0", "r1", case_id="c")
OTHER = route("0 9, 55 9", "r2", case_id="c")
ALONE = route("0 18, 55 18", "r3")


def live(*lines: Route) -> LiveCheck:
    return LiveCheck(Checker(county([ROAD])), lines, ON)


def ids(results: tuple[RouteResult, ...]) -> list[str]:
    return [one.route.route_id for one in results]


def test_an_edit_gives_the_results_of_every_line_judged_with_it() -> None:
    results = live(ONE, OTHER, ALONE).put(replace(OTHER, line=LineString([(0, 9), (45, 9)])))
    assert sorted(ids(results)) == ["r1", "r2"]
    assert {one.verdict.way.value for one in results} == {"commitment"}  # 8 + 5 m
    assert live(ONE, OTHER, ALONE).put(OTHER)[0].verdict.way.value == "joint"  # 8 + 8 m


def test_a_line_without_case_and_site_is_judged_alone() -> None:
    assert ids(live(ONE, OTHER, ALONE).put(ALONE)) == ["r3"]


def test_a_new_line_counts_from_then_on() -> None:
    editing = live(ONE)
    assert ids(editing.put(ONE)) == ["r1"]
    assert sorted(ids(editing.put(OTHER))) == ["r1", "r2"]
    assert sorted(ids(editing.put(ONE))) == ["r1", "r2"]
    assert list(editing.routes) == ["r1", "r2"]


def test_an_edit_that_is_refused_changes_nothing() -> None:
    editing = live(ONE, OTHER)
    nowhere = replace(OTHER, line=LineString([(3, 3), (3, 3)]))
    with pytest.raises(SurveyError):
        editing.put(nowhere)
    assert editing.routes["r2"] is OTHER
    assert editing.put(ONE)[0].verdict.way.value == "joint"


def test_lines_that_are_linked_by_a_third_are_found() -> None:
    site = replace(ALONE, route_id="r4", site_id="s")
    link = replace(ALONE, route_id="r5", case_id="c", site_id="s")
    assert sorted(ids(live(ONE, site, link).put(ONE))) == ["r1", "r4", "r5"]


def test_other_utilities_of_the_application_count_in_its_length() -> None:
    gas = route("0 300, 190 300", "r9", "gas", case_id="c")
    for result in live(gas, ONE).put(ONE):  # the gas line's as well, or it would go stale
        others = {other.value: other.way.value for other in result.verdict.other_readings}
        assert (result.verdict.way.value, others["application"]) == ("commitment", "joint")
    assert ids(live(gas, ONE).put(ONE)) == ["r9", "r1"]


def assert_same(found: Any, expected: Any, where: str = "", near: float = 1e-8) -> None:
    """The same report; figures to a hundredth of a micrometre, for sums in another order."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for key in expected:
            assert_same(found[key], expected[key], f"{where}.{key}", near)
    elif isinstance(expected, list):
        assert len(found) == len(expected), where
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_same(one, other, f"{where}[{number}]", near)
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, abs=near), where
    else:
        assert found == expected, where


@st.composite
def edits(draw: st.DrawFn) -> tuple[Town, list[Route]]:
    """A town and routes in the order in which they are put, some of them twice."""
    town = draw(towns())
    words = st.sampled_from((None, "x", "y"))
    put = [
        replace(
            draw(routes(town.grid, f"r{draw(st.integers(0, 3))}", most=3)),
            utility=draw(st.sampled_from(("water", "gas"))),
            case_id=draw(words),
            site_id=draw(words),
            applied_on=draw(st.sampled_from((None, date(2026, 1, 1), date(2024, 1, 1)))),
        )
        for _ in range(draw(st.integers(1, 6)))
    ]
    return town, put


def checked(
    town: Town, lines: list[Route]
) -> tuple[Checker, dict[str, Route], dict[str, RouteResult]]:
    """The check of a town, some lines by name, and what it says of each."""
    checker = Checker(town.county(roads_accuracy_m=0.1, greens_accuracy_m=0.1))
    first = {one.route_id: one for one in lines}
    shown = checker.check(list(first.values()), ON).routes
    return checker, first, {one.route.route_id: one for one in shown}


# Not shrunk: a scene with six edits stays what it is for minutes.
@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(edits(), st.integers(0, 3))
def test_every_edit_gives_what_a_check_from_scratch_gives(
    scene: tuple[Town, list[Route]], loaded: int
) -> None:
    town, put = scene
    checker, first, shown = checked(town, put[:loaded])
    editing = LiveCheck(checker, first.values(), ON)
    seen = LiveCheck(checker, first.values(), ON)
    for line in put[loaded:]:
        previewed = seen.take(seen.foresee(line)())
        results = editing.put(line)
        assert list(seen.routes) == list(editing.routes)
        (own,) = (one for one in results if one.route.route_id == line.route_id)
        assert_same(route_report(previewed), route_report(own))
        assert previewed.matters == own.matters
        assert line.route_id in ids(results)
        shown.update((one.route.route_id, one) for one in results)
        whole = checker.check(list(editing.routes.values()), ON)
        assert len(whole.routes) == len(shown)
        for one in whole.routes:  # nothing that is shown has gone stale
            assert_same(route_report(shown[one.route.route_id]), route_report(one))


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(edits(), st.integers(0, 3))
def test_lines_put_at_once_get_what_a_check_from_scratch_gives(
    scene: tuple[Town, list[Route]], loaded: int
) -> None:
    town, put = scene
    checker, first, shown = checked(town, put[:loaded])
    editing = LiveCheck(checker, first.values(), ON)
    results = editing.put_all(put[loaded:])
    assert {one.route_id for one in put[loaded:]} <= set(ids(results))
    shown.update((one.route.route_id, one) for one in results)
    assert editing.routes == {**first, **{one.route_id: one for one in put[loaded:]}}
    for one in checker.check(list(editing.routes.values()), ON).routes:
        assert_same(route_report(shown[one.route.route_id]), route_report(one))


def test_lines_put_at_once_are_judged_once() -> None:
    editing = live(ONE)
    lines = [replace(OTHER, route_id=f"n{number}") for number in range(5)]
    with patch.object(Checker, "judge", autospec=True, side_effect=Checker.judge) as judge:
        assert len(editing.put_all(lines)) == 6
    assert judge.call_count == 1


@settings(max_examples=30, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(edits(), st.integers(0, 3))
def test_every_line_taken_away_leaves_what_a_check_from_scratch_gives(
    scene: tuple[Town, list[Route]], first: int
) -> None:
    town, put = scene
    checker = Checker(town.county(roads_accuracy_m=0.1, greens_accuracy_m=0.1))
    lines = {one.route_id: one for one in put}
    editing = LiveCheck(checker, lines.values(), ON)
    shown = {one.route.route_id: one for one in checker.check(list(lines.values()), ON).routes}
    for route_id in [*list(lines)[first:], *list(lines)[:first]]:
        results = editing.remove(route_id)
        del shown[route_id], lines[route_id]
        shown.update((one.route.route_id, one) for one in results)
        assert list(editing.routes) == list(lines)
        if lines:
            for one in checker.check(list(lines.values()), ON).routes:
                assert_same(route_report(shown[one.route.route_id]), route_report(one))


def test_only_the_lines_that_were_judged_with_it_follow_one_that_is_taken_away() -> None:
    editing = live(ONE, OTHER, ALONE)
    with patch("neixiang_survey_plugin.app.checking.measure_routes", side_effect=AssertionError):
        assert ids(editing.remove("r2")) == ["r1"]
        assert editing.remove("r3") == ()
    with pytest.raises(KeyError):
        editing.remove("r2")


@st.composite
def drags(draw: st.DrawFn) -> tuple[Town, list[Route]]:
    """A town, a line, and the same line again and again: moved, longer or shorter by a vertex."""
    town = draw(towns())
    lines = [draw(routes(town.grid, "r0"))]
    for _ in range(draw(st.integers(1, 5))):
        points = list(lines[-1].line.coords)
        place = draw(st.integers(0, len(points) - 1))
        by = draw(st.integers(-80, 80)) / 4, draw(st.integers(-80, 80)) / 4
        there = points[place][0] + by[0], points[place][1] + by[1]
        how = draw(st.sampled_from(("move", "insert", "remove")))
        points[place : place + (how != "insert")] = [] if how == "remove" else [there]
        if len(set(points)) >= 2:
            lines.append(replace(lines[-1], line=LineString(points), trenchless=()))
    return town, lines


@settings(max_examples=150, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(drags(), st.booleans())
def test_a_line_that_is_dragged_is_measured_as_from_scratch(
    drag: tuple[Town, list[Route]], mapped: bool
) -> None:
    town, lines = drag
    coverage = "578000 3658000, 578060 3658000, 578060 3658060, 578000 3658060"
    facts = {"greens_coverage": f"POLYGON (({coverage}, 578000 3658000))"} if mapped else {}
    checker = Checker(town.county(roads_accuracy_m=0.1, greens_accuracy_m=0.1, **facts))
    editing = LiveCheck(checker, lines[:1], ON)
    for line in lines[1:]:
        (found,) = editing.put(line)
        (expected,) = checker.check([line], ON).routes
        # a patch of 200 m round is drawn to half a nanometre, which is a tenth of 1 mm2
        assert_same(route_report(found), route_report(expected), near=1e-6)


PARK = green((40, 20, 60, 60))


@pytest.mark.parametrize(
    ("moved", "measured_again"),
    [
        ("0 0, 50 0, 50 90", True),  # an end moved, and the park lies on the segment that moved
        ("0 0, 50 0, 50 80, 90 80", False),  # a vertex more, beyond the park
        ("0 5, 50 0, 50 80", False),  # the other end moved
        ("0 0, 55 0, 50 80", True),  # the corner moved, and with it the segment in the park
        ("0 0, 50 0", True),
    ],
)
def test_green_space_is_measured_again_only_where_the_line_moved(
    moved: str, measured_again: bool
) -> None:
    line = route("0 0, 50 0, 50 80", working_width_m=2.0)
    checker = Checker(county([ROAD], [PARK]))
    editing = LiveCheck(checker, [line], ON)
    with patch.object(measure, "measure_greens", wraps=measure.measure_greens) as again:
        (found,) = editing.put(replace(line, line=route(moved).line))
    assert again.called is measured_again
    (expected,) = checker.check([found.route], ON).routes
    assert_same(route_report(found), route_report(expected))


def test_a_line_that_is_moved_off_the_map_takes_unknown_green_space() -> None:
    mapped = Checker(county([ROAD], [PARK], greens_coverage=(-10, -10, 60, 90)))
    editing = LiveCheck(mapped, [route("0 0, 50 0", working_width_m=2.0)], ON)
    assert editing.put(route("0 5, 50 0", working_width_m=2.0))[0].measures.green.strip.value == 0
    outside = editing.put(route("0 5, 50 0, 70 0", working_width_m=2.0))[0]
    assert outside.measures.green.strip.value is None


@pytest.mark.parametrize("facts", [{"working_width_m": 3.0}, {"bores": [(50, 60)]}])
def test_green_space_is_measured_again_when_the_ground_taken_is_another(facts: Any) -> None:
    line = "0 0, 50 0, 50 80"
    checker = Checker(county([ROAD], [PARK]))
    editing = LiveCheck(checker, [route(line, working_width_m=2.0)], ON)
    (found,) = editing.put(route(line, **{"working_width_m": 2.0, **facts}))
    (expected,) = checker.check([found.route], ON).routes
    assert found.measures.green.strip == expected.measures.green.strip
    assert (
        found.measures.green.strip
        != Checker(county([ROAD], [PARK]))
        .measure([route(line, working_width_m=2.0)])[0]
        .green.strip
    )


def test_the_lines_that_a_route_leaves_get_their_results_anew() -> None:
    # 120 m and 120 m of one case are too long together; each in a case of its own is not
    first, second = (
        route(f"0 {north}, 120 {north}", name, case_id="c")
        for name, north in (("m1", 300), ("m2", 320))
    )
    editing = live(first, second)
    assert {one.verdict.way.value for one in editing.put(second)} == {"joint"}
    apart = editing.put(replace(second, case_id="d"))
    assert {one.route.route_id: one.verdict.way.value for one in apart} == {
        "m1": "commitment",
        "m2": "commitment",
    }
