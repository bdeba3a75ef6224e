"""Issuing the packet of a case in one go: what goes with it is recorded, the case moved on."""

from __future__ import annotations

from dataclasses import replace

from neixiang_survey_plugin.app.casework.advancing import Issue, advance
from neixiang_survey_plugin.app.casework.judging import Judgement, judged
from neixiang_survey_plugin.app.casework.recording import Step
from neixiang_survey_plugin.app.packet_needs import Needs, needs_of, unregistered
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.app.wording.casework import ISSUED_AGAIN
from neixiang_survey_plugin.app.wording.packet_needs import incomplete_sentences
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError

# The steps of the table that lead a case to its packet.
_ON_THE_WAY = {
    State.INTENT: State.ROUTED,
    State.REGISTERED: State.ROUTED,
    State.SURVEYED: State.ROUTED,
    State.ROUTED: State.JUDGED,
}


def may_be_issued(needs: Needs, dossier: Dossier) -> bool:
    """Whether a packet can be more than a draft: nothing is lacking, and works wait for it."""
    return needs.nothing and dossier.case.state in (
        *_ON_THE_WAY,
        State.JUDGED,
        State.PACKET_ISSUED,
    )


def issue(
    store: SurveyStore, case_id: str, judgement: Judgement, act: Act, county: County, papers: Issue
) -> None:
    """Record a packet, moving the case to ``packet_issued`` by the steps of the table.

    Lines whose case nobody registered have nothing to move. A case whose packet is out already
    goes back to judged first. ``papers`` gives the rows of what was written. SurveyError with
    everything that stands against it; the packet is then not on record.
    """
    found = store.records(Case, case_id=case_id)
    if not found:
        _issue_unregistered(store, case_id, judgement, act, county, papers)
        return
    state = found[-1].state
    if state is State.PACKET_ISSUED:
        again = replace(act, reason=act.reason or ISSUED_AGAIN)
        advance(store, case_id, Step(State.JUDGED, again, judgement), county)
    while state in _ON_THE_WAY:
        state = _ON_THE_WAY[state]
        advance(store, case_id, Step(state, act, judgement), county)
    advance(store, case_id, Step(State.PACKET_ISSUED, act, judgement), county, papers)


def _issue_unregistered(
    store: SurveyStore, case_id: str, judgement: Judgement, act: Act, county: County, papers: Issue
) -> None:
    results = judgement.lines.routes
    dossier = judged(unregistered(case_id, results), judgement, act)
    needs = needs_of(results, judgement.conflicts, dossier, county)
    if not needs.nothing:
        raise SurveyError(incomplete_sentences(needs, dossier))
    rows = papers(dossier)
    if rows:
        store.keep(rows, what="packet")
