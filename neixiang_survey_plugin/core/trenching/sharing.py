"""Routes as they would be in one set of works, and the works themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shapely import Geometry, LineString

from neixiang_survey_plugin.core.county import RouteDefaults
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.alignment import Realigned
from neixiang_survey_plugin.core.trenching.cross_section import Dig, own_depth_m, own_width_m
from neixiang_survey_plugin.core.trenching.placing import Placing
from neixiang_survey_plugin.core.trenching.rules import TrenchShape
from neixiang_survey_plugin.core.trenching.stretches import cut
from neixiang_survey_plugin.core.trenching.together import window_of
from neixiang_survey_plugin.core.trenching.works import Trench, Works, joined, strip_of

_SHORTEST_M = 1e-3  # a lead of a millimetre is none


@dataclass(frozen=True, eq=False)
class Digging:
    """How each route is dug alone: the rules of trenches and what the county gives routes."""

    shape: TrenchShape
    defaults: RouteDefaults

    def working_m(self, route: Route) -> float | None:
        """The width of a route's own working strip; None where nobody knows it."""
        if route.working_width_m is not None:
            return route.working_width_m
        return self.defaults.working_width_m.get(route.utility)

    def trench(self, route: Route, line: LineString) -> Trench:
        """A route's own trench along a line."""
        width_m, depth_m = own_width_m(route, self.shape), own_depth_m(route, self.shape)
        section_m2 = None if width_m is None or depth_m is None else width_m * depth_m
        return Trench(line, width_m, section_m2, self.working_m(route))

    def margin_m(self, route: Route) -> float | None:
        """How much wider than its trench a route's working strip is; None where unknown."""
        width_m, working_m = own_width_m(route, self.shape), self.working_m(route)
        return None if width_m is None or working_m is None else max(working_m - width_m, 0.0)

    def common_m(self, dig: Dig, routes: Sequence[Route]) -> float | None:
        """The working width of a common excavation: as much wider as the widest of its lines is."""
        margins = [self.margin_m(route) for route in routes]
        known = [one for one in margins if one is not None]
        return dig.width_m + max(known) if len(known) == len(margins) else None


@dataclass(frozen=True)
class Shared:
    """Routes as they would be, by row, and the one set of works that lays them."""

    routes: Mapping[int, Route]
    works: Works


def alone(routes: Iterable[Route], digging: Digging) -> tuple[Works, ...]:
    """Each route as works of its own, where it was drawn."""
    return tuple(Works((digging.trench(route, route.line),)) for route in routes)


def in_place(routes: Mapping[int, Route], digging: Digging) -> Shared:
    """Routes that stay where they are, in one set of works."""
    window = common_window(routes.values())
    trenches = tuple(digging.trench(route, route.line) for route in routes.values())
    return Shared({row: in_window(one, window) for row, one in routes.items()}, Works(trenches))


def share(placing: Placing, routes: Mapping[int, Route], digging: Digging) -> Shared:
    """Routes laid in a section.

    A line in a common excavation is judged on the common strip in full: its ``works_area`` is
    that strip and its own leads.
    """
    rows = {route.route_id: row for row, route in routes.items()}
    window = common_window(routes.values())
    after: dict[int, Route] = {}
    trenches: list[Trench] = []
    for number, dig in enumerate(placing.section.digs):
        members = {rows[route_id]: routes[rows[route_id]] for route_id in dig.route_ids}
        axis = placing.axes.get(number)
        if axis is None:
            for row, route in members.items():
                after[row] = in_window(replace(route, line=placing.courses[row].line), window)
                trenches.append(digging.trench(route, after[row].line))
            continue
        common_m = digging.common_m(dig, list(members.values()))
        trenches.append(Trench(axis, dig.width_m, dig.area_m2, common_m))
        for row, route in members.items():
            leads = [digging.trench(route, line) for line in _leads(placing.courses[row])]
            trenches += leads
            area = _common_ground(axis, common_m, leads)
            moved = _in_common(route, placing.courses[row], dig, common_m, area)
            after[row] = in_window(moved, window)
    return Shared({row: after[row] for row in routes}, Works(tuple(trenches)))


def _in_common(
    route: Route, course: Realigned, dig: Dig, common_m: float | None, area: Geometry | None
) -> Route:
    return replace(
        route,
        line=course.line,
        trench_width_m=dig.width_m,
        working_width_m=route.working_width_m if common_m is None else common_m,
        works_area=area,
    )


def _leads(course: Realigned) -> list[LineString]:
    """The parts of a line before and after the section."""
    ends = ((0.0, course.joins_m), (course.leaves_m, course.line.length))
    return [cut(course.line, *one) for one in ends if one[1] - one[0] > _SHORTEST_M]


def _common_ground(
    axis: LineString, common_m: float | None, leads: Sequence[Trench]
) -> Geometry | None:
    if common_m is None or any(one.working_m is None for one in leads):
        return None
    strips = [strip_of(one.axis, one.working_m or 0.0) for one in leads]
    return joined([strip_of(axis, common_m), *strips])


def common_window(routes: Iterable[Route]) -> tuple[date, date] | None:
    """The days on which every planned works can be done; None where there are none, or no plan."""
    windows = [window for route in routes if (window := window_of(route)) is not None]
    if not windows:
        return None
    begin, end = max(one[0] for one in windows), min(one[1] for one in windows)
    return (begin, end) if begin <= end else None


def in_window(route: Route, window: tuple[date, date] | None) -> Route:
    """A route with its works in a window; its planned day moves only where it lies outside."""
    if window is None:
        return route
    day = route.planned_on
    planned_on = day if day is not None and window[0] <= day <= window[1] else window[0]
    return replace(route, works_from=window[0], works_to=window[1], planned_on=planned_on)
