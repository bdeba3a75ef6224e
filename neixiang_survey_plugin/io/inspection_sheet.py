"""The sheet that an inspector takes along: the clauses of the promise, and room for findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.inspecting import Sheet
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import ClauseResult
from neixiang_survey_plugin.core.supervision.inspections import InspectionItem
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.io.workbook import Cell, WorkSheet, write_workbook

_HEADINGS = ("外线", "承诺", "条款", "承诺值", "竣工测量", "查验结果", "证据（照片、量测记录）")

# What the survey after the works showed, by line and clause.
Measured = Mapping[tuple[str | None, PromiseKind], ClauseResult]


def write_inspection_sheet(path: Path, sheet: Sheet, county: County, measured: Measured) -> None:
    """Write the sheet of an inspection as .xlsx."""
    inspection = sheet.inspection
    kind = wording.inspection_kind_words(inspection.kind)
    together = f"（会同 {inspection.with_departments}）" if inspection.with_departments else ""
    title = (
        f"{inspection.department}{together} {kind}  案件 {inspection.case_id} "
        f"{wording.utility_words(inspection.utility or '')}  {inspection.inspected_on}  "
        f"编号 {(inspection.uuid or '')[:8]}  查验人 {inspection.inspected_by}"
    )
    rows = [_row(item, sheet.promises, county, measured) for item in sheet.items]
    standards = [
        (_matter(one.matter), wording.inspection_kind_words(one.kind), one.standard)
        for one in county.supervision
        if one.matter == inspection.matter and one.standard
    ]
    pages = [WorkSheet("查验单", title, _HEADINGS, rows, _HEADINGS[-2:])]
    if standards:
        pages.append(WorkSheet("监管标准", "监管标准", ("事项", "方式", "标准"), standards))
    write_workbook(path, pages)


def _row(
    item: InspectionItem, promises: Iterable[Promise], county: County, measured: Measured
) -> tuple[Cell, ...]:
    rules = county.policy.supervision
    clause = None if rules is None or item.promise is None else rules.promise(item.promise)
    promise = next((one for one in promises if one.route_id == item.route_id), None)
    seen = None if item.promise is None else measured.get((item.route_id, item.promise))
    built = "" if seen is None else _seen(seen)
    return (
        item.route_id,
        "" if clause is None else clause.text,
        "" if clause is None else clause.clause,
        item.requirement or _promised(item, promise),
        built,
        "" if item.evidence is None else wording.clause_outcome_words(item.outcome),
        item.evidence,
    )


def _matter(matter: str) -> str:
    known = {one.value for one in Matter}
    return wording.matter_words(Matter(matter)) if matter in known else matter


def _promised(item: InspectionItem, promise: Promise | None) -> str:
    return "" if promise is None else wording.promised_value_words(item.promise, promise)


def _seen(result: ClauseResult) -> str:
    return f"{wording.built_words(result)} {wording.clause_outcome_words(result.outcome)}".strip()
