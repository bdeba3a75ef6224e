"""What was promised of one line, or approved: its figures, its roads, its days, its course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shapely import LineString

from neixiang_survey_plugin.core.judging.findings import Verdict
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.policy import CrossingReading, GreenReading, Reading, Way
from neixiang_survey_plugin.core.routes import Route

_BETWEEN = ";"


@dataclass(frozen=True)
class Promise:
    """What was promised of one line when its commitment was made, or its approval asked for.

    ``way`` is the way of the packet that said so, None for a line that no packet speaks of.

    Metres and square metres on the ellipsoid under the readings of the verdict, None where
    unknown; ``crossing_layer_m`` and ``green_layer_m2`` are what the layers alone said where
    something was taped; ``roads`` lists the roads that the line may touch; ``geom`` is its course
    in the county grid.
    """

    uuid: str | None = None
    packet_uuid: str | None = None
    case_id: str | None = None
    route_id: str | None = None
    utility: str | None = None
    unit: str | None = None
    policy: str | None = None
    crossing_reading: str | None = None
    green_reading: str | None = None
    length_m: float | None = None
    crossing_m: float | None = None
    green_m2: float | None = None
    crossing_layer_m: float | None = None
    green_layer_m2: float | None = None
    roads: str | None = None
    works_from: date | None = None
    works_to: date | None = None
    promised_on: date | None = None
    way: Way | None = None
    geom: LineString | None = None


def make_promise(
    route: Route, measures: RouteMeasures, verdict: Verdict, policy_id: str, on: date
) -> Promise:
    """What a line promises by a packet that goes out on a day."""
    reading = verdict.reading
    layers = measures.untaped
    touched = (touch.road.road_id for touch in measures.roads.touches)
    return Promise(
        case_id=route.case_id,
        route_id=route.route_id,
        utility=route.utility,
        unit=route.unit,
        policy=policy_id,
        crossing_reading=reading.crossing.value,
        green_reading=reading.green.value,
        length_m=measures.length_m,
        crossing_m=crossing_of(measures, reading),
        green_m2=green_of(measures, reading),
        crossing_layer_m=None if layers is None else crossing_of(layers, reading),
        green_layer_m2=None if layers is None else green_of(layers, reading),
        roads=_BETWEEN.join(sorted(touched)),
        works_from=route.works_from,
        works_to=route.works_to,
        promised_on=on,
        geom=route.line,
    )


def reading_of(promise: Promise) -> Reading:
    """The readings under which a promise was made; the usual ones where it does not say."""
    usual = Reading()
    return Reading(
        CrossingReading(promise.crossing_reading or usual.crossing.value),
        usual.length,
        GreenReading(promise.green_reading or usual.green.value),
    )


def crossing_of(measures: RouteMeasures, reading: Reading) -> float | None:
    """Metres of road crossing of one line under a reading, None where unknown."""
    roads = measures.roads
    return {
        CrossingReading.ACROSS: roads.across,
        CrossingReading.ACROSS_EACH: roads.across_each,
        CrossingReading.INSIDE: roads.inside,
    }[reading.crossing].value


def green_of(measures: RouteMeasures, reading: Reading) -> float | None:
    """Square metres of green space of one line under a reading, None where unknown."""
    strip = reading.green is GreenReading.WORKING_STRIP
    return (measures.green.strip if strip else measures.green.trench).value


def roads_of(promise: Promise) -> frozenset[str]:
    """The roads that a promise allows the line to touch."""
    return frozenset(filter(None, (promise.roads or "").split(_BETWEEN)))


def latest_promises(promises: Iterable[Promise]) -> dict[str, Promise]:
    """The promise that holds of each line: the one that was kept last."""
    return {one.route_id: one for one in promises if one.route_id is not None}
