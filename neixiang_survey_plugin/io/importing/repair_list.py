"""The list of repairs beside an imported layer, for a spreadsheet: one row a repair."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from neixiang_survey_plugin.app.importing.repairs import NamedRepair, RepairReport
from neixiang_survey_plugin.app.wording.repairs import outcome_word, repair_sentence, trouble_word
from neixiang_survey_plugin.core.repair.repairs import Figures
from neixiang_survey_plugin.core.repair.texts import TextRepair
from neixiang_survey_plugin.io.spreadsheet_text import harmless

_HEADINGS = (
    "行", "编号", "问题", "处理", "说明",
    "改前部件", "改前顶点", "改前长度_m", "改前面积_m2",
    "改后部件", "改后顶点", "改后长度_m", "改后面积_m2",
    "X", "Y", "另一行", "另一编号", "字段", "改前文字", "改后文字",
)  # fmt: skip


def repair_list(report: RepairReport) -> bytes:
    """The list as CSV in UTF-8 with its mark, which spreadsheets want; the same for the same."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _HEADINGS, restval="")
    writer.writeheader()
    writer.writerows(_shape(one) for one in report.shapes)
    writer.writerows(_text(one) for one in report.texts)
    return out.getvalue().encode("utf-8-sig", "replace")


def _shape(named: NamedRepair) -> Mapping[str, object]:
    repair = named.repair
    row: dict[str, object] = {
        "行": repair.row + 1,
        "编号": harmless(named.object_id or ""),
        "问题": trouble_word(repair.trouble),
        "处理": outcome_word(repair.outcome),
        "说明": harmless(repair_sentence(named)),
        "另一行": "" if repair.other_row is None else repair.other_row + 1,
        "另一编号": harmless(named.other_id or ""),
    }
    row.update(_figures("改前", repair.before))
    if repair.after is not None:
        row.update(_figures("改后", repair.after))
    if repair.at is not None:
        row["X"], row["Y"] = (f"{value:.3f}" for value in repair.at)
    return row


def _figures(when: str, figures: Figures) -> Iterator[tuple[str, object]]:
    yield f"{when}部件", figures.parts
    yield f"{when}顶点", figures.vertices
    yield f"{when}长度_m", figures.length_m
    yield f"{when}面积_m2", figures.area_m2


def _text(one: TextRepair) -> Mapping[str, object]:
    return {
        "行": one.row + 1,
        "问题": "乱码",
        "处理": "无法还原" if one.after is None else "已修正",
        "字段": harmless(one.field),
        "改前文字": harmless(one.before),
        "改后文字": harmless(one.after or ""),
    }
