"""Writing what a county says of a unit into its county file, all else left as it stands."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.county import Reinstatement
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.io.county_config import COUNTY_FILE
from neixiang_survey_plugin.io.county_tables import UNIT_TEXTS
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.toml_writing import line_end, read_kept, toml_value, write_kept

UNIT_KEYS = (*UNIT_TEXTS, "reinstatement")
_HEAD = "[[units]]"


def set_unit(folder: Path, unit_id: str, facts: Mapping[str, str]) -> None:
    """Set keys of one unit in ``county.toml``; an empty text takes a key out.

    Comments, order and every other key stay. SurveyError where the unit or a key is unknown, or
    the file is laid out so that only a person can edit it; nothing is then changed.
    """
    path = folder / COUNTY_FILE
    _check(facts)
    text, before = read_kept(path)
    wanted = _wanted(before, unit_id, facts, path)
    way_out = f"[[units]] 的写法不能自动修改；请用文本编辑器填写 {unit_id}"
    write_kept(path, _edited(text, unit_id, facts), wanted, way_out)


def _check(facts: Mapping[str, str]) -> None:
    problems = Problems()
    for key, value in facts.items():
        if key not in UNIT_KEYS:
            known = "、".join(UNIT_KEYS)
            hint = did_you_mean(key, UNIT_KEYS)
            problems.add(f"--set {key}：单位没有这一项{hint}；可写 {known}。")
        elif key == "reinstatement" and value not in ("", *(one.value for one in Reinstatement)):
            problems.add(
                f"--set {key}={value}：应为 self（自行组织）或 third_party（委托第三方）。"
            )
    problems.raise_if_any()


def _wanted(
    before: Mapping[str, Any], unit_id: str, facts: Mapping[str, str], path: Path
) -> dict[str, Any]:
    """The file as it is to read afterwards."""
    units = before.get("units", [])
    if unit_id not in (one.get("id") for one in units):
        listed = "、".join(str(one.get("id")) for one in units)
        raise SurveyError(f"{path}：[[units]] 里没有 {unit_id}；有：{listed or '无'}")
    return {
        **before,
        "units": [_with(one, facts) if one.get("id") == unit_id else one for one in units],
    }


def _with(unit: Mapping[str, Any], facts: Mapping[str, str]) -> dict[str, Any]:
    return {key: value for key, value in {**unit, **facts}.items() if value != ""}


def _edited(text: str, unit_id: str, facts: Mapping[str, str]) -> str:
    """The text with the lines of one unit's table changed."""
    lines = text.splitlines(keepends=True)
    end = line_end(lines)
    first, last = _table_of(lines, unit_id)
    kept = [line for line in lines[first:last] if _key(line) not in facts]
    while kept and not kept[-1].strip():
        kept.pop()
    if kept and not kept[-1].endswith(("\n", "\r")):
        kept[-1] += end
    new = [f"{key} = {toml_value(value)}{end}" for key, value in facts.items() if value]
    gap = [end] if last < len(lines) else []
    return "".join([*lines[:first], *kept, *new, *gap, *lines[last:]])


def _table_of(lines: list[str], unit_id: str) -> tuple[int, int]:
    """The first line behind the head of the unit's table, and the first of what follows it."""
    heads = [row for row, line in enumerate(lines) if line.lstrip().startswith("[")]
    for row, following in itertools.pairwise([*heads, len(lines)]):
        ends = following
        while ends > row + 1 and lines[ends - 1].lstrip().startswith("#"):
            ends -= 1  # a comment right above the next table speaks of that one
        own = lines[row + 1 : ends]
        if lines[row].split("#")[0].strip() == _HEAD and _says(own, unit_id):
            return row + 1, ends
    return len(lines), len(lines)


def _says(lines: list[str], unit_id: str) -> bool:
    try:
        return bool(tomllib.loads("".join(lines)).get("id") == unit_id)
    except ValueError:
        return False


def _key(line: str) -> str:
    return line.partition("=")[0].strip().strip("\"'")
