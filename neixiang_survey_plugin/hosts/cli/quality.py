"""The command ``county quality``: what a county's data lack, and what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app.quality.quality import LayerQuality, Quality, assess
from neixiang_survey_plugin.app.quality.report import quality_json
from neixiang_survey_plugin.app.wording.confirmed import field_words
from neixiang_survey_plugin.app.wording.figures import trimmed
from neixiang_survey_plugin.app.wording.quality import (
    percent,
    purpose_words,
    quality_sentences,
    task_words,
)
from neixiang_survey_plugin.app.wording.words import layer_words
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.io.county_days import file_days
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.survey.reading import read_survey_facts

_MOST_TASKS = 30


@dataclass(frozen=True)
class QualityAsked:
    """Whose data, on which day, with the facts of which surveys."""

    folder: Path
    surveys: Sequence[Path] = ()
    on: str | None = None


def run_county_quality(asked: QualityAsked, *, json_target: str | None) -> None:
    """Assess a county's data and say what is missing; wrong input raises SurveyError."""
    on = day_from(asked.on)
    county = load_county(asked.folder)
    facts = [fact for survey in asked.surveys for fact in read_survey_facts(survey)]
    county, complaints = county.with_facts(facts)
    with progress("逐条道路试判") as tick:
        quality = assess(county, on, file_days(asked.folder), tick)
    write_json({**quality_json(quality), "complaints": list(complaints)}, json_target)
    console = screen(json_target == "-")
    print_quality(quality, console)
    for complaint in complaints:
        console.print(escape(complaint), soft_wrap=True)


def print_quality(quality: Quality, console: Console) -> None:
    """One row a field that a rule needs, then what hangs on it and what to find out first."""
    title = f"{quality.county}  数据质量  {quality.on.isoformat()}"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
    for name in ("图层", "要素", "精度 m", "测绘范围 km²", "文件日期", "最近日期", "字段", "用于"):
        table.add_column(name)
    table.add_column("齐全", justify="right")
    for layer in quality.layers:
        for row in _rows(layer):
            table.add_row(*map(escape, row))
    console.print(table)
    for sentence in quality_sentences(quality):
        console.print(escape(sentence), soft_wrap=True)
    _print_tasks(quality, console)


def _rows(layer: LayerQuality) -> list[tuple[str, ...]]:
    own = (
        layer_words(layer.layer),
        str(layer.features),
        "未知" if layer.accuracy_m is None else trimmed(layer.accuracy_m),
        "—" if layer.coverage_m2 is None else f"{layer.coverage_m2 / 1e6:.1f}",
        "" if layer.file_day is None else layer.file_day.isoformat(),
        "" if layer.newest_day is None else layer.newest_day.isoformat(),
    )
    fields = [
        (field_words(one.field), purpose_words(one.purpose), f"{percent(one.share)}")
        for one in layer.fields
    ]
    if not fields:
        return [(*own, "", "", "")]
    return [(*(own if row == 0 else [""] * 6), *field) for row, field in enumerate(fields)]


def _print_tasks(quality: Quality, console: Console) -> None:
    if not quality.tasks:
        return
    table = Table(box=box.SIMPLE_HEAD, title="待补的事实", title_justify="left")
    for name in ("缺什么", "影响", "在哪里（X 北，Y 东）"):
        table.add_column(name, overflow="fold")
    for task in quality.tasks[:_MOST_TASKS]:
        where = "" if task.at is None else f"{task.at[1]:.1f}, {task.at[0]:.1f}"
        table.add_row(*map(escape, (*task_words(task), where)))
    console.print(table)
    if len(quality.tasks) > _MOST_TASKS:
        console.print(f"还有 {len(quality.tasks) - _MOST_TASKS} 项（--json 列出全部）")
