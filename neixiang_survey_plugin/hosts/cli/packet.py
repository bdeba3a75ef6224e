"""The command ``packet``: drafts of the papers of cases, or with ``--issue`` packets that count.

A single packet is also issued by ``case advance --to packet_issued --out``; both ask first, by one
rule, whether anything stands in its way.
"""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.batch import cases_of_day
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.app.trenching.shown import SharedTrench, best_proposed, of_case
from neixiang_survey_plugin.app.wording.packets import without_number_sentence
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import PACKET_LAYERS
from neixiang_survey_plugin.hosts.cli import check
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.packet_issue import Issuer
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.hosts.cli.tables import print_packets
from neixiang_survey_plugin.hosts.cli.trench import proposed
from neixiang_survey_plugin.hosts.cli.without_pdf import say_without_pdf
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.dates import parse_date
from neixiang_survey_plugin.io.detour_file import proposed_detours
from neixiang_survey_plugin.io.lines_work import LinesWork
from neixiang_survey_plugin.io.packet.pdf import find_office
from neixiang_survey_plugin.io.packet.report import outdated_of, packet_report
from neixiang_survey_plugin.io.packet.writing import Order, PacketMaker, PacketWritten
from neixiang_survey_plugin.io.plan_work import plan_part
from neixiang_survey_plugin.io.survey.reading import is_survey
from neixiang_survey_plugin.io.trench_work import left_to_dig, planner_of


@dataclass(frozen=True)
class PacketAsked:
    """Which packets were asked for: of a case, of a day, or all; as drafts, or to be issued."""

    case_id: str | None
    day: str | None
    on: str | None
    pdf: bool
    issue: bool
    by: str | None
    detours: Path | None = None


def run_packet(
    survey: Path, county_folder: Path, out: Path, asked: PacketAsked, *, json_target: str | None
) -> None:
    """Write packets; issue those of which nothing is lacking where asked; name the outdated."""
    if (asked.issue or asked.day) and not is_survey(survey):
        raise SurveyError(f"{survey}：--issue 和 --day 要踏勘文件；先用 survey import 建立。")
    day = day_from(asked.on)
    work, result = check.check_file(survey, county_folder, day, layers=PACKET_LAYERS)
    county = work.county
    office = find_office() if asked.pdf or asked.issue else None
    detours = proposed_detours(survey, asked.detours, county)
    plan = plan_part(county_folder, survey)
    maker = PacketMaker(result, county, county_folder, office, detours, plan)
    cases = _cases(survey, asked, result)
    if asked.issue:
        issuer = Issuer(result, county, maker, out, load_clearances(county_folder))
        issued = issuer.issue(survey, cases, asked.by or getpass.getuser())
        packets = [one.written for one in issued]
    else:
        issued = []
        packets = write_packets(cases, maker, out, _proposed(work))
    console = screen(json_target == "-")
    print_packets(packets, console)
    if asked.pdf or asked.issue:
        say_without_pdf(packets, office)
    unnumbered = [r.route.route_id for c in cases if c.case_id is None for r in c.routes]
    if asked.issue and unnumbered:
        console.print(escape(without_number_sentence(unnumbered)), soft_wrap=True)
    for one in issued:
        console.print(escape(one.sentence), soft_wrap=True)
    outdated = outdated_of(survey, result, county, county_folder)
    done = [one.case_id for one in issued if not one.problems]
    write_json(packet_report(packets, done, outdated), json_target)
    for old in outdated:
        console.print(escape(wording.outdated_sentence(old)), soft_wrap=True)


def _cases(survey: Path, asked: PacketAsked, result: CheckResult) -> list[CaseResult]:
    """The cases that were asked for; SurveyError where there is none."""
    wanted = None if asked.case_id is None else {asked.case_id}
    if asked.day is not None:
        day = parse_date(asked.day)
        if day is None:
            raise SurveyError(f"--day {asked.day}：不是日期，请写成 2026-11-22 的样子。")
        with opened(survey) as store:
            of_day = set(cases_of_day(store, (one.route for one in result.routes), day))
        wanted = of_day if wanted is None else wanted & of_day
    cases = [case for case in result.cases if wanted is None or case.case_id in wanted]
    if not cases and asked.day is not None:
        raise SurveyError(f"--day {asked.day}：{survey} 里没有这一天受理的案件。")
    if not cases:
        listed = "、".join(str(case.case_id) for case in result.cases if case.case_id)
        raise SurveyError(
            f"--case {asked.case_id}：{survey} 里没有这个案件；有：{listed or '无'}。"
        )
    return cases


def _proposed(work: LinesWork) -> tuple[SharedTrench, ...]:
    """What is proposed for the lines of a file, for the maps to show before and after."""
    shut = left_to_dig(work)
    return best_proposed(proposed(shut, planner_of(shut)))


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
