"""What somebody who verifies a packet may find."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

# Another machine's geometry library rounds its last digits elsewhere; a form shows centimetres.
_SAME, _SHARE = 1e-6, 1e-9
_SAME_DEGREES, _SHARE_DEGREES = 1e-9, 1e-11


class DifferenceKind(Enum):
    """In what a packet is not what it says it is."""

    DAMAGED = "damaged"  # a file that cannot be read at all
    CONTAINER = "container"  # the ZIP around the files
    MISSING = "missing"
    EXTRA = "extra"
    CHANGED = "changed"  # the hash is not that of the manifest
    FIGURE = "figure"  # worked out again it comes to something else
    MILDER = "milder"  # a way was chosen that is milder than the verdict
    NOT_JUDGED = "not_judged"  # the packet's own data cannot be judged


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the packet says: where, what it says, what it is."""

    kind: DifferenceKind
    where: str
    said: str | None = None
    found: str | None = None


@dataclass(frozen=True)
class Verified:
    """What verifying a packet came to; no differences: it is as it was written.

    ``forms_by_hash_alone`` are forms of a county's own templates: their text was not made again.
    """

    packet: str
    number: str
    figures: int
    differences: tuple[Difference, ...]
    forms_by_hash_alone: tuple[str, ...] = ()


def differing(said: Any, found: Any, where: str, *, exact: bool = False) -> Iterator[Difference]:
    """Where two plain values differ; figures may differ in what rounding does to them.

    ``exact``: a thousandth of that, as degrees need it.
    """
    if isinstance(said, Mapping) and isinstance(found, Mapping):
        for key in dict.fromkeys([*said, *found]):
            yield from differing(said.get(key), found.get(key), f"{where}.{key}", exact=exact)
    elif _is_list(said) and _is_list(found) and len(said) == len(found):
        for number, (one, other) in enumerate(zip(said, found, strict=True)):
            yield from differing(one, other, f"{where}[{number}]", exact=exact)
    elif not _is_same(said, found, exact):
        yield Difference(DifferenceKind.FIGURE, where, _shown(said), _shown(found))


def figures_in(value: Any) -> int:
    """How many figures a plain value holds."""
    if isinstance(value, Mapping):
        return sum(figures_in(one) for one in value.values())
    if _is_list(value):
        return sum(figures_in(one) for one in value)
    return int(isinstance(value, int | float) and not isinstance(value, bool))


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_same(said: Any, found: Any, exact: bool) -> bool:
    numbers = [one for one in (said, found) if isinstance(one, float | int)]
    if len(numbers) == 2 and not any(isinstance(one, bool) for one in numbers):
        same, share = (_SAME_DEGREES, _SHARE_DEGREES) if exact else (_SAME, _SHARE)
        return math.isclose(numbers[0], numbers[1], rel_tol=share, abs_tol=same)
    return type(said) is type(found) and bool(said == found)


def _shown(value: Any) -> str:
    text = "—" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
