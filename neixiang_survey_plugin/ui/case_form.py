"""A form for a new case: number, applicant, site, the day it came, the services asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from neixiang_survey_plugin.app.case_book import NewCase
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.vocabulary import APPLICANT_KIND, UTILITY
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, column, label


class CaseForm(QtWidgets.QDialog):
    """Fills in a new case; ``register`` keeps it or raises SurveyError."""

    def __init__(
        self,
        suggested: str,
        sites: Mapping[str, str],
        now: datetime,
        look: Look,
        register: Callable[[NewCase], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._now, self._register = look, now, register
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
        self.applied_on = QtWidgets.QLineEdit(now.date().isoformat())
        self.services = {
            utility: QtWidgets.QCheckBox(look.words.utility(utility)) for utility in UTILITY
        }
        for tick in self.services.values():
            tick.setChecked(True)
        self._problem = label("", wraps=True)
        self._problem.setStyleSheet(f"color: {look.colours.failed}")
        self._problem.hide()
        self.setWindowTitle(look.texts("case.new"))
        self._lay_out()
        self.setMinimumWidth(400)

    def save(self) -> None:
        """Register the case and close, or say what is wrong and stay."""
        try:
            self._register(self._new_case())
        except SurveyError as error:
            self._problem.setText(self._look.said(error))
            self._problem.show()
            return
        self.accept()

    def _new_case(self) -> NewCase:
        number = self.number.text().strip()
        if not number:
            raise SurveyError(self._look.texts("case.needed"))
        return NewCase(
            case_id=number,
            applicant=self.applicant.text().strip(),
            applicant_kind=self.kind.currentData(),
            site_id=self.site.currentData(),
            received_at=self._received_at(),
            services=tuple(one for one, tick in self.services.items() if tick.isChecked()),
        )

    def _received_at(self) -> datetime:
        """This moment for today; noon of an earlier day, when nobody knows the hour."""
        text = self.applied_on.text().strip()
        try:
            day = date.fromisoformat(text)
        except ValueError:
            words = {"field": self._look.texts("case.applied_on"), "text": text}
            raise SurveyError(self._look.texts("facts.bad_day", **words)) from None
        return self._now if day == self._now.date() else datetime.combine(day, time(12))

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
        }
        for name, edit in rows.items():
            edit.setAccessibleName(texts(f"case.{name}"))
            form.addRow(texts(f"case.{name}"), edit)
        ticks = QtWidgets.QHBoxLayout()
        for tick in self.services.values():
            ticks.addWidget(tick)
        form.addRow(texts("case.services"), ticks)
        buttons = QtWidgets.QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(texts("case.cancel"), self.reject))
        save = button(texts("case.save"), self.save, primary=True)
        buttons.addWidget(save)
        content = column(margin=12, spacing=12)
        content.layout().addLayout(form)
        content.layout().addWidget(self._problem)
        content.layout().addLayout(buttons)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(content)
        save.setDefault(True)  # once it lies in the dialog
