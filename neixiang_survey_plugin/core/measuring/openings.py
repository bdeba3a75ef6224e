"""Which roads the works on a line open, and which it passes without opening them."""

from __future__ import annotations

from collections.abc import Iterator

from neixiang_survey_plugin.core.measuring.measures import Crossing, RoadFacts, RouteMeasures
from neixiang_survey_plugin.core.routes import Route

_SAME_PLACE_M = 0.01  # a bore written to the centimetre may end just short of the red line
_NOT_A_CITY_ROAD = ("highway", "other")


def is_bored(crossing: Crossing, route: Route) -> bool:
    """Whether a stretch inside a road is passed without opening the road."""
    return any(
        bore.from_m <= crossing.from_m + _SAME_PLACE_M
        and crossing.to_m <= bore.to_m + _SAME_PLACE_M
        for bore in route.trenchless
    )


def opened_roads(route: Route, measures: RouteMeasures) -> Iterator[RoadFacts]:
    """The city roads that the works open: all that are touched and not passed by boring alone."""
    bored: dict[str, bool] = {}
    for crossing in measures.roads.crossings:
        road_id = crossing.road.road_id
        bored[road_id] = bored.get(road_id, True) and is_bored(crossing, route)
    for touch in measures.roads.touches:
        is_city_road = touch.road.road_class not in _NOT_A_CITY_ROAD
        if is_city_road and not bored.get(touch.road.road_id, False):
            yield touch.road
