"""A form of a few fields that a packet lacks: of its case, of a unit, or who decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, column, label


@dataclass(frozen=True)
class FormField:
    """One field: its name, what is called so, what stands in it, the words to choose from."""

    name: str
    title: str
    value: str = ""
    choices: Mapping[str, str] | None = None


class FieldsForm(QtWidgets.QDialog):
    """Shows fields with what stands in them; ``keep`` gets the texts or raises SurveyError."""

    def __init__(
        self,
        title: str,
        note: str,
        fields: tuple[FormField, ...],
        look: Look,
        keep: Callable[[dict[str, str]], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._keep = look, keep
        self.edits = {one.name: _edit(one) for one in fields}
        self._problem = label("", wraps=True)
        self._problem.setStyleSheet(f"color: {look.colours.failed}")
        self._problem.hide()
        self.setWindowTitle(title)
        self._lay_out(note, fields)
        self.setMinimumWidth(440)

    def focus_on(self, field: str) -> None:
        """Put the cursor into one field."""
        self.edits[field].setFocus()

    def save(self) -> None:
        """Keep what is filled in and close, or say what is wrong and stay."""
        try:
            self._keep({name: _text(edit) for name, edit in self.edits.items()})
        except SurveyError as error:
            self._problem.setText(self._look.said(error))
            self._problem.show()
            return
        self.accept()

    def _lay_out(self, note: str, fields: tuple[FormField, ...]) -> None:
        form = QtWidgets.QFormLayout()
        form.setSpacing(8)
        for one in fields:
            self.edits[one.name].setAccessibleName(one.title)
            form.addRow(one.title, self.edits[one.name])
        buttons = QtWidgets.QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(self._look.texts("facts.cancel"), self.reject))
        save = button(self._look.texts("facts.save"), self.save, primary=True)
        buttons.addWidget(save)
        content = column(label(note, "quiet", wraps=True), margin=12, spacing=12)
        content.layout().addLayout(form)
        content.layout().addWidget(self._problem)
        content.layout().addLayout(buttons)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(content)
        save.setDefault(True)  # once it lies in the dialog


def _edit(field: FormField) -> Any:
    if field.choices is None:
        return QtWidgets.QLineEdit(field.value)
    edit = QtWidgets.QComboBox()
    for value, words in field.choices.items():
        edit.addItem(words, value)
    edit.setCurrentIndex(max(0, edit.findData(field.value)))
    return edit


def _text(edit: Any) -> str:
    text = edit.currentData() if isinstance(edit, QtWidgets.QComboBox) else edit.text()
    return str(text or "").strip()
