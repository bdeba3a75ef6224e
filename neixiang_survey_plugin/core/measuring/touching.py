"""Which roads a route touches, with its strip or with its centre line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.frames import TOLERANCE_M
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.nearby import own_where_many
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices
from neixiang_survey_plugin.core.measuring.roads import RoadLayer

_POINT_M = 1e-3  # nobody reads less
_MANY = 200


class Contact(NamedTuple):
    """A road with a part of it that the ground meets; not ``touched`` means within accuracy only.

    Of a road that the centre line enters it is any part.
    """

    road: int
    part: int
    touched: bool


def find_contacts(
    laid: LaidRoutes,
    roads: RoadLayer,
    entered: Sequence[set[int]],
    segment: Indices,
    part: Indices,
) -> list[list[Contact]]:
    """For each line the roads that its ground meets with more than a point, or nearly, in order.

    ``entered`` are the roads that each line's centre enters, ``segment`` and ``part`` the pairs
    that come near each other. The ground is the working strip, or the centre line where the
    strip is unknown. Roads that are not touched but lie within the layer's accuracy are listed
    too, each road once.
    """
    owner, road = laid.lines.line[segment].tolist(), roads.road[part].tolist()
    pairs = sorted(set(zip(owner, road, part.tolist(), strict=True)))
    beside = [pair for pair in pairs if pair[1] not in entered[pair[0]]]
    answers = dict(zip(beside, _ask(laid, roads, beside), strict=True))
    found: list[list[Contact]] = [[] for _ in range(len(laid))]
    for pair in pairs:
        own, road_of, one = pair
        near, touched = answers.get(pair, (True, True))
        contacts = found[own]
        if not contacts or contacts[-1].road != road_of:
            if near:
                contacts.append(Contact(road_of, one, touched))
        elif touched and not contacts[-1].touched:
            contacts[-1] = Contact(road_of, one, touched)
    return found


def _ask(
    laid: LaidRoutes, roads: RoadLayer, pairs: Sequence[tuple[int, int, int]]
) -> list[tuple[bool, bool]]:
    """For triples of line, road and part: whether within the accuracy, and whether they touch."""
    if not pairs:
        return []
    line, part = np.array(pairs)[:, ::2].T
    areas = roads.areas[part]
    touched = np.zeros(len(line), dtype=bool)
    centre = own_where_many(laid.centre, line)
    near = shapely.dwithin(centre[line], areas, laid.reach_m[line] + TOLERANCE_M)
    at = near.nonzero()[0]
    if len(at):  # else no ground has to be drawn
        ground = laid.grounds.near(line[at], areas[at], max(roads.accuracy_m, TOLERANCE_M))
        within = ~shapely.is_missing(ground)
        near[at] = within
        touched[near] = _meet(ground[within], areas[near])
    under = laid.bored[line]  # the centre line of a bore lies outside any ground
    if np.count_nonzero(under):
        near[under] |= shapely.dwithin(centre[line[under]], areas[under], roads.accuracy_m)
    return list(zip(near.tolist(), touched.tolist(), strict=True))


def _meet(ground: Geometries, areas: Geometries) -> NDArray[np.bool_]:
    """Whether they share more than a point.

    Sides that run along each other are a nanometre apart or into each other, as their coordinates
    round: what lies within a micrometre meets, and a meeting of less than a millimetre is a point.
    """
    meets = _extent_m(shapely.intersection(ground, areas)) > _POINT_M
    at = (~meets).nonzero()[0]
    if len(at):
        at = at[shapely.dwithin(ground[at], areas[at], TOLERANCE_M)]
    if len(at):
        close = _close_to(ground[at], areas[at])
        wider = shapely.buffer(close, TOLERANCE_M, cap_style="flat", join_style="mitre")
        meets[at] = _extent_m(shapely.intersection(wider, areas[at])) > _POINT_M
    return meets


def _close_to(ground: Geometries, areas: Geometries) -> Geometries:
    """The ground, of what has very many vertices only that which comes near its area.

    To make a line of 5,000 vertices wider takes 30 ms.
    """
    long = (shapely.get_num_coordinates(ground) > _MANY).nonzero()[0]
    close = ground.copy()
    for row in long.tolist():
        west, south, east, north = shapely.bounds(areas[row]).tolist()
        around = shapely.box(west - 1.0, south - 1.0, east + 1.0, north + 1.0)
        close[row] = shapely.intersection(ground[row], around)
    return close


def _extent_m(shared: Geometries) -> Floats:
    """The longer side of each one's box; NaN of nothing."""
    low_e, low_n, high_e, high_n = shapely.bounds(shared).T
    extent_m: Floats = np.fmax(high_e - low_e, high_n - low_n)
    return extent_m
