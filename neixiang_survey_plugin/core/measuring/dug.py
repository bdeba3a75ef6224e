"""How many metres of a route are dug open in roads and in green space, each place once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.inside import cut_at_vertices, metres_inside
from neixiang_survey_plugin.core.measuring.measures import (
    Amount,
    Figure,
    Reason,
    RoadMeasures,
    Spot,
    Unknown,
)
from neixiang_survey_plugin.core.measuring.nearby import covered
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.policy import Counted


def measure_dug(
    cuts: Sequence[LineString],
    roads: RoadMeasures,
    ground: Ground,
    counts: frozenset[Counted],
) -> Figure:
    """Metres of the open-cut stretches ``cuts`` of one line in the ground that counts.

    The centre line is measured, on the ellipsoid; a road of class ``other`` is no road. What is
    dug can never be longer than the stretches themselves, whatever is not known of the layers.
    """
    segments = cut_at_vertices(cuts)
    open_m = metres_inside(segments, None, ground.grid)
    whole = Amount.exactly(open_m)
    if Counted.ALL in counts or not len(segments):
        return Figure(whole, whole, whole)
    line = shapely.union_all(segments)
    certain, possible, accuracies_m = _areas(line, ground, counts)
    reasons = tuple(_reasons(line, roads, ground, counts))
    own, grown, shrunk = (
        _amount(segments, certain, possible, [sign * one for one in accuracies_m], ground.grid)
        for sign in (0.0, 1.0, -1.0)
    )
    if any(one.unknown is not Unknown.ROAD_CLASS_MISSING for one in reasons):
        own, grown, shrunk = (Amount.unknown(one.at_least, open_m) for one in (own, grown, shrunk))
    return Figure(own, grown, shrunk, reasons=reasons, place=_middle(line, possible))


def _areas(
    line: Geometry, ground: Ground, counts: frozenset[Counted]
) -> tuple[list[Geometry], list[Geometry], list[float]]:
    """The areas that count for certain, those that may, and the accuracy of each of the latter."""
    certain: list[Geometry] = []
    possible: list[Geometry] = []
    accuracies_m: list[float] = []
    if Counted.ROADS in counts and ground.roads is not None:
        roads = ground.roads
        for part in _near(roads, line):
            road = int(roads.road[part])
            if roads.counted[road]:
                possible.append(roads.areas[part])
                accuracies_m.append(roads.accuracy_m)
                if roads.facts(road).road_class is not None:
                    certain.append(roads.areas[part])
    if Counted.GREENS in counts and ground.greens is not None:
        own = [ground.greens.areas[part] for part in _near(ground.greens, line)]
        possible += own
        certain += own
        accuracies_m += [ground.greens.accuracy_m] * len(own)
    return certain, possible, accuracies_m


def _near(layer: RoadLayer | AreaLayer, line: Geometry) -> list[int]:
    found = layer.tree.query(line, predicate="dwithin", distance=layer.accuracy_m)
    return sorted(int(one) for one in found)


def _amount(
    segments: Geometries,
    certain: Sequence[Geometry],
    possible: Sequence[Geometry],
    by_m: Sequence[float],
    grid: Grid,
) -> Amount:
    """Metres within the areas moved outwards; a road of unknown class counts, but not for sure."""
    moved = np.array(possible, dtype=np.object_)
    if any(by_m):
        moved = shapely.buffer(moved, by_m)
    most_m = metres_inside(segments, shapely.union_all(moved), grid) if possible else 0.0
    if len(certain) == len(possible):
        return Amount.exactly(most_m)
    sure = {id(one) for one in certain}
    kept = [one for one, area in zip(moved, possible, strict=True) if id(area) in sure]
    least_m = metres_inside(segments, shapely.union_all(kept), grid) if kept else 0.0
    return Amount(most_m, least_m, most_m)


def _reasons(
    line: Geometry, roads: RoadMeasures, ground: Ground, counts: frozenset[Counted]
) -> Iterator[Reason]:
    if Counted.ROADS in counts:
        yield from roads.reasons
        unclassed = [one.road.road_id for one in roads.crossings if one.road.road_class is None]
        if unclassed:
            yield Reason(Unknown.ROAD_CLASS_MISSING, tuple(dict.fromkeys(unclassed)))
    if Counted.GREENS in counts:
        if ground.greens is None:
            yield Reason(Unknown.NO_GREEN_LAYER)
        elif ground.greens.coverage is not None and not covered(ground.greens.coverage, line):
            yield Reason(Unknown.OUTSIDE_GREEN_COVERAGE)


def _middle(line: Geometry, areas: Sequence[Geometry]) -> Spot | None:
    """A place in the longest dug piece."""
    pieces = shapely.get_parts(shapely.intersection(line, shapely.union_all(areas)))
    if not len(pieces):
        return None
    longest = pieces[int(np.argmax(shapely.length(pieces)))]
    east_m, north_m = shapely.get_coordinates(shapely.centroid(longest))[0]
    return Spot((float(east_m), float(north_m)))
