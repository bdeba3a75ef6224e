"""Texts that were read in a wrong code page: put right where the way back is certain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# What a wrong reading leaves behind. U+FFFD and its own wrong reading in GBK; the letters that
# UTF-8's lead bytes become in a western code page.
_LOST = ("\ufffd", "锟斤拷", "烫烫烫", "屯屯屯")
_WESTERN = ("cp1252", "latin-1")
_LEAST_CHARACTERS = 2  # one character by itself may be anything
_MOST_BYTES = 0.7  # of a text that lost a byte or two in the wrong code page, the rest reads well
# Rows of GB 2312: the 3,755 characters of everyday use, with the 3,008 others, its marks.
_LEVEL_1 = range(0xB0, 0xD8)
_HANZI = range(0xB0, 0xF8)
_MARKS = (0xA1, 0xA3)


class TextRepair(NamedTuple):
    """One cell: its row from 0, its field, what it held, and what that means.

    ``after`` is None where the characters are lost: the source has to be exported again.
    """

    row: int
    field: str
    before: str
    after: str | None


def repair_texts(field: str, cells: Iterable[object]) -> list[TextRepair]:
    """The cells of one field that hold what no one wrote; cells that are no text are passed by."""
    found = []
    seen: dict[str, str | None] = {}
    for row, cell in enumerate(cells):
        if not isinstance(cell, str) or cell.isascii():
            continue
        meant = seen[cell] if cell in seen else seen.setdefault(cell, meant_text(cell))
        if meant != cell:
            found.append(TextRepair(row, field, cell, meant))
    return found


def meant_text(text: str) -> str | None:
    """What was written, the text itself where it is sound, None where characters are lost.

    Certain are UTF-8 read as GBK or as a western code page, and GBK read as a western one: the
    way back must succeed byte by byte and end in everyday Chinese.
    """
    for wrong, right in (("gbk", "utf-8"), *((page, "utf-8") for page in _WESTERN)):
        meant = _read_again(text, wrong, right)
        if meant is not None:
            return meant
    if not any(_is_chinese(character) for character in text):
        for page in _WESTERN:
            meant = _read_again(text, page, "gbk")
            if meant is not None:
                return meant
    return None if any(sign in text for sign in _LOST) or _is_torn(text) else text


def _is_torn(text: str) -> bool:
    """Whether most of a text is UTF-8 read as GBK, in which single bytes are missing."""
    try:
        raw = text.encode("gbk")
    except UnicodeError:
        return False
    meant = raw.decode("utf-8", "ignore")
    return _is_everyday_text(meant) and len(meant.encode()) >= _MOST_BYTES * len(raw)


def _read_again(text: str, wrong: str, right: str) -> str | None:
    try:
        meant = text.encode(wrong).decode(right)
    except UnicodeError:
        return None
    return meant if _is_everyday_text(meant) else None


def _is_everyday_text(text: str) -> bool:
    """Characters of GB 2312, at least half of them of its level 1, some marks, and ASCII."""
    rows = [_row_of(character) for character in text if not character.isascii()]
    hanzi = [row for row in rows if row in _HANZI]
    if len(hanzi) < _LEAST_CHARACTERS or any(row not in (*_HANZI, *_MARKS) for row in rows):
        return False
    return 2 * sum(row in _LEVEL_1 for row in hanzi) >= len(hanzi)


def _row_of(character: str) -> int:
    """The row of GB 2312 that a character stands in; 0 for none."""
    try:
        return character.encode("gb2312")[0]
    except UnicodeError:
        return 0


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
