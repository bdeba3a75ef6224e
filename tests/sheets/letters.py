"""A font for tests: a Chinese character is one em wide, any other half of one."""

from __future__ import annotations


class PlainLetters:
    """Widths that one can count in the head."""

    def width_em(self, text: str) -> float:
        return sum(0.5 if letter.isascii() else 1.0 for letter in text)


LETTERS = PlainLetters()
