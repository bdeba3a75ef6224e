"""Stopping where something is not certain and nobody is there to ask."""

from __future__ import annotations

from collections.abc import Iterable

from neixiang_survey_plugin.app.importing.questions import Question
from neixiang_survey_plugin.app.wording.importing import question_sentence
from neixiang_survey_plugin.core.errors import SurveyError


class UndecidedError(SurveyError):
    """What has to be decided first: one sentence a question, with the option that answers it.

    A window shows ``questions`` instead.
    """

    def __init__(self, source: str, questions: Iterable[Question]) -> None:
        self.source, self.questions = source, tuple(questions)
        super().__init__(f"{source}: {question_sentence(one)}" for one in self.questions)

    def __reduce__(self) -> tuple[object, ...]:
        """As it was, with its questions, when it comes out of another process."""
        return type(self), (self.source, self.questions)


def raise_if_undecided(source: str, questions: Iterable[Question]) -> None:
    """Raise UndecidedError for questions; do nothing where there are none."""
    asked = tuple(questions)
    if asked:
        raise UndecidedError(source, asked)
