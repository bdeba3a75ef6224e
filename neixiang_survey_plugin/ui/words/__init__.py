"""Results in words of the window's language: Chinese from app/wording, English from its table."""

from __future__ import annotations

from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.ui.words.chinese import ChineseWords
from neixiang_survey_plugin.ui.words.english import EnglishWords
from neixiang_survey_plugin.ui.words.words import Words

__all__ = ["Words", "words_of"]


def words_of(language: Language) -> Words:
    """The words of a language."""
    return ChineseWords() if language is Language.CHINESE else EnglishWords()
