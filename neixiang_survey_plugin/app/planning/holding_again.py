"""Lines held against the master plan again and again: only what is new or changed is held anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import shapely

from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.planning.check import Box, NotHeld
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute
from neixiang_survey_plugin.core.planning.road_place import LinesInRoads, routes_in_roads
from neixiang_survey_plugin.core.routes import Route

# Lines that are searched for together: a call for 5,000 held the interpreter for some 40 ms.
_AT_ONCE = 10


@dataclass(frozen=True, eq=False)
class _Held:
    """A line as it was held, what was said of it, and where other lines count for it."""

    route: Route
    found: PlanOfRoute
    not_held: tuple[NotHeld, ...]
    looked_in: Box | None


class HeldAgain:
    """A plan with what it said of each line: 5,000 lines take 17 s, one that changed 10 ms.

    With a line that changed, came or went, those are held again in whose road it lies or lay, for
    the order in a road is asked of all. What was held before a check was cancelled is not held
    again either.
    """

    def __init__(self, checker: PlanChecker) -> None:
        self._checker = checker
        self._on: date | None = None
        self._held: dict[str, _Held] = {}
        self._beside: dict[str, Route] = {}  # the lines of the check before, as they were then
        self._of_all: tuple[NotHeld, ...] = ()

    def check(self, routes: Sequence[Route], on: date, progress: Progress) -> PlanResult:
        """What the plan says of some lines, each of its own name, as ``PlanChecker.check`` does."""
        if on != self._on:
            self._on, self._held = on, {}
        self._forget({one.route_id: one for one in routes})
        new = [one for one in routes if one.route_id not in self._held]
        if new:
            self._hold(new, routes_in_roads(routes), on, progress)
        held = [self._held[one.route_id] for one in routes]
        not_held = [missed for one in held for missed in one.not_held]
        checker = self._checker
        return PlanResult(
            county=checker.county.name,
            rules=checker.rules,
            on=on,
            routes=tuple(one.found for one in held),
            not_held=(*(self._of_all if held else ()), *not_held),
        )

    def _forget(self, routes: Mapping[str, Route]) -> None:
        """What was said of lines that changed, and of those in whose roads they lie or lay."""
        before, self._beside = self._beside, dict(routes)
        moved = [*_others(routes, before), *_others(before, routes)]
        for one in moved:
            self._held.pop(one.route_id, None)
        boxes = {key: one.looked_in for key, one in self._held.items() if one.looked_in is not None}
        if moved and boxes:
            near = shapely.STRtree([one.line for one in moved]).query(
                [shapely.box(*box) for box in boxes.values()]
            )
            names = list(boxes)
            for number in set(near[0].tolist()):
                del self._held[names[number]]

    def _hold(
        self, new: Sequence[Route], beside: LinesInRoads, on: date, progress: Progress
    ) -> None:
        for begin in range(0, len(new), _AT_ONCE):

            def tick(done: int, _: int, before: int = begin) -> None:
                progress.step("plan", done=before + done, of=len(new))

            part = new[begin : begin + _AT_ONCE]
            held = self._checker.hold(part, on, tick, beside, progress.pause)
            not_held = held.not_held
            self._of_all = tuple(one for one in not_held if one.route_id is None)
            for route, found, box in zip(part, held.found, held.looked_in, strict=True):
                own = tuple(missed for missed in not_held if missed.route_id == route.route_id)
                self._held[route.route_id] = _Held(route, found, own, box)


def _others(routes: Mapping[str, Route], than: Mapping[str, Route]) -> Iterable[Route]:
    """The lines that are not the same in two sets of lines, as they are in the first."""
    for key, one in routes.items():
        other = than.get(key)
        if other is not one and other != one:
            yield one
