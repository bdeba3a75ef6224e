"""The survey that is open in QGIS: its panels in one dock, its tools on QGIS's map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from neixiang_survey_plugin.app.drawing.board import Board
from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.drawing.modes import Desk
from neixiang_survey_plugin.app.drawing.readout import Readout
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.session.events import LinesChanged, Saved, SurveyEvent
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.qgis.bringing_in import BringingIn
from neixiang_survey_plugin.hosts.qgis.canvas import Canvas
from neixiang_survey_plugin.hosts.qgis.field_trip import FieldTrip
from neixiang_survey_plugin.hosts.qgis.layer_following import LayerFollower
from neixiang_survey_plugin.hosts.qgis.plan_sheet import show_plan_sheet
from neixiang_survey_plugin.hosts.qgis.routes_layer import RoutesLayer
from neixiang_survey_plugin.hosts.qgis.shell import Shell
from neixiang_survey_plugin.hosts.qgis.snapping import QgisSnapper
from neixiang_survey_plugin.hosts.windows.merging import Merging
from neixiang_survey_plugin.hosts.windows.panels import Panels
from neixiang_survey_plugin.hosts.windows.surface import IDLE_MS, Surface, snap_rules
from neixiang_survey_plugin.hosts.windows.work import Work
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.acts import Acts
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.case_box import CaseBox
from neixiang_survey_plugin.ui.case_commands import case_commands
from neixiang_survey_plugin.ui.commands import Actions, Command
from neixiang_survey_plugin.ui.desk_commands import drawing_commands, edit_commands
from neixiang_survey_plugin.ui.forms import Forms
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.readout_label import ReadoutLabel
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import style_sheet
from neixiang_survey_plugin.ui.tool_strip import ToolStrip
from neixiang_survey_plugin.ui.work_bar import WorkBar

_LEAST_PX = 440


@dataclass(frozen=True)
class Around:
    """What the bench may ask of the plugin, and who sits at it."""

    who: str
    keep_settings: Callable[[Settings], None]
    open_settings: Callable[[], None]
    ask_roles: Callable[[], None]
    active_layer: Callable[[], Any]
    close_survey: Callable[[], None]
    open_layout: Callable[[Any], None]
    shell: Shell


class Bench(Surface, QtWidgets.QWidget):
    """Shows one open survey beside QGIS's map. Call ``end`` before it goes."""

    def __init__(self, work: Work, settings: Settings, canvas: Canvas, around: Around) -> None:
        super().__init__()
        self.work, self.session, self.canvas = work, work.session, canvas
        self.settings, self.look = settings, look_of(settings)
        self.book = work.book
        self.around, self.shell = around, around.shell
        self.session.aside = self.shell.jobs.start
        self.session.writing = self.shell.jobs.writes.start
        self.session.store.hurry()
        self.session.ahead = self.shell.jobs.moments.start
        self.setStyleSheet(style_sheet(self.look.theme, self.look.density))
        self.setMinimumWidth(_LEAST_PX)
        self.acts = Acts(self)
        self._make_desk()
        self._make_panels()
        self.actions_ = Actions(bench_commands(self), self.look, self)
        self._hand_the_keys_to_the_map()
        self._connect()
        self.choose_case(self.first_case())
        self.show_routes()
        self.say_what_there_is()

    def end(self) -> None:
        """Leave nothing on the map, and listen no more; the survey stays open."""
        self._idle.stop()
        self._stop()
        self.follower.end()
        self.lines.end()
        self.bringing_in.end()
        self.panels.end()
        self.desk.close()
        self.canvas.close()
        self.readout.deleteLater()

    def use_settings(self, settings: Settings) -> None:
        """Let settings count at once, and remember them."""
        self.settings = settings
        self.around.keep_settings(settings)
        self.desk.board.snapper.rules = snap_rules(settings)
        self.actions_.refresh()

    # what panels and tools ask for

    def who(self) -> str:
        """The name that stands under a decision."""
        return self.settings.who or self.around.who

    def take_the_keyboard(self) -> None:
        """Let keys go to the map, as after a form."""
        self.canvas.widget.setFocus()

    # how it is put together

    def _make_desk(self) -> None:
        self.readout = ReadoutLabel(self.look, self.canvas.widget.viewport())
        self.readout.setStyleSheet(self.styleSheet())
        rules = snap_rules(self.settings)
        snapper = QgisSnapper(self.session.county, rules, self.canvas.widget, self.canvas.grid)
        tell = self._read_out, self.notice
        board = Board(self.session, self.canvas, snapper, Kit(), *tell, self.book.kit_of)
        self.desk = Desk(board, self.entered, self.identified)

    def _make_panels(self) -> None:
        look = self.look
        self.asks = Asks(
            self.zoom, self.mark, self.run_command, self.say, self.attempt, self.names_of
        )
        self.forms, self.trip, self.merging = Forms(self), FieldTrip(self), Merging(self)
        self.bringing_in = BringingIn(self)
        self.panels = Panels(self)
        self.tabs, self.casework = self.panels.tabs, self.panels.casework
        self.tabs.currentChanged.connect(lambda _: self.forget_marks())
        self.case_box = CaseBox(self.book, look, self.choose_case, self.forms.new_case)
        self.strip = ToolStrip(self.desk, look, self.take_the_keyboard)
        self.strip.fold()
        self.work_bar = WorkBar(look)
        for one in (self.shell.jobs.background, *self.panels.backgrounds):
            self.work_bar.watch(one)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        for widget in (self.case_box, self.strip, self.tabs, self.work_bar):
            box.addWidget(widget)

    def _hand_the_keys_to_the_map(self) -> None:
        """Keys are commands only on the map and under our tool: elsewhere they are QGIS's."""
        calls = {}
        for name, command in self.actions_.commands.items():
            if command.shortcut:
                self.actions_[name].setShortcut("")
                calls[command.shortcut] = self._runner(name)
        self.canvas.tool.shortcuts = calls

    def _runner(self, name: str) -> Callable[[], None]:
        return lambda: self.actions_.run(name)

    def _connect(self) -> None:
        self._idle = QtCore.QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(lambda: self.attempt(self.session.settle))
        self._stop = self.session.listen(self._follow)
        self.canvas.tool.left = self._left
        sources = read_county_config(self.work.ground.folder).sources
        self.follower = LayerFollower(self.session, sources, self._refuse_layer)
        self.lines = RoutesLayer(self.work.path, self._take_over)

    # what happens when something changed

    def _follow(self, event: SurveyEvent) -> None:
        self.follow_survey(event)
        if isinstance(event, LinesChanged):
            self.canvas.run_later(self.lines.show_anew)
        if self.desk.board.snapper.county is not self.session.county:
            self.desk.board.snapper.use_county(self.session.county)
        if isinstance(event, Saved):
            self._idle.start(IDLE_MS)
            self.actions_.refresh()

    def _refuse_layer(self, layer: str, error: SurveyError) -> None:
        problems = self.look.said(error)
        self.say(
            self.look.texts("qgis.role_unreadable", layer=layer, problems=problems), Level.WARNING
        )

    def add_lines_layer(self) -> None:
        """Show the survey's lines as a layer of the project too, for QGIS's own digitising."""
        self.lines.add(self.look.texts("qgis.lines"))

    def _take_over(self) -> None:
        """QGIS's own digitising wrote into the file: measure and judge what it wrote."""
        self.attempt(self.session.take_over)

    def _left(self) -> None:
        """Another tool of QGIS's has the map now; the next command of ours takes it back."""
        self.readout.hide()
        self.canvas.hide_overlay("snap")

    def _read_out(self, readout: Readout | None) -> None:
        if readout is None or not self.settings.show_readout:
            self.readout.hide()
            return
        at = self.canvas.grid.point_to_map(*readout.at)
        pixel = self.canvas.widget.getCoordinateTransform().transform(*at)
        self.readout.show_readout(readout, (pixel.x(), pixel.y()))


