"""A map that takes the place of another goes on with what that one has painted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from shapely import LineString, box

from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.render import pictures
from neixiang_survey_plugin.render.palette import LIGHT, Theme
from neixiang_survey_plugin.render.tiles import tiles_of
from tests.hosts.stage import CanvasStage
from tests.hosts.test_canvas import RedGround, layer, route, where_painted


def test_a_map_of_the_same_layers_goes_on_with_what_another_has_painted(qtbot: Any) -> None:
    before, other = painted_and_new(qtbot)
    view, picture = before.widget.view, other.widget.picture
    jobs: list[Any] = []
    picture._painter.painted.connect(lambda *done: jobs.append(done[:2]))
    other.host.go_on_from(before.host)
    assert picture.is_done(view)
    other.widget.look_at(view)
    assert other.picture() == before.picture()
    qtbot.waitUntil(lambda: picture.is_done(other.widget.view))
    there = {*tiles_of(view), *(one for _, one in jobs if isinstance(one, pictures.Overview))}
    assert not [one for number, one in jobs if number == picture._number and one in there]


@pytest.mark.parametrize("what", ["theme", "layers", "hidden", "background"])
def test_what_another_map_has_painted_otherwise_is_painted_anew(qtbot: Any, what: str) -> None:
    before, other = painted_and_new(qtbot)
    if what == "theme":
        other.host.use_theme(Theme.DARK)
    elif what == "layers":
        other.host.show_layers((layer("green_spaces", "green", box(0, 0, 50, 50)),))
    elif what == "hidden":
        other.host.hide_layers({"green_spaces"})
    else:
        other.host.use_background(RedGround())
    other.host.go_on_from(before.host)
    assert not other.widget.picture.is_whole(before.widget.view)
    assert other.widget.picture._overview is None


def test_on_a_map_that_goes_on_from_another_words_are_written_in_its_own_language(
    qtbot: Any,
) -> None:
    before, other = painted_and_new(qtbot)
    other.host.use_language(Language.ENGLISH)
    other.host.go_on_from(before.host)
    assert other.widget.picture.is_whole(before.widget.view)
    assert not other.widget.picture.is_done(before.widget.view)


def test_the_routes_of_another_map_are_shown_with_their_picture_and_follow_edits_on_their_own(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, other = CanvasStage(qtbot), CanvasStage(qtbot)
    many = [line(f"r{n}", n / 4) for n in range(400)]
    before.host.show_routes(many)
    before.host.change_routes([line("late", -50)], ["r0"])
    before.settle()
    painted = where_painted(monkeypatch, pictures, "route_steps")
    other.host.show_routes_of(before.host)
    other.host.go_on_from(before.host)
    other.settle()
    assert other.picture() == before.picture()
    assert painted == []
    other.host.change_routes([line("r1", -80)], ["late"])
    other.settle()
    assert other.colour_at(-80, 25) == "#ff00ff"
    assert other.colour_at(-50, 25) == LIGHT.land
    assert before.colour_at(-50, 25) == "#ff00ff"
    assert before.colour_at(-80, 25) == LIGHT.land


def line(route_id: str, e_m: float) -> DrawnRoute:
    return DrawnRoute(replace(route(LineString([(e_m, 0), (e_m, 50)])), route_id=route_id))


def painted_and_new(qtbot: Any) -> tuple[CanvasStage, CanvasStage]:
    """A map that has painted its layers, and another of the same layers that has not."""
    land = (layer("green_spaces", "green", box(0, 0, 100, 100)),)
    before, other = CanvasStage(qtbot), CanvasStage(qtbot)
    before.host.show_layers(land)
    picture = before.widget.picture
    qtbot.waitUntil(lambda: picture._overview is not None and picture.is_done(before.widget.view))
    other.host.show_layers(land)
    return before, other
