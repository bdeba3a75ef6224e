"""What the packet panel asks of its window: the packets of a day, the folder where they lie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.ui.fields_form import FieldsForm, FormField


def ask_for_day(window: Any, issue_day: Callable[[date], int]) -> None:
    """Ask whose packets are to be made: all cases that came in on a day."""
    texts = window.look.texts

    def make(filled: dict[str, str]) -> None:
        text = filled["day"]
        try:
            day = date.fromisoformat(text)
        except ValueError:
            name = texts("packet.day_field")
            raise SurveyError(texts("facts.bad_day", field=name, text=text)) from None
        if issue_day(day) == 0:
            raise SurveyError(texts("packet.day_none", day=day.isoformat()))

    day = (FormField("day", texts("packet.day_field"), date.today().isoformat()),)
    title, note = texts("packet.day_title"), texts("packet.day_note")
    window.forms.show(FieldsForm(title, note, day, window.look, make, window))


def open_folder(folder: Path) -> None:
    """Show a folder in the computer's own file manager."""
    QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(folder)))
