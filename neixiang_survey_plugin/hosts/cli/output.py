"""Where results go: the screen, a JSON file, the standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from neixiang_survey_plugin.app.checking import Tick
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.dates import parse_date

MOST_ROWS = 200  # of a table on the screen: drawing 30,000 took half a minute, and who reads them
_MOST_INDENTED = 5_000  # rows of JSON for people: indenting 10,000 cases takes 7 s
_WIDTH_OF_A_PIPE = 140  # a table that goes into a file or a pipe is not folded at 80 columns


def screen(quiet: bool) -> Console:
    """The console for tables; a quiet one prints nothing."""
    width = None if sys.stdout.isatty() else _WIDTH_OF_A_PIPE
    return Console(quiet=quiet, width=width, highlight=False)


def write_json(report: Mapping[str, Any], target: str | None) -> None:
    """Write a report to a file or, for ``-``, to the standard output; nothing for None."""
    if target is None:
        return
    rows = sum(len(part) for part in report.values() if isinstance(part, list))
    indent = 2 if rows <= _MOST_INDENTED else None
    text = json.dumps(report, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"
    if target == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())  # UTF-8 whatever the terminal speaks
    else:
        Path(target).write_text(text, encoding="utf-8")


def day_from(text: str | None) -> date:
    """The day given by --on, today without one; SurveyError for what is no day."""
    if text is None:
        return date.today()
    day = parse_date(text)
    if day is None:
        raise SurveyError(f"--on {text}：不是日期，请写成 2026-11-22 的样子。")
    return day


@contextmanager
def progress(title: str) -> Iterator[Tick]:
    """A bar on the terminal's error stream that a long job moves; nothing without a terminal."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
