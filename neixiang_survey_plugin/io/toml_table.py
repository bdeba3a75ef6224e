"""Reading a TOML table key by key, so that a wrong or unknown key is named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.io.hints import did_you_mean

T = TypeVar("T")

_MOST_WORDS = 12  # offered in a message; synonyms stand behind the words themselves
_KINDS: Mapping[type, str] = {
    str: "文字",
    float: "数",
    int: "整数",
    bool: "true 或 false",
    date: "日期（如 2021-03-05）",
    list: "列表 [...]",
    dict: "表 {...}",
}


class TomlTable:
    """One table of a TOML file; what nobody asked for is a typo, which ``close`` names.

    A key that is missing or wrong is kept as a problem and read as None or as the value of its
    type that is empty, so that one reading finds every problem of the file.
    """

    def __init__(self, path: Path, name: str, keys: dict[str, Any], problems: Problems) -> None:
        self.path = path
        self.name = name
        self.problems = problems
        self._keys = keys
        self._asked: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def is_list(self, key: str) -> bool:
        """Whether a list stands under a key; the key does not count as asked for."""
        return isinstance(self._keys.get(key), list)

    def text(self, key: str) -> str | None:
        """The text under a key, None where it is left out; an empty text is a problem."""
        value = self._value(key, str)
        if value is not None and not value.strip():
            self.complain(key, "不能为空")
        return value

    def number(self, key: str, minimum: float | None = None) -> float | None:
        """The number under a key, whole or not."""
        value = self._value(key, float)
        if value is not None and not math.isfinite(value):
            self.complain(key, f"应为有限的数，现为 {value}")
        elif value is not None and minimum is not None and value < minimum:
            self.complain(key, f"应不小于 {minimum:g}，现为 {value:g}")
        return value

    def whole(self, key: str, minimum: int | None = None) -> int | None:
        """The whole number under a key."""
        value = self._value(key, int)
        if value is not None and minimum is not None and value < minimum:
            self.complain(key, f"应不小于 {minimum}，现为 {value}")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where it is left out."""
        return bool(self._value(key, bool))

    def day(self, key: str) -> date | None:
        """The date under a key."""
        return self._value(key, date)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where it is left out."""
        return tuple(self._list(key, str))

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers; empty where it is left out."""
        return tuple(float(value) for value in self._list(key, float))

    def table(self, key: str) -> TomlTable:
        """The table under a key; one without keys where it is left out."""
        name = f"{self.name}.{key}" if self.name else key
        return TomlTable(self.path, name, self._value(key, dict) or {}, self.problems)

    def tables(self, key: str) -> list[TomlTable]:
        """The tables of a list such as ``[[units]]``, numbered from 1 in what is said of them."""
        return [
            TomlTable(self.path, " ".join([f"{key}#{number}", *_id_of(keys)]), keys, self.problems)
            for number, keys in enumerate(self._list(key, dict), start=1)
        ]

    def word(self, key: str, choices: Mapping[str, T]) -> T | None:
        """One of a few words, as the value that stands for it."""
        return self._chosen(key, self.text(key), choices)

    def words(self, key: str, choices: Mapping[str, T]) -> tuple[T, ...]:
        """A list of words, each as the value that stands for it."""
        chosen = (self._chosen(key, word, choices) for word in self.texts(key))
        return tuple(value for value in chosen if value is not None)

    def need(self, *keys: str) -> None:
        """Complain about every one of these keys that is left out."""
        for key in keys:
            if key not in self._keys:
                self.complain(key, "缺少这一项")

    def plain(self) -> dict[str, Any]:
        """The table as it stands, for keys that are free; all of them count as asked for."""
        self._asked.update(self._keys)
        return dict(self._keys)

    def complain(self, key: str, sentence: str) -> None:
        """Keep one problem of one key."""
        where = f"[{self.name}] " if self.name else ""
        self.problems.add(f"{self.path}: {where}{key}: {sentence}")

    def close(self) -> None:
        """Complain about every key that nobody asked for."""
        for key in self._keys:
            if key not in self._asked:
                self.complain(key, f"没有这个键{did_you_mean(key, self._asked)}")

    def _chosen(self, key: str, word: str | None, choices: Mapping[str, T]) -> T | None:
        if word is not None and word not in choices:
            hint = did_you_mean(word, choices)
            self.complain(key, f"不认识“{word}”{hint}；可写 {_listed(choices)}")
            return None
        return None if word is None else choices[word]

    def _list(self, key: str, kind: type[T]) -> list[T]:
        values: list[Any] = self._value(key, list) or []
        for value in values:
            if not _is_a(value, kind):
                self.complain(key, f"列表里应都是{_KINDS[kind]}，现有 {value!r}")
        return [value for value in values if _is_a(value, kind)]

    def _value(self, key: str, kind: type[T]) -> T | None:
        self._asked.add(key)
        value: Any = self._keys.get(key)
        if value is None:
            return None
        if not _is_a(value, kind):
            self.complain(key, f"应为{_KINDS[kind]}，现为 {value!r}")
            return None
        whole_or_not: Any = float(value) if kind is float else value
        result: T = whole_or_not
        return result


def _listed(words: Iterable[str]) -> str:
    return "、".join(islice(words, _MOST_WORDS)) or "的还没有"


def _id_of(keys: Mapping[str, object]) -> list[str]:
    return [str(keys["id"])] if "id" in keys else []


def _is_a(value: object, kind: type) -> bool:
    if isinstance(value, bool):
        return kind is bool
    if isinstance(value, datetime):
        return False
    return isinstance(value, (int, float) if kind is float else kind)
