"""A window on a screen that nobody sees, and a hand for its real mouse and keys."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import shapely

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.drawing.kit import Kit, units_of
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.shell import Shell
from neixiang_survey_plugin.hosts.desktop.window import MainWindow
from neixiang_survey_plugin.hosts.windows.work import Ground, Work, open_work, read_ground
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.ui.ending import ENDING
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.settings import Settings
from tests.drawn import ON
from tests.survey.lines import new_survey

_LEFT = QtCore.Qt.MouseButton.LeftButton
_RIGHT = QtCore.Qt.MouseButton.RightButton
_NONE = QtCore.Qt.KeyboardModifier.NoModifier
_KEYS = QtCore.Qt.Key


@functools.cache
def sample_ground() -> Ground:
    """The sample county, read once for all tests."""
    return read_ground(places.sample_county())


class Hand:
    """The window and what somebody does to it."""

    def __init__(self, qtbot: Any, folder: Path, survey: Path | None = None) -> None:
        self.bot = qtbot
        self.memory = Memory(folder / "window.ini")
        self.shell = Shell(self.memory, "张工")
        self.shell.jobs.moments.moment_s = 10.0  # also on a machine that has much else to do
        self.path = survey or new_survey(folder)
        work = open_work(sample_ground(), self.path, "张工", ON)
        self.show(work)

    def show(self, work: Work) -> None:
        if self.shell.window is None:
            self.shell.show(work)
        else:
            self.replaced(lambda: self.shell.take(work))
        self.window.resize(1440, 900)  # the screen that nobody sees is smaller
        self.bot.waitExposed(self.window)
        self.window.canvas.widget.setFocus()

    @property
    def window(self) -> MainWindow:
        assert self.shell.window is not None
        return self.shell.window

    def replaced(self, do: Callable[[], object]) -> None:
        """Do what brings another window, and wait for it."""
        before = self.window
        do()
        self.wait_for(lambda: self.shell.window is not before)

    def use(self, settings: Settings) -> None:
        """Let settings count, and wait for the window that looks so."""
        if look_of(settings) == self.window.look:
            self.window.use_settings(settings)
        else:
            self.replaced(lambda: self.window.use_settings(settings))

    @property
    def session(self) -> Any:
        return self.window.session

    @property
    def map(self) -> Any:
        return self.window.canvas.widget

    def close(self) -> None:
        if self.shell.window is not None:
            self.shell.window.close()
        ENDING.wait()

    def look_at(self, west: float, south: float, east: float, north: float) -> None:
        self.window.canvas.zoom_to(shapely.box(west, south, east, north), 0.0)

    def begin_a_case(self, *box: float) -> None:
        """Look at a place, in a case of a company, without snapping."""
        self.look_at(*box)
        units = units_of(self.session.county)
        self.window.use_kit(Kit("T1", applicant_kind="company", units=units))
        self.key("S")

    def pixel(self, e_m: float, n_m: float) -> Any:
        view = self.map.view
        x, y = view.to_pixel(e_m, n_m)
        return QtCore.QPoint(round(x / view.point_px), round(y / view.point_px))

    def move(self, e_m: float, n_m: float, held: Any = _NONE) -> None:
        at = QtCore.QPointF(self.pixel(e_m, n_m))
        event = QtGui.QMouseEvent(
            QtCore.QEvent.Type.MouseMove,
            at,
            QtCore.QPointF(self.map.mapToGlobal(at.toPoint())),
            QtCore.Qt.MouseButton.NoButton,
            QtCore.Qt.MouseButton.NoButton,
            held,
        )
        QtCore.QCoreApplication.sendEvent(self.map, event)

    def click(self, *places: tuple[float, float]) -> None:
        for place in places:
            self.move(*place)
            self.bot.mouseClick(self.map, _LEFT, _NONE, self.pixel(*place))

    def double_click(self, e_m: float, n_m: float) -> None:
        self.click((e_m, n_m))
        self.bot.mouseDClick(self.map, _LEFT, _NONE, self.pixel(e_m, n_m))
        self.bot.mouseRelease(self.map, _LEFT, _NONE, self.pixel(e_m, n_m))

    def right_click(self, e_m: float, n_m: float) -> None:
        self.move(e_m, n_m)
        self.bot.mouseClick(self.map, _RIGHT, _NONE, self.pixel(e_m, n_m))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.move(*start)
        self.bot.mousePress(self.map, _LEFT, _NONE, self.pixel(*start))
        self.move(*end)
        self.bot.mouseRelease(self.map, _LEFT, _NONE, self.pixel(*end))

    def key(self, keys: str, on: Any = None) -> None:
        """Press a key, such as 1, Return, Ctrl+Z, on the map unless on another widget."""
        combination = QtGui.QKeySequence(keys)[0]
        if hasattr(combination, "toCombined"):  # Qt 6 has an object for it
            combination = combination.toCombined()
        plain = int(combination) & 0x01FFFFFF
        held = QtCore.Qt.KeyboardModifier(int(combination) & 0x7E000000)
        self.bot.keyClick(self.map if on is None else on, QtCore.Qt.Key(plain), held)

    def draw(self, number: int, *places: tuple[float, float]) -> None:
        """Draw a line of the utility with this key: click by click, the last one double."""
        self.key(str(number))
        self.click(*places[:-1])
        self.double_click(*places[-1])

    def click_row(self, listed: Any, key: Any) -> None:
        """Click the row of a key in a list of lines."""
        index = listed.lines.index(listed.lines.keys.index(key))
        listed.scrollTo(index)
        self.bot.mouseClick(listed.viewport(), _LEFT, _NONE, listed.visualRect(index).center())

    def line(self, listed: Any, key: Any) -> Any:
        """What the row of a key shows."""
        return listed.lines.line(listed.lines.keys.index(key))

    def said(self) -> str:
        notice = self.map.notice
        return notice.sentence if notice.isVisible() else ""

    def wait_for_work(self) -> None:
        """Until nothing is done beside the window any more, and what came of it is shown."""
        self.wait_for(lambda: not self.shell.jobs.busy and self.shell.succession.is_empty)
        if self.shell.window is not None:
            shown: list[bool] = []  # after all that was to be done later
            self.window.canvas.run_later(lambda: shown.append(True))
            self.wait_for(lambda: bool(shown))

    def wait_for_the_keyboard(self) -> None:
        """Until the window that is new has it."""
        self.wait_for(lambda: self.window.isActiveWindow() and self.map.hasFocus())

    def wait_for(self, true: Callable[[], bool]) -> None:
        self.bot.waitUntil(true, timeout=60_000)
