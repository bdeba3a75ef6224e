"""How the two numbers of a point are read as a place, and the short text that says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from neixiang_survey_plugin.app.importing.where_web_maps import WebShift
from neixiang_survey_plugin.core.errors import SurveyError

_EPSG = re.compile(r"(?:epsg:)?(\d{4,6})", re.IGNORECASE)
_SHIFT = re.compile(r"shift=([+-]?\d+(?:\.\d+)?),([+-]?\d+(?:\.\d+)?)")
_PREFIX = re.compile(r"prefix=(\d{1,3})")
_HOW = "后面可加 +north-first（北坐标在前）、+gcj02、+bd09、+shift=东移,北移（米）"
_FILE = "file"  # stands for a system that has no EPSG code: the one that the file itself says
_NORTH_FIRST = "north-first"
# Beijing 1954, Xian 1980 and CGCS2000 lie tens of metres to some 100 m apart; local grids, which
# take a constant off, thousands. Twice the most tells them apart; only a sentence hangs on it.
_MOST_OF_A_DATUM_M = 200.0


@dataclass(frozen=True)
class Reading:
    """One way to read a layer's numbers.

    ``system`` is anything PROJ reads, east or longitude first; ``north_first`` where the numbers
    stand the other way round. ``prefix`` is a zone's number to take off the easting (in millions
    of metres). ``web`` is a shift of web maps to be undone. ``shift_m`` (east, north) is added in
    the county grid at the end.
    """

    system: str
    north_first: bool = False
    prefix: int = 0
    web: WebShift | None = None
    shift_m: tuple[float, float] | None = None

    @property
    def code(self) -> str:
        """The text by which an option names this reading, such as ``EPSG:4546+north-first``."""
        parts = [self.system if _EPSG.fullmatch(self.system) else _FILE]
        if self.north_first:
            parts.append(_NORTH_FIRST)
        if self.prefix:
            parts.append(f"prefix={self.prefix}")
        if self.web is not None:
            parts.append(self.web.value)
        if self.shift_m is not None:
            parts.append(f"shift={self.shift_m[0]:.3f},{self.shift_m[1]:.3f}")
        return "+".join(parts)

    @property
    def shift_is_of_a_datum(self) -> bool:
        """Whether the offset is no more than old datums lie apart; False where there is none."""
        steps_m = self.shift_m
        return steps_m is not None and max(map(abs, steps_m)) < _MOST_OF_A_DATUM_M


def parse_reading(text: str, declared: str | None = None) -> Reading:
    """The reading of a text such as ``EPSG:4546+shift=12.5,-30.0``; the inverse of ``code``.

    ``declared`` is what the file itself says, for texts that begin with ``file``. SurveyError
    for a text that is none.
    """
    system, *parts = text.strip().split("+")
    epsg = _EPSG.fullmatch(system.strip())
    if epsg is None and (system != _FILE or declared is None):
        raise SurveyError(f"坐标系“{text}”看不懂；请写 EPSG 编号，如 EPSG:4546；{_HOW}")
    reading = Reading(f"EPSG:{epsg[1]}" if epsg else str(declared))
    for part in parts:
        reading = _with_part(reading, part.strip().casefold(), text)
    return reading


def _with_part(reading: Reading, part: str, text: str) -> Reading:
    if part == _NORTH_FIRST:
        return replace(reading, north_first=True)
    if part in (shift.value for shift in WebShift):
        return replace(reading, web=WebShift(part))
    if prefix := _PREFIX.fullmatch(part):
        return replace(reading, prefix=int(prefix[1]))
    if step := _SHIFT.fullmatch(part):
        return replace(reading, shift_m=(float(step[1]), float(step[2])))
    raise SurveyError(f"坐标系“{text}”里的“{part}”看不懂；{_HOW}")
