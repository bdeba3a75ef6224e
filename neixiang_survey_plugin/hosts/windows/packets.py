"""Packets of cases from the window: checked and written beside it, recorded when issued.

While something stands in the way the forms are drafts, say so, and are no packet that was issued.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.case_book import office_now
from neixiang_survey_plugin.app.casework.batch import (
    ReadyCase,
    keep_issued,
    ready_case,
)
from neixiang_survey_plugin.app.casework.dossiers import read_dossiers
from neixiang_survey_plugin.app.issuing import PacketOnDisk
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.packet_needs import unregistered
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.trenching.shown import SharedTrench, agreed_with, of_case
from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.planning.review import PlanReview
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.hosts.windows.work import Work
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_edit import set_unit
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.packet.pdf import find_office
from neixiang_survey_plugin.io.packet.planning import PlanPart
from neixiang_survey_plugin.io.packet.tools import load_tools
from neixiang_survey_plugin.io.packet.writing import Order, PacketMaker, PacketWritten
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.look import Look

FOLDER = "资料包"


@dataclass(frozen=True, eq=False)
class Made:
    """A packet that lies on disk, a draft or not, with what it was made from."""

    written: PacketWritten
    ready: ReadyCase
    check: CheckResult
    fingerprinter: Fingerprinter


@dataclass(frozen=True, eq=False)
class Making:
    """The survey as it is when packets are asked for: they are made beside the window from it.

    ``routes`` are the lines that the verdicts on these cases rest on.
    """

    session: Session
    county_folder: Path
    dossiers: Mapping[str, Dossier]
    routes: tuple[Route, ...]
    settlements: tuple[Settlement, ...]
    shared: tuple[SharedTrench, ...]
    detours: tuple[Detour, ...]
    plan: PlanPart

    def make(self, out: Path, progress: Progress, made: Callable[[Made], None]) -> None:
        """Write the packets one by one; ``made`` hears of each, also when the rest is cancelled."""
        session, of = self.session, len(self.dossiers)
        progress.step("check")
        load_tools()
        check = self._checked()
        ready = [ready_case(one, check, session.county) for one in self.dossiers.values()]
        orders = [
            Order(one.case, one.dossier, one.draft, of_case(one.case, self.shared)) for one in ready
        ]
        maker = PacketMaker(
            check, session.county, self.county_folder, find_office(), self.detours, self.plan
        )
        prints = Fingerprinter(session.county, load_clearances(self.county_folder))
        written = maker.write_each(orders, out)
        for done, one in enumerate(ready):
            progress.step("packets", done=done + 1, of=of)
            made(Made(next(written), one, check, prints))

    def _checked(self) -> CheckResult:
        """The check of the lines that the verdicts on these cases rest on."""
        session = self.session
        return replace(
            session.checker.check(self.routes, session.on),
            conflicts=session.search.judge(self.routes),
            settlements=self.settlements,
        )


class Packets(QtCore.QObject):
    """Makes packets of an open survey, in a folder beside its file; ``ended`` after each job."""

    ended = QtCore.pyqtSignal()
    _made = QtCore.pyqtSignal(object)

    def __init__(self, work: Work, who: Callable[[], str], look: Look, asks: Asks) -> None:
        super().__init__()
        self._work, self._who, self._look, self._asks = work, who, look, asks
        self._folders: list[Path] = []
        self._drafts = 0
        self.background = Background(self)
        self.background.done.connect(self._all_written)
        self.background.failed.connect(self._refused)
        self.background.cancelled.connect(self._stopped)
        self._made.connect(self._keep)

    @property
    def folder(self) -> Path:
        """Where the packets of the survey lie."""
        return self._work.path.parent.absolute() / FOLDER

    def issue(self, case_id: str) -> None:
        """Make the packet of a case beside the window, and say where it lies."""
        self._issue([case_id])

    def issue_day(self, day: date) -> int:
        """Make the packets of all cases that came in on a day; how many there are."""
        cases = self._work.book.came_in_on(day)
        if cases:
            self._issue(cases)
        return len(cases)

    def making(self, case_ids: Sequence[str]) -> Making:
        """The survey as it is now, for the packets of some cases; SurveyError without a line."""
        session = self._work.session
        kept = {one.case.case_id: one for one in read_dossiers(session.store, tuple(case_ids))}
        dossiers, lines = {}, list[str]()
        for case_id in case_ids:
            own = session.results_of(case_id)
            if not own:
                raise SurveyError(f"案件 {case_id} 还没有外线；请先画线，再出资料包。")
            dossiers[case_id] = kept.get(case_id) or unregistered(case_id, own)
            lines += (one.route.route_id for one in own)
        settlements = session.store.records(Settlement)
        shared = agreed_with(session.store, lines, session.judged_route)
        routes = session.lines_around(case_ids)
        folder = self._work.ground.folder
        plan = PlanPart(self._work.ground.planning_rules, session.store.records(PlanReview))
        detours = session.store.records(Detour)
        return Making(session, folder, dossiers, routes, settlements, shared, detours, plan)

    def keep_unit(self, unit_id: str, facts: Mapping[str, str]) -> None:
        """Write what the forms say of a unit into the county's file, and use it from now on."""
        folder = self._work.ground.folder
        set_unit(folder, unit_id, facts)
        self._work.session.know_units(load_county(folder, ()).units)

    def _issue(self, case_ids: Sequence[str]) -> None:
        self._folders, self._drafts = [], 0
        try:
            making = self.making(case_ids)
        except SurveyError as error:
            self._refused(error)
            return
        out = self.folder
        self.background.start(lambda progress: making.make(out, progress, self._made.emit))

    def _keep(self, made: Made) -> None:
        """Record that a packet was issued, and move its case on."""
        self._folders.append(made.written.folder.absolute())
        if made.ready.draft or not self._asks.attempt(lambda: self._record(made)):
            self._drafts += 1

    def _record(self, made: Made) -> None:
        act, session = Act(self._who(), office_now()), self._work.session
        on_disk = PacketOnDisk(
            made.ready.case, str(made.written.folder.absolute()), made.written.sha256
        )
        session.record(
            "packet",
            lambda store: keep_issued(
                store, made.ready, on_disk, made.check, session.county, made.fingerprinter, act
            ),
            made.ready.dossier.case.case_id,
        )

    def _all_written(self, _: object) -> None:
        self.ended.emit()
        texts, count = self._look.texts, len(self._folders)
        if count > 1:
            issued = count - self._drafts
            said = texts("packet.batch", issued=issued, drafts=self._drafts, path=self.folder)
            self._asks.say(said, Level.WARNING if self._drafts else Level.SUCCESS)
        elif self._drafts:
            self._asks.say(texts("packet.draft", path=self._folders[0]), Level.WARNING)
        else:
            self._asks.say(texts("packet.written", path=self._folders[0]), Level.SUCCESS)

    def _stopped(self) -> None:
        self.ended.emit()
        if self._folders:
            count = len(self._folders)
            said = self._look.texts("packet.stopped", count=count, path=self.folder)
            self._asks.say(said, Level.WARNING)

    def _refused(self, error: SurveyError) -> None:
        self.ended.emit()
        self._asks.say(" ".join(error.problems), Level.ERROR)
