"""Which pairs of routes and things, and of routes, are near enough to be looked at."""

from __future__ import annotations

import numpy as np

from neixiang_survey_plugin.app.conflict_layers import Layer, layer_of
from neixiang_survey_plugin.app.crowds import MOST_ROUTES, MOST_THINGS, thinned
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.conflict import NotJudged, NotJudgedReason
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.route_pairs import RoutePairs, pair_routes
from neixiang_survey_plugin.core.measuring.polylines import Indices

_ROUTES_A_QUERY = 32  # all of ten thousand routes may answer each of them


def candidates(
    every: Courses, layer: Layer
) -> tuple[tuple[Indices, Indices], tuple[NotJudged, ...]]:
    """Segments of routes, each with a thing near enough to look at, and the routes in a crowd."""
    segment, thing = layer.candidates(every, np.arange(len(every.lines.line)))
    if len(thing) <= MOST_THINGS:
        return (segment, thing), ()
    pair, of_pair = np.unique(
        every.lines.line[segment] * len(layer.things) + thing, return_inverse=True
    )
    route, other = np.divmod(pair, len(layer.things))
    keep, crowded = thinned(every, layer.things, route, other, MOST_THINGS)
    kept = keep[of_pair]
    return (segment[kept], thing[kept]), _crowded(every, crowded, layer.things.layer)


def near_pairs(every: Courses, table: ClearanceTable) -> tuple[RoutePairs, tuple[NotJudged, ...]]:
    """Every pair of routes that may be near enough to conflict, each once."""
    layer = layer_of(every.things, table)
    first = every.lines.first
    ones, others, crowds = [], [], []
    for begin in range(0, len(every), _ROUTES_A_QUERY):
        end = min(begin + _ROUTES_A_QUERY, len(every))
        segment, thing = layer.candidates(every, np.arange(first[begin], first[end]))
        route = every.lines.line[segment]
        later = thing > route
        pair = np.unique(route[later] * len(every) + thing[later])
        route, thing = np.divmod(pair, len(every))
        keep, crowded = thinned(every, every.things, route, thing, MOST_ROUTES)
        ones.append(route[keep])
        others.append(thing[keep])
        crowds.append(crowded)
    pairs = pair_routes(
        every, np.concatenate(ones), np.concatenate(others), table.connects_within_m
    )
    return pairs, _crowded(every, np.concatenate(crowds), "routes")


def _crowded(every: Courses, rows: Indices, layer: str) -> tuple[NotJudged, ...]:
    return tuple(
        NotJudged(every.routes[row].route_id, layer, NotJudgedReason.CROWDED)
        for row in rows.tolist()
    )
