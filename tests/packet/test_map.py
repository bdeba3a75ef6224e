"""The packet's map works in a browser without a network, and fetches nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.app.results import CaseResult
from neixiang_survey_plugin.io.crs import from_county_grid
from neixiang_survey_plugin.io.packet.writing import write_packet
from tests import packet_cases as cases
from tests.packet import sampled
from tests.packet.browser import looked_at


def ends_of(case: CaseResult) -> list[list[float]]:
    """Latitude and longitude of the first two points of the case's first line."""
    points = shapely.get_coordinates(case.routes[0].route.line)[:2]
    return np.fliplr(from_county_grid(points, 4546)).tolist()


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The map of a case with a road, a green space, pipelines and conflicts."""
    folder = tmp_path_factory.mktemp("map")
    case = sampled.case("C06")
    page = sampled.packet("C06", folder).folder / "map.html"
    return looked_at(page, folder, ends_of(case))


def test_the_page_runs_without_an_error_and_fetches_nothing(seen: dict[str, Any]) -> None:
    assert (seen["errors"], seen["fetched"]) == ([], [])
    assert seen["paths"] > 10


def test_every_layer_can_be_switched(seen: dict[str, Any]) -> None:
    for name in ("城市道路", "绿地", "既有管线", "作业带", "占用的绿地", "外线", "管线冲突"):
        assert name in seen["layers"]


def test_popups_say_what_the_verdict_says(seen: dict[str, Any]) -> None:
    popups = " ".join(seen["popups"])
    (one,) = sampled.case("C06").routes
    assert f"长度 m{one.measures.length_m:.2f}" in popups
    assert "办理方式告知承诺" in popups
    assert f"面积 m²{one.measures.green.strip.value:.2f}" in popups
    assert "水平净距" in popups or "垂直净距" in popups


def test_the_head_names_the_case_its_ways_and_that_it_is_a_draft(seen: dict[str, Any]) -> None:
    assert "案件 C06" in seen["head"]
    assert "给水 告知承诺（草稿）" in seen["head"]


def test_the_tool_measures_on_the_ellipsoid(seen: dict[str, Any]) -> None:
    (one,) = sampled.case("C06").routes
    line = shapely.get_coordinates(one.route.line)
    share = np.hypot(*(line[1] - line[0])) / one.measures.grid_length_m
    metres = float(seen["measured"].removesuffix(" m"))
    assert metres == pytest.approx(share * one.measures.length_m, abs=0.01)


def test_the_page_names_no_address_that_it_would_fetch(tmp_path: Path) -> None:
    text = (sampled.packet("C44", tmp_path).folder / "map.html").read_text(encoding="utf-8")
    for mark in ('src="http', "src='http", "url(http", '<link rel="stylesheet" href'):
        assert mark not in text


@pytest.mark.parametrize(
    "name",
    [
        "{{ 7 * 7 }}",
        "{%- endraw -%}{{ 7 * 7 }}{% raw %}",
        "<img src=x onerror='window.hacked=1'>",
        "</script><script>window.hacked=1</script>",
    ],
)
def test_a_name_is_shown_as_it_is_written_and_never_run(name: str, tmp_path: Path) -> None:
    line = replace(cases.COMMITTED, route_id=name, case_id=name)
    county = cases.county(cases.road("R1", 80, 90, name=name))
    result = cases.checked(line, where=county)
    page = write_packet(result.cases[0], result, county, tmp_path).folder / "map.html"
    seen = looked_at(page, tmp_path, [[0.0, 0.0], [0.0, 0.0]])
    assert (seen["errors"], seen["hacked"]) == ([], False)
    assert name in seen["head"]
    assert any(name in popup for popup in seen["popups"])
