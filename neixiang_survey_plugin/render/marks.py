"""What is shown above the layers while someone draws, selects or reads a finding."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely import Geometry, LineString, MultiPoint

from neixiang_survey_plugin.app.map_host import Mark, Overlay, Snap
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.fonts import font
from neixiang_survey_plugin.render.long_lines import (
    Pixels,
    many_vertices,
    points_near,
    runs_near,
    shape_seen,
)
from neixiang_survey_plugin.render.palette import Palette, utility_colour
from neixiang_survey_plugin.render.paths import polygon, runs
from neixiang_survey_plugin.render.pens import colour, path_of, pen, squares, trace
from neixiang_survey_plugin.render.view import View
from neixiang_survey_plugin.render.words import paint_plate, plate


@dataclass(frozen=True)
class _Look:
    """How a mark is drawn: widths and sizes in points of 1/96 inch."""

    name: str  # of the colour
    width: float = 2.0
    dashes: tuple[float, ...] = ()
    fill: float = 0.0  # opacity
    casing: float = 0.0
    glow: float = 0.0
    fade: float = 0.0  # paper over what lies below, so wide
    sign: str = ""  # the shape on a point


WORDS = 13.0  # points
_LIFT = 20.0  # points: from a line up to the middle of its words
REACH = 16.0  # points: half of the widest line, the largest sign


@functools.cache
def _looks(palette: Palette) -> dict[Mark, _Look]:
    """The look of each mark, in the order in which they lie above each other."""
    return {
        Mark.STRIP: _Look(palette.accent, 1.0, (4, 3), 0.10),
        Mark.GREEN: _Look(palette.control_green, 1.6, fill=0.45),
        Mark.HOVER: _Look(palette.accent, 2.0, fill=0.18, glow=9.0, sign="ring"),
        Mark.SELECTED: _Look(palette.accent, 2.0, fill=0.15, glow=11.0, sign="ring"),
        Mark.DETOUR: _Look(palette.passed, 3.0, (8, 4), fade=6.0),
        Mark.BEFORE: _Look(palette.text_quiet, 2.0, (4, 4), 0.05, fade=9.0),
        Mark.AFTER: _Look(palette.passed, 3.0, fill=0.12, casing=5.0),
        Mark.CROSSING: _Look(palette.control_orange, 11.0, casing=13.0, fill=0.25, sign="ring"),
        Mark.DRAFT: _Look(palette.accent, 3.0, casing=5.0, fill=0.08, sign="dot"),
        Mark.CONFLICT: _Look(palette.failed, 3.0, fill=0.25, casing=5.0, sign="cross"),
        Mark.UNKNOWN: _Look(palette.unknown, 2.0, (2, 3), 0.15, sign="question"),
        Mark.PHOTO: _Look(palette.accent, 1.6, sign="camera"),
        Mark.VERTEX: _Look(palette.accent, 1.6, sign="square"),
        Mark.SNAP: _Look(palette.accent, 2.0, sign="snap"),
    }


@dataclass(frozen=True, eq=False)
class Placed:
    """An overlay as it lies in a view: what is drawn of it, in pixels of the device.

    ``lines`` are runs of its lines and outlines, ``points`` its points, ``dimension`` 0 to 2 as
    it has points, lines or areas, ``words_px`` the middle of its words. ``area`` is
    where it may be drawn, its words included. ``course`` are the vertices of a long line, or many
    points: nothing of it is in ``lines`` or ``points`` before somebody asks what is ``seen``.
    """

    overlay: Overlay
    lines: tuple[Any, ...]
    points: Any
    dimension: int
    words_px: tuple[float, float] | None
    area: Any
    course: Pixels | None = None

    def seen(self, box: Any, point_px: float) -> Placed:
        """What of it is drawn in a box of pixels: of a long line the segments that come near."""
        if self.course is None:
            return self
        more = REACH * point_px
        low = box.left() - more, box.top() - more
        high = box.right() + more, box.bottom() + more
        if self.dimension == 0:
            return replace(self, points=points_near(self.course, low, high), course=None)
        return replace(self, lines=tuple(runs_near(self.course, low, high)), course=None)


def place(overlay: Overlay, view: View) -> Placed:
    """An overlay as it lies in a view."""
    geometry = overlay.geometry
    course, words_px = many_vertices(geometry, view), _words_px(overlay, view)
    seen = geometry if course is not None else shape_seen(geometry, view, REACH * view.point_px)
    return Placed(
        overlay=overlay,
        lines=() if course is not None else tuple(runs(seen, view)),
        points=None if course is not None else _points(geometry, view),
        dimension=int(shapely.get_dimensions(geometry)),
        words_px=words_px,
        area=_area_of(overlay, view, words_px),
        course=course,
    )


def area_of(overlay: Overlay, view: View) -> Any:
    """The pixels that an overlay may be drawn on, its words included."""
    return _area_of(overlay, view, _words_px(overlay, view))


def _area_of(overlay: Overlay, view: View, words_px: tuple[float, float] | None) -> Any:
    if shapely.is_empty(overlay.geometry):
        return QtCore.QRectF()
    west, south, east, north = shapely.bounds(overlay.geometry).tolist()
    left, top = view.to_pixel(west, north)
    right, bottom = view.to_pixel(east, south)
    more = REACH * view.point_px
    area = QtCore.QRectF(left, top, right - left, bottom - top).adjusted(-more, -more, more, more)
    if words_px is not None:
        size_px = round(WORDS * view.point_px)
        area |= plate(overlay.label, words_px, size_px).adjusted(-2, -2, 2, 2)
    return area


def paint_overlays(painter: Any, overlays: Iterable[Overlay], view: View, palette: Palette) -> None:
    """Paint every overlay, areas below lines below points, their words last."""
    whole = QtCore.QRectF(0.0, 0.0, view.width_px, view.height_px)
    placed = [place(one, view).seen(whole, view.point_px) for one in overlays]
    paint_placed(painter, placed, view.point_px, palette)


def paint_placed(
    painter: Any, overlays: Iterable[Placed], point_px: float, palette: Palette
) -> None:
    """As paint_overlays, of overlays that lie in a view of so many pixels a point."""
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    looks = _looks(palette)
    order = list(looks)
    shown = sorted(overlays, key=lambda one: order.index(one.overlay.mark))
    for one in shown:
        mark, utility = one.overlay.mark, one.overlay.utility
        look = looks[mark]
        name = look.name
        if utility and mark in (Mark.DRAFT, Mark.AFTER):
            name = utility_colour(palette, utility)
        _paint_outline(painter, one, look, name, point_px, palette)
        sign = look.sign if one.overlay.snap is None else _SNAP_SIGNS[one.overlay.snap]
        _paint_points(painter, one.points, replace(look, sign=sign), name, point_px, palette)
    for one in shown:
        if one.words_px is not None:
            size_px = round(WORDS * point_px)
            paint_plate(painter, one.overlay.label, one.words_px, size_px, palette)


def _points(geometry: Geometry, view: View) -> Any:
    """The points of a geometry as a run of pixels, or None."""
    if isinstance(geometry, LineString):
        return None
    points = shapely.get_parts(geometry)
    if not isinstance(geometry, MultiPoint):
        points = points[shapely.get_dimensions(points) == 0]
    return polygon(shapely.get_coordinates(points), view) if len(points) else None


def _paint_outline(
    painter: Any, placed: Placed, look: _Look, name: str, unit: float, palette: Palette
) -> None:
    lines = placed.lines
    if not lines:
        return
    if look.fill and placed.dimension == 2:
        painter.fillPath(path_of(lines), QtGui.QBrush(colour(name, look.fill)))
    if look.fade:
        painter.strokePath(path_of(lines), pen(palette.paper, look.fade * unit, opacity=0.8))
    if look.glow:
        painter.strokePath(path_of(lines), pen(name, look.glow * unit, opacity=0.3))
    if look.casing and placed.dimension < 2:
        trace(painter, lines, pen(palette.casing, look.casing * unit))
    trace(painter, lines, pen(name, look.width * unit, tuple(dash * unit for dash in look.dashes)))


def _paint_points(
    painter: Any, points: Any, look: _Look, name: str, unit: float, palette: Palette
) -> None:
    if points is None or not look.sign:
        return
    if look.sign == "square":
        squares(painter, points, 7 * unit, palette.paper, name, 1.6 * unit)
        return
    for point in points:
        painter.save()
        painter.translate(point)
        painter.scale(unit, unit)
        _SIGNS[look.sign](painter, name, palette)
        painter.restore()


def _paint_ring(painter: Any, name: str, palette: Palette) -> None:
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    for one in (pen(palette.paper, 5), pen(name, 2.5)):
        painter.setPen(one)
        painter.drawEllipse(QtCore.QPointF(0, 0), 8, 8)


def _paint_dot(painter: Any, name: str, palette: Palette) -> None:
    painter.setPen(pen(palette.casing, 1.2))
    painter.setBrush(colour(name))
    painter.drawEllipse(QtCore.QPointF(0, 0), 4, 4)


def _paint_cross(painter: Any, name: str, palette: Palette) -> None:
    """A square with a cross, as failing has everywhere."""
    painter.setPen(pen(palette.paper, 1.5))
    painter.setBrush(colour(name))
    painter.drawRect(QtCore.QRectF(-7, -7, 14, 14))
    painter.setPen(pen(palette.paper, 2))
    painter.drawLine(QtCore.QPointF(-3, -3), QtCore.QPointF(3, 3))
    painter.drawLine(QtCore.QPointF(-3, 3), QtCore.QPointF(3, -3))


def _paint_question(painter: Any, name: str, palette: Palette) -> None:
    """A diamond with a question mark, as the unknown has everywhere."""
    painter.setPen(pen(palette.paper, 1.5))
    painter.setBrush(colour(name))
    corners = ((0, -10), (10, 0), (0, 10), (-10, 0))
    painter.drawPolygon(QtGui.QPolygonF([QtCore.QPointF(x, y) for x, y in corners]))
    painter.setPen(pen(palette.paper, 1))
    painter.setFont(font(13, bold=True))
    middle = QtCore.Qt.AlignmentFlag.AlignCenter
    painter.drawText(QtCore.QRectF(-10, -10, 20, 20), middle, "?")


def _paint_snap(painter: Any, name: str, palette: Palette) -> None:
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    for one in (pen(palette.paper, 4.5), pen(name, 2)):
        painter.setPen(one)
        painter.drawRect(QtCore.QRectF(-6, -6, 12, 12))
        for x, y in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            painter.drawLine(QtCore.QPointF(6 * x, 6 * y), QtCore.QPointF(10 * x, 10 * y))


def _strokes(*lines: tuple[tuple[float, float], ...]) -> Any:
    """A sign of a few lines, light below so that it is seen on every ground."""

    def paint(painter: Any, name: str, palette: Palette) -> None:
        painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
        for one in (pen(palette.paper, 5), pen(name, 2.2)):
            painter.setPen(one)
            for line in lines:
                painter.drawPolyline(QtGui.QPolygonF([QtCore.QPointF(x, y) for x, y in line]))

    return paint


def _paint_camera(painter: Any, name: str, palette: Palette) -> None:
    """A small camera on a plate: a picture was taken here."""
    painter.setPen(pen(palette.paper, 1.5))
    painter.setBrush(colour(name))
    painter.drawRoundedRect(QtCore.QRectF(-9, -7, 18, 14), 3, 3)
    painter.setPen(pen(palette.paper, 1.6))
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QtCore.QPointF(0, 0.5), 3.6, 3.6)
    painter.drawLine(QtCore.QPointF(-5.5, -4), QtCore.QPointF(-4.5, -4))


_SIGNS = {
    "camera": _paint_camera,
    "ring": _paint_ring,
    "dot": _paint_dot,
    "cross": _paint_cross,
    "question": _paint_question,
    "snap": _paint_snap,
    # as drawing programs have them: middle, right angle, nearest place on a line, on an area
    "triangle": _strokes(((-8, 6), (0, -8), (8, 6), (-8, 6))),
    "corner": _strokes(((-7, -8), (-7, 7), (8, 7)), ((-7, 0), (0, 0), (0, 7))),
    "hourglass": _strokes(((-7, -7), (7, -7), (-7, 7), (7, 7), (-7, -7))),
    "diamond": _strokes(((0, -9), (9, 0), (0, 9), (-9, 0), (0, -9))),
}
_SNAP_SIGNS = {
    Snap.VERTEX: "snap",
    Snap.MAIN: "ring",
    Snap.MIDDLE: "triangle",
    Snap.RIGHT_ANGLE: "corner",
    Snap.EDGE: "hourglass",
    Snap.SITE: "diamond",
}


def _words_px(overlay: Overlay, view: View) -> tuple[float, float] | None:
    """The middle of an overlay's words; None of one that has none."""
    if not overlay.label or shapely.is_empty(overlay.geometry):
        return None
    x, y = view.to_pixel(*_middle(overlay.geometry))
    if shapely.get_dimensions(overlay.geometry) == 2:
        return x, y - _above_px(overlay, view)
    return x, y - _LIFT * view.point_px


def _above_px(overlay: Overlay, view: View) -> float:
    """How far above an area's middle its words stand: on it, unless they would hide it.

    Then above the words of lines, for a patch of green often lies beside a crossing.
    """
    west, south, east, north = shapely.bounds(overlay.geometry).tolist()
    wide_px, high_px = (east - west) / view.pixel_m, (north - south) / view.pixel_m
    words = plate(overlay.label, (0.0, 0.0), round(WORDS * view.point_px))
    hidden = min(wide_px, words.width()) * min(high_px, words.height())
    if hidden < 0.5 * wide_px * high_px:
        return 0.0
    return float(high_px / 2 + words.height()) + _LIFT * view.point_px


def _middle(geometry: Geometry) -> tuple[float, float]:
    if isinstance(geometry, LineString):
        point = shapely.line_interpolate_point(geometry, 0.5, normalized=True)
    else:
        point = shapely.centroid(geometry)
    return float(shapely.get_x(point)), float(shapely.get_y(point))
