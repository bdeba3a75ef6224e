"""What was confirmed about each layer's source, kept beside the county file for the next time."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.importing.answers import Answers
from neixiang_survey_plugin.app.importing.mapping import Reason
from neixiang_survey_plugin.app.importing.proposal import Proposal, Remembered
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.toml_writing import toml_key, toml_value

MEMORY_FILE = "imports.toml"
_HEAD = (
    "# 每个图层上次导入时确认的列、词和单位；再次导入同样的文件时照此办理。\n"
    "# 可手工修改，删去即忘记。\n"
)


def remembered_of(folder: Path, layer: str, source: str | None = None) -> Remembered:
    """What was confirmed when a layer was last imported; nothing where it never was.

    ``source`` is the name of today's file: what held for every row of another one (all its mains
    carry water) is not remembered for this one.
    """
    table = _read(folder).get(layer, {})
    known = {key: table[key] for key in asdict(Remembered()) if key in table}
    if source is not None and source != table.get("source"):
        known.pop("constants", None)
    fields = {name: column or None for name, column in known.pop("fields", {}).items()}
    return Remembered(fields=fields, **known)


def memory_text(folder: Path, layer: str, memory: Remembered, source: Mapping[str, str]) -> str:
    """The file with one layer's table made anew; ``source`` says what it was imported from."""
    tables = {**_read(folder), layer: {**source, **_plain(memory)}}
    return _HEAD + "".join(_table(name, table) for name, table in tables.items())


def memory_of(proposal: Proposal, answers: Answers, before: Remembered) -> Remembered:
    """What is to be remembered: the columns that were taken, and every decision on top."""
    fields = {
        one.field: one.column
        for one in proposal.mappings
        if one.column is not None or one.reason in (Reason.TOLD, Reason.REMEMBERED)
    }
    constants = {one.field: one.constant for one in proposal.mappings if one.constant is not None}
    told = {name: dict(one.meanings) for name, one in proposal.manners.items() if one.meanings}
    order = answers.date_order.value if answers.date_order else before.date_order
    return Remembered(
        fields={name: column for name, column in fields.items() if name not in constants},
        values=told,
        constants=constants,
        units={**before.units, **answers.units},
        date_order=order,
        new_ids=proposal.new_ids,
        repeats=proposal.repeats,
        confirmed_by=proposal.confirmed_by,
    )


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MEMORY_FILE
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SurveyError(
            f"{path}：读不出来（{error}）；请改正，或删去它（映射要重新确认）"
        ) from None


def _plain(memory: Remembered) -> dict[str, Any]:
    plain = {key: value for key, value in asdict(memory).items() if value}
    fields = {name: column or "" for name, column in memory.fields.items()}
    return {**plain, "fields": fields} if fields else plain


def _table(name: str, keys: Mapping[str, Any]) -> str:
    lines = (f"{toml_key(key)} = {toml_value(value)}\n" for key, value in keys.items())
    return f"\n[{toml_key(name)}]\n{''.join(lines)}"
