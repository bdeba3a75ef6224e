"""The font of the map and how wide its words are."""

from __future__ import annotations

import functools
from typing import Any

from neixiang_survey_plugin.qt import QtGui

# By name: the first family of the Noto collection is Japanese, and draws some characters so.
FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei")


@functools.lru_cache(maxsize=64)
def font(size_px: float, bold: bool = False, spacing: float = 100.0) -> Any:
    """The map's font, so many pixels high; shared. Spacing in per cent of a character."""
    made = QtGui.QFont(FAMILIES[0])
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(max(round(size_px), 1))
    made.setBold(bold)
    made.setLetterSpacing(QtGui.QFont.SpacingType.PercentageSpacing, spacing)
    return made


@functools.lru_cache(maxsize=8192)
def advance_px(words: str, size_px: int, bold: bool = False) -> float:
    """How far a line of text goes."""
    return float(QtGui.QFontMetricsF(font(size_px, bold)).horizontalAdvance(words))
