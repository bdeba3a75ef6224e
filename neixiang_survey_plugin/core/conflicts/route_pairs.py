"""Routes beside each other: which pairs, which of the two makes way, which ends connect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.conflicts.connections import end_points
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.near import TOLERANCE_M, ragged
from neixiang_survey_plugin.core.conflicts.yielding import in_order, who_yields
from neixiang_survey_plugin.core.measuring.polylines import Indices

Mask = NDArray[np.bool_]
_ROWS_A_PASS = 400_000  # pairs of segments at once: some 100 MB


@dataclass(frozen=True, eq=False)
class RoutePairs:
    """Pairs of routes: ``first`` makes way, or stands first in a tie.

    ``ties`` are the pairs in which nobody makes way. ``linked`` (n, 2) are the ends of all routes
    that lie at another route of their utility, ``links`` who lies at whom.
    """

    first: Indices
    second: Indices
    ties: frozenset[tuple[int, int]]
    linked: Mask
    links: frozenset[tuple[int, int]]


def pair_routes(courses: Courses, one: Indices, other: Indices, within_m: float) -> RoutePairs:
    """Bring pairs of routes, each given once, into the order in which they are judged."""
    linked = np.zeros((len(courses), 2), dtype=bool)
    words = courses.things.words
    same = np.nonzero(np.equal(words[one], words[other]).astype(bool))[0]
    links: set[tuple[int, int]] = set()
    if len(same):
        points, line = end_points(courses), courses.things.geometry
        for mine, theirs in ((one[same], other[same]), (other[same], one[same])):
            at = shapely.distance(points[mine], line[theirs][:, None]) <= within_m + TOLERANCE_M
            number, end = np.nonzero(at)
            linked[mine[number], end] = True
            links |= set(zip(mine[number].tolist(), theirs[number].tolist(), strict=True))
    return _ordered(courses, one, other, linked, frozenset(links))


def _ordered(
    courses: Courses,
    one: Indices,
    other: Indices,
    linked: Mask,
    links: frozenset[tuple[int, int]],
) -> RoutePairs:
    first, second, ties = [], [], set()
    for row, column in zip(one.tolist(), other.tolist(), strict=True):
        a, b = courses.routes[row], courses.routes[column]
        joins, joined = (row, column) in links, (column, row) in links
        branch = (a if joins else b) if joins is not joined else None
        ahead = in_order(a, b, branch)[0] is a
        pair = (row, column) if ahead else (column, row)
        first.append(pair[0])
        second.append(pair[1])
        if who_yields(a, b, branch) is None:
            ties.add(pair)
    return RoutePairs(
        np.array(first, dtype=np.intp),
        np.array(second, dtype=np.intp),
        frozenset(ties),
        linked,
        links,
    )


def passes(courses: Courses, pairs: RoutePairs) -> Iterator[tuple[Indices, Indices]]:
    """Segments of first routes, each with a second route, so many at once as memory bears."""
    first = courses.lines.first
    own = first[pairs.first + 1] - first[pairs.first]
    rows = np.cumsum(own * (first[pairs.second + 1] - first[pairs.second]))
    begin = 0
    while begin < len(rows):
        done = rows[begin - 1] if begin else 0
        end = max(int(rows.searchsorted(done + _ROWS_A_PASS, side="right")), begin + 1)
        owner, segment = ragged(first[pairs.first[begin:end]], own[begin:end])
        yield segment, pairs.second[begin:end][owner]
        begin = end
