"""The project's own icons in the colour of the text, sharp at every size."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import places
from neixiang_survey_plugin.qt import QtCore, QtGui, QtSvg

_SIZES_PX = (20, 28, 40, 56)


def icon(name: str, colour: str, faint: str | None = None) -> Any:
    """A QIcon of ``icons/<name>.svg``; ``faint`` is its colour while it cannot be used."""
    made = QtGui.QIcon()
    for size in _SIZES_PX:
        made.addPixmap(_drawn(name, colour, size), QtGui.QIcon.Mode.Normal)
        if faint is not None:
            made.addPixmap(_drawn(name, faint, size), QtGui.QIcon.Mode.Disabled)
    return made


def has_icon(name: str) -> bool:
    """Whether there is an icon of that name."""
    return _path(name).is_file()


def _path(name: str) -> Path:
    return places.icons_folder() / f"{name}.svg"


@functools.lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size_px: int) -> Any:
    drawing = _path(name).read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QtSvg.QSvgRenderer(QtCore.QByteArray(drawing.encode()))
    image = QtGui.QPixmap(size_px, size_px)
    image.fill(QtCore.Qt.GlobalColor.transparent)
    painter = QtGui.QPainter(image)
    renderer.render(painter)
    painter.end()
    return image
