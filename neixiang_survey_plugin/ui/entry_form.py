"""A form of typed fields: what is wrong is said in it, what is right is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.entries import Ask, Entry, Takes
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label, scrolled

Values = Mapping[str, Any]
_MOST_AT_ONCE = 12  # fields; a form of more scrolls


class EntryForm(KeptForm):
    """Asks for some fields; ``keep`` gets their values by name, or raises SurveyError."""

    def __init__(
        self,
        title: str,
        asks: Sequence[Ask],
        look: Look,
        keep: Callable[[Values], object],
        parent: Any = None,
        note: str = "",
        save: str = "",
    ) -> None:
        super().__init__(look, parent)
        self._keep = keep
        self.entries = {one.name: Entry(one, look.texts) for one in asks}
        self._scrolls = len(asks) > _MOST_AT_ONCE
        self.setWindowTitle(title)
        self._lay_out(note, save)
        first = next(iter(self.entries.values()), None)
        if first is not None:
            first.widget.setFocus()

    def __getitem__(self, name: str) -> Any:
        return self.entries[name].widget

    def keep_filled_in(self) -> None:
        """Keep the values by name."""
        self._keep(read_all(self.entries.values()))

    def showEvent(self, event: Any) -> None:
        """Be as high as the fields are in the window's style, which they have from now on."""
        super().showEvent(event)
        if not self._scrolls:
            self.resize(self.sizeHint())  # adjustSize() stops at two thirds of the screen

    def _lay_out(self, note: str, save: str) -> None:
        whole = column(margin=16, spacing=12)
        if note:
            whole.layout().addWidget(label(note, "quiet", wraps=True))
        inner = QtWidgets.QWidget()
        inner.setLayout(fields(self.entries.values()))
        whole.layout().addWidget(scrolled(inner) if self._scrolls else inner, int(self._scrolls))
        whole.layout().addWidget(self.problem)
        texts = self._look.texts
        self.lay_down(whole, texts("entry.cancel"), save or texts("entry.save"))
        self.setMinimumWidth(440)
        if self._scrolls:
            self.resize(520, 640)


def fields(entries: Iterable[Entry]) -> Any:
    """The fields below each other, each beside its label; a needed one has a star."""
    form = QtWidgets.QFormLayout()
    form.setSpacing(8)
    form.setFieldGrowthPolicy(QtWidgets.QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for one in entries:
        form.addRow("" if one.ask.takes is Takes.TICK else _label(one), one.widget)
    return form


def fields_in_pairs(entries: Sequence[Entry]) -> Any:
    """The fields two in a row, each beside its label."""
    grid = QtWidgets.QGridLayout()
    grid.setSpacing(8)
    for number, one in enumerate(entries):
        row, place = divmod(number, 2)
        said = label(_label(one))
        said.setBuddy(one.widget)
        grid.addWidget(said, row, 2 * place)
        grid.addWidget(one.widget, row, 2 * place + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return grid


def _label(one: Entry) -> str:
    return f"{one.ask.label} *" if one.ask.needed else one.ask.label


def read_all(entries: Iterable[Entry]) -> Values:
    """The values by name; SurveyError with a sentence for every field that is wrong."""
    problems = Problems()
    values: dict[str, Any] = {}
    for one in entries:
        try:
            values[one.ask.name] = one.read()
        except SurveyError as error:
            problems.extend(error)
    problems.raise_if_any()
    return values
