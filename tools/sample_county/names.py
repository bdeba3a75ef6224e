"""Invented names; each carries the word 示例, so that none is taken for a real place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_FIRST = "青和安平长永兴新福瑞春秋云松竹梅兰桂明清"
_SECOND = "泰宁阳康乐丰顺祥德义仁信华光溪庆善居里庭圃"


def street_names() -> Iterator[str]:
    """Names of small streets without their last word, none twice: 示例青泰, 示例和宁, ..."""
    for shift, (i, first) in product(range(len(_SECOND)), enumerate(_FIRST)):
        yield f"示例{first}{_SECOND[(i + shift) % len(_SECOND)]}"
