"""Ages, owners and gaps in what is known of each road, and the village roads drawn as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from shapely import LineString, Point

from sample_county.curves import rounded, to_grain
from sample_county.network import Section
from sample_county.place import Point2, dice, random_day
from sample_county.rows import RoadRow
from sample_county.skeleton import OLD_TOWN

CITY_OWNER = "示例城市管理局"
_OWNERS = {"highway": "示例公路事业发展中心", "other": "示例社区居委会"}
_ZONE_WEST_M = 4100.0  # east of it lies the industrial zone
_RECENT_SHARE = 0.06
_FIRST_YEAR = {"expressway": 2013, "arterial": 2006, "secondary": 2004, "local": 2003}


@dataclass(frozen=True)
class RoadFact:
    """What a case needs its road to be: the section of a street that holds the point."""

    street: str
    at: Point2
    facts: Mapping[str, Any] = field(default_factory=dict)


# Village roads come from another survey, as axes with a width.
# Of the last one the survey gives the axis alone: width, class and age are not recorded.
_VILLAGE_ROADS: list[tuple[str, str | None, float | None, list[Point2]]] = [
    ("示例张庄村道", "other", 5.0, [(840, 590), (560, 480), (330, 520), (90, 430)]),
    ("示例张庄东路", "other", 4.0, [(330, 520), (350, 300), (420, 120)]),
    ("示例李湾村道", "other", 5.0, [(2380, 560), (2450, 330), (2300, 190), (2330, 60)]),
    ("示例李湾横路", "other", 4.0, [(2060, 250), (2330, 230), (2620, 290)]),
    ("示例王营村道", "other", 6.0, [(3040, 5640), (3120, 5860), (3080, 6100)]),
    ("示例王营横路", "other", 4.0, [(2860, 5900), (3120, 5890), (3380, 5950)]),
    ("示例渡口村道", "other", 5.0, [(4655, 590), (4700, 400), (4650, 160)]),
    ("示例赵岗村道", "other", 5.0, [(735, 3900), (480, 3960), (260, 3880), (80, 3950)]),
    ("示例赵岗横路", "other", 4.0, [(300, 3880), (330, 4080), (280, 4260)]),
    ("示例田边路", None, None, [(5560, 900), (5900, 900), (6200, 930)]),
]


def road_rows(sections: Sequence[Section], facts: Sequence[RoadFact], seed: int) -> list[RoadRow]:
    """One row per section, then the village roads; what the cases need is laid over chance."""
    chance = dice(seed, "roads")
    rows = [_row(i, section, chance) for i, section in enumerate(sections, start=1)]
    for fact in facts:
        hits = [i for i, s in enumerate(sections) if _is_meant(s, fact)]
        if len(hits) != 1:
            raise ValueError(f"{fact.street} at {fact.at}: {len(hits)} sections")
        rows[hits[0]] = replace(rows[hits[0]], **fact.facts)
    return [*rows, *_village_rows(len(rows))]


def _is_meant(section: Section, fact: RoadFact) -> bool:
    near = section.axis.distance(Point(fact.at)) < section.street.width_m / 2
    inside = 0.0 < section.axis.project(Point(fact.at)) < section.axis.length
    return section.street.key == fact.street and near and inside


def _row(number: int, section: Section, chance: Random) -> RoadRow:
    street = section.street
    in_zone = section.axis.centroid.x > _ZONE_WEST_M
    delivered, overhauled = _ages(section, in_zone, chance)
    unknown_width = chance.random() < 0.05 and not in_zone
    return RoadRow(
        road_id=f"R{number:03d}",
        name=street.name,
        road_class=street.road_class,
        width_m=None if unknown_width else street.width_m,
        delivered_on=delivered,
        delivery_kind=None if delivered is None else chance.choice(("new", "new", "rebuilt")),
        overhauled_on=overhauled,
        owner=_OWNERS.get(street.road_class, CITY_OWNER),
        geometry=section.area,
    )


def _ages(section: Section, in_zone: bool, chance: Random) -> tuple[date | None, date | None]:
    kind = section.street.road_class
    if kind == "other":
        return (None if chance.random() < 0.5 else random_day(chance, 1995, 2012)), None
    old = OLD_TOWN.contains(section.axis.centroid)
    first = 1996 if old else 2011 if in_zone else _FIRST_YEAR.get(kind, 2005)
    recent = chance.random() < _RECENT_SHARE and not in_zone
    delivered = random_day(chance, 2022, 2025) if recent else random_day(chance, first, 2018)
    if old and chance.random() < 0.4:
        return delivered, random_day(chance, 2019, 2022)
    return delivered, None


def _village_rows(count: int) -> list[RoadRow]:
    return [
        RoadRow(
            f"R{count + i:03d}", name, kind, width_m, None, None, None, None, _village_axis(points)
        )
        for i, (name, kind, width_m, points) in enumerate(_VILLAGE_ROADS, start=1)
    ]


def _village_axis(points: list[Point2]) -> LineString:
    return to_grain(rounded(points, 60.0))
