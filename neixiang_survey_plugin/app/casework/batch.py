"""Packets of several cases: what each still lacks, which may be issued, and recording them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from neixiang_survey_plugin.app.casework.chosen_ways import on_chosen_ways
from neixiang_survey_plugin.app.casework.dossiers import SurveyRecords
from neixiang_survey_plugin.app.casework.issuing import issue, may_be_issued
from neixiang_survey_plugin.app.casework.judging import judgement_of
from neixiang_survey_plugin.app.issuing import PacketOnDisk, packet_records
from neixiang_survey_plugin.app.packet_needs import Needs, needs_of
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter


@dataclass(frozen=True)
class ReadyCase:
    """A case on the ways that its lines take, with what is on record and what it lacks."""

    case: CaseResult
    dossier: Dossier
    needs: Needs

    @property
    def draft(self) -> bool:
        """Whether its packet can be no more than a draft."""
        return not may_be_issued(self.needs, self.dossier)


def ready_case(dossier: Dossier, check: CheckResult, county: County) -> ReadyCase:
    """A case as a check of its lines finds it."""
    case = on_chosen_ways(dossier, check)
    conflicts = judgement_of(dossier.case.case_id, check).conflicts
    return ReadyCase(case, dossier, needs_of(case.routes, conflicts, dossier, county))


def cases_of_day(survey: SurveyRecords, routes: Iterable[Route], day: date) -> tuple[str, ...]:
    """The cases that came in on a day: received then, or else with a line applied for then."""
    received = {
        case.case_id: case.received_at.date()
        for case in survey.records(Case)
        if case.received_at is not None
    }
    found = (
        route.case_id
        for route in routes
        if route.case_id is not None and received.get(route.case_id, route.applied_on) == day
    )
    return tuple(dict.fromkeys(found))


def keep_issued(
    store: SurveyStore,
    ready: ReadyCase,
    on_disk: PacketOnDisk,
    check: CheckResult,
    county: County,
    fingerprinter: Fingerprinter,
    act: Act,
) -> None:
    """Record that a packet was issued, moving its case on; SurveyError where anything forbids."""
    case_id = ready.dossier.case.case_id

    def papers(_: Dossier) -> Sequence[object]:
        held = store.records(PacketIssued, case_id=case_id)
        return packet_records(held, [on_disk], check, fingerprinter, at=act.at, by=act.who)

    issue(store, case_id, judgement_of(case_id, check), act, county, papers)
