"""What is done with the cases of an open survey: each verb is one step, or nothing happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.casework.advancing import advance
from neixiang_survey_plugin.app.casework.deciding import decide, give_opinion
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.page import JUDGED_AGAIN, judgement_now
from neixiang_survey_plugin.app.casework.recording import Step, SurveySheet
from neixiang_survey_plugin.app.inspecting import (
    Finding,
    InspectionAsked,
    Sheet,
    finish_rectification,
    record_findings,
    start_inspection,
)
from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.app.session.once import Failed
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.supervising import as_drawn, keep_as_built
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion
from neixiang_survey_plugin.core.casework.transitions import Act, next_states
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.core.supervision.inspections import Inspection
from neixiang_survey_plugin.core.supervision.promises import Promise


@dataclass(frozen=True)
class CaseDesk:
    """The verbs of casework on an open survey; SurveyError says what stands against one."""

    session: Session
    book: CaseBook

    def register(self, application: Application, who: str, at: datetime) -> str:
        """Keep a new case; its number."""
        return self.book.register(application, who, at)

    def prepared(self, case_id: str, step: Step) -> Step:
        """The step with the judgement of this moment, where it rests on one."""
        if step.target not in JUDGED_AGAIN:
            return step
        return replace(step, judgement=judgement_now(self.book.case(case_id), self.session))

    def advance(self, case_id: str, step: Step) -> None:
        """Move a case, or put on record what goes with no move."""
        county, whole = self.session.county, self.prepared(case_id, step)
        self.session.step(
            "case_step", lambda store: advance(store, case_id, whole, county), case_id
        )

    def hold_survey(
        self,
        case_id: str,
        sheet: SurveySheet,
        act: Act,
        then: Callable[[], None] = nothing,
        failed: Failed | None = None,
    ) -> None:
        """Put a joint survey on record beside the work; a case that waits for one goes on.

        ``then`` hears of it when it is on disk, ``failed`` of what stands against it.
        """
        county, dossier = self.session.county, self.book.case(case_id).dossier
        goes_on = dossier is not None and State.SURVEYED in next_states(dossier)
        whole = Step(State.SURVEYED if goes_on else None, act, sheet=sheet)
        self.session.step_beside(
            "joint_survey",
            lambda store: advance(store, case_id, whole, county),
            then,
            case_id,
            failed=failed,
        )

    def decide(self, case_id: str, word: Decision) -> None:
        """Put a department's word on record."""
        county = self.session.county
        self.session.step("decision", lambda store: decide(store, case_id, word, county), case_id)

    def give_opinion(self, case_id: str, said: Opinion) -> None:
        """Put on record what a unit or department says after the joint survey."""
        kind, at = said.opinion, said.given_at
        assert kind is not None  # the form asks for both
        assert at is not None
        self.session.step(
            "opinion",
            lambda store: give_opinion(
                store,
                case_id,
                said.unit or "",
                kind,
                given_by=said.given_by or "",
                given_at=at,
                conditions=said.conditions,
                reason=said.reason,
            ),
            case_id,
        )

    def add_photos(
        self, case_id: str, photos: Sequence[Photo], then: Callable[[], None] = nothing
    ) -> None:
        """Keep pictures with the last joint survey of a case, beside the work.

        Six of 12 million pixels take 0.17 s. ``then`` hears of it when they are on disk.
        """

        def keep(store: SurveyStore) -> object:
            held = store.records(JointSurvey, case_id=case_id)
            survey_uuid = held[-1].uuid if held else None
            rows = [replace(one, case_id=case_id, survey_uuid=survey_uuid) for one in photos]
            return store.keep(rows, what="photo")

        self.session.step_beside("photo", keep, then, case_id)

    def start_inspection(self, asked: InspectionAsked) -> Sheet:
        """Begin an inspection with a sheet of every clause that was promised."""
        sheets: list[Sheet] = []
        session, county = self.session, self.session.county

        def drawn(case_id: str, utility: str) -> Sequence[Promise]:
            lines = [one for one in self.book.case(case_id).routes if one.utility == utility]
            around = session.lines_around([case_id])
            return as_drawn(lines, around, session.checker, asked.on)

        self.session.step(
            "inspection",
            lambda store: sheets.append(start_inspection(store, county, asked, drawn)),
            asked.case_id,
        )
        return sheets[0]

    def record_findings(self, inspection: Inspection, findings: Sequence[Finding]) -> None:
        """Put on record what an inspection found, clause by clause."""
        self.session.step(
            "inspection",
            lambda store: record_findings(store, inspection, findings),
            inspection.case_id or "",
        )

    def rectified(self, inspection: Inspection, on: date, by: str) -> None:
        """Put on record that what an inspection ordered was put right."""
        self.session.step(
            "rectified",
            lambda store: finish_rectification(store, inspection, on, by),
            inspection.case_id or "",
        )

    def keep_as_built(self, lines: Sequence[AsBuilt]) -> tuple[AsBuilt, ...]:
        """Keep lines as built that were not kept yet; those that were new."""
        new: list[AsBuilt] = []
        routes = self.session.routes
        named = {one.route_id for one in lines if one.route_id in routes}
        cases = {case for one in named if one and (case := routes[one].case_id)}
        self.session.step(
            "as_built", lambda store: new.extend(keep_as_built(store, lines, routes)), *cases
        )
        return tuple(new)
