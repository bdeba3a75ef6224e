"""Boxes that people tick: ☑新装 □增容, 新装√, 水、电、气, or just a tick."""

from __future__ import annotations

import re

from neixiang_survey_plugin.core.vocabulary import Words, canonical_word, chinese_word
from neixiang_survey_plugin.io.applications.values import text_of

_TICKS, _BOXES = "☑√✓■●", "□☐○"
_BEFORE = re.compile(rf"[{_TICKS}]\s*([^{_TICKS}{_BOXES}\s]*)")
_BEHIND = re.compile(rf"([^{_TICKS}{_BOXES}\s]+)\s*[{_TICKS}]")
_PARTS = re.compile(r"[、,，;；/\s]+")
_YES = frozenset({"是", "有", "需要", "yes", "y", "true", "1"})
_NO = frozenset({"否", "无", "不需要", "没有", "no", "n", "false", "0", "-", "—", "/"})


def ticked(cell: object, words: Words) -> tuple[str | None, ...]:
    """The words that a cell ticks; None for a tick that stands alone; nothing for no tick.

    ValueError names what is no such word.
    """
    text = "" if cell is None else text_of(cell)
    if isinstance(cell, bool):
        return (None,) if cell else ()
    if not text or text.lower() in _NO:
        return ()
    if text.lower() in _YES:
        return (None,)
    return tuple(None if not name else _word(name, words) for name in _names(text))


def _names(text: str) -> list[str]:
    if not any(mark in text for mark in _TICKS + _BOXES):
        return [name for name in _PARTS.split(text) if name]
    marks_first = text[0] in _TICKS + _BOXES
    return (_BEFORE if marks_first else _BEHIND).findall(text)


def _word(name: str, words: Words) -> str:
    word = canonical_word(words, name)
    if word is None:
        known = "、".join(chinese_word(words, one) for one in words)
        raise ValueError(f"不认识“{name[:40]}”；可写 {known}")
    return word
