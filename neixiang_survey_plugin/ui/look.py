"""What a widget needs to know to look and speak like the rest of the window."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.icons import icon
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import COLOURS, Colours, Density
from neixiang_survey_plugin.ui.words import Words, words_of


@dataclass(frozen=True)
class Look:
    """Texts, words and colours of one language and one theme."""

    texts: Texts
    words: Words
    theme: Theme
    density: Density

    @property
    def colours(self) -> Colours:
        """The colours of the theme."""
        return COLOURS[self.theme]

    def said(self, error: SurveyError) -> str:
        """What stands in the way, a line a problem, in the language of the window."""
        return "\n".join(in_language(one, self.texts.language) for one in error.problems)

    def icon(self, name: str) -> Any:
        """One of the project's icons in the colour of the text."""
        return icon(name, self.colours.text, self.colours.quiet)


def look_of(settings: Settings) -> Look:
    """The look that the settings ask for; the same one for the same language, theme and density."""
    return _look(settings.language, settings.theme, settings.density)


@functools.cache
def _look(language: Language, theme: Theme, density: Density) -> Look:
    return Look(Texts(language), words_of(language), theme, density)
