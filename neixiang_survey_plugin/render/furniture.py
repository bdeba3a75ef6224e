"""The scale bar and the north arrow."""

from __future__ import annotations

import math
from typing import Any

from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.fonts import font
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.pens import colour, pen
from neixiang_survey_plugin.render.view import View
from neixiang_survey_plugin.render.words import paint_words

_LONGEST = 140.0  # points
_MARGIN = 16.0


def round_length_m(longest_m: float) -> float:
    """The longest of 1, 2 and 5 times a power of ten that is not longer."""
    power = 10.0 ** math.floor(math.log10(longest_m))
    return next(power * step for step in (5, 2, 1) if power * step <= longest_m)


def paint_furniture(
    painter: Any, view: View, palette: Palette, language: Language = Language.CHINESE
) -> None:
    """A scale bar in the lower left corner, a north arrow in the upper right one."""
    painter.save()
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    painter.scale(view.point_px, view.point_px)
    width, height = view.width_px / view.point_px, view.height_px / view.point_px
    _paint_scale_bar(painter, view.pixel_m * view.point_px, height - _MARGIN, palette)
    north = Texts(language)("map.north")
    _paint_north(painter, width - _MARGIN - 12, _MARGIN, palette, north)
    painter.restore()


def _paint_scale_bar(painter: Any, point_m: float, bottom: float, palette: Palette) -> None:
    length_m = round_length_m(_LONGEST * point_m)
    right = _MARGIN + length_m / point_m
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(colour(palette.halo))
    painter.drawRoundedRect(QtCore.QRectF(8, bottom - 22, right, 30), 4, 4)
    corners = ((_MARGIN, -6.0), (_MARGIN, 0.0), (right, 0.0), (right, -6.0))
    line = QtGui.QPolygonF([QtCore.QPointF(x, bottom + y) for x, y in corners])
    painter.setPen(pen(palette.text, 1.6))
    painter.drawPolyline(line)
    words = f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"
    paint_words(painter, words, ((_MARGIN + right) / 2, bottom - 10), font(12), palette)


def _paint_north(painter: Any, x: float, top: float, palette: Palette, north: str) -> None:
    arrow = ((0, 0), (7, 24), (0, 19), (-7, 24))
    painter.setPen(pen(palette.halo, 4))
    shape = QtGui.QPolygonF([QtCore.QPointF(x + dx, top + 14 + dy) for dx, dy in arrow])
    painter.setBrush(colour(palette.text))
    painter.drawPolygon(shape)
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.drawPolygon(shape)
    paint_words(painter, north, (x, top + 6), font(13, bold=True), palette)
