"""Pictures of the window: every panel and form in both languages, light and dark.

Those that are used on site are there in high contrast and for fingers, too.

``python tools/make_window_pictures.py docs/images/window``
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from window_screens import SIZE_PX, screens

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.opening import OpeningWindow
from neixiang_survey_plugin.hosts.desktop.program import new_application
from neixiang_survey_plugin.hosts.desktop.shell import Shell
from neixiang_survey_plugin.hosts.windows.work import Shown, Work, sample_work
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.ending import ENDING
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import COLOURS, Density

_ON = date(2026, 11, 22)
_NOON = datetime(2026, 11, 22, 12, 3, 21)
_STILL = 8  # looks in which nothing changed: some rows are made one after another
_THEMES = (Theme.LIGHT, Theme.DARK)
_INDOORS = tuple(f"{one.value}_{theme.value}" for one in Language for theme in _THEMES)
_AT_A_DESK = (
    "opening",
    "survey_fails",
    "start",
    "tour",
    "find",
    "help",
    "shortcuts",
    "merge_offer",
    "photo",
    "section",
)
# Colours that mean something, however few of their pixels there are.
_MEANT = [*UTILITY_COLOURS.values(), *(c for t in _THEMES for c in asdict(COLOURS[t]).values())]
_ALWAYS = [QtGui.QColor(one).rgb() for one in _MEANT]


def make(out: Path) -> None:
    """Write every picture into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    application = new_application()
    application.setCursorFlashTime(0)  # the same picture whenever it is taken
    with tempfile.TemporaryDirectory() as folder, _folder_of_one_name() as layer:
        memory = Memory(Path(folder) / "window.ini")
        shell = Shell(memory, "张工")
        work = sample_work(Path(folder), "张工", _ON)
        for look, settings in _looks():
            memory.keep_settings(settings)
            shown = chain(
                _opening(memory, work, application), screens(shell, work, application, layer)
            )
            for name, widget in shown:
                if look in _INDOORS or name not in _AT_A_DESK:
                    path = out / f"{name}_{look}.png"
                    _small(_settled(widget, application)).save(str(path), "PNG", 0)
                    print(path)
        if shell.window is not None:
            shell.window.close()
        ENDING.wait()
        memory.be_written()


def _looks() -> Iterator[tuple[str, Settings]]:
    """Both languages, light and dark; then what is looked at on site: in the sun, by finger."""
    for language in Language:
        for theme in _THEMES:
            yield (
                f"{language.value}_{theme.value}",
                Settings(language=language, theme=theme, who="张工"),
            )
    yield "zh_high_contrast", Settings(theme=Theme.HIGH_CONTRAST, who="张工")
    yield "zh_touch", Settings(density=Density.TOUCH, who="张工")


def _opening(memory: Memory, work: Work, application: Any) -> Iterator[tuple[str, Any]]:
    """The window while a county is read, some of its layers on the map."""
    opening = OpeningWindow("示例", memory, look_of(memory.settings), [])
    opening.resize(*SIZE_PX)
    opening.show()
    go_on = threading.Event()
    some = tuple(one for one in work.ground.layers if one.layer in ("roads", "green_spaces"))

    def job(progress: Progress, shown: Shown) -> Work:
        shown(some)
        progress.step("read", "pipelines", 3, 9)
        go_on.wait()
        progress.step("read", "buildings", 4, 9)  # cancelled by now
        return work

    opening.start(job)
    while opening.bar.maximum() != 9:
        application.processEvents()
    yield "opening", opening
    opening.background.forget()
    go_on.set()
    opening.close()


@contextmanager
def _folder_of_one_name() -> Iterator[Path]:
    """A folder for the time being that is called the same in every run: its name is seen."""
    folder = Path(tempfile.gettempdir()) / "示例县资料"
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _settled(widget: Any, application: Any) -> Any:
    """A widget as it looks at noon, once its map is painted and nothing in it changes any more."""
    window = widget.window()
    canvas = getattr(window, "canvas", None)
    image, same = None, 0
    for _ in range(500):
        application.processEvents()
        if hasattr(window, "status"):
            window.status.show_saved(_NOON)
        before, image = image, widget.grab().toImage()
        same = same + 1 if image == before else 0
        painted = canvas is None or canvas.widget.picture.is_done(canvas.widget.view)
        if painted and same >= _STILL:
            break
        QtCore.QThread.msleep(20)
    return image


def _small(image: Any) -> Any:
    """The 256 most frequent colours, and for every other the nearest of them: a third the bytes."""
    plain = image.convertToFormat(QtGui.QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits().asstring(plain.sizeInBytes()), dtype=np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    frequent = [int(one) for one in colours[np.argsort(-counts)]]
    table = list(dict.fromkeys([*_ALWAYS, *frequent]))[:256]
    no_dither = QtCore.Qt.ImageConversionFlag.ThresholdDither
    return plain.convertToFormat(QtGui.QImage.Format.Format_Indexed8, table, no_dither)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
