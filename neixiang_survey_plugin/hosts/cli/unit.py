"""The commands ``unit suspend``, ``rectify``, ``talk`` and ``list``: who may commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.inspecting import hold_talk
from neixiang_survey_plugin.app.units import UnitStanding, end_suspension, standings, suspend
from neixiang_survey_plugin.core.supervision.suspensions import SuspensionRecord, suspended_months
from neixiang_survey_plugin.hosts.cli.output import day_from, screen, write_json
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.survey.reading import read_survey_records


@dataclass(frozen=True)
class UnitAsked:
    """A department's word on a unit as it was typed: by whom, why, on which day."""

    unit_id: str
    by: str
    on: str | None
    reason: str = ""


def run_unit_suspend(
    survey: Path, county_folder: Path, asked: UnitAsked, json_target: str | None = None
) -> None:
    """Keep a suspension in a survey file."""
    county, day = load_county(county_folder, ()), day_from(asked.on)
    with opened(survey) as store:
        kept = suspend(store, county, asked.unit_id, day, asked.by, asked.reason)
    _tell(kept, suspended_months(county.policy), json_target)


def run_unit_rectify(
    survey: Path, county_folder: Path, asked: UnitAsked, json_target: str | None = None
) -> None:
    """Keep in a survey file that a unit has put everything right."""
    county, day = load_county(county_folder, ()), day_from(asked.on)
    with opened(survey) as store:
        kept = end_suspension(store, county, asked.unit_id, day, asked.by)
    _tell(kept, suspended_months(county.policy), json_target)


def run_unit_talk(
    survey: Path, county_folder: Path, asked: UnitAsked, json_target: str | None = None
) -> None:
    """Keep a talk that a department held with a unit."""
    county, day = load_county(county_folder, ()), day_from(asked.on)
    with opened(survey) as store:
        talk = hold_talk(store, county, asked.unit_id, asked.by, day, asked.reason)
    report = {
        "unit": talk.unit,
        "department": talk.department,
        "held_on": None if talk.held_on is None else talk.held_on.isoformat(),
        "reason": talk.reason,
    }
    write_json({"schema": 1, "talk": report}, json_target)
    sentence = f"已记下：{talk.held_on} {talk.department}约谈单位 {talk.unit}（{talk.reason}）。"
    screen(quiet=json_target == "-").print(escape(sentence), soft_wrap=True)


def run_unit_list(
    survey: Path, county_folder: Path, *, on: str | None, json_target: str | None = None
) -> None:
    """Show every unit of the county and whether it may commit on a day."""
    day = day_from(on)
    county = load_county(county_folder, ())
    found = standings(county, read_survey_records(survey, SuspensionRecord), day)
    report = {"schema": 1, "on": day.isoformat(), "units": [_standing(one) for one in found]}
    write_json(report, json_target)
    _print_standings(found, day, screen(quiet=json_target == "-"))


def _tell(kept: SuspensionRecord, months: int, json_target: str | None) -> None:
    write_json({"schema": 1, "suspension": _suspension(kept)}, json_target)
    sentence = wording.suspension_sentence(kept, months)
    screen(quiet=json_target == "-").print(escape(sentence), soft_wrap=True)


def _standing(one: UnitStanding) -> dict[str, Any]:
    return {
        "unit": one.unit.unit_id,
        "name": one.unit.name,
        "utility": one.unit.utility,
        "may_commit": one.may_commit,
        "suspensions": [_suspension(record) for record in one.suspensions],
    }


def _suspension(record: SuspensionRecord) -> dict[str, Any]:
    days = {
        name: None if day is None else day.isoformat()
        for name, day in (
            ("imposed_on", record.imposed_on),
            ("rectified_on", record.rectified_on),
            ("lifted_on", record.lifted_on),
        )
    }
    facts = {"unit": record.unit_id, "imposed_by": record.imposed_by, "reason": record.reason}
    return {"uuid": record.uuid, **facts, **days}


def _print_standings(found: Sequence[UnitStanding], day: date, console: Console) -> None:
    title = f"{wording.day_words(day)}能否告知承诺"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
    for name in ("单位", "专业", "告知承诺", "暂停"):
        table.add_column(name, overflow="fold")
    for one in found:
        table.add_row(
            escape(f"{one.unit.name}（{one.unit.unit_id}）"),
            wording.utility_words(one.unit.utility),
            "[green]✓ 可以[/]" if one.may_commit else "[red]✗ 暂停[/]",
            "\n".join(
                escape(wording.suspension_words(record, one.months)) for record in one.suspensions
            ),
        )
    console.print(table)
