"""What merging survey files asks: one thing, and what each file says of it."""

from __future__ import annotations

from dataclasses import dataclass

BOTH = "both"  # the answer that two things of one name are two


@dataclass(frozen=True, slots=True)
class Fact:
    """A field in which files differ; ``value`` is None where it is empty.

    ``length_m`` of a line is that of its course on the grid. What no word can say, such as a
    picture, is not ``told``.
    """

    name: str
    value: str | float | None
    told: bool = True


@dataclass(frozen=True, slots=True)
class Saying:
    """What one or several files say alike; without ``facts`` and ``removed`` where it is gone.

    ``files`` are their letters and names. ``who`` wrote it last, ``at`` by UTC; None where the
    file's log does not say.
    """

    files: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    removed: bool
    who: str | None = None
    at: str | None = None

    @property
    def answer(self) -> str:
        """The letter by which it is chosen."""
        return self.files[0][0]


@dataclass(frozen=True, slots=True)
class MergeQuestion:
    """A row that several files changed, or one name for things that differ (``same_name``).

    ``name`` is how an answer names it, ``table`` where it stands.
    """

    name: str
    table: str
    sayings: tuple[Saying, ...]
    same_name: bool

    @property
    def answers(self) -> tuple[str, ...]:
        """What can be answered: a file's letter, or that both stay."""
        letters = tuple(one.answer for one in self.sayings)
        return (*letters, BOTH) if self.same_name else letters

    def as_answer(self, answer: str) -> str | None:
        """An answer to another question as one to this; None where it does not fit."""
        if answer == BOTH:
            return BOTH if self.same_name else None
        letters = ((one.answer, letter) for one in self.sayings for letter, _ in one.files)
        return next((own for own, letter in letters if letter == answer), None)
