"""Where a receiver of satellites says that it is: its sentences (NMEA 0183) read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class FixKind(Enum):
    """How a position was found; what the receiver itself says of it."""

    SINGLE = "single"  # some metres
    DIFFERENTIAL = "differential"  # about a metre
    FIXED = "fixed"  # some centimetres
    FLOAT = "float"  # some decimetres
    OTHER = "other"  # estimated, by hand, simulated


_KINDS = {
    1: FixKind.SINGLE,
    2: FixKind.DIFFERENTIAL,
    3: FixKind.SINGLE,
    4: FixKind.FIXED,
    5: FixKind.FLOAT,
}
_SENTENCE = re.compile(r"\$(?P<body>[A-Z]{2}GGA,[^*]*)\*(?P<sum>[0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Fix:
    """A position in degrees on the receiver's own datum, and how it was found."""

    latitude_deg: float
    longitude_deg: float
    kind: FixKind
    satellites: int | None = None


def fix_of(line: str) -> Fix | None:
    """The position in a line of a receiver; None where it has none, or its checksum is wrong.

    Source: NMEA 0183, sentence GGA. Quality 0 is no position.
    """
    found = _SENTENCE.search(line)
    if found is None or _checksum(found["body"]) != int(found["sum"], 16):
        return None
    cells = found["body"].split(",")
    if len(cells) < 8 or not cells[6].isdigit() or int(cells[6]) == 0:
        return None
    latitude, longitude = _degrees(cells[2], cells[3], "NS"), _degrees(cells[4], cells[5], "EW")
    if latitude is None or longitude is None:
        return None
    satellites = int(cells[7]) if cells[7].isdigit() else None
    return Fix(latitude, longitude, _KINDS.get(int(cells[6]), FixKind.OTHER), satellites)


def _checksum(body: str) -> int:
    total = 0
    for byte in body.encode("ascii", "replace"):
        total ^= byte
    return total


def _degrees(cell: str, side: str, sides: str) -> float | None:
    """3303.1234, N: 33 degrees and 3.1234 minutes north."""
    whole = re.fullmatch(r"(\d{1,3})(\d{2}(?:\.\d+)?)", cell)
    if whole is None or side not in (*sides,) or float(whole[2]) >= 60.0:
        return None
    degrees = int(whole[1]) + float(whole[2]) / 60.0
    return degrees if side == sides[0] else -degrees
