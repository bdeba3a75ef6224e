"""The list of facts from the site that goes back to the county: CSV for Excel, or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.confirming import FactRow
from neixiang_survey_plugin.app.report import fact_report
from neixiang_survey_plugin.core.confirmed import Value
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.spreadsheet_text import harmless

_UTF8_BOM = "\ufeff"  # without it Excel takes a CSV for the system's own code page

HEADINGS = (
    "图层",
    "对象编号",
    "名称",
    "字段",
    "字段含义",
    "县资料原值",
    "现场确认值",
    "依据",
    "确认人",
    "确认日期",
)


def write_fact_list(path: Path, rows: Iterable[FactRow]) -> None:
    """Write the list as the ending of ``path`` says; SurveyError for another ending.

    A text that a spreadsheet would take for a formula stays a text.
    """
    if path.suffix.lower() == ".json":
        report = {"schema": 1, "facts": [fact_row_report(row) for row in rows]}
        path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
        return
    if path.suffix.lower() != ".csv":
        raise SurveyError(f"{path}: 只能写成 .csv 或 .json；请换一个后缀。")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow(harmless(cell) for cell in _cells(row))
    path.write_text(_UTF8_BOM + text.getvalue(), "utf-8", newline="")


def fact_row_report(row: FactRow) -> dict[str, Any]:
    """One row as plain values: the fact, and what the layer says without it."""
    return {**fact_report(row.fact), "name": row.name, "source_value": _plain(row.source_value)}


def _cells(row: FactRow) -> Iterator[str]:
    fact = row.fact
    yield fact.layer
    yield fact.object_id
    yield row.name or ""
    yield fact.field
    yield wording.field_words(fact.field)
    yield str(_plain(row.source_value) or "")
    yield fact.value or ""
    yield fact.evidence
    yield fact.confirmed_by
    yield fact.confirmed_on.isoformat()


def _plain(value: Value | None) -> str | float | None:
    return value.isoformat() if isinstance(value, date) else value
