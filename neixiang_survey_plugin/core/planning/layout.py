"""Early layout: which mains have to come nearer to a site before it is built upon (四(一))."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString
from shapely.ops import substring

from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.measures import Point
from neixiang_survey_plugin.core.measuring.polylines import Floats, cut_into_segments
from neixiang_survey_plugin.core.planning.rules import LayoutRules
from neixiang_survey_plugin.core.vocabulary import PRESSURE_CLASS

_CLASSES = tuple(PRESSURE_CLASS)


class LayoutState(Enum):
    """Whether the mains of a utility are where a site needs them."""

    NEAR = "near"  # one that is large enough lies near
    NEARER = "nearer"  # one has to come nearer
    UNKNOWN = "unknown"  # nobody knows what is needed, or how large a main is that lies near


@dataclass(frozen=True, slots=True)
class Need:
    """What a site needs of the mains of one utility; what does not follow from its sheet is None.

    ``sized`` is whether anything is known that a main has to be; of telecom nothing has.
    """

    utility: str
    diameter_mm: float | None = None
    pressure_class: str | None = None
    voltage_kv: float | None = None

    @property
    def sized(self) -> bool:
        """Whether it is known how large a main has to be."""
        return self.utility == "telecom" or any(
            one is not None for one in (self.diameter_mm, self.pressure_class, self.voltage_kv)
        )


@dataclass(frozen=True, slots=True)
class MainNear:
    """A main, how far it lies from the site in grid metres, and its nearest place."""

    pipe_id: str
    distance_m: float
    at: Point
    diameter_mm: float | None
    pressure_class: str | None
    voltage_kv: float | None


@dataclass(frozen=True, slots=True)
class Corridor:
    """A way along a planned corridor, from the main to the site; metres on the ellipsoid.

    ``planned_m`` of them follow the corridor, the rest leads to it and from it.
    """

    plan_id: str
    plan_name: str | None
    pipe_id: str
    line: LineString
    length_m: float
    planned_m: float


@dataclass(frozen=True, slots=True)
class UtilityLayout:
    """One utility at a site: what is needed, what lies nearest, and what has to come nearer.

    ``nearest`` is any main, ``enough`` the nearest that is surely large enough, ``maybe`` the
    nearest that may be. ``short_m`` is by how much ``enough`` lies too far away; None where there
    is none.
    """

    need: Need
    state: LayoutState
    nearest: MainNear | None = None
    enough: MainNear | None = None
    maybe: MainNear | None = None
    short_m: float | None = None
    corridor: Corridor | None = None


@dataclass(frozen=True, eq=False)
class LayoutGround:
    """The mains and the planned corridors that a site's layout is worked out on."""

    grid: Grid
    mains: FeatureTable
    plan: FeatureTable | None
    rules: LayoutRules


def lay_out(site: Geometry, needs: Sequence[Need], ground: LayoutGround) -> list[UtilityLayout]:
    """For every need the mains near a site, and which have to come nearer."""
    return [_of_utility(site, need, ground) for need in needs]


def _of_utility(site: Geometry, need: Need, ground: LayoutGround) -> UtilityLayout:
    mains = ground.mains
    rows = np.nonzero((mains.columns["utility"] == need.utility)[mains.feature])[0]
    distance_m = shapely.distance(mains.geometry[rows], site)
    enough, maybe = _fits(mains, mains.feature[rows], need)
    nearest = _nearest(mains, rows, distance_m, site)
    best = _nearest(mains, rows[enough], distance_m[enough], site)
    unsure = _nearest(mains, rows[maybe], distance_m[maybe], site)
    near_m = ground.rules.near_m
    state = LayoutState.NEARER
    if best is not None and best.distance_m <= near_m:
        state = LayoutState.NEAR
    elif not need.sized or (unsure is not None and unsure.distance_m <= near_m):
        state = LayoutState.UNKNOWN
    short_m = None if best is None else max(best.distance_m - near_m, 0.0)
    corridor = None
    if state is LayoutState.NEARER and ground.plan is not None:
        corridor = _corridor(site, need, ground, ground.plan, rows[enough])
    return UtilityLayout(need, state, nearest, best, unsure, short_m, corridor)


