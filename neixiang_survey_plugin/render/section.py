"""Painting a drawing of lines, discs and words: on a picture, on an SVG, on a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.drawings import Anchor, Disc, Drawing, Primitive, Stroke, Words
from neixiang_survey_plugin.qt import QtCore, QtGui, QtSvg
from neixiang_survey_plugin.render.fonts import font

_MM_AN_INCH = 25.4
_DASH_MM = (2.0, 1.2)
_KEPT: list[Any] = []  # an application that nobody keeps is gone at once


def start_painting() -> None:
    """What Qt needs before words can be painted: an application, which then lasts."""
    if QtGui.QGuiApplication.instance() is None:
        _KEPT.append(QtGui.QGuiApplication(["neixiang-survey"]))


def drawing_image(drawing: Drawing, dots_per_inch: float = 150.0) -> Any:
    """The drawing as a QImage on white; fit for a thread."""
    dots_a_mm = dots_per_inch / _MM_AN_INCH
    width, height = (round(mm * dots_a_mm) for mm in (drawing.width_mm, drawing.height_mm))
    image = QtGui.QImage(max(width, 1), max(height, 1), QtGui.QImage.Format.Format_RGB32)
    image.fill(QtGui.QColor("#ffffff"))
    painter = QtGui.QPainter(image)
    try:
        paint_drawing(painter, drawing, dots_a_mm)
    finally:
        painter.end()
    return image


def write_svg(drawing: Drawing, path: Path) -> None:
    """The drawing as an SVG, in its size on paper; OSError where it cannot be written."""
    dots_a_mm = 1200.0 / _MM_AN_INCH  # fine enough for hair lines
    generator = QtSvg.QSvgGenerator()
    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    generator.setOutputDevice(buffer)
    generator.setResolution(1200)
    size = [round(mm * dots_a_mm) for mm in (drawing.width_mm, drawing.height_mm)]
    generator.setSize(QtCore.QSize(*size))
    generator.setViewBox(QtCore.QRect(0, 0, *size))
    painter = QtGui.QPainter(generator)
    try:
        paint_drawing(painter, drawing, dots_a_mm)
    finally:
        painter.end()
    path.write_bytes(bytes(buffer.data()))


def paint_drawing(painter: Any, drawing: Drawing, dots_a_mm: float) -> None:
    """Paint a drawing with its upper left corner at 0, 0, so many dots a millimetre of paper."""
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    pen = _Hand(painter, drawing, dots_a_mm)
    for primitive in drawing.primitives:
        pen.draw(primitive)


class _Hand:
    """Draws primitives at one scale."""

    def __init__(self, painter: Any, drawing: Drawing, dots_a_mm: float) -> None:
        self._painter, self._dots_a_mm = painter, dots_a_mm
        self._dots_a_metre = 1000.0 / drawing.scale * dots_a_mm
        self._left, self._top = drawing.low[0], drawing.high[1]

    def draw(self, primitive: Primitive) -> None:
        """Draw one."""
        if isinstance(primitive, Words):
            self._write(primitive)
        elif isinstance(primitive, Disc):
            self._take(primitive)
            radius = primitive.radius_m * self._dots_a_metre
            self._painter.drawEllipse(self._at(*primitive.centre), radius, radius)
        else:
            self._take(primitive, primitive.dashed)
            points = QtGui.QPolygonF([self._at(*point) for point in primitive.points])
            draw = self._painter.drawPolygon if primitive.closed else self._painter.drawPolyline
            draw(points)

    def _at(self, across_m: float, up_m: float) -> Any:
        return QtCore.QPointF(
            (across_m - self._left) * self._dots_a_metre, (self._top - up_m) * self._dots_a_metre
        )

    def _take(self, primitive: Stroke | Disc, dashed: bool = False) -> None:
        width = primitive.weight.value * self._dots_a_mm
        pen = QtGui.QPen(QtGui.QColor(primitive.colour), width)
        pen.setJoinStyle(QtCore.Qt.PenJoinStyle.MiterJoin)
        pen.setCapStyle(QtCore.Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([mm / primitive.weight.value for mm in _DASH_MM])
        self._painter.setPen(pen)
        fill = primitive.fill
        brush = QtCore.Qt.BrushStyle.NoBrush if fill is None else QtGui.QColor(fill)
        self._painter.setBrush(QtGui.QBrush(brush))

    def _write(self, words: Words) -> None:
        painter = self._painter
        painter.save()
        painter.translate(self._at(*words.at))
        if words.upwards:
            painter.rotate(-90.0)
        painter.setFont(font(words.size_mm * self._dots_a_mm * 1.25, words.bold))
        painter.setPen(QtGui.QColor(words.colour))
        metrics = QtGui.QFontMetricsF(painter.font(), painter.device())
        width = metrics.horizontalAdvance(words.text)
        shift = {Anchor.LEFT: 0.0, Anchor.CENTRE: -width / 2.0, Anchor.RIGHT: -width}
        # capital letters and characters stand about their own middle, not that of the line
        base = metrics.capHeight() / 2.0
        painter.drawText(QtCore.QPointF(shift[words.anchor], base), words.text)
        painter.restore()
