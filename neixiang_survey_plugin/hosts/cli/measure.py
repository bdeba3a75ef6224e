"""The command ``measure``: the figures of very many routes, into a file and a table of sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich import box
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.output import progress, screen, write_json
from neixiang_survey_plugin.io.screening.measuring import LAYERS, Measuring, measure_file
from neixiang_survey_plugin.io.survey.reading import is_survey

SCHEMA = 1
_WORDS = {
    "length_m": "长度 m",
    "across_total_m": "穿路 m",
    "along_total_m": "沿路 m",
    "inside_total_m": "路内 m",
    "green_total_m2": "占绿 m²",
}


def run_measure(routes: Path, county: Path, *, out: Path | None, json_target: str | None) -> None:
    """Measure a file of routes and show or write the sums."""
    if routes.suffix.lower() == ".gpkg" and routes.exists() and is_survey(routes):
        raise SurveyError(f"{routes}: 是踏勘文件，它的外线用 check 量算；measure 读矢量文件")
    with progress("量算") as tick:
        measuring = measure_file(routes, county, out, tick)
    report = _report(measuring, out)
    write_json(report, json_target)
    console = screen(json_target == "-")
    console.print(_table(report))
    for sentence in (*measuring.warnings, *_missing_sentence(report["layers_not_judged"])):
        console.print(f"[dim]{escape(sentence)}[/dim]", soft_wrap=True)


def _missing_sentence(layers: Iterable[str]) -> Iterator[str]:
    absent = "、".join(wording.layer_words(layer) for layer in layers)
    if absent:
        yield f"县资料没有这些图层，与其有关的数未知：{absent}"


def _report(measuring: Measuring, out: Path | None) -> dict[str, Any]:
    county = measuring.county
    return {
        "schema": SCHEMA,
        "county": county.name,
        "out": None if out is None else str(out),
        **asdict(measuring.sums),
        "layers_not_judged": [name for name in LAYERS if name not in county.layers],
        "warnings": list(measuring.warnings),
    }


def _table(report: Mapping[str, Any]) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, title=f"{report['routes']} 条外线，没有判定", title_justify="left"
    )
    for name in ("项目", "合计", "其中未知的条数"):
        table.add_column(name, justify="left" if name == "项目" else "right")
    for name, words in _WORDS.items():
        table.add_row(words, f"{report[name]:,.2f}", str(report["unknown"][name]))
    return table
