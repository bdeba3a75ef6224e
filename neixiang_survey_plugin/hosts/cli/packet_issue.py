"""Issuing the packets of several cases: those of which nothing is lacking, the others as drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin.app.case_book import office_now
from neixiang_survey_plugin.app.casework.batch import ReadyCase, keep_issued, ready_case
from neixiang_survey_plugin.app.issuing import PacketOnDisk
from neixiang_survey_plugin.app.packet_needs import dossier_of
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.app.trenching.shown import agreed_in, of_case
from neixiang_survey_plugin.app.wording.packet_needs import incomplete_sentences
from neixiang_survey_plugin.app.wording.packets import (
    issued_sentence,
    not_issued_sentence,
    too_late_words,
)
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.hosts.cli.output import progress
from neixiang_survey_plugin.io.packet.writing import Order, PacketMaker, PacketWritten
from neixiang_survey_plugin.io.survey.opening import open_survey


@dataclass(frozen=True)
class Outcome:
    """What became of one case: its packet on disk, and why it is only a draft."""

    case_id: str
    written: PacketWritten
    problems: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is said of it."""
        if not self.problems:
            return issued_sentence(self.case_id)
        return not_issued_sentence(self.case_id, self.problems)


@dataclass(frozen=True)
class Issuer:
    """Writes packets below a folder and records those that may be issued."""

    check: CheckResult
    county: County
    maker: PacketMaker
    out: Path
    clearances: ClearanceTable

    def issue(self, survey: Path, cases: Sequence[CaseResult], by: str) -> list[Outcome]:
        """One after another: what was issued before an error stays so."""
        store = open_survey(survey, by)
        try:
            return self._issue(store, [one for one in cases if one.case_id is not None], by)
        finally:
            store.close()

    def _issue(self, store: SurveyStore, cases: Sequence[CaseResult], by: str) -> list[Outcome]:
        ready = [
            ready_case(dossier_of(store, one.case_id or "", one.routes), self.check, self.county)
            for one in cases
        ]
        shared = agreed_in(store, (one.route for one in self.check.routes))
        orders = [
            Order(one.case, one.dossier, one.draft, of_case(one.case, shared)) for one in ready
        ]
        outcomes = []
        with progress("资料包") as tick:
            written = self.maker.write_each(orders, self.out)
            for done, (one, packet) in enumerate(zip(ready, written, strict=True), start=1):
                outcomes.append(self._record(store, one, packet, Act(by, office_now())))
                tick(done, len(ready))
        return outcomes

    def _record(
        self, store: SurveyStore, ready: ReadyCase, packet: PacketWritten, act: Act
    ) -> Outcome:
        case_id = ready.dossier.case.case_id
        if ready.draft:
            found = tuple(incomplete_sentences(ready.needs, ready.dossier))
            return Outcome(case_id, packet, found or (too_late_words(ready.dossier),))
        on_disk = PacketOnDisk(ready.case, str(packet.folder.absolute()), packet.sha256)
        fingerprinter = Fingerprinter(self.county, self.clearances)
        try:
            keep_issued(store, ready, on_disk, self.check, self.county, fingerprinter, act)
        except SurveyError as error:
            return Outcome(case_id, packet, tuple(error.problems))
        return Outcome(case_id, packet, ())
