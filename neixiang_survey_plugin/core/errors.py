"""What the program says when it cannot go on."""

from __future__ import annotations

from collections.abc import Iterable


class SurveyError(Exception):
    """Wrong input, one sentence per problem, each naming the thing and the way out."""

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems: tuple[str, ...] = (
            (problems,) if isinstance(problems, str) else tuple(problems)
        )
        super().__init__("\n".join(self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        """As it was, sentence by sentence, when it comes out of another process."""
        return type(self), (self.problems,)


class Problems:
    """Collects every problem of one input, so that all of them are reported at once."""

    def __init__(self) -> None:
        self._sentences: list[str] = []

    def add(self, sentence: str) -> None:
        """Keep one sentence for the report."""
        self._sentences.append(sentence)

    def extend(self, error: SurveyError) -> None:
        """Keep every sentence of an error raised further down."""
        self._sentences.extend(error.problems)

    def __bool__(self) -> bool:
        return bool(self._sentences)

    def raise_if_any(self) -> None:
        """Raise one SurveyError that holds all problems; do nothing when there are none."""
        if self._sentences:
            raise SurveyError(self._sentences)
