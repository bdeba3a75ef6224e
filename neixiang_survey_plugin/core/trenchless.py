"""The text that says where a route is bored instead of dug, such as 12.0-27.5@3.2;80-95."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from neixiang_survey_plugin.core.routes import Bore

# A chainage taped to the centimetre may round to just beyond the computed end of the route.
END_TOLERANCE_M = 0.01

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_BORE = re.compile(rf"{_NUMBER}(?:[-–—－~～]|至){_NUMBER}(?:[@＠]{_NUMBER})?")


def parse_trenchless(text: str) -> tuple[Bore, ...]:
    """The bores of a route, in order along it; none for an empty text.

    Each is ``from-to`` or ``from-to@depth`` in metres, several are parted by semicolons or
    commas. Raises ValueError, with a sentence that says what is wrong, when a piece is not of
    that form, when a bore has no length or no depth, or when two overlap.
    """
    pieces = re.split(r"[;；,，、]", re.sub(r"\s", "", text))
    bores = sorted((_parse_bore(piece) for piece in pieces if piece), key=lambda b: b.from_m)
    for first, second in pairwise(bores):
        if second.from_m < first.to_m:
            raise ValueError(f"{_written(first)} 与 {_written(second)} 两段重叠")
    return tuple(bores)


def check_bores_fit(bores: Sequence[Bore], length_m: float) -> None:
    """Raise ValueError when a bore ends beyond a route of this length on the ellipsoid."""
    for bore in bores:
        if bore.to_m > length_m + END_TOLERANCE_M:
            raise ValueError(
                f"非开挖段 {_written(bore)} 超出了外线的终点（全长 {length_m:.2f} 米）"
            )


def _parse_bore(piece: str) -> Bore:
    match = _BORE.fullmatch(piece)
    if match is None:
        raise ValueError(f"“{piece}”不是“起-止”或“起-止@埋深”（如 12.0-27.5@3.2）")
    from_m, to_m = float(match[1]), float(match[2])
    depth_m = None if match[3] is None else float(match[3])
    if to_m <= from_m:
        raise ValueError(f"“{piece}”的止点应大于起点")
    if depth_m == 0.0:
        raise ValueError(f"“{piece}”的埋深应大于 0；不知道就不写")
    return Bore(from_m, to_m, depth_m)


def _written(bore: Bore) -> str:
    depth = "" if bore.depth_m is None else f"@{bore.depth_m:g}"
    return f"{bore.from_m:g}-{bore.to_m:g}{depth}"
