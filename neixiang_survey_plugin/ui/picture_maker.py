"""Photographs made small enough to be shown, beside the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.background import Background


@dataclass(frozen=True)
class _Asked:
    key: Hashable
    read: Callable[[], bytes | None]
    width_px: int


class PictureMaker(QtCore.QObject):
    """Unpacks one picture after another in a thread; a photograph takes 50 to 150 ms.

    ``made`` brings the key of each and its QImage, which is empty where it cannot be read.
    """

    made = QtCore.pyqtSignal(object, object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._background.done.connect(self._done)
        self._background.failed.connect(lambda _: self._done(QtGui.QImage()))
        self._waiting: deque[_Asked] = deque()
        self._now: _Asked | None = None

    def ask(self, key: Hashable, read: Callable[[], bytes | None], width_px: int) -> None:
        """Make a picture no wider than asked; ``read`` is called beside the window, when it is due.

        To read one from the survey takes 15 ms.
        """
        asked = _Asked(key, read, width_px)
        if self._now is None:
            self._begin(asked)
        else:
            self._waiting.append(asked)

    def forget(self) -> None:
        """Make nothing that was asked for until now."""
        self._waiting.clear()
        self._now = None
        self._background.forget()

    def end(self, wait: bool = True) -> None:
        """Make nothing any more."""
        self._waiting.clear()
        self._background.end(wait)

    def _begin(self, asked: _Asked) -> None:
        self._now = asked
        self._background.ask(lambda: small_image(asked.read(), asked.width_px))

    def _done(self, image: Any) -> None:
        done, self._now = self._now, None
        if self._waiting:
            self._begin(self._waiting.popleft())
        if done is not None:
            self.made.emit(done.key, image)


class PictureLabel(QtWidgets.QLabel):
    """The place of a picture, empty until ``maker`` has made the one of its key."""

    def __init__(self, maker: PictureMaker, key: Hashable) -> None:
        super().__init__()
        self._key = key
        self.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        maker.made.connect(self._show)

    def _show(self, key: Hashable, image: Any) -> None:
        if key == self._key:
            self.setPixmap(QtGui.QPixmap.fromImage(image))


def small_image(image: bytes | None, width_px: int) -> Any:
    """A picture no wider and no higher than asked, as it was held; in any thread."""
    device = _opened(image)
    reader = QtGui.QImageReader(device)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():  # a picture of 12 megapixels is decoded small: 150 ms -> 15 ms
        reader.setScaledSize(within(size, width_px))
    return reader.read()


def within(size: Any, width_px: int) -> Any:
    """A size of the same shape, no wider and no higher than asked."""
    return size.scaled(width_px, width_px, QtCore.Qt.AspectRatioMode.KeepAspectRatio)


def _opened(image: bytes | None) -> Any:
    """The bytes as what is read from; a reader does not keep it alive."""
    device = QtCore.QBuffer()
    device.setData(QtCore.QByteArray(image or b""))
    device.open(QtCore.QIODevice.OpenModeFlag.ReadOnly)
    return device
