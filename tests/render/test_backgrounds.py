from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from shapely import box

from neixiang_survey_plugin.app.background import Piece
from neixiang_survey_plugin.app.map_layers import MapLayer
from neixiang_survey_plugin.app.map_shapes import shapes_of
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.backgrounds import BackgroundPainter
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.pens import painting
from neixiang_survey_plugin.render.pictures import Content, blank_image, ground_steps
from neixiang_survey_plugin.render.plan import by_look
from neixiang_survey_plugin.render.view import View
from tests.features import array

VIEW = View(50.0, 50.0, 1.0, 100, 100)


@pytest.fixture(autouse=True)
def _fonts(qapp: Any) -> None:
    """Pictures are painted."""


def chequered() -> bytes:
    """40 by 40 pixels: red, green, blue, yellow, from the upper left one round."""
    image = blank_image(40, 40)
    with painting(image) as painter:
        for x, y, name in ((0, 0, "red"), (20, 0, "lime"), (20, 20, "blue"), (0, 20, "yellow")):
            painter.fillRect(x, y, 20, 20, QtGui.QColor(name))
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data())


@dataclass
class One:
    """A background of one picture, which counts how often it is read."""

    corners: tuple[tuple[float, float], ...]
    content: bytes
    reads: int = 0

    def read(self) -> bytes:
        self.reads += 1
        return self.content

    def pieces(self, box: Any, pixel_m: float) -> list[Piece]:
        return [Piece("one", self.corners, self.read)]  # type: ignore[arg-type]


def painted(background: One, *layers: MapLayer, times: int = 1) -> Any:
    content = Content(by_look(layers), (), LIGHT, BackgroundPainter(background))
    image = blank_image(100, 100)
    for _ in range(times):
        with painting(image) as painter:
            for _ in ground_steps(painter, content, VIEW):
                pass
    return image


def name_at(image: Any, e_m: int, n_m: int) -> str:
    return str(image.pixelColor(e_m, 100 - n_m).name())


SQUARE = ((10.0, 90.0), (90.0, 90.0), (90.0, 10.0), (10.0, 10.0))
BENT = ((10.0, 90.0), (90.0, 80.0), (80.0, 10.0), (20.0, 20.0))


@pytest.mark.parametrize("corners", [SQUARE, BENT])
def test_a_picture_lies_between_its_corners_with_north_up(corners: Any) -> None:
    image = painted(One(corners, chequered()))
    assert name_at(image, 25, 75) == "#ff0000"
    assert name_at(image, 75, 70) == "#00ff00"
    assert name_at(image, 70, 25) == "#0000ff"
    assert name_at(image, 30, 30) == "#ffff00"
    assert name_at(image, 5, 95) == LIGHT.land


def test_a_picture_is_unpacked_once() -> None:
    background = One(SQUARE, chequered())
    painted(background, times=3)
    assert background.reads == 1


def test_a_picture_that_cannot_be_read_leaves_the_ground() -> None:
    assert name_at(painted(One(SQUARE, b"broken")), 50, 50) == LIGHT.land


def test_the_areas_of_the_layers_let_the_picture_through() -> None:
    green = MapLayer("green_spaces", "park", shapes_of(array(box(10, 10, 90, 90))))
    seen = painted(One(SQUARE, chequered()), green).pixelColor(25, 25)
    assert seen.name() not in ("#ff0000", LIGHT.park)
    assert seen.red() > seen.green()
