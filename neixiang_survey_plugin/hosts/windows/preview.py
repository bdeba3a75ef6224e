"""Looking at the pages of a packet before it is issued: as they print, beside the window."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.windows.packets import Made, Packets
from neixiang_survey_plugin.io.packet.folder import safe_name
from neixiang_survey_plugin.io.sheets.picture import page_pictures
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.packet_deeds import ask_for_day, open_folder
from neixiang_survey_plugin.ui.packet_panel import Deeds
from neixiang_survey_plugin.ui.pages_form import PagesForm, Paper

SCREEN_DPI = 96.0


@dataclass(frozen=True)
class Looked:
    """The papers of a case as pictures, and how many forms have no pages here."""

    case_id: str
    papers: tuple[Paper, ...]
    without_pages: int


class Preview(QtCore.QObject):
    """Makes the pages of a case in a folder that is thrown away, and shows them in a form."""

    ended = QtCore.pyqtSignal()

    def __init__(
        self, packets: Packets, look: Look, asks: Asks, show: Callable[[Any], None], parent: Any
    ) -> None:
        super().__init__()
        self._packets, self._look, self._asks = packets, look, asks
        self._show_form, self._parent = show, parent
        self.background = Background(self)
        self.background.done.connect(self._show)
        self.background.failed.connect(self._refused)
        self.background.cancelled.connect(self.ended)

    def ask(self, case_id: str) -> None:
        """Make the pages of a case beside the window."""
        try:
            making = self._packets.making([case_id])
        except SurveyError as error:
            self._refused(error)
            return

        def look(progress: Progress) -> Looked:
            with tempfile.TemporaryDirectory(prefix="neixiang-preview-") as scratch:
                found: list[Made] = []
                making.make(Path(scratch), progress, found.append)
                return _looked(case_id, found[0])

        self.background.start(look)

    def _show(self, looked: Looked) -> None:
        self.ended.emit()
        if looked.without_pages:
            self._asks.say(self._look.texts("packet.no_office"), Level.WARNING)
        title = self._look.texts("packet.preview_title", case=looked.case_id)
        form = PagesForm(title, looked.papers, self._look, _rendered, self._parent)
        self._show_form(form)

    def _refused(self, error: SurveyError) -> None:
        self.ended.emit()
        self._asks.say(" ".join(error.problems), Level.ERROR)


def packet_deeds(window: Any, packets: Packets, preview: Preview) -> Deeds:
    """What the packet panel of a window asks for."""

    def own_folder(case_id: str) -> Path:
        return packets.folder / safe_name(case_id)

    def show_folder(case_id: str) -> None:
        own = own_folder(case_id)
        open_folder(own if own.is_dir() else packets.folder)

    def is_written(case_id: str) -> bool:
        return own_folder(case_id).is_dir()

    def issue_day(day: date) -> int:
        window.panels.packets.show_busy(True)
        count = packets.issue_day(day)
        if count == 0:
            window.panels.packets.show_busy(False)
        return count

    return Deeds(
        packets.issue,
        preview.ask,
        lambda: ask_for_day(window, issue_day),
        show_folder,
        is_written,
    )


def _rendered(paper: Paper, dots_per_inch: float) -> Iterator[bytes]:
    return page_pictures(paper.pdf, dots_per_inch)


def _looked(case_id: str, made: Made) -> Looked:
    folder = made.written.folder
    forms = [path for path in made.written.files if path.suffix == ".docx"]
    pages = [path for path in made.written.files if path.suffix == ".pdf"]
    papers = tuple(
        Paper(path.stem, tuple(page_pictures(pdf, SCREEN_DPI)), pdf)
        for path in pages
        if path.parent == folder
        for pdf in [path.read_bytes()]
    )
    missing = [path for path in forms if path.with_suffix(".pdf") not in pages]
    return Looked(case_id, papers, len(missing))
