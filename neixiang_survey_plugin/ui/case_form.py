"""A form for a new case: its number, site and applicant, and the day it was applied for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.vocabulary import APPLICANT_KIND
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, column, label


class CaseForm(QtWidgets.QDialog):
    """Fills in what every line of a case shares; ``register`` keeps it or raises SurveyError."""

    def __init__(
        self,
        suggested: str,
        sites: Mapping[str, str],
        units: Mapping[str, str],
        look: Look,
        register: Callable[[Kit, str], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._units, self._register = look, units, register
        self.number = QtWidgets.QLineEdit(suggested)
        self.applicant = QtWidgets.QLineEdit()
        self.site = QtWidgets.QComboBox()
        self.site.addItem(look.texts("facts.unknown"), None)
        for site_id, name in sites.items():
            self.site.addItem(f"{name}  {site_id}" if name else site_id, site_id)
        self.kind = QtWidgets.QComboBox()
        self.kind.addItem(look.texts("facts.unknown"), None)
        for word in APPLICANT_KIND:
            self.kind.addItem(look.words.cell("applicant_kind", word), word)
        self.kind.setCurrentIndex(1)
        self.applied_on = QtWidgets.QLineEdit(date.today().isoformat())
        self.planned_on = QtWidgets.QLineEdit()
        self._problem = label("", wraps=True)
        self._problem.setStyleSheet(f"color: {look.colours.failed}")
        self._problem.hide()
        self.setWindowTitle(look.texts("case.new"))
        self._lay_out()
        self.setMinimumWidth(400)

    def save(self) -> None:
        """Register the case and close, or say what is wrong and stay."""
        try:
            self._register(self._kit(), self.applicant.text().strip())
        except SurveyError as error:
            self._problem.setText("\n".join(error.problems))
            self._problem.show()
            return
        self.accept()

    def _kit(self) -> Kit:
        number = self.number.text().strip()
        if not number:
            raise SurveyError(self._look.texts("case.needed"))
        return Kit(
            case_id=number,
            site_id=self.site.currentData(),
            applicant_kind=self.kind.currentData(),
            applied_on=self._day(self.applied_on, "applied_on"),
            planned_on=self._day(self.planned_on, "planned_on"),
            units=self._units,
        )

    def _day(self, edit: Any, name: str) -> date | None:
        text = edit.text().strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            words = {"field": self._look.texts(f"case.{name}"), "text": text}
            raise SurveyError(self._look.texts("facts.bad_day", **words)) from None

    def _lay_out(self) -> None:
        texts = self._look.texts
        form = QtWidgets.QFormLayout()
        form.setSpacing(8)
        rows = {
            "number": self.number,
            "applicant": self.applicant,
            "site": self.site,
            "kind": self.kind,
            "applied_on": self.applied_on,
            "planned_on": self.planned_on,
        }
        for name, edit in rows.items():
            edit.setAccessibleName(texts(f"case.{name}"))
            form.addRow(texts(f"case.{name}"), edit)
        buttons = QtWidgets.QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(texts("case.cancel"), self.reject))
        save = button(texts("case.save"), self.save, primary=True)
        save.setDefault(True)
        buttons.addWidget(save)
        content = column(margin=12, spacing=12)
        content.layout().addLayout(form)
        content.layout().addWidget(self._problem)
        content.layout().addLayout(buttons)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(content)
