"""Leading from what a packet lacks to where it is filled in: a line, the case, a unit."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.case_book import office_now
from neixiang_survey_plugin.app.casework.desk import CaseDesk
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.recording import Step
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.packet_fields import (
    JOINT_CASE_FIELDS,
    UNIT_FIELDS,
    Holder,
    MissingField,
)
from neixiang_survey_plugin.core.casework.case import Case, Service, State
from neixiang_survey_plugin.core.casework.conditions import Condition, Lack
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.county import Reinstatement
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.ui.entries import moment
from neixiang_survey_plugin.ui.fields_form import FieldsForm, FormField

_CASE_FIELDS = ("applicant_name", "project_name", *JOINT_CASE_FIELDS)

KeepUnit = Callable[[str, Mapping[str, str]], None]


class PacketFilling:
    """Opens the form for whatever is missing; ``keep_unit`` writes into the county's file."""

    def __init__(self, window: Any, keep_unit: KeepUnit) -> None:
        self._window, self._keep_unit = window, keep_unit

    def fill(self, field: MissingField) -> None:
        """Ask for a field that a form may not leave empty."""
        if field.holder is Holder.LINE:
            self._window.session.select(field.owner)
            self._window.forms.show_facts(field.name)
        elif field.holder is Holder.CASE:
            self._fill_case(field)
        elif field.holder is Holder.UNIT and field.name != "unit_id":
            self._fill_unit(field)
        else:
            said = self._texts(f"packet.in_county_{field.holder.value}", name=field.owner)
            self._window.say(said, Level.INFO)

    def settle(self, lack: Lack, case_id: str) -> None:
        """Lead to what else a case must have: who decided on the reading, or the case itself."""
        window = self._window
        if not self._cases(case_id):
            window.forms.new_case(case_id)
        elif lack.condition is Condition.READING_DECIDED:
            title = self._texts("packet.reading_title")
            who = (FormField("who", self._texts("packet.reading_by"), window.who()),)
            note = self._texts("packet.reading_note")
            keep = functools.partial(self._keep_reading, case_id, lack)
            self._show(FieldsForm(title, note, who, window.look, keep, window))
        else:
            window.tabs.setCurrentWidget(window.panels.cases)

    def _texts(self, key: str, **words: object) -> str:
        text: str = self._window.look.texts(key, **words)
        return text

    def _show(self, form: FieldsForm, field: str | None = None) -> None:
        self._window.forms.show(form)
        if field is not None:
            form.focus_on(field)

    def _cases(self, case_id: str) -> tuple[Case, ...]:
        found: tuple[Case, ...] = self._window.session.store.records(Case, case_id=case_id)
        return found

    def _fill_case(self, field: MissingField) -> None:
        cases = self._cases(field.owner)
        if not cases:
            self._window.forms.new_case(field.owner)
            return
        case = cases[-1]
        shown = {name: _shown(getattr(case, name)) for name in _CASE_FIELDS}
        fields = tuple(
            FormField(name, self._texts(f"packet.field_{name}"), text)
            for name, text in shown.items()
        )
        title = self._texts("packet.case_title", case=case.case_id)
        note = self._texts("packet.case_note")
        keep = functools.partial(self._keep_case, case.case_id, shown)
        self._show(
            FieldsForm(title, note, fields, self._window.look, keep, self._window), field.name
        )

    def _keep_case(self, case_id: str, shown: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Put on record what was filled in; whatever else the case has by now stays."""
        facts: dict[str, Any] = {
            name: text for name, text in texts.items() if text and text != shown[name]
        }
        if "received_at" in facts:
            facts["received_at"] = self._moment(facts["received_at"])
        (case,) = self._cases(case_id)
        target, at = None, self._window.forms.now()
        late = case.received_at is None and case.state is not State.REGISTERED
        if late and "received_at" in facts:  # registering is a move of its own
            target, at = State.REGISTERED, facts.pop("received_at")
        application = Application(Case(**facts), ())
        step = Step(target, Act(self._window.who(), at), facts=application)
        CaseDesk(self._window.session, self._window.book).advance(case_id, step)

    def _moment(self, text: str) -> datetime:
        try:
            return moment(text)
        except ValueError:
            name = self._texts("packet.field_received_at")
            now = f"{office_now():%Y-%m-%d %H:%M}"
            said = self._texts("packet.bad_moment", field=name, text=text, now=now)
            raise SurveyError(said) from None

    def _keep_reading(self, case_id: str, lack: Lack, texts: Mapping[str, str]) -> None:
        who, session = texts["who"], self._window.session
        if not who:
            raise SurveyError(self._texts("packet.reading_nobody"))
        asked = {one.utility for one in lack.services}
        services = session.store.records(Service, case_id=case_id)
        rows = [replace(one, reading_decided_by=who) for one in services if one.utility in asked]
        session.step("case_step", lambda store: store.keep(rows, what="case_step"), case_id)

    def _fill_unit(self, field: MissingField) -> None:
        units = {unit.unit_id: unit for unit in self._window.session.county.units}
        unit = units[field.owner]
        choices = {one.value: self._texts(f"packet.{one.value}") for one in Reinstatement}
        chosen = "" if unit.reinstatement is None else unit.reinstatement.value
        fields = (
            *(
                FormField(name, self._texts(f"packet.field_{name}"), getattr(unit, name) or "")
                for name in UNIT_FIELDS
            ),
            FormField("reinstatement", self._texts("packet.field_reinstatement"), chosen, choices),
            FormField(
                "reinstated_by", self._texts("packet.field_reinstated_by"), unit.reinstated_by or ""
            ),
        )
        title = self._texts("packet.unit_title", unit=unit.name)
        note = self._texts("packet.unit_note")
        keep = functools.partial(self._keep_unit, unit.unit_id)
        self._show(
            FieldsForm(title, note, fields, self._window.look, keep, self._window), field.name
        )


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
