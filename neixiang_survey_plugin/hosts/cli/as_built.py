"""The command ``as-built``: lines as built, held against what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.inspecting import found_on_site
from neixiang_survey_plugin.app.supervising import BuiltResult, hold_lines, keep_as_built
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.obligations import SupervisionRules
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt, ClauseResult
from neixiang_survey_plugin.core.supervision.inspections import Inspection, InspectionItem
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.hosts.cli.check import read_work
from neixiang_survey_plugin.hosts.cli.output import day_from, screen, write_json
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.io.as_built_file import read_as_built
from neixiang_survey_plugin.io.survey.reading import is_survey


def run_as_built(
    survey: Path,
    file: Path | None,
    county_folder: Path,
    *,
    on: str | None,
    json_target: str | None,
    strict: bool,
) -> int:
    """Keep the lines of a file as built, and hold all that are kept against their promises."""
    if not is_survey(survey):
        raise SurveyError(f"{survey}：不是踏勘文件；竣工线要和承诺一起收在踏勘文件里。")
    day = day_from(on)
    county, read = read_work(survey, county_folder)
    lines = () if file is None else read_as_built(file, county)
    with opened(survey) as store:
        keep_as_built(store, lines, {one.route_id: one for one in read.routes})
        built, promises = store.records(AsBuilt), store.records(Promise)
        found = found_on_site(store.records(Inspection), store.records(InspectionItem))
    named = {one.route_id for one in lines}
    shown = [one for one in built if file is None or one.route_id in named]
    results = hold_lines(shown, promises, read.routes, Checker(county), day, found)
    write_json({"schema": 1, "lines": [_report(one) for one in results]}, json_target)
    if county.policy.supervision is not None:
        _print(results, county.policy.supervision, screen(quiet=json_target == "-"))
    return int(strict and any(one.broken for one in results))


def _report(one: BuiltResult) -> dict[str, Any]:
    promised_on = one.promise.promised_on
    return {
        "route_id": one.built.route_id,
        "case_id": one.built.case_id,
        "utility": one.built.utility,
        "promised_on": None if promised_on is None else promised_on.isoformat(),
        "length_m": one.measures.length_m,
        "broken": [clause.kind.value for clause in one.broken],
        "clauses": [_clause(clause) for clause in one.clauses],
    }


def _clause(clause: ClauseResult) -> dict[str, Any]:
    return {
        "promise": clause.kind.value,
        "outcome": clause.outcome.value,
        "promised": clause.promised,
        "built": clause.built,
        "tolerance": clause.tolerance,
        "unit": clause.unit,
        "ids": list(clause.ids),
        "days": [None if day is None else day.isoformat() for day in clause.days],
        "at": None if clause.at is None else list(clause.at),
        "reason": None if clause.reason is None else clause.reason.value,
        "found": clause.found,
    }


def _print(results: Sequence[BuiltResult], rules: SupervisionRules, console: Console) -> None:
    if not results:
        console.print("还没有竣工线；请给出竣工线的文件。")
    for one in results:
        console.print(_table(one, rules))
        clauses = [(clause, rules.promise(clause.kind)) for clause in one.broken]
        sentence = wording.broken_sentence(
            one.built.route_id or "", [(result, clause) for result, clause in clauses if clause]
        )
        console.print(escape(sentence), soft_wrap=True)


def _table(one: BuiltResult, rules: SupervisionRules) -> Table:
    day = one.promise.promised_on
    against = "未见承诺记录，按踏勘文件里的外线核对" if day is None else f"承诺于 {day.isoformat()}"
    title = f"竣工线 {one.built.route_id}（{against}）"
    table = Table(box=box.SIMPLE_HEAD, title=escape(title), title_justify="left")
    for name in ("承诺", "条款", "承诺值", "竣工", "结论", "证据"):
        table.add_column(name, overflow="fold")
    for result in one.clauses:
        clause = rules.promise(result.kind)
        cells = (
            "" if clause is None else clause.text,
            "" if clause is None else clause.clause,
            wording.promised_words(result),
            wording.built_words(result),
            wording.clause_outcome_words(result.outcome),
            wording.evidence_words(result),
        )
        table.add_row(*(escape(cell) for cell in cells))
    return table
