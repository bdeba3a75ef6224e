"""The commands ``inspect start``, ``record``, ``rectified`` and ``list``."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.lines_of_case import lines_around
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.inspecting import (
    Finding,
    InspectionAsked,
    Sheet,
    find_inspection,
    finish_rectification,
    record_finding,
    start_inspection,
)
from neixiang_survey_plugin.app.supervising import as_drawn, hold_lines
from neixiang_survey_plugin.app.supervision_record import record_of
from neixiang_survey_plugin.core.county import InspectionKind
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt, ClauseOutcome, ClauseResult
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
)
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.core.supervision.proposals import (
    Proposal,
    SupervisionRecord,
    propose,
)
from neixiang_survey_plugin.core.supervision.words import SUPERVISION_WORDS
from neixiang_survey_plugin.hosts.cli.case_arguments import canonical_of, utility_of
from neixiang_survey_plugin.hosts.cli.check import read_work
from neixiang_survey_plugin.hosts.cli.output import day_from, screen, write_json
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.inspection_sheet import write_inspection_sheet
from neixiang_survey_plugin.io.survey.reading import reading_survey

W = TypeVar("W", bound=Enum)


def run_inspect_start(
    survey: Path,
    county_folder: Path,
    *,
    case_id: str,
    utility: str,
    department: str,
    kind: str,
    on: str | None,
    by: str | None,
    together_with: str | None,
    out: Path | None,
    json_target: str | None,
) -> None:
    """Keep an inspection, and write its sheet where one is asked for."""
    county, read = read_work(survey, county_folder)
    asked = InspectionAsked(
        case_id,
        utility_of("--utility", utility),
        department,
        word_of(InspectionKind, "--kind", kind),
        day_from(on),
        by or getpass.getuser(),
        together_with,
    )
    checker = Checker(county)

    def drawn(case_id: str, utility: str) -> Sequence[Promise]:
        lines = [one for one in read.routes if (one.case_id, one.utility) == (case_id, utility)]
        around = lines_around(case_id, read.routes, county.policy.no_split)
        return as_drawn(lines, around, checker, asked.on)

    with opened(survey) as store:
        sheet = start_inspection(store, county, asked, drawn)
        built = store.records(AsBuilt, case_id=case_id, utility=asked.utility)
    measured: dict[tuple[str | None, PromiseKind], ClauseResult] = {}
    if built:
        held = hold_lines(built, sheet.promises, read.routes, checker, asked.on)
        measured = {
            (one.built.route_id, result.kind): result for one in held for result in one.clauses
        }
    if out is not None:
        write_inspection_sheet(out, sheet, county, measured)
    write_json({"schema": 1, **_sheet_report(sheet)}, json_target)
    number = (sheet.inspection.uuid or "")[:8]
    console = screen(quiet=json_target == "-")
    console.print(f"查验 {number}：查验单 {len(sheet.items)} 项。", soft_wrap=True)
    if out is not None:
        console.print(f"查验单写入 {escape(str(out))}。", soft_wrap=True)


def run_inspect_record(
    survey: Path, number: str, finding: Finding, *, json_target: str | None
) -> None:
    """Keep what was found of one clause, and order what has to be put right."""
    with opened(survey) as store:
        inspection = find_inspection(store, number)
        items, ordered = record_finding(store, inspection, finding)
    report = {
        "schema": 1,
        "items": [_item_report(one) for one in items],
        "rectification": None if ordered is None else _rectification_report(ordered),
    }
    write_json(report, json_target)
    console = screen(quiet=json_target == "-")
    said = wording.clause_outcome_words(finding.outcome)
    console.print(f"{wording.clause_words(finding.promise)} {said}，记下 {len(items)} 项。")
    if ordered is not None:
        sentence = f"责令整改：{wording.rectification_words(ordered)}。"
        console.print(escape(sentence), soft_wrap=True)


def run_inspect_rectified(
    survey: Path, number: str, *, on: str | None, by: str | None, json_target: str | None
) -> None:
    """Keep that what an inspection ordered was put right."""
    with opened(survey) as store:
        inspection = find_inspection(store, number)
        done = finish_rectification(store, inspection, day_from(on), by or getpass.getuser())
    report = {"schema": 1, "rectifications": [_rectification_report(one) for one in done]}
    write_json(report, json_target)
    console = screen(quiet=json_target == "-")
    for one in done:
        console.print(escape(wording.rectification_words(one)), soft_wrap=True)


def run_inspect_list(
    survey: Path, county_folder: Path, *, on: str | None, json_target: str | None
) -> None:
    """Show what was inspected, what has to be put right, and what the record suggests."""
    day = day_from(on)
    county = load_county(county_folder, ())
    with reading_survey(survey) as reading:
        record = record_of(reading)
    rules = county.policy.supervision
    proposals = () if rules is None else propose(record, rules, day)
    report = {
        "schema": 1,
        "on": day.isoformat(),
        "inspections": [_inspection_report(one, record.items) for one in record.inspections],
        "rectifications": [_rectification_report(one) for one in record.rectifications],
        "proposals": [_proposal_report(one) for one in proposals],
    }
    write_json(report, json_target)
    _print(record, proposals, screen(quiet=json_target == "-"))


def finding_from(
    promise: str,
    outcome: str,
    evidence: str,
    route_id: str | None,
    what: str | None,
    due_on: str | None,
    on: str | None,
    condition: str | None = None,
) -> Finding:
    """A finding as it was typed; SurveyError for a word or a day that means nothing."""
    return Finding(
        word_of(PromiseKind, "--promise", promise),
        word_of(ClauseOutcome, "--outcome", outcome),
        evidence,
        day_from(on),
        route_id,
        what,
        None if due_on is None else day_from(due_on),
        condition,
    )


def word_of(words: type[W], option: str, text: str) -> W:
    """A word that was typed after an option, in English or Chinese; SurveyError for another."""
    return words(canonical_of(option, text, SUPERVISION_WORDS[words]))


def _sheet_report(sheet: Sheet) -> dict[str, Any]:
    return {"inspection": _inspection_report(sheet.inspection, sheet.items)}


def _inspection_report(one: Inspection, items: Iterable[InspectionItem]) -> dict[str, Any]:
    return {
        "uuid": one.uuid,
        "case_id": one.case_id,
        "utility": one.utility,
        "unit": one.unit,
        "matter": one.matter,
        "department": one.department,
        "kind": None if one.kind is None else one.kind.value,
        "inspected_on": _day(one.inspected_on),
        "inspected_by": one.inspected_by,
        "items": [_item_report(item) for item in items if item.inspection_uuid == one.uuid],
    }


def _item_report(item: InspectionItem) -> dict[str, Any]:
    return {
        "route_id": item.route_id,
        "promise": None if item.promise is None else item.promise.value,
        "outcome": item.outcome.value,
        "evidence": item.evidence,
        "requirement": item.requirement,
    }


def _rectification_report(one: Rectification) -> dict[str, Any]:
    return {
        "inspection": one.inspection_uuid,
        "case_id": one.case_id,
        "unit": one.unit,
        "department": one.department,
        "what": one.what,
        "ordered_on": _day(one.ordered_on),
        "due_on": _day(one.due_on),
        "done_on": _day(one.done_on),
    }


def _proposal_report(one: Proposal) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "proposal": one.kind.value,
        "inspections": [inspection.uuid for inspection in one.inspections],
        "overdue": [_rectification_report(late) for late in one.overdue],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _print(record: SupervisionRecord, proposals: Iterable[Proposal], console: Console) -> None:
    if not record.inspections:
        console.print("还没有查验。")
        return
    table = Table(box=box.SIMPLE_HEAD, title="查验", title_justify="left")
    for name in ("编号", "案件", "部门", "方式", "日期", "违反", "未核", "整改"):
        table.add_column(name, overflow="fold")
    for one in record.inspections:
        items = [item for item in record.items if item.inspection_uuid == one.uuid]
        orders = [late for late in record.rectifications if late.inspection_uuid == one.uuid]
        cells = (
            (one.uuid or "")[:8],
            f"{one.case_id} {wording.utility_words(one.utility or '')}",
            one.department or "",
            wording.inspection_kind_words(one.kind),
            str(one.inspected_on),
            _clauses(items, ClauseOutcome.BROKEN) or "无",
            _clauses(items, ClauseOutcome.NOT_JUDGED) or "无",
            "\n".join(wording.rectification_words(late) for late in orders) or "无",
        )
        table.add_row(*(escape(cell) for cell in cells))
    console.print(table)
    for proposal in proposals:
        console.print(escape(wording.proposal_sentence(proposal)), soft_wrap=True)


def _clauses(items: Iterable[InspectionItem], outcome: ClauseOutcome) -> str:
    kinds = (wording.clause_words(item.promise) for item in items if item.outcome is outcome)
    return "、".join(dict.fromkeys(kinds))
