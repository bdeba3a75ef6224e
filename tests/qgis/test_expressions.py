"""The survey in QGIS's expressions and in its locator bar."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsFeature,
    QgsFeedback,
    QgsGeometry,
    QgsLocatorContext,
)
from shapely import LineString

from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.qgis.expressions import functions
from neixiang_survey_plugin.hosts.qgis.locator import SurveyLocator
from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.ui.findable import Found, Shelf, shelf_of
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.settings import Settings
from tests.drawn import county, green, road
from tests.session.opened import opened

TOWN = county([road((40, -100, 48, 100), width_m=8.0)], [green((60, -50, 80, 50))])
LINE = "LINESTRING (0 0, 100 0)"


class Bar:
    """A bench as far as expressions and the locator know it."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.look = look_of(Settings())
        self.went: list[str] = []
        self.forms = SimpleNamespace(findable=self.findable)

    def findable(self) -> Iterator[Shelf]:
        yield shelf_of("command", [Found("撤销", "command", lambda: None)])
        yield shelf_of("road", [Found("示例东路", "road", lambda: self.went.append("R1"), "R1")])
        yield shelf_of("route", [Found("r1", "route", lambda: self.went.append("r1"), "给水")])


@pytest.fixture
def bench(qgis_app: QgsApplication, tmp_path: Any) -> Iterator[Bar]:
    with opened(tmp_path, TOWN) as session:
        session.put(Route("r1", "water", LineString([(0, 0), (55, 0)])), what="draw")
        yield Bar(session)


@pytest.fixture
def open_bench(bench: Bar) -> Iterator[list[Bar]]:
    """The functions as the plugin registers them; the survey is closed by emptying the list."""
    there = [bench]
    made = functions(lambda: there[0] if there else None)
    for one in made:
        QgsExpression.registerFunction(one)
    yield there
    for one in made:
        QgsExpression.unregisterFunction(one.name())


def evaluated(text: str) -> Any:
    expression, context = QgsExpression(text), QgsExpressionContext()
    context.appendScope(QgsExpressionContextScope())
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromWkt(LINE))
    context.setFeature(feature)
    value = expression.evaluate(context)
    return expression.evalErrorString() or value


@pytest.mark.usefixtures("open_bench")
def test_an_expression_measures_what_a_line_crosses_and_takes() -> None:
    assert evaluated("nx_crossing_length($geometry)") == pytest.approx(8.0, abs=1e-3)
    assert evaluated("nx_green_area($geometry, 1.5)") == pytest.approx(30.0, abs=1e-2)


def test_an_expression_gives_the_verdict_as_the_survey_has_it(open_bench: list[Bar]) -> None:
    way = open_bench[0].session.results["r1"].verdict.way
    assert evaluated("nx_verdict('r1', false)") == way.value
    assert evaluated("nx_verdict('r1', true)") == open_bench[0].look.words.way(way)


@pytest.mark.usefixtures("open_bench")
def test_what_is_no_line_is_said() -> None:
    assert "线" in evaluated("nx_crossing_length(make_point(1, 2))") or "line" in evaluated(
        "nx_crossing_length(make_point(1, 2))"
    )
    assert "r9" in evaluated("nx_verdict('r9', false)")


def test_without_an_open_survey_it_is_said_that_none_is(open_bench: list[Bar]) -> None:
    open_bench.clear()
    for text in ("nx_crossing_length($geometry)", "nx_verdict('r1', false)"):
        assert evaluated(text) in (
            Texts(Language.CHINESE)("expression.no_survey"),
            Texts(Language.ENGLISH)("expression.no_survey"),
        )


def found(locator: Any, wanted: str) -> list[Any]:
    results: list[Any] = []
    locator.resultFetched.connect(results.append)
    locator.fetchResults(wanted, QgsLocatorContext(), QgsFeedback())
    return results


def test_the_locator_finds_roads_and_lines_but_no_commands_and_goes_there(bench: Bar) -> None:
    locator = SurveyLocator(lambda: bench, Texts(Language.CHINESE)).clone()
    [road_found] = found(locator, "东路")
    assert road_found.displayString == "示例东路"
    locator.triggerResult(road_found)
    assert bench.went == ["R1"]
    assert found(locator, "撤") == []


def test_the_locator_finds_nothing_while_no_survey_is_open(qgis_app: QgsApplication) -> None:
    assert found(SurveyLocator(lambda: None, Texts(Language.CHINESE)), "东路") == []
