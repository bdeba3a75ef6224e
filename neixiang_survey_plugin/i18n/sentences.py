"""What is said in Chinese below the window, in the language of the window.

Files, drawing and packets say what stands in their way, sections and the map their few words, in
Chinese, piece by piece between semicolons; a table has the English of each piece.
"""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path

from neixiang_survey_plugin.core.vocabulary import (
    LAND_USE,
    PAVEMENT,
    PIPELINE_UTILITY,
    SURFACE_KIND,
    chinese_word,
)
from neixiang_survey_plugin.i18n import Language

CHINESE = re.compile(r"[\u3400-\u9fff]")
# What may stand between a path and what is said of it, and between two pieces, with its English.
_VOCABULARIES = {
    "utility": PIPELINE_UTILITY,
    "surface_kind": SURFACE_KIND,
    "pavement": PAVEMENT,
    "land_use": LAND_USE,
}
_FIRST_JOINTS = (("；", "; "), (": ", ": "))
_MARKS = (("、", ", "), ("（", " ("), ("）", ")"))
_JOINTS = (("：", ": "), ("，", ", "), ("、", ", "))


def in_language(sentence: str, language: Language) -> str:
    """A sentence or a few words in a language; what no table knows stays as it is."""
    if language is Language.CHINESE:
        return sentence
    said = _english(sentence.strip())
    return said[:1].upper() + said[1:] if CHINESE.match(sentence) else said


def _english(text: str) -> str:
    if not CHINESE.search(text):
        for mark, meant in _MARKS:  # a row of names, such as those of systems
            text = text.replace(mark, meant)
        return text
    if text.endswith("。"):
        return f"{_english(text[:-1])}."
    for joint, meant in _FIRST_JOINTS:
        first, between, rest = text.partition(joint)
        if between and first and rest:
            return f"{_english(first)}{meant}{_english(rest)}"
    for pattern, english in _pieces():
        found = pattern.fullmatch(text)
        if found is not None:
            return english.format(*(_english(one) for one in found.groups()))
    for joint, meant in _JOINTS:
        first, between, rest = text.partition(joint)
        if between and first and rest:
            return f"{_english(first)}{meant}{_english(rest)}"
    return text


@functools.cache
def _pieces() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A pattern for each piece with its English, those that say the most first."""
    folder = Path(__file__).parent
    words = tomllib.loads((folder / "words_en.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = {
        chinese_word(vocabulary, key): words[section][key]
        for section, vocabulary in _VOCABULARIES.items()
        for key in vocabulary
    }
    for path in sorted(folder.glob("sentences*_en.toml")):
        table |= tomllib.loads(path.read_text(encoding="utf-8"))["pieces"]
    ordered = sorted(table, key=lambda piece: -len(piece.replace("{}", "")))
    return tuple((_pattern(piece), table[piece]) for piece in ordered)


def _pattern(piece: str) -> re.Pattern[str]:
    # a value does not reach over a semicolon: that is where the next piece begins
    return re.compile("([^；]*?)".join(re.escape(part) for part in piece.split("{}")))
