"""The courses of the routes that must keep clear, as lines to walk along and as things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from neixiang_survey_plugin.core.conflicts.buried import Things
from neixiang_survey_plugin.core.conflicts.clearance_classes import class_of_facts
from neixiang_survey_plugin.core.conflicts.clearance_kinds import Facts
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.polylines import (
    Floats,
    Indices,
    Polylines,
    cut_into_segments,
)
from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True, eq=False)
class Courses:
    """Routes as lines to walk along and as things to keep clear of, one row a route."""

    routes: Sequence[Route]
    lines: Polylines
    things: Things

    def __len__(self) -> int:
        """How many routes."""
        return len(self.routes)

    @property
    def grid_total_m(self) -> Floats:
        """Grid length of each route."""
        return self.lines.grid_total_m

    def base_m(self, segment: Indices) -> Floats:
        """Grid metres of the same route before each of these segments."""
        return self.things.base_m(segment, self.lines.line[segment])

    def segment_at(self, row: Indices, grid_m: Floats) -> tuple[Indices, Floats]:
        """The segment under places given by grid metres along routes, and the metres on it."""
        first = self.lines.first[row]
        before_m = self.things.before_m
        place = before_m[first] + grid_m
        found = before_m.searchsorted(place, side="right") - 1
        segment = np.clip(found, first, self.lines.first[row + 1] - 1)
        on_it = place - before_m[segment]
        return segment, np.clip(on_it, 0.0, self.lines.grid_length_m[segment])

    def placed(self, row: Indices, grid_m: Floats) -> tuple[Floats, Floats]:
        """Ellipsoidal metres along routes, and coordinates (k, 2), of places in grid metres."""
        segment, on_it = self.segment_at(row, grid_m)
        points: Floats = self.lines.start[segment] + on_it[:, None] * self.lines.direction[segment]
        return self.lines.metres_at(segment, on_it), points

    def true_m(self, row: Indices, grid_m: Floats) -> Floats:
        """Ellipsoidal metres along routes to places given by grid metres."""
        return self.lines.metres_at(*self.segment_at(row, grid_m))


def courses(routes: Sequence[Route], grid: Grid, largest_mm: Mapping[str, float]) -> Courses:
    """Routes cut into segments; SurveyError for a route that has no length."""
    geometry = np.array([route.line for route in routes], dtype=object)
    lines = cut_into_segments(geometry, grid)
    facts = [
        (one.utility, one.laying, one.diameter_mm, one.pressure_class, one.voltage_kv)
        for one in routes
    ]
    kinds = {one: _kind(Facts(*one)) for one in set(facts)}  # lines of a survey are alike
    table_class, missing = zip(*[kinds[one] for one in facts], strict=True)
    radius_m = _column([one.diameter_mm for one in routes]) / 2000.0
    most_m = np.array([largest_mm[one.utility] for one in routes]) / 2000.0
    things = Things(
        layer="routes",
        ids=np.array([route.route_id for route in routes], dtype=object),
        words=np.array([route.utility for route in routes], dtype=object),
        geometry=geometry,
        start=lines.start,
        delta=lines.direction * lines.grid_length_m[:, None],
        before_m=lines.grid_length_m.cumsum() - lines.grid_length_m,
        first=lines.first,
        table_class=np.array(table_class, dtype=np.intp),
        radius_m=radius_m,
        least_radius_m=np.where(np.isnan(radius_m), 0.0, radius_m),
        most_radius_m=np.where(np.isnan(radius_m), most_m, radius_m),
        cover_m=_column([route.cover_m for route in routes]),
        # where a new line goes is set out, not measured: what it leaves open is b's accuracy
        accuracy_m=np.zeros(len(routes)),
        missing=np.array(missing, dtype=np.intp),
    )
    return Courses(routes, lines, things)


def facts_of(route: Route) -> Facts:
    """What the tables ask of a route."""
    return Facts(
        route.utility, route.laying, route.diameter_mm, route.pressure_class, route.voltage_kv
    )


def _kind(facts: Facts) -> tuple[int, int]:
    """The class of a line in the tables, and one bit for each fact that it lacks."""
    values = (facts.diameter_mm, facts.pressure_class, facts.laying, facts.voltage_kv)
    return class_of_facts(facts), sum(1 << n for n, value in enumerate(values) if value is None)


def _column(values: Sequence[float | None]) -> Floats:
    return np.array(values, dtype=float)  # None becomes NaN
