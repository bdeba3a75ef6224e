"""Numbers with the units that people write: DN300, Φ108×4, 0.3 m, 12 inch, 10kV, 380V."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_NUMBER = r"([+-]?\d+(?:,\d{3})*(?:\.\d*)?|\.\d+)"
_PLAIN = re.compile(rf"{_NUMBER}\s*([^\d\s.]*)")
_BORE = re.compile(rf"(DN|De|dn|de|D|d|[ΦφØø∅⌀φ])\s*=?\s*{_NUMBER}(?:\s*(mm|毫米))?")
_WALLED = re.compile(
    rf"(DN|De|dn|de|D|d|[ΦφØø∅⌀φ])\s*=?\s*{_NUMBER}\s*[×xX*]\s*{_NUMBER}(?:\s*(?:mm|毫米))?"
)
_SECTION = re.compile(rf"{_NUMBER}\s*[×xX*]\s*{_NUMBER}(?:\s*(mm|cm|m|毫米|厘米|米))?")

# Each unit in the base of its kind: metres, kilovolts. DN is the nominal bore in millimetres.
_LENGTHS_M: Mapping[str, float] = {
    "mm": 0.001,
    "毫米": 0.001,
    "dn": 0.001,
    "cm": 0.01,
    "厘米": 0.01,
    "公分": 0.01,
    "dm": 0.1,
    "分米": 0.1,
    "m": 1.0,
    "米": 1.0,
    "in": 0.0254,
    "inch": 0.0254,
    '"': 0.0254,
    "''": 0.0254,
    "″": 0.0254,
    "”": 0.0254,
    "寸": 0.0254,
    "吋": 0.0254,
    "英寸": 0.0254,
}
_VOLTAGES_KV: Mapping[str, float] = {"v": 0.001, "伏": 0.001, "kv": 1.0, "千伏": 1.0}
_YEARS: Mapping[str, float] = {"年": 1.0}
# What a field's name says of its own unit, and what that is in the base of its kind.
_OWN: tuple[tuple[str, Mapping[str, float], float], ...] = (
    ("_mm", _LENGTHS_M, 0.001),
    ("_kv", _VOLTAGES_KV, 1.0),
    ("_m", _LENGTHS_M, 1.0),
    ("year", _YEARS, 1.0),
)
# What follows decides only whether the unit of bare numbers is asked: what is told, written beside
# the number or in the heading goes before it, and no figure that is judged is held against it.
# The voltages of Chinese grids (GB/T 156, with 0.4 of the transformer's side), by which a bare
# number tells whether it is volts or kilovolts.
_GRID_KV = frozenset({0.22, 0.38, 0.4, 3, 6, 10, 20, 35, 66, 110, 220, 330, 500, 750, 1000})
_GRID_V = frozenset(round(kv * 1000) for kv in _GRID_KV if kv < 330) | {24, 36, 48}
# A bare number beyond these is no metre of cover, of a building, of a road, of accuracy: each is
# above the most that a county has, so that centimetres are found out and metres not doubted.
_MOST_M = {"cover_m": 20.0, "height_m": 400.0, "width_m": 150.0, "position_accuracy_m": 5.0}
# The least bore of a service is DN15: smaller numbers are in doubt. Bare inches and centimetres
# from 15 up pass for millimetres unless the heading or --unit says what they are.
_LEAST_BORE_MM = 15.0
_MOST_BORE_M = 5.0  # no section is wider, and none is so few millimetres
_WALL_MM = 50.0  # Φ108×4 is a wall of 4 mm, Φ400×300 a section


class Amount(NamedTuple):
    """A number in the unit of its field, and the unit in which it was written, None for none."""

    value: float
    unit: str | None


def known_units(field: str) -> tuple[str, ...]:
    """The units in which a field may come, the usual ones first; none for a field without."""
    if field.endswith("_mm"):
        return ("mm", "cm", "m", "in")
    if field.endswith("_kv"):
        return ("kV", "V")
    return ("m", "cm", "mm") if field.endswith("_m") else ()


def read_amount(field: str, text: str, unit: str | None = None) -> Amount | None:
    """The number that a text means in the unit of its field, None where it means none.

    ``unit`` is that of bare numbers, the field's own where it is None. Of a section 400×300 the
    larger side is taken, of Φ108×4 the outer diameter.
    """
    written = unicodedata.normalize("NFKC", text.replace("″", '"').replace("”", '"')).strip()
    if field.endswith("_mm"):
        bore = _read_bore(written)
        if bore is not None:
            return bore
    return _read_plain(field, written, unit)


def scale_of(field: str, unit: str) -> float | None:
    """By how much a number in a unit is to be multiplied for a field; None for a foreign unit."""
    for ending, kinds, own in _OWN:
        if field.endswith(ending):
            scale = kinds.get(unit.strip().casefold())
            return None if scale is None else scale / own
    return None


def likely_units(field: str, numbers: Sequence[float]) -> tuple[str, ...]:
    """The units that the bare numbers of a column may be in; one alone where there is no doubt."""
    sizes = [abs(number) for number in numbers if number]
    if not sizes:
        return known_units(field)[:1]
    if field.endswith("_kv"):
        return _likely_voltages(sizes)
    if field.endswith("_mm"):
        return _likely_bores(sizes)
    most = _MOST_M.get(field)
    if most is None or max(sizes) <= most:
        return known_units(field)[:1]
    return ("cm", "mm", "m") if field != "width_m" else ("m", "cm")


def _likely_voltages(sizes: Sequence[float]) -> tuple[str, ...]:
    may_be_kv = all(size in _GRID_KV for size in sizes)
    may_be_v = all(size in _GRID_V for size in sizes)
    if may_be_kv != may_be_v:
        return ("kV",) if may_be_kv else ("V",)
    return ("kV", "V")


def _likely_bores(sizes: Sequence[float]) -> tuple[str, ...]:
    if min(sizes) >= _LEAST_BORE_MM:
        return ("mm",)
    return ("m", "mm", "in") if max(sizes) <= _MOST_BORE_M else ("mm", "cm", "in")


def _read_bore(text: str) -> Amount | None:
    walled = _WALLED.fullmatch(text)
    if walled is not None and _float(walled[3]) < _WALL_MM:
        return Amount(_float(walled[2]), _bore_unit(walled[1]))
    bore = _BORE.fullmatch(text)
    if bore is not None:
        return Amount(_float(bore[2]), _bore_unit(bore[1]))
    section = _SECTION.fullmatch(text)
    if section is None:
        return None
    first, second = _float(section[1]), _float(section[2])
    unit = section[3] or ("m" if max(first, second) <= _MOST_BORE_M else "mm")
    scale = scale_of("_mm", unit)
    return None if scale is None else Amount(max(first, second) * scale, f"{unit} ×")


def _bore_unit(mark: str) -> str:
    return mark.upper() if mark.casefold() == "dn" else mark


def _read_plain(field: str, text: str, unit: str | None) -> Amount | None:
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    own = match[2] or None
    scale = 1.0 if own is None and unit is None else scale_of(field, own or unit or "")
    return None if scale is None else Amount(_scaled(_float(match[1]), scale), own)


def _scaled(number: float, scale: float) -> float:
    """0.3 m as 300 mm, not as 299.99999999999994."""
    return number if scale == 1.0 else round(number * scale, 9)


def _float(written: str) -> float:
    return float(written.replace(",", ""))
