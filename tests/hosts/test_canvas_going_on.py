"""A map that takes the place of another goes on with what that one has painted."""

from __future__ import annotations

from typing import Any

import pytest
from shapely import box

from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.render import pictures
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.render.tiles import tiles_of
from tests.hosts.stage import CanvasStage
from tests.hosts.test_canvas import RedGround, layer


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


def painted_and_new(qtbot: Any) -> tuple[CanvasStage, CanvasStage]:
    """A map that has painted its layers, and another of the same layers that has not."""
    land = (layer("green_spaces", "green", box(0, 0, 100, 100)),)
    before, other = CanvasStage(qtbot), CanvasStage(qtbot)
    before.host.show_layers(land)
    picture = before.widget.picture
    qtbot.waitUntil(lambda: picture._overview is not None and picture.is_done(before.widget.view))
    other.host.show_layers(land)
    return before, other
