"""The command ``packet``: the papers of cases, and the same facts as JSON."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli import check
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.tables import print_packets
from neixiang_survey_plugin.io.packet import PacketWritten, write_packet


def run_packet(
    survey: Path,
    county_folder: Path,
    out: Path,
    *,
    case_id: str | None,
    on: str | None,
    json_target: str | None,
) -> None:
    """Write the packet of one case, or of every case of the file."""
    county, result = check.check_file(survey, county_folder, day_from(on))
    cases = [case for case in result.cases if case_id is None or case.case_id == case_id]
    if not cases:
        listed = "、".join(str(case.case_id) for case in result.cases if case.case_id)
        raise SurveyError(f"--case {case_id}：{survey} 里没有这个案件；有：{listed or '无'}。")
    packets = write_packets(cases, result, county, out)
    write_json({"packets": [_packet_report(packet) for packet in packets]}, json_target)
    print_packets(packets, screen(json_target == "-"))


def write_packets(
    cases: list[CaseResult], result: CheckResult, county: County, out: Path
) -> list[PacketWritten]:
    """The packets of cases, each in a folder of its own below ``out``."""
    packets = []
    with progress("资料包") as tick:
        for done, case in enumerate(cases, start=1):
            packets.append(write_packet(case, result, county, out))
            tick(done, len(cases))
    return packets


def _packet_report(packet: PacketWritten) -> dict[str, object]:
    return {
        "case_id": packet.case_id,
        "folder": str(packet.folder),
        "files": [path.name for path in packet.files],
    }
