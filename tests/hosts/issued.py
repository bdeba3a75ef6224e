"""A packet as somebody issued it, kept in its survey, for what comes after it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from neixiang_survey_plugin.app.issuing import PacketOnDisk, packet_records
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.hosts.cli.check import check_file
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.writing import PacketMaker
from neixiang_survey_plugin.io.survey.opening import open_survey

DATA = Path(__file__).parents[2] / "data"
DAY = date(2026, 11, 22)


def issue_packet(survey: Path, case_id: str, out: Path) -> str:
    """Issue the packet of a case of the sample whatever stands in its way; its hash."""
    work, check = check_file(survey, DATA, DAY)
    county = work.county
    (case,) = [one for one in check.cases if one.case_id == case_id]
    written = PacketMaker(check, county, DATA).write(case, out, draft=False)
    on_disk = PacketOnDisk(case, str(written.folder), written.sha256)
    fingerprinter = Fingerprinter(county, load_clearances(DATA))
    store = open_survey(survey, "张工")
    try:
        at = datetime.now().replace(microsecond=0)
        held = store.records(PacketIssued)
        rows = packet_records(held, [on_disk], check, fingerprinter, at=at, by="张工")
        if rows:
            store.keep(rows, what="packet")
    finally:
        store.close()
    return written.sha256