def _fits(
    mains: FeatureTable, features: NDArray[np.intp], need: Need
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which mains are surely large enough, and which may be: a fact of theirs is missing."""
    sure = np.full(len(features), need.sized)
    known = np.full(len(features), need.sized)
    for field, wanted in (("diameter_mm", need.diameter_mm), ("voltage_kv", need.voltage_kv)):
        if wanted is not None:
            there = mains.columns[field][features].astype(float)
            sure &= there >= wanted
            known &= ~((~np.isnan(there)) & (there < wanted))
    if need.pressure_class is not None:
        rank = np.array([_rank(one) for one in mains.columns["pressure_class"][features]])
        least = _CLASSES.index(need.pressure_class)
        sure &= rank >= least
        known &= (rank >= least) | (rank < 0)
    return sure, (known & ~sure) if need.sized else np.full(len(features), True)


def _rank(pressure_class: str | None) -> int:
    return -1 if pressure_class is None else _CLASSES.index(pressure_class)


def _nearest(
    mains: FeatureTable, rows: NDArray[np.intp], distance_m: Floats, site: Geometry
) -> MainNear | None:
    if not len(rows):
        return None
    row = int(rows[np.argmin(distance_m)])
    feature = int(mains.feature[row])
    foot = shapely.get_coordinates(shapely.shortest_line(mains.geometry[row], site))[0]
    figures = {name: float(mains.columns[name][feature]) for name in ("diameter_mm", "voltage_kv")}
    known = {name: None if math.isnan(one) else one for name, one in figures.items()}
    return MainNear(
        pipe_id=str(mains.ids[feature]),
        distance_m=float(distance_m.min()),
        at=(float(foot[0]), float(foot[1])),
        pressure_class=mains.columns["pressure_class"][feature],
        **known,
    )


def _corridor(
    site: Geometry,
    need: Need,
    ground: LayoutGround,
    plan: FeatureTable,
    mains: NDArray[np.intp],
) -> Corridor | None:
    """The shortest way from a main that is large enough, along one corridor, to the site."""
    if not len(mains):
        return None
    own = (plan.columns["utility"] == need.utility)[plan.feature]
    near = shapely.dwithin(plan.geometry, site, ground.rules.plan_reach_m)
    ways = [
        _along(site, plan, int(row), ground, mains) for row in np.nonzero(own & near)[0].tolist()
    ]
    return min(ways, key=lambda one: one.length_m, default=None)


def _along(
    site: Geometry,
    plan: FeatureTable,
    row: int,
    ground: LayoutGround,
    mains: NDArray[np.intp],
) -> Corridor:
    line = plan.geometry[row]
    to_site = shapely.get_coordinates(shapely.shortest_line(line, site))
    leads = shapely.shortest_line(line, ground.mains.geometry[mains])
    feet = shapely.get_coordinates(leads).reshape(-1, 2, 2)
    at_m = shapely.line_locate_point(line, shapely.points(feet[:, 0]))
    site_m = float(line.project(shapely.Point(to_site[0])))
    best = int(np.argmin(np.abs(at_m - site_m) + shapely.length(leads)))
    followed = substring(line, float(at_m[best]), site_m)
    points = [feet[best][1], *shapely.get_coordinates(followed), to_site[1]]
    whole = _without_repeats(points)
    feature = int(plan.feature[row])
    return Corridor(
        plan_id=str(plan.ids[feature]),
        plan_name=plan.columns["plan_name"][feature],
        pipe_id=str(ground.mains.ids[ground.mains.feature[mains[best]]]),
        line=whole,
        length_m=_length_m(whole, ground.grid),
        planned_m=_length_m(followed, ground.grid),
    )


def _without_repeats(points: Sequence[Floats]) -> LineString:
    kept = [points[0], *(b for a, b in itertools.pairwise(points) if (a != b).any())]
    return LineString(kept if len(kept) > 1 else [points[0], points[0]])


def _length_m(line: Geometry, grid: Grid) -> float:
    """The length on the ellipsoid; nothing for what is only a point."""
    if not isinstance(line, LineString) or line.length == 0.0:
        return 0.0
    return cut_into_segments([line], grid).length_of(0)
