"""Every word that the window shows, one table a language."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any


class Language(Enum):
    """A language of the window; Chinese comes first."""

    CHINESE = "zh"
    ENGLISH = "en"


@functools.cache
def table(language: Language) -> Mapping[str, str]:
    """The words of a language by dotted key, such as ``command.undo.text``."""
    path = Path(__file__).parent / f"{language.value}.toml"
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), ""))


class Texts:
    """The words of one language; a key that no table has is a mistake and raises KeyError."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._table = table(language)

    def __call__(self, key: str, **values: object) -> str:
        """The words of a key with values in their places."""
        return self._table[key].format(**values) if values else self._table[key]


def _flat(found: Mapping[str, Any], before: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in found.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{before}{key}.")
        else:
            rows.append((f"{before}{key}", str(value)))
    return rows
