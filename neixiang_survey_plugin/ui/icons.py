"""The project's own icons in the colour of the text, sharp at every size."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import places
from neixiang_survey_plugin.qt import QtCore, QtGui, QtSvg

_SIZES_PX = (20, 28, 40, 56)


@functools.lru_cache(maxsize=512)
def icon(name: str, colour: str, faint: str | None = None) -> Any:
    """A QIcon of ``icons/<name>.svg``; ``faint`` is its colour while it cannot be used."""
    made = QtGui.QIcon()
    for image in _drawn(name, colour):
        made.addPixmap(image, QtGui.QIcon.Mode.Normal)
    for image in () if faint is None else _drawn(name, faint):
        made.addPixmap(image, QtGui.QIcon.Mode.Disabled)
    return made


def has_icon(name: str) -> bool:
    """Whether there is an icon of that name."""
    return _path(name).is_file()


def _path(name: str) -> Path:
    return places.icons_folder() / f"{name}.svg"


def icon_names() -> tuple[str, ...]:
    """Every icon that there is."""
    return tuple(sorted(one.stem for one in places.icons_folder().glob("*.svg")))


def _drawn(name: str, colour: str) -> Iterator[Any]:
    """The icon in one colour, at every size."""
    drawing = _path(name).read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QtSvg.QSvgRenderer(QtCore.QByteArray(drawing.encode()))
    for size_px in _SIZES_PX:
        image = QtGui.QPixmap(size_px, size_px)
        image.fill(QtCore.Qt.GlobalColor.transparent)
        painter = QtGui.QPainter(image)
        renderer.render(painter)
        painter.end()
        yield image
