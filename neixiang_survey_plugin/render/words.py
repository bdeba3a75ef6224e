"""Text on the map: in a font that has Chinese, with a halo, so that it reads on any ground."""

from __future__ import annotations

import functools
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.fonts import advance_px, font
from neixiang_survey_plugin.render.lettering import Label
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.pens import colour, pen


def paint_label(painter: Any, label: Label, point_px: float, palette: Palette) -> None:
    """Words that have found their place on the map."""
    size_px = round(label.style.size * point_px)
    whole = QtGui.QPainterPath()
    for piece in label.pieces:
        turn = QtGui.QTransform().translate(piece.x_px, piece.y_px).rotate(piece.turned_deg)
        whole.addPath(turn.map(_centred(piece.words, size_px, label.style.bold)))
    painter.strokePath(whole, pen(palette.halo, max(size_px / 4, 2.5)))
    painter.fillPath(whole, QtGui.QBrush(colour(label.style.ink)))


def paint_words(
    painter: Any, words: str, at_px: tuple[float, float], look: Any, palette: Palette
) -> None:
    """One line of text, its middle at a place, in a font with a halo around it."""
    path = QtGui.QPainterPath()
    path.addText(QtCore.QPointF(0, 0), look, words)
    box = path.boundingRect()
    path.translate(at_px[0] - box.center().x(), at_px[1] - box.center().y())
    painter.strokePath(path, pen(palette.halo, max(look.pixelSize() / 4, 2.5)))
    painter.fillPath(path, QtGui.QBrush(colour(palette.text)))


def paint_plate(
    painter: Any, words: str, at_px: tuple[float, float], size_px: int, palette: Palette
) -> None:
    """One line of text on a small plate: painted ten times as fast as with a halo."""
    area = plate(words, at_px, size_px)
    painter.setPen(pen(palette.road_edge, size_px / 13))
    painter.setBrush(colour(palette.paper))
    painter.drawRoundedRect(area, size_px / 4, size_px / 4)
    painter.setPen(pen(palette.text, 1.0))
    painter.setFont(font(size_px))
    painter.drawText(area, QtCore.Qt.AlignmentFlag.AlignCenter, words)


def plate(words: str, at_px: tuple[float, float], size_px: int) -> Any:
    """The area of a plate with its middle at a place."""
    width, height = advance_px(words, size_px) + 0.8 * size_px, 1.55 * size_px
    return QtCore.QRectF(at_px[0] - width / 2, at_px[1] - height / 2, width, height)


@functools.lru_cache(maxsize=2048)
def _centred(words: str, size_px: int, bold: bool) -> Any:
    """The outline of a line of text, the middle of its characters at 0, 0."""
    path = QtGui.QPainterPath()
    left, middle = -advance_px(words, size_px, bold) / 2, 0.36 * size_px
    path.addText(QtCore.QPointF(left, middle), font(size_px, bold), words)
    return path
