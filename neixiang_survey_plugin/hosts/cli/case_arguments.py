"""What the commands of cases have in common: moments and words as they are typed, the county."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TypeVar

from neixiang_survey_plugin.core.calendar.office import CHINA_TIME, Office
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.casework.words import WORDS_OF
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.vocabulary import (
    UTILITY,
    Words,
    canonical_word,
    chinese_word,
)
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.dates import parse_moment
from neixiang_survey_plugin.io.office import load_office

T = TypeVar("T")
W = TypeVar("W", bound=Enum)


def load_county_and_office(folder: Path) -> tuple[County, Office]:
    """The county without its layers, and its office."""
    county = load_county(folder, ())
    return county, load_office(folder, county.office_hours)


def now() -> datetime:
    """This moment by the office's clock, to the second."""
    return datetime.now(CHINA_TIME).replace(microsecond=0, tzinfo=None)


def moment_of(option: str, text: str) -> datetime:
    """A moment that was typed; SurveyError for what is none."""
    moment = parse_moment(text)
    if moment is None:
        raise SurveyError(f"{option} {text}：不是时间，请写成 2026-11-22 09:10 的样子。")
    return moment


def act_of(by: str | None, at: str | None, reason: str | None = None) -> Act:
    """Who acts and when: the user and now where nothing was typed."""
    return Act(by or getpass.getuser(), now() if at is None else moment_of("--at", at), reason)


def word_of(option: str, text: str, kind: type[W]) -> W:
    """A word that was typed, in English or Chinese."""
    return kind(canonical_of(option, text, WORDS_OF[kind]))


def utility_of(option: str, text: str) -> str:
    """A utility that was typed, in English or Chinese."""
    return canonical_of(option, text, UTILITY)


def by_utility(option: str, texts: Iterable[str], read: Callable[[str], T]) -> dict[str, T]:
    """What was typed as gas=..., by utility."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise SurveyError(f"{option} {text}：应写成 专业=值，如 gas=...。")
        found[utility_of(option, name)] = read(value)
    return found


def canonical_of(option: str, text: str, words: Words) -> str:
    """The canonical word for what was typed, in English or Chinese; SurveyError for none."""
    word = canonical_word(words, text)
    if word is None:
        known = "、".join(f"{one}（{chinese_word(words, one)}）" for one in words)
        raise SurveyError(f"{option} {text}：不认识；可写 {known}。")
    return word
