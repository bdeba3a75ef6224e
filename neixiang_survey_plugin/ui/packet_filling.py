"""Leading from what a packet lacks to where it is filled in: a line, the case, a unit."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

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
from neixiang_survey_plugin.ui.entries import Ask, Takes
from neixiang_survey_plugin.ui.entry_form import EntryForm, Values

_CASE_FIELDS = ("applicant_name", "project_name", *JOINT_CASE_FIELDS)
_TAKES = {"received_at": Takes.MOMENT, "lead_unit": Takes.WORD}

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
            who = Ask("who", self._texts("packet.reading_by"), value=window.who(), needed=True)
            keep = functools.partial(self._keep_reading, case_id, lack)
            self._show(title, "packet.reading_note", [who], keep)
        else:
            window.tabs.setCurrentWidget(window.panels.cases)

    def _texts(self, key: str, **words: object) -> str:
        text: str = self._window.look.texts(key, **words)
        return text

    def _show(
        self,
        title: str,
        note: str,
        asks: Sequence[Ask],
        keep: Callable[[Values], None],
        field: str | None = None,
    ) -> None:
        window = self._window
        form = EntryForm(title, asks, window.look, keep, window, self._texts(note))
        window.forms.show(form)
        if field is not None:
            form[field].setFocus()

    def _ask(self, name: str, value: object, takes: Takes = Takes.TEXT) -> Ask:
        return Ask(name, self._texts(f"packet.field_{name}"), takes, value)

    def _cases(self, case_id: str) -> tuple[Case, ...]:
        found: tuple[Case, ...] = self._window.session.store.records(Case, case_id=case_id)
        return found

    def _fill_case(self, field: MissingField) -> None:
        cases = self._cases(field.owner)
        if not cases:
            self._window.forms.new_case(field.owner)
            return
        case = cases[-1]
        asks = [
            self._ask(name, getattr(case, name), _TAKES.get(name, Takes.TEXT))
            for name in _CASE_FIELDS
        ]
        units = [(one.name, one.unit_id) for one in self._window.session.county.units]
        asks = [replace(one, choices=units) if one.name == "lead_unit" else one for one in asks]
        title = self._texts("packet.case_title", case=case.case_id)
        keep = functools.partial(self._keep_case, case)
        self._show(title, "packet.case_note", asks, keep, field.name)

    def _keep_case(self, shown: Case, values: Values) -> None:
        """Put on record what was filled in; whatever else the case has by now stays."""
        case_id = shown.case_id
        facts = {
            name: value
            for name, value in values.items()
            if value is not None and value != getattr(shown, name)
        }
        (case,) = self._cases(case_id)
        target, at = None, self._window.forms.now()
        late = case.received_at is None and case.state is not State.REGISTERED
        if late and "received_at" in facts:  # registering is a move of its own
            target, at = State.REGISTERED, facts.pop("received_at")
        application = Application(Case(**facts), ())
        step = Step(target, Act(self._window.who(), at), facts=application)
        CaseDesk(self._window.session, self._window.book).advance(case_id, step)

    def _keep_reading(self, case_id: str, lack: Lack, values: Values) -> None:
        who, session = values["who"], self._window.session
        asked = {one.utility for one in lack.services}
        services = session.store.records(Service, case_id=case_id)
        rows = [replace(one, reading_decided_by=who) for one in services if one.utility in asked]
        session.step("case_step", lambda store: store.keep(rows, what="case_step"), case_id)

    def _fill_unit(self, field: MissingField) -> None:
        units = {unit.unit_id: unit for unit in self._window.session.county.units}
        unit = units[field.owner]
        choices = [(self._texts(f"packet.{one.value}"), one.value) for one in Reinstatement]
        chosen = None if unit.reinstatement is None else unit.reinstatement.value
        asks = [self._ask(name, getattr(unit, name)) for name in UNIT_FIELDS]
        by_whom = self._ask("reinstatement", chosen, Takes.WORD)
        asks += [replace(by_whom, choices=choices), self._ask("reinstated_by", unit.reinstated_by)]
        title = self._texts("packet.unit_title", unit=unit.name)

        def keep(values: Values) -> None:
            texts = {name: value or "" for name, value in values.items()}  # "" takes it out
            self._keep_unit(unit.unit_id, texts)

        self._show(title, "packet.unit_note", asks, keep, field.name)