def bench_commands(bench: Bench) -> Iterator[Command]:
    """Every command of a survey in QGIS; QGIS itself has those of its map."""
    yield from drawing_commands(bench)
    yield from (replace(one, bar=one.bar and 4) for one in edit_commands(bench))
    yield from case_commands(bench)
    zoom, has_one = bench.acts.zoom_chosen, lambda: bench.session.selected is not None
    yield Command("zoom_chosen", "zoom_chosen", zoom, "view", "Z", bar=6, enabled=has_one)
    yield Command("find", "find", bench.forms.find, "help", "Ctrl+K", bar=8)
    yield Command("guide", "guide", bench.forms.show_guide, "help", "F1")
    yield Command("settings", "settings", bench.around.open_settings, "file", bar=9)
    yield Command("project_layers", "layers", bench.around.ask_roles, "file")
    yield Command("import_active", "import_layer", bench.bringing_in.offer_active, "file")
    yield Command("lines_layer", "copy", bench.add_lines_layer, "file")
    yield Command("to_field", "to_field", bench.trip.ask_where_to, "file")
    yield Command("from_field", "from_field", lambda: bench.merging.ask_files("from_field"), "file")
    yield Command("plan_sheet", "plan_sheet", lambda: show_plan_sheet(bench), "file")
    yield Command("close_survey", "quit", bench.around.close_survey, "file")
