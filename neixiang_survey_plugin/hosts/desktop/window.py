"""The desktop window: toolbar, layers, map, panels and status bar around one open survey."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely

from neixiang_survey_plugin.app.drawing.board import Board
from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.drawing.modes import Desk
from neixiang_survey_plugin.app.drawing.readout import Readout
from neixiang_survey_plugin.app.drawing.snapping import Snapper
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.session.events import Saved, SurveyEvent
from neixiang_survey_plugin.hosts.desktop.canvas import Canvas
from neixiang_survey_plugin.hosts.desktop.files import Files
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.position import Position
from neixiang_survey_plugin.hosts.desktop.status_bar import StatusBar
from neixiang_survey_plugin.hosts.desktop.window_commands import window_commands
from neixiang_survey_plugin.hosts.desktop.window_parts import dock, first_size, room_px
from neixiang_survey_plugin.hosts.windows.importing import Importing
from neixiang_survey_plugin.hosts.windows.merging import Merging
from neixiang_survey_plugin.hosts.windows.panels import Panels
from neixiang_survey_plugin.hosts.windows.surface import IDLE_MS, Surface, snap_rules
from neixiang_survey_plugin.hosts.windows.work import Work
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.acts import Acts
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.case_box import CaseBox
from neixiang_survey_plugin.ui.commands import Actions
from neixiang_survey_plugin.ui.forms import Forms
from neixiang_survey_plugin.ui.layer_panel import LayerPanel
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.readout_label import ReadoutLabel
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import style_sheet
from neixiang_survey_plugin.ui.tool_strip import ToolStrip
from neixiang_survey_plugin.ui.tour import Tour


class MainWindow(Surface, QtWidgets.QMainWindow):
    """Shows one survey; ``shell`` opens others, and shows this one anew in another look.

    ``canvas`` is a map that shows the county already, from the window before: it stays there until
    ``making`` is at its end. Its steps are those of putting this window together, for a shell that
    lets the window before answer between them; else all are done ``at_once``.
    """

    def __init__(
        self,
        work: Work,
        memory: Memory,
        shell: Any,
        canvas: Canvas | None = None,
        at_once: bool = True,
    ) -> None:
        super().__init__()
        self.work, self.session, self.memory = work, work.session, memory
        self.settings: Settings = memory.settings
        self.look = look_of(self.settings)
        self.book = work.book
        self.shell = shell
        self._tour: Tour | None = None
        self._is_placed = canvas is not None
        self.canvas = Canvas() if canvas is None else canvas
        self.making = self._make()
        if at_once:
            for _ in self.making:
                pass

    def use_settings(self, settings: Settings) -> None:
        """Let settings count at once, and remember them."""
        before, self.settings = self.settings, settings
        self.memory.keep_settings(settings)
        self.desk.board.snapper.rules = snap_rules(settings)
        self.position.follow(settings.receiver)
        if look_of(before) != look_of(settings):
            self.shell.show_anew()
        else:
            self.actions_.refresh()

    def use_keys(self, changed: Mapping[str, str]) -> None:
        """Let commands have other keys than they come with, and remember them."""
        self.actions_.use_keys(changed)
        self.memory.keep_shortcuts(changed)

    @property
    def help_page(self) -> str:
        """The page of help about what has the keyboard: a panel, the layers, else drawing."""
        focus = QtWidgets.QApplication.focusWidget()
        if focus is not None and self.tabs.isAncestorOf(focus):
            return self.panels.shown
        return "layers" if focus is not None and self.layers.isAncestorOf(focus) else "draw"

    def show_tour(self) -> None:
        """Show the three steps."""
        if self._tour is None:
            self._tour = Tour(self.look, self._tour_ended, self.canvas.widget)

    def first_case(self) -> str | None:
        """The case in which somebody worked last, where it is still there."""
        case_id = "" if self._left is None else self._left[0]
        return case_id if case_id in self.book.ids() else super().first_case()

    def go_to_case(self, case_id: str | None) -> None:
        """Go on in a case, with its lines in view where none of them is."""
        self.choose_case(case_id)
        lines = [one.line for one in self.session.routes.values() if one.case_id == case_id]
        view = shapely.box(*self.canvas.widget.view.box)
        if case_id is not None and lines and not shapely.intersects(lines, view).any():
            self.zoom(shapely.union_all(lines))
        self.canvas.widget.setFocus()

    def look_as_left(self) -> bool:
        """Whether the view is known in which somebody worked last; it is shown again then."""
        if self._left is not None:
            self.canvas.zoom_to(shapely.box(*self._left[1]), 0.0)
        return self._left is not None

    def take_the_keyboard(self) -> None:
        """Let keys go to the map, as after a form."""
        self.activateWindow()
        self.canvas.widget.setFocus()

    # what panels and tools ask for

    def who(self) -> str:
        """The name that stands under a decision."""
        return self.settings.who or str(self.shell.who)

    # events of Qt

    def dragEnterEvent(self, event: Any) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        """Take the files that were dropped."""
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if not urls:
            self.say(self.look.texts("notice.dropped_no_file"), Level.WARNING)
        self.files.take([Path(url.toLocalFile()) for url in urls])

    def showEvent(self, event: Any) -> None:
        """Show the whole county, once the map has its size."""
        super().showEvent(event)
        if not self._is_placed:
            self._is_placed = True
            self.layout().activate()
            if not self.look_as_left():
                self.canvas.zoom_to_extent()

    def resizeEvent(self, event: Any) -> None:
        """Show as many words in the toolbar as there is room for."""
        super().resizeEvent(event)
        self.actions_.fit_toolbar(self.width())

    def closeEvent(self, event: Any) -> None:
        """Let everything go; the survey is in its one file."""
        self.memory.keep_window(self)
        self._keep_place()
        self._idle.stop()
        self._stop()
        self.position.end()
        self.panels.end(wait=self.shell.window is self)  # nobody waits where another follows
        self.desk.close()
        self.canvas.close()
        self.shell.closed(self)
        super().closeEvent(event)

    # how it is put together

    def _make(self) -> Iterator[None]:
        """Put it together, in steps of 15 ms at most: in one go it takes 65."""
        self.setStyleSheet(style_sheet(self.look.theme, self.look.density))
        self.setAcceptDrops(True)
        self.acts = Acts(self)
        self.asks = Asks(
            self.zoom, self.mark, self.run_command, self.say, self.attempt, self.names_of
        )
        self.forms = Forms(self)
        self._make_map()
        yield
        self.panels = Panels(self, at_once=False)
        yield from self.panels.making
        self._place_panels()
        yield
        self._make_bars()
        yield
        self._connect()
        self._place_map()
        self._left = self.memory.place(self.work.path)
        self.choose_case(self.first_case())
        self.status.show_saved(self.session.saved_at)
        self.setWindowTitle(self.look.texts("window.title", name=self.work.path.name))
        self.resize(first_size(room_px()))
        self.memory.restore_window(self)
        self.layers.set_hidden(self.memory.hidden_layers)
        self.files.lay_below_again()
        self.show_routes()
        self.tabs.currentWidget().setVisible(True)  # up to date before the window is seen
        self.say_what_there_is()

    def _make_map(self) -> None:
        ground = self.work.ground
        self.canvas.use_theme(self.look.theme)
        self.canvas.use_language(self.settings.language)
        self.canvas.show_layers(ground.layers, ground.named, fit=not self._is_placed)
        self.canvas.widget.setAccessibleName(self.look.texts("window.map"))
        close_notice = self.look.texts("window.close_notice")
        self.canvas.widget.notice.close_button.setAccessibleName(close_notice)
        self.readout = ReadoutLabel(self.look, self.canvas.widget)
        county, rules = self.session.county, snap_rules(self.settings)
        snapper = Snapper(county, rules, trees=ground.nearby)
        tell = self._read_out, self.notice
        board = Board(self.session, self.canvas, snapper, Kit(), *tell, self.book.kit_of)
        self.desk = Desk(board, self.entered, self.identified)

    def _place_panels(self) -> None:
        look = self.look
        self.layers = LayerPanel(self.work.ground.layers, look, self._hide_layers)
        self.survey, self.conflicts = self.panels.survey, self.panels.conflicts
        self.trenches, self.packets = self.panels.trenches, self.panels.packets
        self.cases, self.tabs = self.panels.cases, self.panels.tabs
        self.casework = self.panels.casework
        self.tabs.currentChanged.connect(lambda _: self.forget_marks())
        self.left = dock(
            self, "layers", look.texts("window.layers"), self.layers, True, look.density.layers_px
        )
        self.right = dock(
            self, "panels", look.texts("window.panels"), self.tabs, False, look.density.panel_px
        )
        self.strip = ToolStrip(self.desk, look, self.canvas.widget.setFocus)

    def _place_map(self) -> None:
        """Take the map over; where it was in another window it is not there any more."""
        middle = QtWidgets.QWidget()
        box = QtWidgets.QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.strip)
        box.addWidget(self.canvas.widget, 1)
        self.setCentralWidget(middle)

    def _make_bars(self) -> None:
        look = self.look
        self.files = Files(
            self.work, self.desk, look, self.asks, self, self.shell.open_path, self.shell.new_path
        )
        self.merging = Merging(self)
        self.importing = Importing(self)
        self.position = Position(self)
        self.actions_ = Actions(window_commands(self), look, self, self.memory.shortcuts)
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
        self.status: Any = StatusBar(self.session.county.grid.epsg, look)
        for work in (self.shell.jobs.background, *self.panels.backgrounds):
            self.status.work.watch(work)
        self.setStatusBar(self.status)
        self.position.follow(self.settings.receiver)

    def _connect(self) -> None:
        widget = self.canvas.widget
        widget.pointer_moved.connect(self.status.show_place)
        widget.pointer_left.connect(self.status.show_no_place)
        widget.pointer_left.connect(self.readout.hide)
        widget.view_changed.connect(lambda view: self.status.show_scale(view.denominator))
        self._idle = QtCore.QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._settle)
        self._stop = self.session.listen(self._follow)
        self._application = QtWidgets.QApplication.instance()
        self._application.applicationStateChanged.connect(self._focus_changed)

    def _fill_recent(self, menu: Any) -> None:
        recent = menu.addMenu(self.look.texts("menu.recent"))
        for path in self.memory.recent:
            action = recent.addAction(str(path))
            action.triggered.connect(lambda _=False, one=path: self._open_recent(one))
        recent.setEnabled(bool(self.memory.recent))

    def _open_recent(self, path: Path) -> None:
        self.shell.open_path(path)

    # what happens when something changed

    def _follow(self, event: SurveyEvent) -> None:
        self.follow_survey(event)
        if isinstance(event, Saved):
            self.status.show_saved(event.at)
            self._idle.start(IDLE_MS)
            self.actions_.refresh()

    def _read_out(self, readout: Readout | None) -> None:
        if readout is None or not self.settings.show_readout:
            self.readout.hide()
            return
        view = self.canvas.widget.view
        x, y = view.to_pixel(*readout.at)
        self.readout.show_readout(readout, (x / view.point_px, y / view.point_px))

    def _settle(self) -> None:
        self.attempt(self.session.settle)
        self._keep_place()

    def _keep_place(self) -> None:
        view = self.canvas.widget.view
        self.memory.keep_place(self.work.path, self.desk.board.kit.case_id, view.box)

    def _focus_changed(self, state: Any) -> None:
        if not self.isVisible():
            return
        if state == QtCore.Qt.ApplicationState.ApplicationActive:
            self.attempt(self.session.take_over)
        else:
            self._settle()

    def _hide_layers(self, names: frozenset[str]) -> None:
        self.canvas.hide_layers(names)
        self.memory.keep_hidden_layers(names)

    def _tour_ended(self) -> None:
        self._tour = None
        self.memory.keep_tour_seen()
        self.canvas.widget.setFocus()
