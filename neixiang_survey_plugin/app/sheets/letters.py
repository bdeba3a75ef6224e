"""How wide words are on paper, and how a long text is broken into lines that fit their box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from neixiang_survey_plugin.app.sheets.scene import EM

_BREAK_AFTER = " ，。；、：,;/-"
_LEAST_SHARE = 0.6  # of a line, that breaking at a mark may not fall below
_ELLIPSIS = "…"


class Letters(Protocol):
    """The font that sheets are written in."""

    def width_em(self, text: str) -> float:
        """How wide a text is, in ems."""


def width_mm(letters: Letters, text: str, size_mm: float) -> float:
    """How wide a line of words is."""
    return letters.width_em(text) * EM * size_mm


def fitted_mm(letters: Letters, text: str, size_mm: float, room_mm: float) -> float:
    """The size at which a line of words fits its room: its own, or smaller."""
    wide_mm = width_mm(letters, text, size_mm)
    return size_mm if wide_mm <= room_mm else size_mm * room_mm / wide_mm


def broken(
    letters: Letters, text: str, size_mm: float, room_mm: float, most: int | None = None
) -> tuple[str, ...]:
    """A text in lines that fit; the last of ``most`` ends in an ellipsis where there is more."""
    lines = [line for part in text.split("\n") for line in _broken(letters, part, size_mm, room_mm)]
    if most is None or len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width_mm(letters, last + _ELLIPSIS, size_mm) > room_mm:
        last = last[:-1]
    return (*lines[: most - 1], last + _ELLIPSIS)


def _broken(letters: Letters, text: str, size_mm: float, room_mm: float) -> Iterator[str]:
    while width_mm(letters, text, size_mm) > room_mm and len(text) > 1:
        fits = _fitting(letters, text, size_mm, room_mm)
        marks = [k + 1 for k in range(int(fits * _LEAST_SHARE), fits) if text[k] in _BREAK_AFTER]
        end = marks[-1] if marks else fits
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    yield text


def _fitting(letters: Letters, text: str, size_mm: float, room_mm: float) -> int:
    """How many characters fit; at least one."""
    wide_mm = 0.0
    for count, letter in enumerate(text):
        wide_mm += width_mm(letters, letter, size_mm)
        if wide_mm > room_mm:
            return max(count, 1)
    return len(text)
