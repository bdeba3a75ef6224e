"""What is reported of packets that were written: the JSON of ``packet --json``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from neixiang_survey_plugin.app.issuing import outdated_packets, outdated_report
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.core.supervision.packets import Outdated
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.writing import PacketWritten
from neixiang_survey_plugin.io.survey.reading import is_survey, read_survey_records


def packet_report(
    packets: Sequence[PacketWritten],
    issued: Sequence[str | None] = (),
    outdated: Sequence[Outdated] = (),
) -> dict[str, object]:
    """Packets, the cases of which they were issued, and those on record that hold no more."""
    return {
        "packets": [_one(packet) for packet in packets],
        "issued": list(issued),
        "outdated": [outdated_report(one) for one in outdated],
    }


def outdated_of(
    survey: Path | None, result: CheckResult, county: County, county_folder: Path
) -> tuple[Outdated, ...]:
    """The packets on record in a survey file that its lines as they are now make outdated.

    Any other file than a survey has none on record. SurveyError for wrong clearances of the county.
    """
    if survey is None or not is_survey(survey):
        return ()
    fingerprinter = Fingerprinter(county, load_clearances(county_folder))
    held = read_survey_records(survey, PacketIssued)
    routes = [one.route for one in result.routes]
    return outdated_packets(held, routes, result.policy.no_split, fingerprinter)


def _one(packet: PacketWritten) -> dict[str, object]:
    return {
        "case_id": packet.case_id,
        "folder": str(packet.folder),
        "sha256": packet.sha256,
        "archive": str(packet.archive),
        "files": [path.relative_to(packet.folder).as_posix() for path in packet.files],
    }
