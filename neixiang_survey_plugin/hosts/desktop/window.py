"""The desktop window: what it does around one open survey."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely

from neixiang_survey_plugin.app.drawing.readout import Readout
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.session.events import Saved, SurveyEvent
from neixiang_survey_plugin.hosts.desktop.canvas import Canvas
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.window_making import InTheMaking
from neixiang_survey_plugin.hosts.windows.surface import IDLE_MS, snap_rules
from neixiang_survey_plugin.hosts.windows.work import Work
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.tour import Tour


class MainWindow(InTheMaking):
    """Shows one survey; ``shell`` opens others, and shows this one anew in another look.

    ``canvas`` is a map that shows the county already, from the window before: it stays there until
    ``making`` is at its end. Its steps are those of putting this window together, for a shell that
    lets the window before answer between them; else all are done ``at_once``. It goes on with the
    case, view and panel of the window ``before`` where there is one.
    """

    def __init__(
        self,
        work: Work,
        memory: Memory,
        shell: Any,
        canvas: Canvas | None = None,
        at_once: bool = True,
        before: MainWindow | None = None,
    ) -> None:
        super().__init__()
        self.work, self.session, self.memory = work, work.session, memory
        self.settings: Settings = memory.settings
        self.look = look_of(self.settings)
        self.book = work.book
        self.shell = shell
        self._tour: Tour | None = None
        self._is_placed = canvas is not None or before is not None
        self.canvas = Canvas() if canvas is None else canvas
        self._ends.callback(self.canvas.close)
        self.making = self.make(before)
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
        self.let_go()
        self.shell.closed(self)
        super().closeEvent(event)

    def let_go(self) -> None:
        """Stop everything that is done for it, as far as it is made; the survey stays open."""
        self.making.close()
        self._stop()
        self._ends.close()

    def leave(self) -> None:
        """Be destroyed, after it was let go: another window is there, and nothing of this stays."""
        self.shell.remains.take(self)

    def look_like(self, before: MainWindow) -> None:
        """The same part of the map, case, utility and panel as in the window before."""
        kit, panel = before.desk.board.kit, before.tabs.currentIndex()
        if kit != self.desk.board.kit:
            self.use_kit(kit)
        if panel != self.tabs.currentIndex():
            self.tabs.setCurrentIndex(panel)
        self.canvas.widget.look_at(before.canvas.widget.view)

    def say_still(self, before: MainWindow) -> None:
        """Say what the window before was saying, unless something newer stands here."""
        said = before.canvas.widget.notice.standing
        if said is not None and self.canvas.widget.notice.standing is None:
            self.say(*said)

    def catch_up(self) -> None:
        """Show what happened since this window was begun; from now on it hears at once."""
        heard, self._heard = self._heard, []
        self._stop()
        self._stop = self.session.listen(self._follow)
        for event in heard:
            self._follow(event)
        self.status.show_saved(self.session.saved_at)
        if self.layers.hidden != self.memory.hidden_layers:
            self.layers.set_hidden(self.memory.hidden_layers)
        if self.actions_.changed_keys != self.memory.shortcuts:
            self.actions_.use_keys(self.memory.shortcuts)
        if self._below != self.memory.background(self.work.ground.folder):
            self.canvas.use_background(None)
            self.files.lay_below_again()
        self.say_what_there_is()

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
