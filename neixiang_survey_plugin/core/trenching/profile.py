"""What lies above a cross-section: road surfaces, red lines and kerbs where they are known."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.trenching.stretches import direction_at, lateral_m

_REACH_M = 30.0
_SAME_PLACE_M = 1e-3


@dataclass(frozen=True, slots=True)
class SurfaceAbove:
    """A stretch of surface across a section, in the section's metres; None is unknown."""

    from_m: float
    to_m: float
    kind: str | None
    pavement: str | None


@dataclass(frozen=True)
class Profile:
    """What is cut across a section, in its metres: negative lies beyond its first line.

    ``red_lines_m`` are the edges of roads, ``kerbs_m`` the edges of carriageways. ``ground_m`` is
    the height of the ground in the county's datum, None where nobody measured it.
    """

    red_lines_m: tuple[float, ...] = ()
    kerbs_m: tuple[float, ...] = ()
    surfaces: tuple[SurfaceAbove, ...] = ()
    ground_m: float | None = None


def profile_of(
    proposal: Proposal, roads: RoadLayer | None, surfaces: FeatureTable | None
) -> Profile:
    """What lies across the middle of a proposal's common stretch; empty for lines in place."""
    cut = _across(proposal)
    if cut is None:
        return Profile()
    line, zero_m = cut
    red_lines = () if roads is None else _edges(line, zero_m, roads.areas[roads.tree.query(line)])
    if surfaces is None:
        return Profile(red_lines_m=red_lines)
    near = np.nonzero(shapely.intersects(surfaces.geometry, line))[0]
    kinds = surfaces.columns["surface_kind"][surfaces.feature]
    pavements = surfaces.columns["pavement"][surfaces.feature]
    lanes = surfaces.geometry[[row for row in near if kinds[row] == "carriageway"]]
    above = [
        SurfaceAbove(from_m, to_m, kinds[row], pavements[row])
        for row in near
        for from_m, to_m in _stretches(line, zero_m, surfaces.geometry[row])
    ]
    return Profile(
        red_lines_m=red_lines,
        kerbs_m=_edges(line, zero_m, lanes),
        surfaces=tuple(sorted(above, key=lambda one: one.from_m)),
    )


def _across(proposal: Proposal) -> tuple[LineString, float] | None:
    """A line across the stretch, away from the red line, and its start in the section's metres."""
    axis = proposal.axis
    if axis is None or proposal.section is None:
        return None
    middle_m = axis.length / 2.0
    place = shapely.get_coordinates(axis.interpolate(middle_m))[0]
    ahead = direction_at(axis, middle_m)
    side = -1.0 if proposal.red_line_left else 1.0
    away = side * np.array([-ahead[1], ahead[0]])
    home = min(proposal.members, key=lambda one: abs(lateral_m(axis, middle_m, one.after.line)))
    home_m = proposal.section.slot(home.route.route_id).centre_m
    line = LineString([place - _REACH_M * away, place + _REACH_M * away])
    return line, home_m - _REACH_M


def _stretches(
    line: LineString, zero_m: float, area: shapely.Geometry
) -> Iterable[tuple[float, float]]:
    for part in shapely.get_parts(shapely.intersection(line, area)):
        if part.length > _SAME_PLACE_M:
            ends = sorted(float(line.project(shapely.Point(part.coords[k]))) for k in (0, -1))
            yield ends[0] + zero_m, ends[1] + zero_m


def _edges(line: LineString, zero_m: float, areas: np.ndarray) -> tuple[float, ...]:
    """Where a line crosses the edge of areas, each place once; its own ends are no edges."""
    if not len(areas):
        return ()
    whole = shapely.union_all(areas)
    ends_m = zero_m, zero_m + line.length
    places = itertools.chain(*_stretches(line, zero_m, whole))
    return tuple(
        sorted(one for one in places if min(abs(one - end) for end in ends_m) > _SAME_PLACE_M)
    )
