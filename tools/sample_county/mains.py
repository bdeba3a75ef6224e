"""The mains under the streets, in the statutory order from the red line to the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from shapely import LineString, Point, STRtree

from sample_county.curves import cut_at, extended, single_line, stretch, to_grain
from sample_county.network import RANK
from sample_county.place import MAPPED_BOX, dice
from sample_county.rows import PipeRow
from sample_county.skeleton import StreetLine

OWNERS = {
    "water": "示例供水公司",
    "power": "示例供电公司",
    "gas": "示例燃气公司",
    "heat": "示例热力公司",
    "telecom": "示例通信一公司",
    "sewer": "示例城市管理局",
    "storm": "示例城市管理局",
    "reclaimed": "示例供水公司",
}
_PIECE_M = 420.0
_REACH_M = 60.0  # how far a small main is run on to meet its utility's main in a larger street


@dataclass(frozen=True)
class Main:
    """One main of a street's profile: side (+1 left of the axis), metres from the red line."""

    utility: str
    side: int
    from_red_line_m: float
    diameter_mm: float
    laying: str = "direct"
    pressure_class: str | None = None
    voltage_kv: float | None = None


def mains_of(street: StreetLine) -> tuple[Main, ...]:
    """The mains that a street of that class and width carries."""
    kind, width_m = street.road_class, street.width_m
    if kind == "highway":
        return (Main("telecom", 1, 1.0, 110, "duct"), Main("power", -1, 1.5, 150, "duct", None, 10))
    if kind == "expressway":
        return (Main("power", -1, 2.0, 200, "tunnel", None, 110), Main("storm", 1, 9.0, 1200))
    if kind == "arterial":
        return _ARTERIAL
    if kind == "secondary":
        return _SECONDARY if width_m >= 22 else _LOCAL
    if kind == "local":
        return _HEATED if street.key in HEATED else _LOCAL if width_m >= 12 else _NARROW
    return _LANE


_ARTERIAL = (
    *(Main("power", side, 1.2, 175, "duct", None, 10) for side in (1, -1)),
    *(Main("telecom", side, 2.6, 110, "duct") for side in (1, -1)),
    *(Main("water", side, 4.2, 300 + 100 * (side > 0)) for side in (1, -1)),
    *(Main("gas", side, 5.8, 250, "direct", "medium_a") for side in (1, -1)),
    Main("heat", -1, 8.2, 500),
    Main("reclaimed", 1, 10.0, 300),
    *(Main("sewer", side, 12.0, 600) for side in (1, -1)),
    *(Main("storm", side, 14.6, 1000) for side in (1, -1)),
)
_SECONDARY = (
    Main("power", -1, 1.0, 175, "duct", None, 10),
    Main("water", -1, 2.6, 200),
    Main("heat", -1, 4.9, 300),
    Main("sewer", -1, 8.0, 500),
    Main("telecom", 1, 1.0, 110, "duct"),
    Main("gas", 1, 2.8, 200, "direct", "medium_a"),
    Main("storm", 1, 8.0, 800),
)
_LOCAL = (
    Main("power", -1, 0.8, 150, "duct", None, 10),
    Main("water", -1, 2.0, 150),
    Main("sewer", -1, 4.6, 400),
    Main("telecom", 1, 0.8, 110, "duct"),
    Main("gas", 1, 2.2, 110, "direct", "medium_b"),
    Main("storm", 1, 4.4, 600),
)
# Local streets with a heat main; the sewer lies nearer the axis there.
HEATED = frozenset({"v5420", "v5500", "v4850", "h2430", "h3360"})
_HEATED = (
    *(main for main in _LOCAL if main.utility != "sewer"),
    Main("heat", -1, 3.7, 200),
    Main("sewer", -1, 5.6, 400),
)
_NARROW = (
    Main("power", -1, 0.7, 100, "duct", None, 0.4),
    Main("water", -1, 1.9, 100),
    Main("sewer", 1, 3.9, 300),
    Main("telecom", 1, 0.7, 110, "duct"),
    Main("gas", 1, 1.9, 90, "direct", "low"),
)
_LANE = (Main("water", -1, 1.0, 100), Main("sewer", 1, 1.8, 300))


def pipe_rows(streets: Sequence[StreetLine], seed: int) -> list[PipeRow]:
    """All mains in pieces; those of small streets end at their utility's larger main."""
    chance = dice(seed, "mains")
    rows: list[PipeRow] = []
    laid: dict[str, list[LineString]] = {}
    for street in sorted(streets, key=lambda s: RANK[s.road_class]):
        for main in mains_of(street):
            if RANK[street.road_class] >= RANK["local"] and chance.random() < 0.06:
                continue
            course = _course(street, main, laid.setdefault(main.utility, []))
            laid[main.utility].append(course)
            for piece in _pieces(course):
                rows.append(_row(len(rows) + 1, piece, main, chance))
    return rows


def _course(street: StreetLine, main: Main, larger: list[LineString]) -> LineString:
    offset_m = main.side * (street.width_m / 2 - main.from_red_line_m)
    line = single_line(street.axis.offset_curve(offset_m))
    if RANK[street.road_class] < RANK["local"] or not larger:
        return _to_map(line)
    long = extended(line, _REACH_M)
    first, last = _REACH_M, long.length - _REACH_M
    tree = STRtree(larger)
    for other in (larger[int(j)] for j in tree.query(long, "intersects")):
        met = long.intersection(other)
        for point in (g for g in getattr(met, "geoms", [met]) if isinstance(g, Point)):
            station = long.project(point)
            first = station if station < _REACH_M + 30.0 else first
            last = station if station > long.length - _REACH_M - 30.0 else last
    return _to_map(stretch(long, first, last))


def _to_map(line: LineString) -> LineString:
    return single_line(line.intersection(MAPPED_BOX))


def _pieces(course: LineString) -> list[LineString]:
    count = max(1, round(course.length / _PIECE_M))
    marks = [course.length * i / count for i in range(1, count)]
    return [to_grain(piece) for piece in cut_at(course, marks, 5.0)]


def _row(number: int, piece: LineString, main: Main, chance: Random) -> PipeRow:
    gravity = main.utility in ("sewer", "storm")
    deepest = 3.2 if gravity else 1.6 if main.diameter_mm >= 300 else 1.3
    cover_m = round(chance.uniform(1.4 if gravity else 0.75, deepest), 2)
    owner = OWNERS[main.utility]
    if main.utility == "telecom" and chance.random() < 0.4:
        owner = "示例通信二公司"
    return PipeRow(
        pipe_id=f"P{number:04d}",
        utility=main.utility,
        laying=None if chance.random() < 0.04 else main.laying,
        diameter_mm=None if chance.random() < 0.04 else main.diameter_mm,
        pressure_class=main.pressure_class,
        voltage_kv=main.voltage_kv,
        cover_m=None if chance.random() < 0.12 else cover_m,
        owner=owner,
        position_accuracy_m=chance.choice((0.05, 0.05, 0.15, 0.15, 0.5, None)),
        geometry=piece,
    )
