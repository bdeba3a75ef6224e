"""Holding routes against a county's master plan: all at once, or again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from neixiang_survey_plugin.app.progress import Progress, nothing
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring.ground import Ground, prepare_ground
from neixiang_survey_plugin.core.planning.check import (
    NEEDED_LAYERS,
    Holding,
    NotHeld,
    hold_against_plan,
    prepare_plan,
)
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute, PlanRemark
from neixiang_survey_plugin.core.planning.review import UNDECIDED, Decided
from neixiang_survey_plugin.core.planning.road_place import LinesInRoads
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True, eq=False)
class PlanResult:
    """What the plan says of all routes of a check, in the order given, and what it was not asked.

    ``on`` is the day for lines without planned works, ``decided`` what planning staff decided.
    """

    county: str
    rules: PlanningRules
    on: date
    routes: tuple[PlanOfRoute, ...]
    not_held: tuple[NotHeld, ...]
    warnings: tuple[str, ...] = ()
    decided: Mapping[str, Decided] = field(default_factory=dict)

    @property
    def layers_not_judged(self) -> tuple[str, ...]:
        """The layers that the county lacks."""
        return tuple(one.layer for one in self.not_held if one.route_id is None)

    def of(self, route_id: str) -> PlanOfRoute | None:
        """What is said of one line."""
        return self._by_id.get(route_id)

    def all_held(self, route_id: str) -> bool:
        """Whether a line was held against every layer that the check cannot do without."""
        return not self._not_all_held & {None, route_id}

    def agrees(self, route: PlanOfRoute) -> bool:
        """Whether a line agrees with the plan: nothing is against it, to be asked or unknown."""
        return route.agrees and self.all_held(route.route_id)

    def decided_on(self, route_id: str) -> Decided:
        """What planning staff decided on a line."""
        return self.decided.get(route_id, UNDECIDED)

    @cached_property
    def _not_all_held(self) -> frozenset[str | None]:
        """The lines that a needed layer is missing for; None stands for every line."""
        return frozenset(one.route_id for one in self.not_held if one.layer in NEEDED_LAYERS)

    @cached_property
    def _by_id(self) -> Mapping[str, PlanOfRoute]:
        return {one.route_id: one for one in reversed(self.routes)}

    @property
    def remarks(self) -> tuple[PlanRemark, ...]:
        """The remarks of all lines."""
        return tuple(remark for route in self.routes for remark in route.remarks)


class PlanChecker:
    """A county with what it has of a master plan indexed once, ready for any routes."""

    def __init__(self, county: County, rules: PlanningRules, ground: Ground | None = None) -> None:
        self.county = county
        self.rules = rules
        self._plan = prepare_plan(county, ground or prepare_ground(county), rules)

    def check(
        self,
        routes: Sequence[Route],
        on: date,
        warnings: tuple[str, ...] = (),
        progress: Progress | None = None,
    ) -> PlanResult:
        """Hold routes against the plan; ``on`` is the day for lines without planned works."""
        told = progress or Progress()

        def tick(done: int, of: int) -> None:
            told.step("plan", done=done, of=of)

        held = self.hold(routes, on, tick, pause=told.pause)
        return PlanResult(self.county.name, self.rules, on, held.found, held.not_held, warnings)

    def hold(
        self,
        routes: Sequence[Route],
        on: date,
        tick: Callable[[int, int], None],
        beside: LinesInRoads | None = None,
        pause: Callable[[], object] = nothing,
    ) -> Holding:
        """What is said of each route, held against each other or the lines ``beside``."""
        return hold_against_plan(routes, self._plan, on, tick, beside, pause)
