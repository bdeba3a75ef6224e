"""The figures beside the pointer: this segment, the whole line, and what was just entered."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import LineString

from neixiang_survey_plugin.app.drawing.along import length_m
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Point, Snap
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.measures import Crossing
from neixiang_survey_plugin.core.measuring.strips import stretch

_HERE_M = 0.05  # a stretch that ends this near to the pointer is the one it lies in


@dataclass(frozen=True, slots=True)
class Readout:
    """Ellipsoidal metres of the segment under the pointer and of the line; the last crossing.

    ``is_measured`` is False while what the line comes to is being worked out beside the window.
    ``inside`` says whether the pointer lies in that road still. ``green_m2`` is None where it
    is unknown. ``azimuth_deg`` is the segment's direction, clockwise from grid north. ``snap``
    is what the pointer is drawn to; before the first vertex it is all there is.
    """

    at: Point
    segment_m: float = 0.0
    total_m: float = 0.0
    azimuth_deg: float = 0.0
    crossing: Crossing | None = None
    inside: bool = False
    green_m2: float | None = 0.0
    snap: Snap | None = None
    is_measured: bool = True


def read_out(
    vertices: tuple[Point, ...],
    azimuth: float,
    result: RouteResult | None,
    grid: Grid,
    snap: Snap | None = None,
) -> Readout:
    """The figures of a line whose last vertex is the pointer; two vertices at least."""
    segment_m = length_m(LineString(vertices[-2:]), grid)
    if result is None:
        return Readout(vertices[-1], segment_m, 0.0, azimuth, snap=snap)
    total_m = result.measures.length_m
    crossings = result.measures.roads.crossings
    last = max(crossings, key=lambda one: one.to_m, default=None)
    return Readout(
        at=vertices[-1],
        segment_m=segment_m,
        total_m=total_m,
        azimuth_deg=azimuth,
        crossing=last,
        inside=last is not None and last.to_m >= total_m - _HERE_M,
        green_m2=result.measures.green.strip.value,
        snap=snap,
    )


def measured_overlays(result: RouteResult) -> list[Overlay]:
    """The crossings and the green patches of a line, each with its figure beside it."""
    roads, green = result.measures.roads, result.measures.green
    shown = [
        Overlay(
            Mark.CROSSING,
            stretch(one.lines, one.line, one.from_m, one.to_m),
            f"{one.length_m:.1f} m",
        )
        for one in roads.crossings
    ]
    shown += [Overlay(Mark.GREEN, one.patch, f"{one.area_m2:.1f} m²") for one in green.occupations]
    return shown
