"""What the departments have been told, have received and have decided, matter by matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.ui.case_acts import CaseActs
from neixiang_survey_plugin.ui.detail_row import DetailRow
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import label, link
from neixiang_survey_plugin.ui.states import State
from neixiang_survey_plugin.ui.words.lacks import LackWords


class DecisionRow(DetailRow):
    """One matter of one department; a click opens what is on record of it."""

    def __init__(self, decision: Decision, look: Look, words: LackWords) -> None:
        state, standing = state_of_decision(decision), _standing(decision, look)
        super().__init__(state, words.decision(decision), standing, _details(decision, look), look)
        self.decision = decision
        self.setToolTip(look.texts("decisions.row_tip"))


def state_of_decision(decision: Decision) -> State:
    """Granted or not needed passes, refused or returned fails, received is on its way."""
    if decision.is_granted:
        return State.PASS
    if decision.is_turned_down:
        return State.FAIL
    return State.BORDERLINE if decision.received_at is not None else State.UNKNOWN


def decision_part(dossier: Dossier, look: Look, acts: CaseActs, words: LackWords) -> Iterator[Any]:
    """The rows of all matters, and what may be recorded of all at once."""
    for one in dossier.decisions:
        row = DecisionRow(one, look, words)
        row.activated.connect(lambda decision=one: acts.decision(decision))
        yield row
    texts = look.texts
    if not dossier.decisions:
        yield label(texts("decisions.none"), "quiet", wraps=True)
    kind = "decisions.all" if dossier.decisions else "decisions.first"
    yield link(texts(kind), lambda: acts.decision(None), texts(f"{kind}_tip"))


def _standing(decision: Decision, look: Look) -> str:
    if decision.outcome is not None:
        return look.words.cell("decision_outcome", decision.outcome.value)
    if decision.received_at is not None:
        return look.texts("decisions.received")
    told = decision.notified_at is not None
    return look.texts("decisions.notified" if told else "decisions.not_told")


def _details(decision: Decision, look: Look) -> Iterator[str]:
    """When it was told, received and decided, by whom, under which number and conditions."""
    texts = look.texts
    moments = (
        ("notified_at", decision.notified_at),
        ("received_at", decision.received_at),
        ("decided_at", decision.decided_at),
    )
    said = (
        texts(f"decisions.short_{name}", time=f"{at:%m-%d %H:%M}") for name, at in moments if at
    )
    yield " · ".join(said)
    yield " · ".join(one for one in (decision.document_number, decision.decided_by) if one)
    if decision.conditions:
        kind = "reason" if decision.outcome is DecisionOutcome.REFUSED else "conditions"
        yield texts(f"decisions.said_{kind}", text=decision.conditions)
    yield decision.remark or ""
