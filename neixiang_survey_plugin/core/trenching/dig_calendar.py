"""Which street is opened by whom and when, and which one is opened again within a few weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.rules import Together
from neixiang_survey_plugin.core.trenching.together import window_of


@dataclass(frozen=True, slots=True)
class StreetWorks:
    """Routes that open a street in one set of works, and the days of it; None is not planned."""

    route_ids: tuple[str, ...]
    window: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class StreetDigs:
    """A street with every set of works that opens it, the earliest first."""

    road_id: str
    road_name: str | None
    works: tuple[StreetWorks, ...]

    def again(self, days: float) -> tuple[StreetWorks, ...]:
        """The works that open it within so many days of others; empty where it is opened once.

        Works that nobody has planned are not said to be near any other.
        """
        planned = [one for one in self.works if one.window is not None]
        return tuple(
            one
            for one in planned
            if any(other is not one and _days_apart(one, other) <= days for other in planned)
        )


def dig_calendar(
    routes: Sequence[Route],
    measures: Sequence[RouteMeasures],
    agreed: Iterable[frozenset[str]],
) -> tuple[StreetDigs, ...]:
    """Every city road or highway that works touch, in the order in which routes meet them.

    Routes of agreed common works are one set of works; a route that is bored from end to end
    opens nothing.
    """
    home = {route_id: group for group in agreed for route_id in group}
    names: dict[str, str | None] = {}
    found: dict[str, dict[frozenset[str], list[Route]]] = {}
    for route, measured in zip(routes, measures, strict=True):
        if _is_bored(route, measured):
            continue
        works = home.get(route.route_id, frozenset((route.route_id,)))
        for touch in measured.roads.touches:
            if touch.road.road_class != "other":
                names[touch.road.road_id] = touch.road.name
                found.setdefault(touch.road.road_id, {}).setdefault(works, []).append(route)
    return tuple(_street(road_id, names, works) for road_id, works in found.items())


def opened_again(calendar: Iterable[StreetDigs], settings: Together) -> tuple[StreetDigs, ...]:
    """The streets that are opened more than once within the days of the settings."""
    return tuple(one for one in calendar if one.again(settings.window_days))


def _is_bored(route: Route, measured: RouteMeasures) -> bool:
    return any(
        bore.from_m <= 0.0 and bore.to_m >= measured.length_m - 1e-6 for bore in route.trenchless
    )


def _street(
    road_id: str, names: Mapping[str, str | None], works: Mapping[frozenset[str], list[Route]]
) -> StreetDigs:
    listed = [_works(routes) for routes in works.values()]
    listed.sort(key=lambda one: (one.window is None, one.window or ()))
    return StreetDigs(road_id, names[road_id], tuple(listed))


def _works(routes: Sequence[Route]) -> StreetWorks:
    windows = [window for route in routes if (window := window_of(route)) is not None]
    ids = tuple(route.route_id for route in routes)
    if not windows:
        return StreetWorks(ids, None)
    return StreetWorks(ids, (min(one[0] for one in windows), max(one[1] for one in windows)))


def _days_apart(one: StreetWorks, other: StreetWorks) -> float:
    if one.window is None or other.window is None:
        return float("inf")
    after, before = other.window[0] - one.window[1], one.window[0] - other.window[1]
    return max(after.days, before.days, 0)
