"""The command ``trench``: which routes share a trench, what it saves, as tables or as JSON."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner, TrenchResult
from neixiang_survey_plugin.app.trenching.report import review_report, trench_report
from neixiang_survey_plugin.app.trenching.reviewing import accept, send_back
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.trenching.review import (
    ReviewVerdict,
    TrenchReview,
)
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.sections import heights_of, write_sections
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.hosts.cli.trench_tables import print_reviews, print_trenches
from neixiang_survey_plugin.io.lines_work import LinesWork, read_lines_work
from neixiang_survey_plugin.io.packet.names import names_of_bonds
from neixiang_survey_plugin.io.survey.reading import is_survey, read_survey_records
from neixiang_survey_plugin.io.trench_work import left_to_dig, planner_of, propose


def run_trench(
    survey: Path,
    county: Path,
    *,
    on: str | None,
    json_target: str | None,
    sections: Path | None,
    grounds: Sequence[str] = (),
) -> None:
    """Propose shared trenches for a file of routes and show or write the result."""
    day = day_from(on)
    work = prepare(survey, county, day)
    planner = planner_of(work)
    result = proposed(work, planner)
    heights_m = heights_of(grounds, result)
    reviews = read_survey_records(survey, TrenchReview) if is_survey(survey) else ()
    write_json(trench_report(result, reviews), json_target)
    console = screen(json_target == "-")
    print_trenches(result, names_of_bonds(result, work.county), console)
    print_reviews(reviews, console)
    if sections is not None:
        for path in write_sections(planner, result, sections, heights_m):
            console.print(str(path), soft_wrap=True)


def run_review(
    survey: Path,
    county: Path,
    proposal_id: str,
    verdict: ReviewVerdict,
    *,
    by: str | None,
    remark: str | None,
    on: str | None,
    json_target: str | None,
) -> None:
    """Decide on a proposal of a survey file; accepted, its lines get their next version."""
    day = day_from(on)
    work = prepare(survey, county, day)
    result = proposed(work, planner_of(work))
    proposal = _find(result, proposal_id)
    name, now = by or getpass.getuser(), datetime.now()
    with opened(survey) as store:
        if verdict is ReviewVerdict.ACCEPTED:
            review = accept(store, proposal, name, now, remark)
        else:
            review = send_back(store, proposal, verdict, name, now, remark or "")
    write_json({"schema": 1, "review": review_report(review)}, json_target)
    print_reviews((review,), screen(json_target == "-"))


def _find(result: TrenchResult, proposal_id: str) -> Proposal:
    proposals = {one.proposal_id: one for group in result.suggestions for one in group.proposals}
    if proposal_id not in proposals:
        there = "、".join(proposals) or "无"
        raise SurveyError(f"方案 {proposal_id}：没有这个方案；现有 {there}。")
    return proposals[proposal_id]


def prepare(survey: Path, county_folder: Path, on: date) -> LinesWork:
    """The routes of a file whose street is still shut, on their county."""
    return left_to_dig(read_lines_work(survey, county_folder, on))


def proposed(work: LinesWork, planner: TrenchPlanner) -> TrenchResult:
    """What is proposed for the routes of a file."""
    with progress("共沟") as tick:
        return propose(work, planner, tick)
