"""What an import did, on the screen."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app.importing.report import FieldReport, ImportReport
from neixiang_survey_plugin.app.wording.importing import how_words, import_sentences, reason_word


def print_import(report: ImportReport, console: Console) -> None:
    """One row a field: from which column, why, what was special; then what is to be known."""
    table = Table(box=box.SIMPLE_HEAD, title=f"图层 {report.layer}", title_justify="left")
    for name in ("字段", "源列", "依据", "未知", "读法"):
        table.add_column(name, overflow="fold")
    for one in report.fields:
        table.add_row(*map(escape, _cells(one, report)))
    console.print(table)
    for sentence in import_sentences(report):
        console.print(escape(sentence), soft_wrap=True)


def _cells(one: FieldReport, report: ImportReport) -> tuple[str, ...]:
    mapping = one.mapping
    source = mapping.column or (f"= {mapping.constant}" if mapping.constant else "—")
    missing = f"{one.missing}/{report.features}" if one.missing else ""
    return mapping.field, source, reason_word(mapping.reason), missing, "；".join(how_words(one))
