"""A form that keeps what is filled in and closes, or says what is wrong and stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, label


class KeptForm(QtWidgets.QDialog):
    """What every form has: the place of its complaint, Cancel and its primary button below."""

    def __init__(self, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self._look = look
        self.problem = label("", wraps=True)
        self.problem.setStyleSheet(f"color: {look.colours.failed}")
        self.problem.hide()

    def keep_filled_in(self) -> None:
        """Keep what is filled in; SurveyError where something of it is wrong."""
        raise NotImplementedError

    def save(self) -> None:
        """Keep what is filled in and close, or say what is wrong and stay."""
        self.close_after(self.keep_filled_in)

    def close_after(self, act: Callable[[], object]) -> None:
        """Do something and close, or say why it cannot be done and stay."""
        try:
            act()
        except SurveyError as error:
            self.complain(error)
            return
        self.accept()

    def complain(self, error: SurveyError) -> None:
        """Say what is wrong."""
        self.problem.setText(self._look.said(error))
        self.problem.show()

    def day_in(self, edit: Any, name: str) -> date:
        """The day in a field; SurveyError, which calls the field by its name, for what is none."""
        text = edit.text().strip()
        try:
            return date.fromisoformat(text)
        except ValueError:
            said = self._look.texts("facts.bad_day", field=name, text=text)
            raise SurveyError(said) from None

    def lay_down(self, content: Any, cancel: str, save: str, *beside: Any) -> Any:
        """Fill the form with its content and, below, its buttons; ``beside`` stand to the left.

        Returns the primary button, for a form whose words for it change.
        """
        buttons = QtWidgets.QHBoxLayout()
        for one in beside:
            buttons.addWidget(one)
        buttons.addStretch(1)
        buttons.addWidget(button(cancel, self.reject))
        primary = button(save, self.save, primary=True)
        buttons.addWidget(primary)
        content.layout().addLayout(buttons)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(content)
        primary.setDefault(True)  # once it lies in the dialog
        return primary
