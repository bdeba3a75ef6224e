"""Writing TOML: values as it spells them, and changes to a file that a person keeps."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError


def toml_value(value: Any) -> str:
    """A text, number, flag, day, list or table on one line."""
    if isinstance(value, str):
        # JSON's escapes are TOML's; what JSON leaves as it is and TOML forbids is U+007F alone
        text = value.encode("utf-8", "replace").decode()
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{toml_key(key)} = {toml_value(one)}" for key, one in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml_value, value))}]"
    return value.isoformat() if isinstance(value, date) else repr(value)


def toml_key(key: str) -> str:
    """A key, in quotation marks where it needs them."""
    plain = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if plain else toml_value(key)


def line_end(lines: list[str]) -> str:
    """How the lines of a file end."""
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"


def read_kept(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a file, its line ends as they are, and what it says."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise SurveyError(f"{path}：读不出来（{error}）；先用 county check 检查") from error


def write_kept(path: Path, text: str, wanted: Mapping[str, Any], way_out: str) -> None:
    """Replace a file at once by a text that says what is wanted.

    SurveyError with the way out where it does not: the file is laid out so that only a person can
    edit it, and stays as it is.
    """
    check_kept(path, text, wanted, way_out)
    replace_text(path, text)


def check_kept(path: Path, text: str, wanted: Mapping[str, Any], way_out: str) -> None:
    """SurveyError with the way out where a text for a file does not say what is wanted."""
    try:
        is_so = tomllib.loads(text) == wanted
    except ValueError:
        is_so = False
    if not is_so:
        raise SurveyError(f"{path}：{way_out}")


def replace_text(path: Path, text: str) -> None:
    """Put a text in a file's place at once; SurveyError where it cannot be written."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        raise SurveyError(f"{path}：写不进去（{error.strerror}）") from error
