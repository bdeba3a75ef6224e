from __future__ import annotations

from typing import Any

import pytest
from shapely import LineString, box

from neixiang_survey_plugin.app.map_layers import map_layers
from neixiang_survey_plugin.core.schema import BUILDINGS, PIPELINES, ROADS
from neixiang_survey_plugin.render.furniture import round_length_m
from neixiang_survey_plugin.render.legend import legend, route_legend
from neixiang_survey_plugin.render.palette import LIGHT, PALETTES, Theme
from tests.features import table


@pytest.fixture(autouse=True)
def _fonts(qapp: Any) -> None:
    """Pictures are painted."""


def colours(swatch: Any) -> set[str]:
    return {
        swatch.pixelColor(x, y).name()
        for x in range(swatch.width())
        for y in range(swatch.height())
    }


def county() -> Any:
    return map_layers(
        {
            "roads": table(ROADS, box(0, 0, 9, 9), box(9, 0, 18, 9), road_class=["arterial", None]),
            "pipelines": table(PIPELINES, LineString([(0, 0), (9, 9)]), utility=["gas"]),
            "buildings": table(BUILDINGS, box(0, 0, 5, 5)),
        }
    )


def test_the_legend_names_what_the_county_has_the_topmost_first() -> None:
    rows = [(one.layer, one.words, one.count) for one in legend(county(), LIGHT)]
    assert rows == [
        ("pipelines", "燃气", 1),
        ("buildings", "建筑物", 1),
        ("roads", "主干路", 1),
        ("roads", "类别未知", 1),
    ]


def test_a_swatch_is_drawn_as_the_map_is() -> None:
    by_words = {one.words: one for one in legend(county(), LIGHT)}
    assert LIGHT.arterial in colours(by_words["主干路"].swatch)
    assert LIGHT.building in colours(by_words["建筑物"].swatch)


@pytest.mark.parametrize("theme", list(Theme))
def test_every_state_of_a_route_has_a_picture_of_its_own(theme: Theme) -> None:
    entries = tuple(route_legend("gas", PALETTES[theme]))
    assert [one.words for one in entries] == ["拟建外线", "规划外线", "既有外线", "非开挖段"]
    pictures = {bytes(one.swatch.constBits().asstring(one.swatch.sizeInBytes())) for one in entries}
    assert len(pictures) == 4


def test_a_swatch_on_a_fine_screen_has_more_pixels_and_the_same_size() -> None:
    (plain, *_), (fine, *_) = legend(county(), LIGHT), legend(county(), LIGHT, 2.0)
    assert fine.swatch.width() == 2 * plain.swatch.width()
    assert fine.swatch.devicePixelRatio() == 2.0


@pytest.mark.parametrize(
    ("longest_m", "shown_m"), [(37, 20), (50, 50), (99, 50), (0.3, 0.2), (1e3, 1e3)]
)
def test_the_scale_bar_shows_a_round_length(longest_m: float, shown_m: float) -> None:
    assert round_length_m(longest_m) == pytest.approx(shown_m)
