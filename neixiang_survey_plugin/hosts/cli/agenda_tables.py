"""Sections of an agenda or a report, on the screen and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.agenda.sections import Section, as_text, printed
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.output import MOST_ROWS
from neixiang_survey_plugin.io.workbook import WorkSheet, write_workbook


def write_sections(path: Path, title: str, sections: Sequence[Section]) -> None:
    """Write sections into a spreadsheet, a sheet each; SurveyError for another ending."""
    if path.suffix.lower() != ".xlsx":
        raise SurveyError(f"--xlsx {path}：应以 .xlsx 结尾。")
    sheets = [
        WorkSheet(
            one.title,
            f"{title}  {one.title}",
            one.headings,
            [tuple(printed(cell) for cell in row) for row in one.rows],
        )
        for one in sections
    ]
    write_workbook(path, sheets)


def print_sections(
    title: str, sections: Sequence[Section], console: Console, *, every: bool = False
) -> None:
    """Print the sections that have rows, the first or ``every`` one; name those without."""
    console.print(f"[bold]{escape(title)}[/bold]", soft_wrap=True)
    for one in sections:
        if one.rows:
            table = Table(box=box.SIMPLE_HEAD, title=escape(one.title), title_justify="left")
            for heading in one.headings:
                table.add_column(heading, overflow="fold")
            for row in one.rows if every else one.rows[:MOST_ROWS]:
                table.add_row(*(escape(as_text(cell)) for cell in row))
            console.print(table)
            if not every and len(one.rows) > MOST_ROWS:
                sentence = wording.more_rows_sentence(one.title, MOST_ROWS, len(one.rows))
                console.print(sentence, soft_wrap=True)
    empty = [one.title for one in sections if not one.rows]
    if empty:
        console.print(f"没有：{escape('、'.join(empty))}。", soft_wrap=True)
