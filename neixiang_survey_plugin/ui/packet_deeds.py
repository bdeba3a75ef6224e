"""What the packet panel asks of its window: the packets of a day, the folder where they lie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.ui.entries import Ask, Takes
from neixiang_survey_plugin.ui.entry_form import EntryForm, Values


def ask_for_day(window: Any, issue_day: Callable[[date], int]) -> None:
    """Ask whose packets are to be made: all cases that came in on a day."""
    texts = window.look.texts

    def make(values: Values) -> None:
        day = values["day"]
        if issue_day(day) == 0:
            raise SurveyError(texts("packet.day_none", day=day.isoformat()))

    day = Ask("day", texts("packet.day_field"), Takes.DAY, date.today(), needed=True)
    title, note = texts("packet.day_title"), texts("packet.day_note")
    window.forms.show(
        EntryForm(title, [day], window.look, make, window, note, texts("packet.day_make"))
    )


def open_folder(folder: Path) -> None:
    """Show a folder in the computer's own file manager."""
    QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(folder)))
