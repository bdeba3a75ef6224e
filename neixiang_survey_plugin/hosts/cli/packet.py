"""The command ``packet``: the papers of cases, and the same facts as JSON."""

from __future__ import annotations

import getpass
from pathlib import Path

from rich.markup import escape

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.issuing import (
    PacketOnDisk,
    keep_packets,
    outdated_packets,
    outdated_report,
)
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.core.supervision.packets import Outdated
from neixiang_survey_plugin.hosts.cli import check
from neixiang_survey_plugin.hosts.cli.case_arguments import now
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.hosts.cli.tables import print_packets
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from neixiang_survey_plugin.io.survey.reading import is_survey


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
    packets = write_packets(cases, PacketMaker(result, county, county_folder), out)
    outdated: tuple[Outdated, ...] = ()
    if is_survey(survey):
        clearances = load_clearances(county_folder)
        outdated = _keep(survey, cases, packets, result, Fingerprinter(county, clearances))
    report = {
        "packets": [_packet_report(packet) for packet in packets],
        "outdated": [outdated_report(one) for one in outdated],
    }
    write_json(report, json_target)
    console = screen(json_target == "-")
    print_packets(packets, console)
    for one in outdated:
        console.print(escape(wording.outdated_sentence(one)), soft_wrap=True)


def write_packets(cases: list[CaseResult], maker: PacketMaker, out: Path) -> list[PacketWritten]:
    """The packets of cases, each in a folder of its own below ``out``."""
    packets = []
    with progress("资料包") as tick:
        for done, case in enumerate(cases, start=1):
            packets.append(maker.write(case, out))
            tick(done, len(cases))
    return packets


def _keep(
    survey: Path,
    cases: list[CaseResult],
    packets: list[PacketWritten],
    result: CheckResult,
    fingerprinter: Fingerprinter,
) -> tuple[Outdated, ...]:
    """Keep in the survey file that these packets were issued; what others are outdated now."""
    on_disk = (
        PacketOnDisk(case, str(packet.folder.absolute()), packet.sha256)
        for case, packet in zip(cases, packets, strict=True)
    )
    with opened(survey) as store:
        keep_packets(store, on_disk, result, fingerprinter, at=now(), by=getpass.getuser())
        routes = [one.route for one in result.routes]
        held = store.records(PacketIssued)
        return outdated_packets(held, routes, result.policy.no_split, fingerprinter)


def _packet_report(packet: PacketWritten) -> dict[str, object]:
    return {
        "case_id": packet.case_id,
        "folder": str(packet.folder),
        "sha256": packet.sha256,
        "archive": str(packet.archive),
        "files": [path.relative_to(packet.folder).as_posix() for path in packet.files],
    }
