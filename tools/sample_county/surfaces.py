"""What lies between the red lines: carriageway, green belt, cycle lane, sidewalk; its paving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from shapely import LineString, STRtree, union_all
from shapely.geometry.base import BaseGeometry

from sample_county.curves import polygons, strip, to_grain
from sample_county.network import Section
from sample_county.place import dice
from sample_county.rows import SurfaceRow
from sample_county.skeleton import OLD_TOWN

_KERB_RADIUS_M = 7.0
_LEAST_M2 = 2.0
_BELT_ENDS_M = 6.0  # green belts stop before a junction


@dataclass(frozen=True)
class Profile:
    """Half a street: how far from the axis carriageway, green belt and cycle lane reach."""

    carriageway_m: float
    belt_m: float
    cycle_m: float


def profile(road_class: str, width_m: float) -> Profile:
    """The usual cross-section of a street of that class and width."""
    half = width_m / 2
    if road_class == "expressway":
        return Profile(half - 7.0, half - 3.0, half - 3.0)
    if road_class == "arterial":
        return Profile(half - 11.0, half - 8.5, half - 4.5)
    if road_class == "secondary" and width_m >= 22:
        return Profile(half - 6.5, half - 6.5, half - 3.5)
    edge = 0.0 if road_class == "other" else 1.5 if width_m < 11 else 2.5
    return Profile(half - edge, half - edge, half - edge)


def surface_rows(sections: Sequence[Section], seed: int) -> list[SurfaceRow]:
    """The surfaces of all sections; together they cover each road once."""
    chance = dice(seed, "surfaces")
    profiles = [profile(s.street.road_class, s.street.width_m) for s in sections]
    tree = STRtree([s.own for s in sections])
    rows: list[SurfaceRow] = []
    for section in sections:
        near = [int(j) for j in tree.query(section.own.buffer(20.0))]
        pieces = _pieces(section, [(sections[j], profiles[j]) for j in near])
        for kind, ground in pieces:
            paving = _pavement(kind, section, chance)
            for polygon in polygons(to_grain(ground), _LEAST_M2):
                rows.append(SurfaceRow(f"S{len(rows) + 1:04d}", kind, paving, polygon))
    return rows


def _pieces(
    section: Section, near: Sequence[tuple[Section, Profile]]
) -> list[tuple[str, BaseGeometry]]:
    """The kinds of one section, disjoint; the carriageway of any street wins at a junction."""
    own, street = section.own, section.street
    mine = profile(street.road_class, street.width_m)
    driven = union_all([strip(s.axis, p.carriageway_m) for s, p in near])
    driven = driven.buffer(_KERB_RADIUS_M).buffer(-_KERB_RADIUS_M)
    cycled = union_all([strip(s.axis, p.cycle_m) for s, p in near])
    others = [s for s, _ in near if s.street.key != street.key]
    junction = union_all([strip(s.axis, s.street.width_m / 2 + _BELT_ENDS_M) for s in others])
    belt = _ring(section.axis, mine).intersection(own).difference(driven).difference(junction)
    rest = own.difference(driven).difference(belt)
    side = "other" if street.road_class == "highway" else "sidewalk"
    return [
        ("carriageway", own.intersection(driven)),
        ("green_belt", belt),
        ("cycle_lane", rest.intersection(cycled)),
        (side, rest.difference(cycled)),
    ]


def _ring(axis: LineString, mine: Profile) -> BaseGeometry:
    return strip(axis, mine.belt_m).difference(strip(axis, mine.carriageway_m))


def _pavement(kind: str, section: Section, chance: Random) -> str:
    old = OLD_TOWN.contains(section.axis.centroid)
    if kind == "green_belt":
        return "unpaved"
    if kind == "sidewalk":
        return chance.choice(("slab", "brick") if old else ("brick", "brick", "slab", "concrete"))
    if kind == "other":
        return "concrete"
    if section.street.road_class == "other":
        return chance.choice(("concrete", "slab", "brick") if old else ("concrete", "unpaved"))
    concrete = kind == "carriageway" and section.street.road_class == "local"
    return "concrete" if concrete and chance.random() < 0.35 else "asphalt"
