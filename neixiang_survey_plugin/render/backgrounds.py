"""Aerial photographs and map tiles below the layers, turned and stretched into the grid."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np

from neixiang_survey_plugin.app.background import Background, Piece
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.shelf import Shelf
from neixiang_survey_plugin.render.view import View

_KEPT = 128  # pictures
_AFFINE_PX = 0.25  # a piece that is so nearly a parallelogram is drawn as one, which is faster


class BackgroundPainter:
    """Paints a background, and keeps the pictures that it has unpacked."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._pictures: Shelf[Hashable] = Shelf(_KEPT)

    def steps(self, painter: Any, view: View) -> Iterator[None]:
        """Paint what there is in a view, a picture a step."""
        for piece in self._background.pieces(view.box, view.pixel_m):
            picture = self._picture(piece)
            if not picture.isNull():
                painter.save()
                painter.setRenderHint(QtGui.QPainter.RenderHint.SmoothPixmapTransform)
                painter.setTransform(_placed(piece, picture, view))
                painter.drawImage(QtCore.QPointF(0, 0), picture)
                painter.restore()
            yield

    def _picture(self, piece: Piece) -> Any:
        picture = self._pictures.get(piece.key)
        if picture is None:
            picture = _unpacked(piece.read())
            self._pictures.put(piece.key, picture)
        return picture


def _unpacked(image: bytes) -> Any:
    """The picture of a file's bytes; empty where it is none.

    While a device is read the window goes on; ``fromData`` held it up for a second and more on a
    photograph of 81 million pixels.
    """
    device, picture = QtCore.QBuffer(), QtGui.QImage()
    device.setData(QtCore.QByteArray(image))
    device.open(QtCore.QIODevice.OpenModeFlag.ReadOnly)
    picture.load(device, None)
    return picture


def _placed(piece: Piece, picture: Any, view: View) -> Any:
    """From the pixels of a picture to those of the view."""
    width, height = picture.width(), picture.height()
    one, two, three, four = (np.array(view.to_pixel(*corner)) for corner in piece.corners)
    if np.abs(one + three - two - four).max() <= _AFFINE_PX:
        right, down = (two - one) / width, (four - one) / height
        return QtGui.QTransform(*map(float, (*right, *down, *one)))
    corners = ((0, 0), (width, 0), (width, height), (0, height))
    placed = QtGui.QTransform()
    QtGui.QTransform.quadToQuad(_quad(corners), _quad((one, two, three, four)), placed)
    return placed


def _quad(corners: Any) -> Any:
    return QtGui.QPolygonF([QtCore.QPointF(float(x), float(y)) for x, y in corners])
