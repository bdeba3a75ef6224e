"""While a route is drawn its results are those of a whole check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.app.report import route_report
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from tests.core.towns import Town, routes, towns
from tests.drawn import ON, county, road, route

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
    (result,) = live(gas, ONE).put(ONE)
    others = {other.value: other.way.value for other in result.verdict.other_readings}
    assert (result.verdict.way.value, others["application"]) == ("commitment", "joint")


def assert_same(found: Any, expected: Any, where: str = "") -> None:
    """The same report; figures to a hundredth of a micrometre, for sums in another order."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for key in expected:
            assert_same(found[key], expected[key], f"{where}.{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), where
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_same(one, other, f"{where}[{number}]")
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, abs=1e-8), where
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


# Not shrunk: a scene with six edits stays what it is for minutes.
@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(edits(), st.integers(0, 3))
def test_every_edit_gives_what_a_check_from_scratch_gives(
    scene: tuple[Town, list[Route]], loaded: int
) -> None:
    town, put = scene
    checker = Checker(town.county(roads_accuracy_m=0.1, greens_accuracy_m=0.1))
    first = {one.route_id: one for one in put[:loaded]}
    editing = LiveCheck(checker, first.values(), ON)
    for line in put[loaded:]:
        before = editing.routes.get(line.route_id)
        results = editing.put(line)
        whole = checker.check(list(editing.routes.values()), ON)
        expected = {one.route.route_id: one for one in whole.routes}
        assert line.route_id in ids(results)
        together = set(expected[line.route_id].judged_with)
        if before is None or (before.case_id, before.site_id) == (line.case_id, line.site_id):
            assert set(ids(results)) == together
        else:  # and the lines that it leaves
            assert set(ids(results)) >= together
        for one in results:
            assert_same(route_report(one), route_report(expected[one.route.route_id]))


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
