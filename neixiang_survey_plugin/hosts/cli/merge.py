"""The command ``survey merge``."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from neixiang_survey_plugin.app.merge_questions import BOTH
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.hosts.cli.output import progress, screen, write_json
from neixiang_survey_plugin.io.survey.merging.merge import Merged, merge_surveys
from neixiang_survey_plugin.io.survey.merging.planning import Choices


def run_survey_merge(
    surveys: Sequence[Path],
    out: Path,
    *,
    prefer: str | None = None,
    choose: Sequence[str] = (),
    json_target: str | None = None,
) -> None:
    """Join survey files into a new one; SurveyError lists what has to be chosen first."""
    choices = _choices(len(surveys), prefer, choose)
    with progress("合并") as tick:
        merged = merge_surveys(surveys, out, getpass.getuser(), choices, tick)
    write_json(_report(surveys, out, merged), json_target)
    _print(out, merged, screen(quiet=json_target == "-"))


def _choices(count: int, prefer: str | None, choose: Sequence[str]) -> Choices:
    """The answers of the command line; SurveyError for one that names no file."""
    labels = [chr(ord("A") + number) for number in range(count)]
    answers: dict[str, str] = {}
    problems = Problems()
    for text in choose:
        name, _, answer = text.rpartition("=")
        if name:
            answers[name] = _answer(f"--choose {name}", answer, labels, problems)
        else:
            problems.add(f"--choose {text}：请写成 编号=A 的样子，如 --choose r1=A")
    general = None if prefer is None else _answer("--prefer", prefer, labels, problems)
    problems.raise_if_any()
    return Choices(answers, general)


def _answer(option: str, text: str, labels: Sequence[str], problems: Problems) -> str:
    """A file's letter or ``both``, in whatever case it was written."""
    for answer in (*labels, BOTH):
        if text.lower() == answer.lower():
            return answer
    problems.add(f"{option} {text}：只能是 {'、'.join(labels)} 或 {BOTH}，A 是第一个文件")
    return text


def _report(surveys: Sequence[Path], out: Path, merged: Merged) -> dict[str, object]:
    return {
        "schema": 1,
        "surveys": [str(path) for path in surveys],
        "out": str(out),
        "fingerprint": merged.fingerprint,
        "rows": dict(merged.rows),
        "resolved": list(merged.resolved),
        "unified": list(merged.unified),
        "renamed": list(merged.renamed),
        "notes": list(merged.notes),
    }


def _print(out: Path, merged: Merged, console: Console) -> None:
    filled = "，".join(f"{table} {count}" for table, count in merged.rows.items())
    console.print(f"已合并为 {escape(str(out))}：{filled or '还没有内容'}", soft_wrap=True)
    said = (
        ("按选择取舍", merged.resolved),
        ("几份文件记的同一个，留一份", merged.unified),
        ("同名而不同，后来的已改名", merged.renamed),
    )
    for words, names in said:
        if names:
            console.print(f"{words}：{escape('、'.join(names))}", soft_wrap=True)
    for note in merged.notes:
        console.print(escape(note), soft_wrap=True)
    console.print("合并以前的各步不能再撤销；每条外线以前的样子都在它的历史里。", soft_wrap=True)
    console.print(f"内容指纹 {merged.fingerprint}", soft_wrap=True)
