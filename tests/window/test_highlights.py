"""What a line crosses and takes is seen on the map while the mouse draws it, with its figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.app.map_host import Mark, Overlay
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.marks import place
from neixiang_survey_plugin.render.palette import PALETTES, Theme
from neixiang_survey_plugin.render.words import paint_plate, plate
from tests.window.hand import Hand

# A street with a green verge on its eastern side, of the sample county.
VIEW = (581_530.0, 3_658_280.0, 581_620.0, 3_658_335.0)
STREET, VERGE = "R213", "G009"
START = (581_592.0, 3_658_310.0)
IN_THE_VERGE, IN_THE_STREET, BEYOND = (
    (581_574.0, 3_658_310.0),
    (581_563.0, 3_658_310.0),
    (581_552.0, 3_658_312.0),
)
_WORDS_PX, _NEAR = 13, 40  # the size of the words on a plate; of 255, what is still one colour


@pytest.fixture
def drawing(hand: Hand) -> Hand:
    """The map of the street, and a water line that was begun east of the verge."""
    hand.begin_a_case(*VIEW)
    hand.wait_for(lambda: bool(hand.map.picture.is_done(hand.map.view)))
    hand.key("1")
    hand.click(START)
    return hand


def shown(hand: Hand, mark: Mark) -> Overlay:
    (one,) = [one for one in hand.map._overlays.get("measured", ()) if one.mark is mark]
    return one


def picture(hand: Hand) -> Any:
    """The pixels of the map as they are on the screen."""
    QtCore.QCoreApplication.processEvents()
    image = hand.map.grab().toImage().convertToFormat(QtGui.QImage.Format.Format_RGB32)
    every = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)
    return every.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width(), 2::-1]


def coloured(pixels: Any, name: str) -> Any:
    """Which pixels have a colour."""
    wanted = QtGui.QColor(name).getRgb()[:3]
    return (np.abs(pixels.astype(int) - wanted) < _NEAR).all(axis=-1)


def around(hand: Hand, shape: shapely.Geometry, wider_px: int = 0) -> tuple[slice, slice]:
    """The rows and columns of the pixels around a shape."""
    west, south, east, north = shapely.bounds(shape).tolist()
    (left, top), (right, bottom) = (
        hand.map.view.to_pixel(west, north),
        hand.map.view.to_pixel(east, south),
    )
    return (
        slice(round(top) - wider_px, round(bottom) + wider_px + 1),
        slice(round(left) - wider_px, round(right) + wider_px + 1),
    )


def assert_words_stand(hand: Hand, pixels: Any, overlay: Overlay) -> None:
    """The figure of an overlay stands on its plate, and nothing lies over it."""
    at_px = place(overlay, hand.map.view).words_px
    assert at_px is not None
    area = plate(overlay.label, at_px, _WORDS_PX).toAlignedRect().adjusted(3, 3, -3, -3)
    alone = QtGui.QImage(hand.map.size(), QtGui.QImage.Format.Format_RGB32)
    alone.fill(QtCore.Qt.GlobalColor.magenta)
    painter = QtGui.QPainter(alone)
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    paint_plate(painter, overlay.label, at_px, _WORDS_PX, PALETTES[Theme.LIGHT])
    painter.end()
    every = np.frombuffer(alone.constBits().asstring(alone.sizeInBytes()), np.uint8)
    wanted = every.reshape(alone.height(), -1, 4)[:, :, 2::-1]
    rows = slice(area.top(), area.bottom() + 1)
    columns = slice(area.left(), area.right() + 1)
    differ = np.abs(pixels[rows, columns].astype(int) - wanted[rows, columns])
    assert differ.mean() < 1.0  # of 255


def of_layer(hand: Hand, layer: str, name: str) -> shapely.Geometry:
    table = hand.session.county.layers[layer]
    (row,) = np.flatnonzero(np.array([str(one) for one in table.ids]) == name)
    return shapely.union_all(table.geometry[table.feature == row])


def test_the_patch_of_green_grows_with_the_pointer_and_says_how_large_it_is(
    drawing: Hand,
) -> None:
    before = picture(drawing)
    figures, sizes = [], []
    for pointer in (IN_THE_VERGE, IN_THE_STREET):
        drawing.move(*pointer)
        now, patch = picture(drawing), shown(drawing, Mark.GREEN)
        assert of_layer(drawing, "green_spaces", VERGE).buffer(0.01).covers(patch.geometry)
        (measured,) = drawing.window.survey.shown.measures.green.occupations
        assert patch.label == f"{measured.area_m2:.1f} m²"
        inside, fill = around(drawing, patch.geometry), PALETTES[Theme.LIGHT].control_green
        turned = (now[inside] != before[inside]).any(axis=-1)
        assert turned.mean() > 0.9  # filled, under the line itself too
        assert coloured(now[around(drawing, patch.geometry, 2)], fill).any()  # its outline
        assert_words_stand(drawing, now, patch)
        figures.append(patch.label)
        sizes.append(turned.size)
    assert figures[0] != figures[1]
    assert sizes[1] > 1.5 * sizes[0]


def test_the_crossing_is_seen_beside_the_line_and_its_metres_follow_the_pointer(
    drawing: Hand,
) -> None:
    before, orange = picture(drawing), PALETTES[Theme.LIGHT].control_orange
    figures = []
    for pointer in (IN_THE_STREET, BEYOND):
        drawing.move(*pointer)
        now, crossing = picture(drawing), shown(drawing, Mark.CROSSING)
        assert of_layer(drawing, "roads", STREET).buffer(0.01).covers(crossing.geometry)
        (measured,) = drawing.window.survey.shown.measures.roads.crossings
        assert crossing.label == f"{measured.length_m:.1f} m"
        beside = around(drawing, crossing.geometry, 6)
        new = coloured(now[beside], orange) & ~coloured(before[beside], orange)
        # along its whole length, on both sides of the line that is drawn over it
        assert new.any(axis=0).mean() > 0.6
        assert_words_stand(drawing, now, crossing)
        figures.append(crossing.label)
    assert figures[0] != figures[1]


def test_what_is_no_longer_met_is_not_seen_any_more(drawing: Hand) -> None:
    drawing.move(*BEYOND)
    there = [shown(drawing, mark).geometry for mark in (Mark.CROSSING, Mark.GREEN)]
    orange = PALETTES[Theme.LIGHT].control_orange
    met = picture(drawing)
    drawing.move(START[0] - 5.0, START[1])
    away = picture(drawing)
    assert drawing.map._overlays.get("measured", ()) == ()
    crossing, patch = (around(drawing, one, 6) for one in there)
    assert coloured(met[crossing], orange).sum() > coloured(away[crossing], orange).sum()
    drawing.key("Esc")
    nothing = picture(drawing)
    for place_of in (crossing, patch):
        assert np.array_equal(away[place_of], nothing[place_of])


def rows_with_a_place(hand: Hand) -> Iterator[Any]:
    """The rows of rules whose figure comes from somewhere on the map."""
    panel = hand.window.survey
    for row in panel.rules.values():
        if row.isVisibleTo(hand.window) and row.finding is not None and row.finding.measured:
            yield row


def test_a_row_that_the_mouse_is_on_is_marked_and_a_click_on_it_zooms_there(
    drawing: Hand,
) -> None:
    drawing.double_click(*BEYOND)
    line, left = drawing.session.routes["T1-water"].line, QtCore.Qt.MouseButton.LeftButton
    looked_at = set()
    for row in list(rows_with_a_place(drawing)):
        drawing.window.survey._area.ensureWidgetVisible(row)
        enter = QtGui.QEnterEvent(*[QtCore.QPointF(2.0, 2.0)] * 3)
        QtCore.QCoreApplication.sendEvent(row, enter)
        (marked,) = drawing.map._overlays["marked"]
        QtCore.QCoreApplication.sendEvent(row, QtCore.QEvent(QtCore.QEvent.Type.Leave))
        assert "marked" not in drawing.map._overlays
        drawing.look_at(*VIEW)
        drawing.bot.mouseClick(row, left)
        view = shapely.box(*drawing.map.view.box)
        assert view.covers(marked.geometry)
        assert line.buffer(1.0).covers(marked.geometry)
        looked_at.add(marked.geometry.wkb)
    assert len(looked_at) > 2  # the street, the verge, the whole line: each its own place
