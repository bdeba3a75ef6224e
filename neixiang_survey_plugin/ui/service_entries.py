"""What is asked of one utility: which kind of service, for what, how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from neixiang_survey_plugin.core.casework.case import NeededFor, Service, ServiceKind
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.vocabulary import PRESSURE_CLASS
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.entries import Ask, Entry, Takes
from neixiang_survey_plugin.ui.entry_form import fields_in_pairs, read_all
from neixiang_survey_plugin.ui.line_rows import Swatch
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import label

# What each utility asks before it lays a line (facts of the form 3.1).
_QUANTITIES: Mapping[str, Mapping[str, Takes]] = {
    "water": {
        "water_use": Takes.TEXT,
        "households": Takes.WHOLE,
        "persons": Takes.WHOLE,
        "daily_water_t": Takes.NUMBER,
        "hourly_water_t": Takes.NUMBER,
        "meter_mm": Takes.NUMBER,
        "meter_count": Takes.WHOLE,
        "has_booster": Takes.FLAG,
        "has_tank": Takes.FLAG,
    },
    "power": {
        "power_kw": Takes.NUMBER,
        "power_kva": Takes.NUMBER,
        "voltage_kv": Takes.NUMBER,
        "load_kind": Takes.TEXT,
    },
    "gas": {"gas_use": Takes.TEXT, "gas_m3_h": Takes.NUMBER, "pressure_class": Takes.WORD},
    "heat": {
        "heated_area_m2": Takes.NUMBER,
        "heating_kind": Takes.TEXT,
        "exchange_station": Takes.TEXT,
    },
    "telecom": {
        "bandwidth_mbit_s": Takes.NUMBER,
        "ports": Takes.WHOLE,
        "duct_holes": Takes.WHOLE,
    },
}
_COMMON = {"service_kind": Takes.WORD, "needed_for": Takes.WORD, "unit": Takes.WORD}
# The fields of each utility in their order.
ASKED: Mapping[str, Mapping[str, Takes]] = {
    utility: {**_COMMON, **own, "remark": Takes.TEXT} for utility, own in _QUANTITIES.items()
}


class ServiceEntries(QtWidgets.QFrame):
    """The fields of one service; ``read`` gives the service as it is filled in."""

    def __init__(self, utility: str, service: Service | None, county: County, look: Look) -> None:
        super().__init__()
        self.utility = utility
        self._look, self._county = look, county
        given = service or Service(utility=utility, service_kind=ServiceKind.NEW)
        self.entries = {
            name: self._entry(name, takes, getattr(given, name))
            for name, takes in ASKED[utility].items()
        }
        for name in ("service_kind", "needed_for") if service is not None else ():
            known = getattr(given, name) is not None
            self.entries[name].widget.setEnabled(not known)  # another kind is another service
        self.setProperty("role", "card")
        name = look.words.utility(utility)
        head = QtWidgets.QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Swatch(utility))
        head.addWidget(label(name, "title"))
        head.addStretch(1)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 12)
        box.setSpacing(8)
        box.addLayout(head)
        for one in self.entries.values():
            one.widget.setAccessibleName(f"{name} {one.ask.label}")
        box.addLayout(fields_in_pairs(tuple(self.entries.values())))

    def read(self) -> Service:
        """The service; SurveyError with a sentence for every field that is wrong."""
        values = read_all(self.entries.values())
        return Service(utility=self.utility, **values)

    def is_for(self, needed_for: NeededFor) -> bool:
        """Whether it is for the works, or for production."""
        return bool(self.entries["needed_for"].widget.currentData() is needed_for)

    def show_for(self, needed_for: NeededFor) -> None:
        """Let it be for the works, or for production."""
        self.entries["needed_for"].widget.setCurrentIndex(1 + list(NeededFor).index(needed_for))

    def _entry(self, name: str, takes: Takes, value: Any) -> Entry:
        ask = Ask(
            name, self._look.texts(f"service_field.{name}"), takes, value, self._choices(name)
        )
        return Entry(ask, self._look.texts)

    def _choices(self, name: str) -> list[tuple[str, Any]]:
        words = self._look.words
        if name == "service_kind":
            return [(words.cell(name, one.value), one) for one in ServiceKind]
        if name == "needed_for":
            return [(words.cell(name, one.value), one) for one in NeededFor]
        if name == "unit":
            own = (one for one in self._county.units if one.utility == self.utility)
            return [(one.name, one.unit_id) for one in own]
        if name == "pressure_class":
            return [(words.cell(name, one), one) for one in PRESSURE_CLASS]
        return []
