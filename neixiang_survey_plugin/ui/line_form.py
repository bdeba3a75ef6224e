"""The facts of a line as a form that is built from the fields of the routes' layer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from neixiang_survey_plugin.app.drawing.along import length_m
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.core.schema import ROUTES, Field, FieldType
from neixiang_survey_plugin.core.trenchless import check_bores_fit, parse_trenchless
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.choice_box import ChoiceBox
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label, scrolled
from neixiang_survey_plugin.ui.words.cells import plain

_FIXED = ("route_id", "utility")
_UNKNOWN = None


class LineForm(KeptForm):
    """A form for one line; ``accept_with`` gets the line as it was filled in."""

    def __init__(self, route: Route, county: County, look: Look, parent: Any = None) -> None:
        super().__init__(look, parent)
        self._route = route
        self._county = county
        self.edits: dict[str, Any] = {}
        self._written: dict[str, str] = {}
        self.result_route: Route | None = None
        self.setWindowTitle(look.texts("facts.title", route_id=route.route_id))
        self._lay_out()
        self.resize(420, 620)

    def focus_on(self, field: str) -> None:
        """Put the cursor into one field."""
        self.edits[field].setFocus()

    def filled_in(self) -> Route:
        """The line with what is in the form; SurveyError with one sentence per wrong field."""
        problems = Problems()
        facts: dict[str, Any] = {}
        for one in ROUTES.fields:
            if one.name in self.edits:
                try:
                    facts[one.name] = self._value(one)
                except SurveyError as error:
                    problems.extend(error)
        problems.raise_if_any()
        return replace(self._route, **facts)

    def keep_filled_in(self) -> None:
        """Take the line as it is filled in."""
        self.result_route = self.filled_in()

    def _value(self, one: Field) -> Any:
        edit = self.edits[one.name]
        if isinstance(edit, QtWidgets.QComboBox) and not edit.isEditable():
            return edit.currentData()
        text = (
            edit.currentText() if isinstance(edit, QtWidgets.QComboBox) else edit.text()
        ).strip()
        if text == self._written[one.name]:
            return getattr(self._route, one.name)  # as exact as it was
        if one.name == "unit":
            return {unit.name: unit.unit_id for unit in self._county.units}.get(text, text) or None
        return self._read(one, text)

    def _read(self, one: Field, text: str) -> Any:
        words = {"field": self._look.texts(f"field.{one.name}"), "text": text}
        if one.name == "trenchless":
            try:
                bores = parse_trenchless(text)
                check_bores_fit(bores, length_m(self._route.line, self._county.grid))
                return bores
            except ValueError:
                raise SurveyError(self._look.texts("facts.bad_trenchless", **words)) from None
        if not text:
            return _UNKNOWN
        if one.type is FieldType.NUMBER:
            return _number(one, text, self._look.texts("facts.bad_number", **words))
        if one.type is FieldType.DATE:
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise SurveyError(self._look.texts("facts.bad_day", **words)) from None
        return text

    def _lay_out(self) -> None:
        texts = self._look.texts
        form = QtWidgets.QFormLayout()
        form.setSpacing(8)
        for one in ROUTES.fields:
            if one.name not in _FIXED:
                edit = self._edit(one)
                name = texts(f"field.{one.name}")
                edit.setAccessibleName(name)
                self.edits[one.name] = edit
                form.addRow(name, edit)
        inner = QtWidgets.QWidget()
        inner.setLayout(form)
        content = column(
            label(texts("facts.note"), "quiet", wraps=True),
            scrolled(inner),
            self.problem,
            margin=12,
            spacing=8,
        )
        self.lay_down(content, texts("facts.cancel"), texts("facts.save"))

    def _edit(self, one: Field) -> Any:
        value = getattr(self._route, one.name)
        if one.words is not None:
            choices = [(self._look.words.cell(one.name, word), word) for word in one.words]
            return self._choice([(self._look.texts("facts.unknown"), _UNKNOWN), *choices], value)
        if one.name == "unit":
            return self._units(value)
        text = _bores_text(value) if one.name == "trenchless" else plain(value)
        self._written[one.name] = text
        edit = HintedLine(text)
        edit.setPlaceholderText(self._look.texts("facts.unknown"))
        return edit

    def _units(self, value: str | None) -> Any:
        edit = ChoiceBox()
        edit.setEditable(True)
        mine = [unit for unit in self._county.units if unit.utility == self._route.utility]
        for unit in mine:
            edit.addItem(unit.name)
        names = {unit.unit_id: unit.name for unit in mine}
        edit.setEditText(names.get(value or "", value or ""))
        self._written["unit"] = edit.currentText()
        return edit

    @staticmethod
    def _choice(choices: list[tuple[str, str | None]], value: str | None) -> Any:
        edit = ChoiceBox()
        for words, word in choices:
            edit.addItem(words, word)
        edit.setCurrentIndex(max(edit.findData(value), 0))
        return edit


def _bores_text(bores: tuple[Bore, ...]) -> str:
    """Bores to the centimetre, as parse_trenchless reads them."""
    return ";".join(
        f"{plain(round(bore.from_m, 2))}-{plain(round(bore.to_m, 2))}"
        + ("" if bore.depth_m is None else f"@{plain(bore.depth_m)}")
        for bore in bores
    )


def _number(one: Field, text: str, complaint: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise SurveyError(complaint) from None
    too_small = one.minimum is not None and value < one.minimum
    if too_small or (one.above_zero and value <= 0.0) or value != value or abs(value) > 1e9:
        raise SurveyError(complaint)
    return value
