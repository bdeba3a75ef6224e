"""The packet of a case from the window: checked and written beside it, recorded when issued.

While something stands in the way the forms are drafts, say so, and are no packet that was issued.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from neixiang_survey_plugin.app.case_book import office_now
from neixiang_survey_plugin.app.casework.chosen_ways import on_chosen_ways
from neixiang_survey_plugin.app.casework.issuing import issue, may_be_issued
from neixiang_survey_plugin.app.casework.judging import judgement_of
from neixiang_survey_plugin.app.casework.lines_of_case import lines_around
from neixiang_survey_plugin.app.issuing import PacketOnDisk, packet_records
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.packet_needs import dossier_of, needs_of
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.app.trenching.shown import agreed_in, of_case
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.hosts.windows.work import Work
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_edit import set_unit
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.packet.pdf import find_office
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.look import Look

FOLDER = "资料包"
_STEPS = 2


@dataclass(frozen=True, eq=False)
class Issued:
    """A packet that lies on disk, a draft or not, with what it was made from."""

    written: PacketWritten
    draft: bool
    case: CaseResult
    check: CheckResult
    fingerprinter: Fingerprinter


class Packets(QtCore.QObject):
    """Makes the packets of an open survey, in a folder beside its file; ``ended`` after each."""

    ended = QtCore.pyqtSignal()

    def __init__(self, work: Work, who: Callable[[], str], look: Look, asks: Asks) -> None:
        super().__init__()
        self._work, self._who, self._look, self._asks = work, who, look, asks
        self.background = Background(self)
        self.background.done.connect(self._written)
        self.background.failed.connect(self._refused)
        self.background.cancelled.connect(self.ended)

    def issue(self, case_id: str) -> None:
        """Make the packet of a case beside the window, and say where it lies."""
        self.background.start(self._request(case_id))

    def end(self) -> None:
        """Wait for the packet that is being made; it is not recorded any more."""
        self.background.end()

    def _written(self, issued: Issued) -> None:
        self.ended.emit()
        path = issued.written.folder.absolute()
        if issued.draft:
            self._asks.say(self._look.texts("packet.draft", path=path), Level.WARNING)
        elif self._asks.attempt(lambda: self._keep(issued)):
            self._asks.say(self._look.texts("packet.written", path=path), Level.SUCCESS)

    def _refused(self, error: SurveyError) -> None:
        self.ended.emit()
        self._asks.say(" ".join(error.problems), Level.ERROR)

    def keep_unit(self, unit_id: str, facts: Mapping[str, str]) -> None:
        """Write what the forms say of a unit into the county's file, and use it from now on."""
        folder = self._work.ground.folder
        set_unit(folder, unit_id, facts)
        self._work.session.know_units(load_county(folder, ()).units)

    def _request(self, case_id: str) -> Callable[[Progress], Issued]:
        """What is to be done beside the window for the packet of a case."""
        session, ground = self._work.session, self._work.ground
        routes, own = session.judged_routes, session.results_of(case_id)
        county, checker, search, on = session.county, session.checker, session.search, session.on
        dossier = dossier_of(session.store, case_id, own)
        settlements = session.store.records(Settlement)
        shared = agreed_in(session.store, routes)
        out = self._work.path.parent / FOLDER

        def make(progress: Progress) -> Issued:
            progress.step("check", done=0, of=_STEPS)
            if not own:
                raise SurveyError(f"案件 {case_id} 还没有外线；请先画线，再出资料包。")
            lines = lines_around(case_id, routes, county.policy.no_split)
            check = replace(
                checker.check(lines, on), conflicts=search.judge(lines), settlements=settlements
            )
            case = on_chosen_ways(dossier, check)
            needs = needs_of(case.routes, judgement_of(case_id, check).conflicts, dossier, county)
            draft = not may_be_issued(needs, dossier)
            progress.step("write", done=1, of=_STEPS)
            maker = PacketMaker(check, county, ground.folder, find_office())
            both = of_case(case, shared)
            written = maker.write(case, out, dossier=dossier, draft=draft, shared=both)
            clearances = load_clearances(ground.folder)
            return Issued(written, draft, case, check, Fingerprinter(county, clearances))

        return make

    def _keep(self, issued: Issued) -> None:
        """Record that a packet was issued, and move its case on."""
        act = Act(self._who(), office_now())
        case_id = issued.case.case_id or ""
        judgement = judgement_of(case_id, issued.check)
        county = self._work.session.county

        def papers(dossier: Dossier) -> tuple[object, ...]:
            folder = str(issued.written.folder.absolute())
            on_disk = PacketOnDisk(issued.case, folder, issued.written.sha256)
            held = self._work.session.store.records(PacketIssued, case_id=case_id)
            return packet_records(
                held, [on_disk], issued.check, issued.fingerprinter, at=act.at, by=act.who
            )

        self._work.session.record(
            "packet", lambda store: issue(store, case_id, judgement, act, county, papers)
        )
