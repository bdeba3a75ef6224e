"""Issuing the packet of a case from the window: checked and written beside it, then recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from neixiang_survey_plugin.app.casework.lines_of_case import lines_around
from neixiang_survey_plugin.app.issuing import PacketOnDisk, keep_packets
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.hosts.desktop.work import Work
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten

FOLDER = "资料包"


@dataclass(frozen=True, eq=False)
class Issued:
    """A packet that lies on disk, with what it was made from."""

    written: PacketWritten
    case: CaseResult
    check: CheckResult
    fingerprinter: Fingerprinter


class Packets:
    """Makes the packets of an open survey, in a folder beside its file."""

    def __init__(self, work: Work, who: Callable[[], str]) -> None:
        self._work = work
        self._who = who

    def request(self, case_id: str) -> Callable[[], Issued]:
        """What is to be done beside the window for the packet of a case."""
        session, ground = self._work.session, self._work.ground
        routes = [one.route for one in session.results.values()]
        county, checker, search, on = session.county, session.checker, session.search, session.on
        out = self._work.path.parent / FOLDER

        def issue() -> Issued:
            lines = lines_around(case_id, routes, county.policy.no_split)
            check = replace(checker.check(lines, on), conflicts=search.judge(lines))
            case = next((one for one in check.cases if one.case_id == case_id), None)
            if case is None:
                raise SurveyError(f"案件 {case_id} 还没有外线；请先画线，再出资料包。")
            written = PacketMaker(check, county, ground.folder).write(case, out)
            clearances = load_clearances(ground.folder)
            return Issued(written, case, check, Fingerprinter(county, clearances))

        return issue

    def keep(self, issued: Issued) -> Path:
        """Record that a packet was issued; its folder."""
        folder = issued.written.folder.absolute()
        on_disk = PacketOnDisk(issued.case, str(folder), issued.written.sha256)
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
        return folder
