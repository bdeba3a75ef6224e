"""Text on the map: in a font that has Chinese, with a halo, so that it reads on any ground."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.pens import colour, pen

# By name: the first family of the Noto collection is Japanese, and draws some characters so.
FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei")


def font(size_px: float, bold: bool = False, spacing: float = 100.0) -> Any:
    """The map's font, so many pixels high; spacing in per cent of a character."""
    made = QtGui.QFont(FAMILIES[0])
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(max(round(size_px), 1))
    made.setBold(bold)
    made.setLetterSpacing(QtGui.QFont.SpacingType.PercentageSpacing, spacing)
    return made


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
