"""The commands ``fact add`` and ``fact list``: what the site showed of the county's layers."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.confirming import FactRow, confirm, fact_rows, withdraw
from neixiang_survey_plugin.app.report import fact_report
from neixiang_survey_plugin.core.confirmed import TAPED_LAYER, ConfirmedFact, field_of
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, FieldType
from neixiang_survey_plugin.core.taped import LAYER_OF, check_taped
from neixiang_survey_plugin.hosts.cli.output import day_from, screen, write_json
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.dates import parse_date
from neixiang_survey_plugin.io.fact_list import fact_row_report, write_fact_list
from neixiang_survey_plugin.io.survey.reading import read_survey_facts, read_survey_routes


@dataclass(frozen=True)
class FactAsked:
    """A fact as it was typed: the value and the day as text; no value takes the fact back."""

    layer: str
    object_id: str
    field: str
    value: str | None
    evidence: str
    confirmed_by: str | None
    on: str | None


def run_fact_add(
    survey: Path, county_folder: Path, asked: FactAsked, *, json_target: str | None = None
) -> None:
    """Keep a fact in a survey file, or take one back."""
    fact = _fact(asked)
    layer = LAYER_OF[field_of(fact)[1].name] if fact.layer == TAPED_LAYER else fact.layer
    county = load_county(county_folder, (layer,) if layer in COUNTY_LAYERS else ())
    if fact.layer == TAPED_LAYER:
        table = county.layers.get(layer)
        ids = () if table is None else table.ids.tolist()
        fact = check_taped(fact, read_survey_routes(survey, county).read.routes, ids)
    with opened(survey) as store:
        verb = withdraw if fact.value is None else confirm
        kept = verb(store, fact, county.layers)
    write_json({"schema": 1, "fact": fact_report(kept)}, json_target)
    console = screen(quiet=json_target == "-")
    if kept.value is None:
        thing = f"{kept.layer} {kept.object_id} {kept.field}"
        console.print(f"已撤回：{escape(thing)}；以后按县资料判定。", soft_wrap=True)
    else:
        console.print(f"已记下：{escape(wording.fact_words(kept))}", soft_wrap=True)


def run_fact_list(
    survey: Path, county_folder: Path | None, out: Path | None, *, json_target: str | None = None
) -> None:
    """Show the facts of a survey file that hold, or write the list for the county."""
    facts = read_survey_facts(survey)
    rows = fact_rows(
        facts, {} if county_folder is None else _county_of(facts, county_folder).layers
    )
    if out is not None:
        write_fact_list(out, rows)
    write_json({"schema": 1, "facts": [fact_row_report(row) for row in rows]}, json_target)
    _print_rows(rows, screen(quiet=json_target == "-"))


def _fact(asked: FactAsked) -> ConfirmedFact:
    """What was typed as a fact; a day may be written in any of the usual ways."""
    fact = ConfirmedFact(
        asked.layer,
        asked.object_id,
        asked.field,
        asked.value,
        asked.evidence,
        asked.confirmed_by or getpass.getuser(),
        day_from(asked.on),
    )
    if asked.value is None or field_of(fact)[1].type is not FieldType.DATE:
        return fact
    day = parse_date(asked.value)
    if day is None:
        raise SurveyError(f"--value {asked.value}：不是日期，请写成 2026-11-22 的样子。")
    return ConfirmedFact(**{**vars(fact), "value": day.isoformat()})


def _county_of(facts: Sequence[ConfirmedFact], folder: Path) -> County:
    return load_county(folder, {fact.layer for fact in facts})


def _print_rows(rows: Sequence[FactRow], console: Console) -> None:
    if not rows:
        console.print("还没有现场确认的事实。")
        return
    table = Table(box=box.SIMPLE_HEAD, title="现场确认的事实", title_justify="left")
    for name in ("对象", "字段", "县资料", "确认为", "依据", "确认人", "日期"):
        table.add_column(name, overflow="fold")
    for row in rows:
        fact = row.fact
        thing = f"{wording.layer_words(fact.layer)} {fact.object_id} {row.name or ''}".rstrip()
        cells = (
            thing,
            wording.field_words(fact.field),
            wording.value_words(fact.layer, fact.field, row.source_value) or "—",
            wording.value_words(fact.layer, fact.field, wording.value_of(fact)),
            fact.evidence,
            fact.confirmed_by,
            fact.confirmed_on.isoformat(),
        )
        table.add_row(*(escape(cell) for cell in cells))
    console.print(table)
