"""The county file with an imported layer named in it, all else left as it stands."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.io.county_config import COUNTY_FILE
from neixiang_survey_plugin.io.toml_writing import check_kept, line_end, read_kept, toml_value

# What speaks of the file that stood there before: columns, words, system, encoding.
_OF_THE_FILE = ("path", "layer", "crs", "encoding", "fields", "values")


def county_text(folder: Path, name: str, facts: Mapping[str, str | float]) -> str:
    """The county file with the table ``[layers.name]``: the facts, and what it said besides.

    Comments, order and every other table stay. SurveyError where the file is laid out so that
    only a person can edit it. Nothing is written.
    """
    path = folder / COUNTY_FILE
    text, before = read_kept(path)
    layers = before.get("layers", {})
    kept = {key: one for key, one in layers.get(name, {}).items() if key not in _OF_THE_FILE}
    entry = {**facts, **{key: one for key, one in kept.items() if key not in facts}}
    wanted = {**before, "layers": {**layers, name: entry}}
    way_out = f"[layers.{name}] 的写法不能自动修改；请用文本编辑器写明 path = {facts.get('path')}"
    edited = _edited(text, name, entry)
    check_kept(path, edited, wanted, way_out)
    return edited


def _edited(text: str, name: str, entry: Mapping[str, Any]) -> str:
    """The text with the lines of one layer's tables changed, or with new ones behind the last."""
    lines = text.splitlines(keepends=True)
    end = line_end(lines)
    tables = _tables(lines)
    new = [f"{key} = {toml_value(value)}{end}" for key, value in entry.items()]
    own = [place for place in tables if _is_of(place, f"layers.{name}")]
    if not own:
        last = max((place[2] for place in tables if _is_of(place, "layers")), default=len(lines))
        before = lines[:last]
        if before and not before[-1].endswith(("\n", "\r")):
            before[-1] += end
        gap = [] if not before or not before[-1].strip() else [end]
        behind = [end] if last < len(lines) else []
        return "".join([*before, *gap, f"[layers.{name}]{end}", *new, *behind, *lines[last:]])
    kept: list[str] = []
    at = 0
    for head, first, last in own:
        kept += lines[at:first]
        at = last
        if head == f"layers.{name}":
            comments = [line for line in lines[first + 1 : last] if line.lstrip().startswith("#")]
            gap = [end] if last < len(lines) else []
            kept += [lines[first], *comments, *new, *gap]
    return "".join([*kept, *lines[at:]])


_Table = tuple[str, int, int]  # its name, the line of its head, the line behind its last


def _tables(lines: list[str]) -> list[_Table]:
    heads = [row for row, line in enumerate(lines) if line.lstrip().startswith("[")]
    tables = []
    for row, following in itertools.pairwise([*heads, len(lines)]):
        ends = following
        while ends > row + 1 and lines[ends - 1].lstrip().startswith("#") and ends < len(lines):
            ends -= 1  # a comment right above the next table speaks of that one
        tables.append((lines[row].split("#")[0].strip().strip("[]").strip(), row, ends))
    return tables


def _is_of(table: _Table, name: str) -> bool:
    return table[0] == name or table[0].startswith(f"{name}.")
