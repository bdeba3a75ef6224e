"""The command ``packet``: drafts of the papers of cases, and the same facts as JSON.

A packet is issued, and recorded, by ``case advance --to packet_issued --out``, which asks first
whether anything stands in its way.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.issuing import outdated_packets, outdated_report
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.app.trenching.shown import SharedTrench, best_proposed, of_case
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.core.supervision.packets import Outdated
from neixiang_survey_plugin.hosts.cli import check
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.tables import print_packets
from neixiang_survey_plugin.hosts.cli.trench import agreed_groups, prepare, propose
from neixiang_survey_plugin.hosts.cli.without_pdf import say_without_pdf
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.pdf import find_office
from neixiang_survey_plugin.io.packet.writing import Order, PacketMaker, PacketWritten
from neixiang_survey_plugin.io.survey.reading import is_survey, read_survey_records


def run_packet(
    survey: Path,
    county_folder: Path,
    out: Path,
    *,
    case_id: str | None,
    on: str | None,
    pdf: bool,
    json_target: str | None,
) -> None:
    """Write the draft packet of one case, or of every case of the file; name what is outdated."""
    county, result = check.check_file(survey, county_folder, day_from(on))
    cases = [case for case in result.cases if case_id is None or case.case_id == case_id]
    if not cases:
        listed = "、".join(str(case.case_id) for case in result.cases if case.case_id)
        raise SurveyError(f"--case {case_id}：{survey} 里没有这个案件；有：{listed or '无'}。")
    office = find_office() if pdf else None
    shared = _proposed(survey, county_folder, result)
    maker = PacketMaker(result, county, county_folder, office)
    packets = write_packets(cases, maker, out, shared)
    outdated: tuple[Outdated, ...] = ()
    if is_survey(survey):
        fingerprinter = Fingerprinter(county, load_clearances(county_folder))
        held = read_survey_records(survey, PacketIssued)
        routes = [one.route for one in result.routes]
        outdated = outdated_packets(held, routes, result.policy.no_split, fingerprinter)
    report = {
        "packets": [_packet_report(packet) for packet in packets],
        "outdated": [outdated_report(one) for one in outdated],
    }
    write_json(report, json_target)
    console = screen(json_target == "-")
    print_packets(packets, console)
    if pdf:
        say_without_pdf(packets, office)
    for one in outdated:
        console.print(escape(wording.outdated_sentence(one)), soft_wrap=True)


def _proposed(survey: Path, county_folder: Path, check: CheckResult) -> tuple[SharedTrench, ...]:
    """What is proposed for the lines of a file, for the maps to show before and after."""
    planner, read, _ = prepare(survey, county_folder)
    return best_proposed(propose(planner, read, check.on, agreed_groups(survey, read)))


def write_packets(
    cases: list[CaseResult],
    maker: PacketMaker,
    out: Path,
    shared: Sequence[SharedTrench] = (),
) -> list[PacketWritten]:
    """The packets of cases, each in a folder of its own below ``out``."""
    packets = []
    with progress("资料包") as tick:
        orders = (Order(case, shared=of_case(case, shared)) for case in cases)
        for done, packet in enumerate(maker.write_each(orders, out), start=1):
            packets.append(packet)
            tick(done, len(cases))
    return packets


def _packet_report(packet: PacketWritten) -> dict[str, object]:
    return {
        "case_id": packet.case_id,
        "folder": str(packet.folder),
        "sha256": packet.sha256,
        "archive": str(packet.archive),
        "files": [path.relative_to(packet.folder).as_posix() for path in packet.files],
    }
