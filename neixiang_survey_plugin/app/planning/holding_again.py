"""Lines held against the master plan again and again: only what is new or changed is held anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.planning.check import NotHeld
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute
from neixiang_survey_plugin.core.routes import Route

# Lines that are searched for together: a call for 5,000 held the interpreter for some 40 ms.
_AT_ONCE = 100


@dataclass(frozen=True, eq=False)
class _Held:
    """A line as it was held, and what was said of it."""

    route: Route
    found: PlanOfRoute
    not_held: tuple[NotHeld, ...]


class HeldAgain:
    """A plan with what it said of each line: 5,000 lines take 20 s, one that changed 10 ms.

    What was held before a check was cancelled is not held again either.
    """

    def __init__(self, checker: PlanChecker) -> None:
        self._checker = checker
        self._on: date | None = None
        self._held: dict[str, _Held] = {}
        self._of_all: tuple[NotHeld, ...] = ()

    def check(self, routes: Sequence[Route], on: date, progress: Progress) -> PlanResult:
        """What the plan says of some lines, each of its own name, as ``PlanChecker.check`` does."""
        if on != self._on:
            self._on, self._held = on, {}
        self._hold([one for one in routes if not self._is_held(one)], on, progress)
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

    def _is_held(self, route: Route) -> bool:
        held = self._held.get(route.route_id)
        return held is not None and (held.route is route or held.route == route)

    def _hold(self, new: Sequence[Route], on: date, progress: Progress) -> None:
        for begin in range(0, len(new), _AT_ONCE):

            def tick(done: int, _: int, before: int = begin) -> None:
                progress.step("plan", done=before + done, of=len(new))

            part = new[begin : begin + _AT_ONCE]
            found, not_held = self._checker.hold(part, on, tick)
            self._of_all = tuple(one for one in not_held if one.route_id is None)
            for route, one in zip(part, found, strict=True):
                own = tuple(missed for missed in not_held if missed.route_id == route.route_id)
                self._held[route.route_id] = _Held(route, one, own)
