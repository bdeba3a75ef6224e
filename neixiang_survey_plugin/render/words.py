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
    painter: Any,
    words: str,
    at_px: tuple[float, float],
    look: Any,
    palette: Palette,
    ink: str | None = None,
) -> None:
    """One line of text, its middle at a place, in a font with a halo around it."""
    path = QtGui.QPainterPath()
    path.addText(QtCore.QPointF(0, 0), look, words)
    box = path.boundingRect()
    path.translate(at_px[0] - box.center().x(), at_px[1] - box.center().y())
    painter.strokePath(path, pen(palette.halo, max(look.pixelSize() / 4, 2.5)))
    painter.fillPath(path, QtGui.QBrush(colour(ink or palette.text)))


@functools.lru_cache(maxsize=2048)
def _centred(words: str, size_px: int, bold: bool) -> Any:
    """The outline of a line of text, the middle of its characters at 0, 0."""
    path = QtGui.QPainterPath()
    left, middle = -advance_px(words, size_px, bold) / 2, 0.36 * size_px
    path.addText(QtCore.QPointF(left, middle), font(size_px, bold), words)
    return path
