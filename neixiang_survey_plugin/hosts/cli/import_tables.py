"""What an import did, on the screen."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app.importing.repairs import RepairReport
from neixiang_survey_plugin.app.importing.report import FieldReport, ImportReport
from neixiang_survey_plugin.app.wording.importing import how_words, import_sentences, reason_word
from neixiang_survey_plugin.app.wording.repairs import outcome_word, repair_sentence, trouble_word
from neixiang_survey_plugin.core.repair.repairs import Outcome

_MOST_REPAIRS = 20
_OUTCOMES = (Outcome.SET_ASIDE, Outcome.REPAIRED, Outcome.KEPT)


def print_import(report: ImportReport, console: Console) -> None:
    """One row a field: from which column, why, what was special; then what is to be known."""
    table = Table(box=box.SIMPLE_HEAD, title=f"图层 {report.layer}", title_justify="left")
    for name in ("字段", "源列", "依据", "未知", "读法"):
        table.add_column(name, overflow="fold")
    for one in report.fields:
        table.add_row(*map(escape, _cells(one, report)))
    console.print(table)
    _print_repairs(report.repairs, console)
    for sentence in import_sentences(report):
        console.print(escape(sentence), soft_wrap=True)


def _print_repairs(report: RepairReport, console: Console) -> None:
    """How many of each kind, then the first of them one by one: what was set aside comes first."""
    if not report.shapes:
        return
    counted = "，".join(
        f"{trouble_word(trouble)} {count} 处{outcome_word(outcome)}"
        for trouble, outcome, count in report.counts
    )
    table = Table(box=box.SIMPLE_HEAD, title=f"几何：{counted}", title_justify="left")
    table.add_column("行", justify="right")
    for name in ("编号", "处理", "说明"):
        table.add_column(name, overflow="fold")
    weight = {outcome: place for place, outcome in enumerate(_OUTCOMES)}
    ranked = sorted(report.shapes, key=lambda one: weight[one.repair.outcome])
    for one in ranked[:_MOST_REPAIRS]:
        done = outcome_word(one.repair.outcome)
        row = (str(one.repair.row + 1), one.object_id or "", done, repair_sentence(one))
        table.add_row(*map(escape, row))
    console.print(table)
    if len(ranked) > _MOST_REPAIRS:
        console.print(f"还有 {len(ranked) - _MOST_REPAIRS} 处")


def _cells(one: FieldReport, report: ImportReport) -> tuple[str, ...]:
    mapping = one.mapping
    source = mapping.column or (f"= {mapping.constant}" if mapping.constant else "—")
    missing = f"{one.missing}/{report.features + report.repairs.set_aside}" if one.missing else ""
    return mapping.field, source, reason_word(mapping.reason), missing, "；".join(how_words(one))
