"""What waits in an open survey: read at once, worked out beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from neixiang_survey_plugin.app.agenda.today import Agenda, AgendaSources, closed_cases, make_agenda
from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.casework.dossiers import SurveyRecords
from neixiang_survey_plugin.app.issuing import outdated_packets
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.results import CheckResult, RouteResult
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.supervision_record import record_of
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.core.supervision.promises import Promise

Kept = Callable[[], AbstractContextManager[SurveyRecords]]


@dataclass(frozen=True, eq=False)
class AgendaRequest:
    """Works out what waits at a moment when it is called; touches no window.

    ``results`` are those of the lines whose case is not closed; ``kept`` opens the survey to be
    read by whoever calls, beside the one that is edited.
    """

    county: County
    office: Office
    clearances: ClearanceTable
    on_record: Callable[[Callable[[int, int], None]], Sequence[Dossier]]
    routes: Sequence[Route]
    results: Sequence[RouteResult]
    kept: Kept
    now: datetime

    def __call__(self, progress: Progress | None = None) -> Agenda:
        """Everything that waits, for everybody; told and stopped packet by packet, case by case.

        SurveyError when the survey cannot be read.
        """
        progress = progress or Progress()
        with self.kept() as survey:
            packets, promises = survey.records(PacketIssued), survey.records(Promise)
            record = record_of(survey)
        dossiers = self.on_record(progress.seldom("today_cases"))
        county, closed = self.county, closed_cases(one.case for one in dossiers)
        held = [one for one in packets if one.case_id not in closed]
        fingerprinter = Fingerprinter(county, self.clearances)
        outdated = outdated_packets(
            held,
            self.routes,
            county.policy.no_split,
            fingerprinter,
            progress.seldom("today_packets"),
        )
        day = self.now.date()
        check = CheckResult(county.name, county.policy, day, tuple(self.results), (), ())
        sources = AgendaSources(
            county=county,
            office=self.office,
            dossiers=dossiers,
            closed=closed,
            routes=self.routes,
            check=check,
            promises=promises,
            record=record,
            outdated=outdated,
        )
        return make_agenda(sources, self.now, progress.seldom("today_cases"))


def agenda_request(
    session: Session, book: CaseBook, clearances: ClearanceTable, kept: Kept, now: datetime
) -> AgendaRequest:
    """What an agenda is made from, as the open survey has it at this moment."""
    return AgendaRequest(
        county=session.county,
        office=book.office,
        clearances=clearances,
        on_record=book.on_record(),
        routes=tuple(session.routes.values()),
        results=tuple(session.results_of(None)),
        kept=kept,
        now=now,
    )
