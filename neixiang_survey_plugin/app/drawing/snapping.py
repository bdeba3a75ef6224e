"""Drawing the pointer to what is meant: vertices, mains, sites, edges, middles, right angles."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from neixiang_survey_plugin.app.drawing.nearby import Nearby
from neixiang_survey_plugin.app.drawing.snap_targets import (
    SNAPPED_LAYERS,
    MovingTargets,
    Target,
    layer_targets,
    near_part,
    nearest_place,
    nearest_vertex,
    segment_at,
)
from neixiang_survey_plugin.app.map_host import Point, Pointer, Snap
from neixiang_survey_plugin.core.county import County

TOLERANCE_PX = 12.0
# Points before lines, and lines that somebody drew on purpose before mere directions.
_RANK = {
    Snap.VERTEX: 0,
    Snap.MIDDLE: 1,
    Snap.RIGHT_ANGLE: 2,
    Snap.MAIN: 3,
    Snap.SITE: 3,
    Snap.EDGE: 4,
}
_MOST_TARGETS = 24  # nearest of each layer: zoomed far out, hundreds lie under one pointer
_TURN_DEG = 45.0


@dataclass(frozen=True, slots=True)
class SnapRules:
    """What the pointer is drawn to, and from how many pixels away."""

    kinds: frozenset[Snap] = frozenset(Snap)
    tolerance_px: float = TOLERANCE_PX
    on: bool = True


@dataclass(frozen=True, slots=True)
class _Candidate:
    snap: Snap
    name: str
    at: Point
    away_m: float


@dataclass
class Snapper:
    """Finds what a pointer means; ``moving`` follows the lines of the survey.

    ``trees`` are the county's layers where somebody has them ready.
    """

    county: County
    rules: SnapRules = SnapRules()
    moving: MovingTargets = field(default_factory=MovingTargets)
    trees: Nearby | None = None

    @property
    def nearby(self) -> Nearby:
        """The county's layers in trees, built now where nobody gave them."""
        if self.trees is None:
            self.trees = Nearby(self.county.layers)
        return self.trees

    def use_county(self, county: County) -> None:
        """Draw the pointer to the layers of a county that changed."""
        self.county, self.trees = county, None

    def targets(self, at: Point, within_m: float) -> Iterator[Target]:
        """Everything within a distance: the survey's lines, then layer by layer."""
        yield from islice(self.moving.near(at, within_m), _MOST_TARGETS)
        for layer in SNAPPED_LAYERS:
            yield from islice(layer_targets(self.nearby, layer, at, within_m), _MOST_TARGETS)

    def snapped(self, pointer: Pointer, drawn: tuple[Point, ...] = (), but: str = "") -> Pointer:
        """The pointer at the place that is meant; ``drawn`` are the vertices before it.

        With Shift held it turns by steps of 45 degrees from the last segment, and is drawn to
        nothing else. ``but`` names a route that is left out: the one that is being reshaped.
        """
        if pointer.constrained and drawn:
            return _moved(pointer, _turned_in_steps(drawn, pointer.at), Snap.RIGHT_ANGLE, None)
        if not self.rules.on:
            return replace(pointer, snap=None, snapped_to=None)
        within_m = self.rules.tolerance_px * pointer.pixel_m
        found = [
            one
            for one in self._candidates(pointer.at, within_m, drawn, but)
            if one.snap in self.rules.kinds and one.away_m <= within_m
        ]
        if not found:
            return replace(pointer, snap=None, snapped_to=None)
        best = min(found, key=lambda one: (_RANK[one.snap], one.away_m))
        return _moved(pointer, best.at, best.snap, best.name)

    def _candidates(
        self, at: Point, within_m: float, drawn: tuple[Point, ...], but: str
    ) -> Iterator[_Candidate]:
        for target in self.targets(at, within_m):
            if target.layer == "routes" and target.name == but:
                continue
            yield from _on_target(near_part(target, at, within_m), at, drawn)
        for place in _straight_places(drawn, at):
            yield _Candidate(Snap.RIGHT_ANGLE, "", place, math.dist(place, at))
        if len(drawn) > 2:
            yield _Candidate(Snap.VERTEX, "", drawn[0], math.dist(drawn[0], at))


def _on_target(target: Target, at: Point, drawn: tuple[Point, ...]) -> Iterator[_Candidate]:
    away_m, vertex = nearest_vertex(target, at)
    yield _Candidate(Snap.VERTEX, target.name, vertex, away_m)
    place = nearest_place(target.line, at)
    yield _Candidate(target.kind, target.name, place, math.dist(place, at))
    start, end = segment_at(target.line, at)
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    yield _Candidate(Snap.MIDDLE, target.name, middle, math.dist(middle, at))
    if drawn:  # straight across: the foot of the last vertex on what is met
        foot = _foot(start, end, drawn[-1])
        if foot is not None:
            yield _Candidate(Snap.RIGHT_ANGLE, target.name, foot, math.dist(foot, at))


def _foot(start: Point, end: Point, point: Point) -> Point | None:
    """Where the perpendicular from a point meets a segment; None beside it, or from upon it."""
    a, b, p = np.array(start), np.array(end), np.array(point)
    step = b - a
    squared = float(step @ step)
    if squared == 0.0:
        return None
    share = float((p - a) @ step) / squared
    foot = a + share * step
    if not 0.0 <= share <= 1.0 or math.dist(foot, p) < 1e-6:
        return None
    return float(foot[0]), float(foot[1])


def _straight_places(drawn: tuple[Point, ...], at: Point) -> Iterator[Point]:
    """The places near the pointer that lie straight on, or at a right angle to the last segment."""
    if len(drawn) < 2:
        return
    origin, heading = np.array(drawn[-1]), np.array(drawn[-1]) - np.array(drawn[-2])
    length = float(np.hypot(*heading))
    if length == 0.0:
        return
    along = heading / length
    for direction in (along, np.array((-along[1], along[0]))):
        reach = float((np.array(at) - origin) @ direction)
        place = origin + reach * direction
        yield float(place[0]), float(place[1])


def _turned_in_steps(drawn: tuple[Point, ...], at: Point) -> Point:
    origin = drawn[-1]
    before = drawn[-2] if len(drawn) > 1 else (origin[0] - 1.0, origin[1])
    base = math.atan2(origin[1] - before[1], origin[0] - before[0])
    step = math.radians(_TURN_DEG)
    angle = math.atan2(at[1] - origin[1], at[0] - origin[0])
    angle = base + round((angle - base) / step) * step
    reach = (at[0] - origin[0]) * math.cos(angle) + (at[1] - origin[1]) * math.sin(angle)
    return origin[0] + reach * math.cos(angle), origin[1] + reach * math.sin(angle)


def _moved(pointer: Pointer, at: Point, snap: Snap, name: str | None) -> Pointer:
    return replace(pointer, e_m=at[0], n_m=at[1], snap=snap, snapped_to=name or None)
