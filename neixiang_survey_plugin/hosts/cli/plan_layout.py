"""The command ``plan-layout``: which mains have to come nearer, by an information sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.planning.layout import (
    LAYOUT_LAYERS,
    SiteLayout,
    lay_out_site,
    layout_report,
)
from neixiang_survey_plugin.app.wording import layout as words
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.io.applications.files import read_applications
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.planning_file import load_planning_rules


def run_plan_layout(sheet: Path, county_folder: Path, *, json_target: str | None) -> None:
    """Work out the early layout of every site of a sheet; SurveyError with every problem."""
    rules = load_planning_rules(county_folder)
    county = load_county(county_folder, LAYOUT_LAYERS)
    problems = Problems()
    sites: list[SiteLayout] = []
    for one in read_applications(sheet):
        try:
            sites.append(lay_out_site(one.case, one.services, county, rules))
        except SurveyError as error:
            problems.extend(error)
    problems.raise_if_any()
    report = {
        "schema": 1,
        "county": county.name,
        "clause": rules.early["early_layout"].clause,
        "near_m": rules.layout.near_m,
        "sites": [layout_report(one) for one in sites],
    }
    write_json(report, json_target)
    print_layout(sites, screen(json_target == "-"))


def print_layout(sites: Sequence[SiteLayout], console: Console) -> None:
    """A table a site, a row a utility."""
    for site in sites:
        case = site.case
        head = " ".join(
            one for one in (case.case_id, case.project_name or case.applicant_name) if one
        )
        console.print(f"[bold]{escape(head)}[/bold] {escape(case.site_id or '')}")
        table = Table(box=box.SIMPLE_HEAD)
        for name in ("专业", "所需", "最近的干管", "够用的最近干管", "结论", "怎样布局"):
            table.add_column(name, overflow="fold")
        for one in site.utilities:
            table.add_row(
                wording.utility_words(one.need.utility),
                words.need_words(one.need),
                escape(words.main_words(one.nearest)),
                escape(words.main_words(one.enough)),
                words.layout_state_words(one.state),
                escape(words.layout_sentence(one)),
            )
        console.print(table)
