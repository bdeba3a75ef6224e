"""Lines measured again on a layer grown and shrunk by its accuracy, by the same kernel."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.measuring.boundaries import trace
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay
from neixiang_survey_plugin.core.measuring.measure import measure_laid
from neixiang_survey_plugin.core.measuring.nearby import boxes_around, near_lines
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.measuring.roads import RoadLayer, mean_width
from neixiang_survey_plugin.core.trees import Tree


class ShiftedLayer(Enum):
    """The layer whose accuracy a finding depends on."""

    ROADS = "roads"
    TOUCHED_ROADS = "touched roads"  # only which ones are touched, for no metres
    GREENS = "greens"


class _Moved(NamedTuple):
    """Parts of a layer, sorted, and their areas grown or shrunk."""

    part: Indices
    areas: Geometries


_BOTH_WAYS = (1.0, -1.0)  # grown, then shrunk
_Shifted = tuple[GroupFacts, ...]


def measured_shifted(
    groups: Sequence[GroupFacts], ground: Ground, layer: ShiftedLayer
) -> list[_Shifted]:
    """Each group as it is with the layer moved either way, the other layers left out.

    The groups are measured together: an area that lies within reach of one of them is beyond
    the reach of the others, or theirs too.
    """
    if layer is not ShiftedLayer.TOUCHED_ROADS:
        return _measured(groups, ground, layer, _BOTH_WAYS)
    near = [facts for facts in groups if not _pits_unknown(facts)]
    shrunk = iter(_measured(near, ground, layer, (-1.0,)))
    far = iter(_measured([one for one in groups if _pits_unknown(one)], ground, layer, _BOTH_WAYS))
    return [
        next(far) if _pits_unknown(facts) else (_with_near_touched(facts), *next(shrunk))
        for facts in groups
    ]


def _pits_unknown(facts: GroupFacts) -> bool:
    return any(measure.roads.pits_unknown for measure in facts.measures)


def _measured(
    groups: Sequence[GroupFacts], ground: Ground, layer: ShiftedLayer, signs: tuple[float, ...]
) -> list[_Shifted]:
    if not groups:
        return []
    laid = _laid_alone(groups) or lay([one for facts in groups for one in facts.routes], ground)
    greens = layer is ShiftedLayer.GREENS
    grounds = (
        _shifted_greens(ground, laid, signs) if greens else _shifted_roads(ground, laid, signs)
    )
    columns = [_measured_on(moved, groups, laid) for moved in grounds]
    return list(zip(*columns, strict=True)) if columns else [()] * len(groups)


def _laid_alone(groups: Sequence[GroupFacts]) -> LaidRoutes | None:
    """A route that was measured alone as it was laid then, its strip drawn: saves 0.2 ms of 2."""
    if len(groups) > 1 or len(groups[0].measures) > 1:
        return None
    (measured,) = groups[0].measures
    return measured.laid if isinstance(measured.laid, LaidRoutes) else None


def _measured_on(
    ground: Ground, groups: Sequence[GroupFacts], laid: LaidRoutes
) -> list[GroupFacts]:
    measures = iter(measure_laid(laid, ground))
    return [
        replace(
            facts,
            measures=facts.register.taping.apply(
                facts.routes, list(itertools.islice(measures, len(facts.routes)))
            ),
        )
        for facts in groups
    ]


def _with_near_touched(facts: GroupFacts) -> GroupFacts:
    """As on the grown layer, as far as touching goes: what lies within the accuracy is touched."""
    measures = [
        replace(one, roads=replace(one.roads, touches=one.roads.touches + one.roads.near, near=()))
        for one in facts.measures
    ]
    return replace(facts, measures=tuple(measures))


def _shifted_roads(ground: Ground, laid: LaidRoutes, signs: tuple[float, ...]) -> Iterator[Ground]:
    roads = ground.roads
    if roads is None:
        return
    by_m = [sign * roads.accuracy_m for sign in signs]
    more_m = ground.unknown_pit_reach_m if laid.pit_missing.any() else 0.0
    reach_m = roads.accuracy_m + more_m
    shifted = _shifted_parts(roads.areas, roads.tree, laid, by_m, reach_m, more_m)
    for moved_m, (areas, part, whole) in zip(by_m, shifted, strict=True):
        moved = replace(
            roads,
            areas=areas,
            boundaries=trace(areas),
            axis=roads.axis[part],
            is_line=roads.is_line[part],
            road=roads.road[part],
            moved_width_m=_moved_width_m(roads, whole, moved_m),
            tree=shapely.STRtree(areas),
            accuracy_m=0.0,
        )
        yield replace(ground, roads=moved, greens=None, rivers=None)


def _moved_width_m(roads: RoadLayer, moved: _Moved, by_m: float) -> dict[int, float]:
    """How wide the roads of some parts are when all of their area is moved; a given width stays."""
    road = np.unique(roads.road[moved.part])
    road = road[~roads.width_given[road]]
    if not len(road):
        return {}
    ends = (roads.road.searchsorted(road, side) for side in ("left", "right"))  # it is sorted
    own = np.concatenate([np.arange(begin, end) for begin, end in zip(*ends, strict=True)])
    place = np.minimum(moved.part.searchsorted(own), len(moved.part) - 1)
    areas, far = moved.areas[place], moved.part[place] != own
    if np.count_nonzero(far):
        areas[far] = shapely.buffer(roads.areas[own[far]], by_m)
    width_m = mean_width(areas, np.searchsorted(road, roads.road[own]), len(road))
    return dict(zip(road.tolist(), width_m.tolist(), strict=True))


def _shifted_greens(ground: Ground, laid: LaidRoutes, signs: tuple[float, ...]) -> Iterator[Ground]:
    greens = ground.greens
    if greens is None:
        return
    by_m = [sign * greens.accuracy_m for sign in signs]
    for areas, part, _ in _shifted_parts(greens.areas, greens.tree, laid, by_m, greens.accuracy_m):
        moved = replace(
            greens,
            areas=areas,
            feature=greens.feature[part],
            tree=shapely.STRtree(areas),
            accuracy_m=0.0,
        )
        yield replace(ground, roads=None, greens=moved, rivers=None)


def _shifted_parts(
    areas: Geometries,
    tree: Tree,
    laid: LaidRoutes,
    by_m: Sequence[float],
    reach_m: float,
    more_m: float = 0.0,
) -> Iterator[tuple[Geometries, Indices, _Moved]]:
    """The areas within reach of laid routes, grown by each of some metres, and which part each was.

    An area that is shrunk may fall into several, or into none; last come the parts before that.
    ``more_m`` is how far the reach is beyond the layers' accuracy, with which routes are laid.
    """
    boxes = boxes_around(laid.lines, laid.reach_m + more_m) if more_m > 0.0 else laid.boxes
    line, near = near_lines(laid.lines, tree, boxes)
    within = laid.grounds.within(line, areas[near], reach_m)
    apart = laid.uneven[line].nonzero()[0]  # a strip of one width has its centre line in it
    if len(apart):
        centre = laid.centre[line[apart]]
        within[apart] |= shapely.dwithin(centre, areas[near[apart]], reach_m)
    part = np.unique(near[within])
    for grown_m in by_m:
        moved = _Moved(part, shapely.buffer(areas[part], grown_m))
        shifted, owner = shapely.get_parts(moved.areas, return_index=True)
        yield shifted, part[owner], moved
