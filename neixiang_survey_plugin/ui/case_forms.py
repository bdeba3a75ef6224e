"""The small forms of a case: a step, a way back, a stricter way, a department's or unit's word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

from neixiang_survey_plugin.app.casework.recording import Step
from neixiang_survey_plugin.app.inspecting import InspectionAsked
from neixiang_survey_plugin.core.casework.case import Service, State
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import Opinion, OpinionKind
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.casework.ways import WAYS_TO_TAKE, is_milder
from neixiang_survey_plugin.core.county import County, InspectionKind
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.ui.entries import Ask, Takes
from neixiang_survey_plugin.ui.entry_form import EntryForm, Values
from neixiang_survey_plugin.ui.look import Look

_CONNECTED = "connected_"


class CaseForms:
    """Makes the small forms of a case; ``who`` and ``now`` stand in them at first."""

    def __init__(
        self, look: Look, county: County, who: Callable[[], str], now: Callable[[], datetime]
    ) -> None:
        self._look, self._county, self._who, self._now = look, county, who, now

    def step(
        self, dossier: Dossier, target: State, keep: Callable[[Step], object], parent: Any
    ) -> EntryForm:
        """Ask by whom and when a step is taken, and what goes on record with it."""
        asks = [*self._act("act_by", "act_at")]
        waiting = [one for one in dossier.services if one.access_done_at is None]
        if target is State.ACCESS_DONE:
            asks += [self._connected(utility) for utility in _utilities(waiting)]

        def filled_in(values: Values) -> None:
            connected = tuple(u for u in _utilities(waiting) if values.get(f"{_CONNECTED}{u}"))
            step = Step(
                target,
                self._acted(values),
                access_of=connected if target is State.ACCESS_DONE else None,
            )
            keep(step)

        name = self._look.words.case_state(target)
        title = self._look.texts("case.step_title", case_id=dossier.case.case_id, state=name)
        return EntryForm(
            title, asks, self._look, filled_in, parent, save=self._look.texts("entry.do")
        )

    def back(self, dossier: Dossier, keep: Callable[[Step], object], parent: Any) -> EntryForm:
        """Ask to which state a case goes back, or that it is withdrawn or registered late."""
        words, texts = self._look.words, self._look.texts
        here, order = dossier.case.state, list(State)
        before = [one for one in order[: order.index(here)] if one in dossier.visited]
        choices = [(texts("case.back_to", state=words.case_state(one)), one) for one in before]
        if dossier.case.received_at is None and here is not State.CLOSED:
            choices.append((texts("case.register_late"), State.REGISTERED))
        if order.index(here) < order.index(State.IN_WORKS):
            choices.append((texts("case.withdraw"), State.CLOSED))
        asks = [
            self._ask("target", Takes.WORD, choices=choices, needed=True),
            self._ask("act_reason", Takes.TEXT, needed=True),
            *self._act("act_by", "act_at"),
        ]

        def filled_in(values: Values) -> None:
            keep(Step(values["target"], self._acted(values)))

        title = texts("case.back_title", case_id=dossier.case.case_id)
        return EntryForm(title, asks, self._look, filled_in, parent, note=texts("case.back_note"))

    def reading(self, dossier: Dossier, keep: Callable[[Step], object], parent: Any) -> EntryForm:
        """Ask who decided how the text is read, where the way depends on it."""
        asks = [
            self._ask("reading_decided_by", Takes.TEXT, needed=True),
            *self._act("act_by", "act_at"),
        ]

        def filled_in(values: Values) -> None:
            keep(Step(None, self._acted(values), reading_decided_by=values["reading_decided_by"]))

        texts = self._look.texts
        title = texts("case.reading_title", case_id=dossier.case.case_id)
        return EntryForm(
            title, asks, self._look, filled_in, parent, note=texts("case.reading_note")
        )

    def way(self, service: Service, keep: Callable[[Step], object], parent: Any) -> EntryForm:
        """Ask for a stricter way than the verdict, why, and who decided."""
        words, texts, verdict = self._look.words, self._look.texts, service.verdict
        open_ways = [
            one for one in WAYS_TO_TAKE if verdict is not None and not is_milder(one, verdict)
        ]
        choices = [(words.way(one), one) for one in open_ways]
        asks = [
            self._ask("way", Takes.WORD, service.way, choices, needed=True),
            self._ask("act_reason", Takes.TEXT, service.chosen_reason, needed=True),
            *self._act("act_by", "act_at"),
        ]

        def filled_in(values: Values) -> None:
            keep(Step(None, self._acted(values), ways={service.utility: values["way"]}))

        title = texts("case.way_title", utility=words.utility(service.utility))
        return EntryForm(title, asks, self._look, filled_in, parent, note=texts("case.way_note"))

    def decision(
        self,
        dossier: Dossier,
        row: Decision | None,
        keep: Callable[[Decision], object],
        parent: Any,
    ) -> EntryForm:
        """Ask for a department's word on one row, or on every row of the case at once."""
        held = row or Decision()
        outcomes = self._choices("decision_outcome", DecisionOutcome)
        asks = [] if row is not None else [self._whose(dossier)]
        asks += [
            self._ask("notified_at", Takes.MOMENT, held.notified_at),
            self._ask("received_at", Takes.MOMENT, held.received_at),
            self._ask("outcome", Takes.WORD, held.outcome, outcomes),
            self._ask("document_number", Takes.TEXT, held.document_number),
            self._ask("conditions", Takes.LONG, held.conditions),
            self._ask("decided_at", Takes.MOMENT, held.decided_at),
            self._ask("decided_by", Takes.TEXT, held.decided_by),
            self._ask("remark", Takes.TEXT, held.remark),
        ]

        def filled_in(values: Values) -> None:
            named = {name: value for name, value in values.items() if name != "matter"}
            matter = held.matter if row is not None else values["matter"]
            decided = named["outcome"] is not None
            named["decided_at"] = named["decided_at"] or (self._now() if decided else None)
            named["decided_by"] = named["decided_by"] or (self._who() if decided else None)
            own = held.utility, matter, held.department
            keep(Decision(None, dossier.case.case_id, *own, **named))

        texts = self._look.texts
        title = texts("decisions.title" if row is None else "decisions.title_one")
        note = texts("decisions.note")
        return EntryForm(title, asks, self._look, filled_in, parent, note=note)

    def opinion(
        self, dossier: Dossier, unit: str, keep: Callable[[Opinion], object], parent: Any
    ) -> EntryForm:
        """Ask what a unit or department says after the joint survey."""
        said = next((one for one in reversed(dossier.opinions) if one.unit == unit), Opinion())
        people = [one.person for one in dossier.participants if one.unit == unit and one.person]
        asks = [
            self._ask(
                "opinion", Takes.WORD, said.opinion, self._choices("opinion", OpinionKind), True
            ),
            self._ask("conditions", Takes.LONG, said.conditions),
            self._ask("reason", Takes.LONG, said.reason),
            self._ask("given_by", Takes.TEXT, said.given_by or next(iter(people), self._who())),
            self._ask("given_at", Takes.MOMENT, self._now(), needed=True),
        ]

        def filled_in(values: Values) -> None:
            keep(Opinion(unit=unit, **values))

        names = {one.unit_id: one.name for one in self._county.units}
        title = self._look.texts("joint_survey.opinion_of", who=names.get(unit, unit))
        return EntryForm(title, asks, self._look, filled_in, parent)

    def inspection(
        self, dossier: Dossier, keep: Callable[[InspectionAsked], object], parent: Any
    ) -> EntryForm:
        """Ask who looks at which lines of a case, how and when."""
        words = self._look.words
        lines = [(words.utility(one.utility), one.utility) for one in dossier.with_lines]
        departments = [(one.name, matter) for matter, one in self._county.departments.items()]
        kinds = self._choices("inspection_kind", InspectionKind)
        usual = Matter.EXCAVATION.value  # streets are what is opened most
        who = usual if usual in self._county.departments else _first(departments)
        asks = [
            self._ask("inspected_utility", Takes.WORD, _first(lines), lines, needed=True),
            self._ask("inspected_for", Takes.WORD, who, departments, needed=True),
            self._ask("inspection_kind", Takes.WORD, InspectionKind.AFTER, kinds, needed=True),
            self._ask("inspected_on", Takes.DAY, self._now().date(), needed=True),
            self._ask("inspected_by", Takes.TEXT, self._who(), needed=True),
            self._ask("with_departments", Takes.TEXT),
        ]

        def filled_in(values: Values) -> None:
            asked = InspectionAsked(
                case_id=dossier.case.case_id,
                utility=values["inspected_utility"],
                matter=values["inspected_for"],
                kind=values["inspection_kind"],
                on=values["inspected_on"],
                by=values["inspected_by"],
                with_departments=values["with_departments"],
            )
            keep(asked)

        title, note = self._look.texts("inspections.start"), self._look.texts("inspections.note")
        return EntryForm(title, asks, self._look, filled_in, parent, note=note)

    def _whose(self, dossier: Dossier) -> Ask:
        """Of which matter: all that are on record, or the first one that is told."""
        words = self._look.words
        choices = [(words.cell("matter", one.value), one) for one in Matter]
        first = None if dossier.decisions else Matter.EXCAVATION
        kind = "matter_all" if dossier.decisions else "matter"
        ask = self._ask(kind, Takes.WORD, first, choices, needed=not dossier.decisions)
        return Ask("matter", ask.label, ask.takes, ask.value, ask.choices, ask.needed, ask.tip)

    def _connected(self, utility: str) -> Ask:
        words = self._look.words.utility(utility)
        said = self._look.texts("case.connects", utility=words)
        return Ask(f"{_CONNECTED}{utility}", said, Takes.TICK, True)

    def _act(self, by: str, at: str) -> Sequence[Ask]:
        return (
            self._ask(by, Takes.TEXT, self._who(), needed=True),
            self._ask(at, Takes.MOMENT, self._now(), needed=True),
        )

    def _acted(self, values: Values) -> Act:
        return Act(values["act_by"], values["act_at"], values.get("act_reason"))

    def _ask(
        self,
        name: str,
        takes: Takes,
        value: Any = None,
        choices: Sequence[tuple[str, Any]] = (),
        needed: bool = False,
    ) -> Ask:
        return Ask(name, self._look.texts(f"entry_of.{name}"), takes, value, choices, needed)

    def _choices(self, field: str, words: type[Enum]) -> list[tuple[str, Any]]:
        return [(self._look.words.cell(field, one.value), one) for one in words]


def _utilities(services: Iterable[Service]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.utility for one in services))


def _first(choices: Sequence[tuple[str, Any]]) -> Any:
    return choices[0][1] if choices else None
