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
    meant = [one for one in raw.decode("utf-8", "ignore") if not one.isascii()]
    enough = len(meant) >= _LEAST_CHARACTERS and all(map(_is_everyday, meant))
    return enough and len("".join(meant).encode()) >= _MOST_BYTES * len(raw)


def _read_again(text: str, wrong: str, right: str) -> str | None:
    try:
        meant = text.encode(wrong).decode(right)
    except UnicodeError:
        return None
    foreign = [character for character in meant if not character.isascii()]
    everyday = all(_is_everyday(character) for character in foreign)
    return meant if everyday and len(foreign) >= _LEAST_CHARACTERS else None


def _is_everyday(character: str) -> bool:
    """Whether it stands in level 1 of GB 2312, the 3,755 characters of everyday use, or a mark."""
    try:
        code = character.encode("gb2312")
    except UnicodeError:
        return False
    return len(code) == 2 and (0xB0 <= code[0] <= 0xD7 or code[0] in (0xA1, 0xA3))


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
