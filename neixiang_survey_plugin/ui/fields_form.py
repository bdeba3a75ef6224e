"""A form of a few fields that a packet lacks: of its case, of a unit, or who decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label


@dataclass(frozen=True)
class FormField:
    """One field: its name, what is called so, what stands in it, the words to choose from."""

    name: str
    title: str
    value: str = ""
    choices: Mapping[str, str] | None = None


class FieldsForm(KeptForm):
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
        super().__init__(look, parent)
        self._keep = keep
        self.edits = {one.name: _edit(one) for one in fields}
        self.setWindowTitle(title)
        self._lay_out(note, fields)
        self.setMinimumWidth(440)

    def focus_on(self, field: str) -> None:
        """Put the cursor into one field."""
        self.edits[field].setFocus()

    def keep_filled_in(self) -> None:
        """Keep what is filled in."""
        self._keep({name: _text(edit) for name, edit in self.edits.items()})

    def _lay_out(self, note: str, fields: tuple[FormField, ...]) -> None:
        form = QtWidgets.QFormLayout()
        form.setSpacing(8)
        for one in fields:
            self.edits[one.name].setAccessibleName(one.title)
            form.addRow(one.title, self.edits[one.name])
        content = column(label(note, "quiet", wraps=True), margin=12, spacing=12)
        content.layout().addLayout(form)
        content.layout().addWidget(self.problem)
        self.lay_down(content, self._look.texts("facts.cancel"), self._look.texts("facts.save"))


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
