"""Confirming on site a fact that the county's layers lack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.measuring.measures import Unknown
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, FieldType
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.choice_box import ChoiceBox
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label

# What is missing of an object of a layer; everything else is missing of the line itself.
FACTS_OF_ROADS = {
    Unknown.ROAD_CLASS_MISSING: "road_class",
    Unknown.DELIVERED_ON_MISSING: "delivered_on",
    Unknown.OVERHAULED_ON_MISSING: "overhauled_on",
    Unknown.ROAD_WITHOUT_WIDTH: "width_m",
}
FACTS_OF_LINES = {
    Unknown.UNIT_MISSING: "unit",
    Unknown.APPLICANT_KIND_MISSING: "applicant_kind",
    Unknown.NO_WORKING_WIDTH: "working_width_m",
    Unknown.NO_TRENCH_WIDTH: "trench_width_m",
    Unknown.NO_PIT_SIZE: "pit_length_m",
    Unknown.VOLTAGE_MISSING: "voltage_kv",
    Unknown.POWER_MISSING: "power_kw",
    Unknown.DIAMETER_MISSING: "diameter_mm",
    Unknown.DUCT_HOLES_MISSING: "duct_holes",
}


class FactForm(KeptForm):
    """A form for one fact of one of some objects; ``confirm`` keeps it or raises SurveyError."""

    def __init__(
        self,
        layer: str,
        objects: dict[str, str],
        field: str,
        who: str,
        look: Look,
        confirm: Callable[[ConfirmedFact], None],
        parent: Any = None,
    ) -> None:
        super().__init__(look, parent)
        self._layer, self._field, self._confirm = layer, field, confirm
        self.objects = ChoiceBox()
        for object_id, words in objects.items():
            self.objects.addItem(words, object_id)
        self.value = self._value_edit()
        self.evidence = HintedLine()
        self.evidence.setPlaceholderText(look.texts("fact.evidence_tip"))
        self.who = HintedLine(who)
        self.on = HintedLine(date.today().isoformat())
        self.setWindowTitle(look.texts("fact.title"))
        self._lay_out()
        self.setMinimumWidth(400)
        self.value.setFocus()

    def keep_filled_in(self) -> None:
        """Keep the fact."""
        self._confirm(self._fact())

    def _fact(self) -> ConfirmedFact:
        on = self.day_in(self.on, self._look.texts("fact.on"))
        is_choice = isinstance(self.value, QtWidgets.QComboBox)
        value = self.value.currentData() if is_choice else self.value.text().strip()
        return ConfirmedFact(
            layer=self._layer,
            object_id=str(self.objects.currentData()),
            field=self._field,
            value=value,
            evidence=self.evidence.text().strip(),
            confirmed_by=self.who.text().strip(),
            confirmed_on=on,
        )

    def _value_edit(self) -> Any:
        field = COUNTY_LAYERS[self._layer].field(self._field)
        assert field is not None  # the table above names fields of the schema
        if field.words is not None:
            edit = ChoiceBox()
            for word in field.words:
                edit.addItem(self._look.words.cell(self._field, word), word)
            return edit
        edit = HintedLine()
        kind = "value_day" if field.type is FieldType.DATE else "value_number"
        edit.setPlaceholderText(self._look.texts(f"fact.{kind}"))
        return edit

    def _lay_out(self) -> None:
        texts = self._look.texts
        form = QtWidgets.QFormLayout()
        form.setSpacing(8)
        rows = {
            texts("fact.object"): self.objects,
            texts(f"field.{self._field}"): self.value,
            texts("fact.evidence"): self.evidence,
            texts("fact.who"): self.who,
            texts("fact.on"): self.on,
        }
        for name, edit in rows.items():
            edit.setAccessibleName(name)
            form.addRow(name, edit)
        content = column(label(texts("fact.note"), "quiet", wraps=True), margin=12, spacing=12)
        content.layout().addLayout(form)
        content.layout().addWidget(self.problem)
        self.lay_down(content, texts("fact.cancel"), texts("fact.save"))
