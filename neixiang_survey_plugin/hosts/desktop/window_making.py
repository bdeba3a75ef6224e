"""Putting the desktop window together: toolbar, layers, map, panels and status bar, in steps."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.drawing.board import Board
from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.drawing.modes import Desk
from neixiang_survey_plugin.app.drawing.snap_targets import MovingTargets
from neixiang_survey_plugin.app.drawing.snapping import Snapper
from neixiang_survey_plugin.app.session.events import DraftKept, Previewed, SurveyEvent
from neixiang_survey_plugin.hosts.desktop.files import Files
from neixiang_survey_plugin.hosts.desktop.position import Position
from neixiang_survey_plugin.hosts.desktop.status_bar import StatusBar
from neixiang_survey_plugin.hosts.desktop.window_commands import window_commands
from neixiang_survey_plugin.hosts.desktop.window_parts import dock, first_size, room_px
from neixiang_survey_plugin.hosts.windows.importing import Importing
from neixiang_survey_plugin.hosts.windows.merging import Merging
from neixiang_survey_plugin.hosts.windows.panels import Panels
from neixiang_survey_plugin.hosts.windows.surface import Surface, snap_rules
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.acts import Acts
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.case_box import CaseBox
from neixiang_survey_plugin.ui.commands import Actions
from neixiang_survey_plugin.ui.forms import Forms
from neixiang_survey_plugin.ui.icons import icon_names
from neixiang_survey_plugin.ui.layer_panel import LayerPanel
from neixiang_survey_plugin.ui.readout_label import ReadoutLabel
from neixiang_survey_plugin.ui.theme import style_sheet
from neixiang_survey_plugin.ui.tool_strip import ToolStrip

_ICONS = 4  # drawn in a step, 4 ms
_STYLED = 12  # widgets in a step, 1 ms


class InTheMaking(Surface, QtWidgets.QMainWindow):
    """The half of the window that puts it together, in steps of a few milliseconds each.

    What is told meanwhile is kept in ``_heard`` for ``catch_up``, unless it is of a line that is
    still being drawn: that is a draft on disk by then. What the parts do is ended by ``_ends``,
    as far as they are made.
    """

    shell: Any

    def __init__(self) -> None:
        super().__init__()
        self._ends = ExitStack()

    def make(self, before: Any) -> Generator[None]:
        """Put it together; it goes on where the window before is, or where somebody left."""
        self._heard: list[SurveyEvent] = []
        self._stop = self.session.listen(self._hear)
        self.setStyleSheet(style_sheet(self.look.theme, self.look.density))
        self.setAcceptDrops(True)
        self.acts = Acts(self)
        self.asks = Asks(
            self.zoom, self.mark, self.run_command, self.say, self.attempt, self.names_of
        )
        self.forms = Forms(self)
        same = before if before is not None and before.session is self.session else None
        yield from self._make_map(same)
        self.panels = Panels(self, at_once=False)
        self._ends.callback(self.panels.end, wait=False)
        # Before they are in it: every widget takes its style anew where it comes to lie, and of
        # all at once that is 35 ms.
        words, room = self.look.texts("window.panels"), self.look.density.panel_px
        self.right = dock(self, "panels", words, self.panels.tabs, False, room)
        yield from self.panels.making
        yield from self._place_panels()
        yield from self._make_bars()
        self._connect()
        self._place_map()
        yield
        yield from self._go_on_from(before)
        self.resize(first_size(room_px()))
        self.memory.restore_window(self)
        self.layers.set_hidden(self.memory.hidden_layers)
        self.files.lay_below_again()
        self._below = self.memory.background(self.work.ground.folder)
        yield
        if same is None:
            yield from self.showing_routes()
        else:
            same.show_rest()
            self.canvas.show_routes_of(same.canvas)
            self.show_chosen()
        yield
        self.panels.be_ready()
        yield
        yield from _styled(self)

    def _hear(self, event: SurveyEvent) -> None:
        if not isinstance(event, Previewed | DraftKept):
            self._heard.append(event)

    def _make_map(self, same: Any) -> Iterator[None]:
        """The map and its tools; where the ``same`` survey was shown before, with its lines."""
        ground = self.work.ground
        self.canvas.use_theme(self.look.theme)
        self.canvas.use_language(self.settings.language)
        self.canvas.show_layers(ground.layers, ground.named, fit=not self._is_placed)
        self.canvas.widget.setAccessibleName(self.look.texts("window.map"))
        close_notice = self.look.texts("window.close_notice")
        self.canvas.widget.notice.close_button.setAccessibleName(close_notice)
        self.readout = ReadoutLabel(self.look, self.canvas.widget)
        yield
        county, rules = self.session.county, snap_rules(self.settings)
        moving = MovingTargets() if same is None else same.desk.board.snapper.moving
        snapper = Snapper(county, rules, moving, ground.nearby)
        tell = self._read_out, self.notice
        board = Board(self.session, self.canvas, snapper, Kit(), *tell, self.book.kit_of)
        self.desk = Desk(board, self.entered, self.identified, at_once=False)
        self._ends.callback(self.desk.close)
        yield from self.desk.filling

    def _place_panels(self) -> Iterator[None]:
        look = self.look
        self.layers = LayerPanel(self.work.ground.layers, look, self._hide_layers)
        yield from self.layers.filling
        yield
        self.survey, self.conflicts = self.panels.survey, self.panels.conflicts
        self.trenches, self.packets = self.panels.trenches, self.panels.packets
        self.cases, self.tabs = self.panels.cases, self.panels.tabs
        self.casework = self.panels.casework
        self.tabs.currentChanged.connect(lambda _: self.forget_marks())
        self.left = dock(
            self, "layers", look.texts("window.layers"), self.layers, True, look.density.layers_px
        )
        yield
        self.strip = ToolStrip(self.desk, look, self.canvas.widget.setFocus)
        yield

    def _place_map(self) -> None:
        """Take the map over; where it was in another window it is not there any more."""
        middle = QtWidgets.QWidget()
        box = QtWidgets.QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.strip)
        box.addWidget(self.canvas.widget, 1)
        self.setCentralWidget(middle)

    def _make_bars(self) -> Iterator[None]:
        look = self.look
        for number, name in enumerate(icon_names()):
            look.icon(name)
            if number % _ICONS == 0:
                yield
        self.files = Files(
            self.work, self.desk, look, self.asks, self, self.shell.open_path, self.shell.new_path
        )
        self.merging = Merging(self)
        self.importing = Importing(self)
        self.position = Position(self)
        self.actions_ = Actions(window_commands(self), look, self, self.memory.shortcuts)
        yield
        menus = self.actions_.fill_menus(self.menuBar())
        self._fill_recent(menus["file"])
        bar = self.addToolBar(look.texts("window.title_new"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QtCore.QSize(look.density.icon_px, look.density.icon_px))
        self.case_box = CaseBox(self.book, look, self.go_to_case, self.forms.new_case)
        bar.addWidget(self.case_box)
        bar.addSeparator()
        self.actions_.fill_toolbar(bar)
        yield
        self.status: Any = StatusBar(self.session.county.grid.epsg, look)
        for work in (self.shell.jobs.background, *self.panels.backgrounds):
            self.status.work.watch(work)
        self.setStatusBar(self.status)
        self._ends.callback(self.position.end)
        self.position.follow(self.settings.receiver)
        yield

    def _connect(self) -> None:
        widget = self.canvas.widget
        widget.pointer_moved.connect(self.status.show_place)
        widget.pointer_left.connect(self.status.show_no_place)
        widget.pointer_left.connect(self.readout.hide)
        widget.view_changed.connect(lambda view: self.status.show_scale(view.denominator))
        self._idle = QtCore.QTimer(self)
        self._idle.setSingleShot(True)
        self._ends.callback(self._idle.stop)
        self._idle.timeout.connect(self._settle)
        self._application = QtWidgets.QApplication.instance()
        self._application.applicationStateChanged.connect(self._focus_changed)

    def _go_on_from(self, before: Any) -> Iterator[None]:
        self._left = self.memory.place(self.work.path)
        if before is None:
            self.choose_case(self.first_case())
        else:
            self.look_like(before)
        self.status.show_saved(self.session.saved_at)
        self.setWindowTitle(self.look.texts("window.title", name=self.work.path.name))
        yield

    def _fill_recent(self, menu: Any) -> None:
        recent = menu.addMenu(self.look.texts("menu.recent"))
        for path in self.memory.recent:
            action = recent.addAction(str(path))
            action.triggered.connect(lambda _=False, one=path: self._open_recent(one))
        recent.setEnabled(bool(self.memory.recent))

    def _open_recent(self, path: Path) -> None:
        self.shell.open_path(path)


def _styled(top: Any) -> Iterator[None]:
    """Give all that lies in a widget its style: in one go, on being shown, it takes 40 ms.

    A part has its style before what it lies in, which would else see to all its parts at once.
    """
    for number, one in enumerate(reversed(top.findChildren(QtWidgets.QWidget))):
        one.ensurePolished()
        if number % _STYLED == 0:
            yield
