"""The packet of a case from the window: checked and written beside it, recorded when issued.

While something stands in the way the forms are drafts, say so, and are no packet that was issued.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from neixiang_survey_plugin.app.casework.lines_of_case import lines_around
from neixiang_survey_plugin.app.issuing import PacketOnDisk, keep_packets
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.packet_needs import may_be_issued
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.hosts.windows.work import Work
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.look import Look

FOLDER = "资料包"


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
        self._background = Background(self)
        self._background.done.connect(self._written)
        self._background.failed.connect(self._refused)

    def issue(self, case_id: str) -> None:
        """Make the packet of a case beside the window, and say where it lies."""
        self._background.ask(self._request(case_id))

    def end(self) -> None:
        """Wait for the packet that is being made; it is not recorded any more."""
        self._background.end()

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

    def _request(self, case_id: str) -> Callable[[], Issued]:
        """What is to be done beside the window for the packet of a case."""
        session, ground = self._work.session, self._work.ground
        routes = [one.route for one in session.results.values()]
        county, checker, search, on = session.county, session.checker, session.search, session.on
        out = self._work.path.parent / FOLDER
        open_ones = session.open_conflicts()

        def issue() -> Issued:
            lines = lines_around(case_id, routes, county.policy.no_split)
            check = replace(checker.check(lines, on), conflicts=search.judge(lines))
            case = next((one for one in check.cases if one.case_id == case_id), None)
            if case is None:
                raise SurveyError(f"案件 {case_id} 还没有外线；请先画线，再出资料包。")
            ids = {one.route.route_id for one in case.routes}
            draft = not may_be_issued(case.routes, (one for one in open_ones if one.is_of(ids)))
            written = PacketMaker(check, county, ground.folder).write(case, out, draft=draft)
            clearances = load_clearances(ground.folder)
            return Issued(written, draft, case, check, Fingerprinter(county, clearances))

        return issue

    def _keep(self, issued: Issued) -> None:
        """Record that a packet was issued."""
        folder = str(issued.written.folder.absolute())
        on_disk = PacketOnDisk(issued.case, folder, issued.written.sha256)
        self._work.session.record(
            "packet",
            lambda store: keep_packets(
                store,
                [on_disk],
                issued.check,
                issued.fingerprinter,
                at=datetime.now().replace(microsecond=0),
                by=self._who(),
            ),
        )
