"""What lies along a line: its bends, the roads that it passes, the pipelines that it crosses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.core.conflicts.levels import cover_at
from neixiang_survey_plugin.core.measuring.measures import Point


@dataclass(frozen=True, slots=True)
class Met:
    """A line that another crosses: what it is, how deep its top lies, how high it is.

    ``along_m`` are metres along the line that crosses it; ``cover_m`` and ``high_m`` are None
    where nobody knows.
    """

    along_m: float
    at: Point
    utility: str | None
    name: str
    cover_m: float | None
    high_m: float | None


def met_by(drawn: DrawnCase, row: int) -> tuple[Met, ...]:
    """The pipelines and the other lines of the case that one line crosses, as it comes to them."""
    line = drawn.lines[row].route.line
    return _sorted(drawn, row, line, lambda at: along_m(drawn, row, at))


def things_across(drawn: DrawnCase, row: int, across: shapely.LineString) -> tuple[Met, ...]:
    """What a line across one of the case's cuts beside it: metres are grid metres along it."""
    return _sorted(drawn, row, across, lambda at: float(across.project(shapely.Point(at))))


def outer_m(diameter_mm: float | None) -> float | None:
    """A diameter in metres."""
    return None if diameter_mm is None else diameter_mm / 1000.0


def along_m(drawn: DrawnCase, row: int, at: Point) -> float:
    """The metres on the ellipsoid from the start of a line to a place on it."""
    line, lines = drawn.lines[row].route.line, drawn.laid.lines
    grid_m = float(line.project(shapely.Point(at)))
    first = int(lines.first[row])
    ends = np.cumsum(lines.grid_length_m[first : int(lines.first[row + 1])])
    segment = min(int(np.searchsorted(ends, grid_m)), len(ends) - 1)
    before_m = float(ends[segment - 1]) if segment else 0.0
    number = np.array([first + segment])
    return float(lines.metres_at(number, np.array([grid_m - before_m]))[0])


def _sorted(
    drawn: DrawnCase, row: int, line: shapely.LineString, measure: Callable[[Point], float]
) -> tuple[Met, ...]:
    found = [*_pipelines(drawn, line, measure), *_lines(drawn, row, line, measure)]
    return tuple(sorted(found, key=lambda one: one.along_m))


def _pipelines(
    drawn: DrawnCase, line: shapely.LineString, measure: Callable[[Point], float]
) -> Iterator[Met]:
    table = drawn.around.seen(line, ("pipelines",)).get("pipelines")
    if table is None:
        return
    says = words.pipeline_words(table)
    for part, geometry in enumerate(table.geometry.tolist()):
        for at in _crossed(line, geometry):
            number = int(table.feature[part])
            yield Met(
                measure(at),
                at,
                table.columns["utility"][number],
                says(number),
                _known(table.columns["cover_m"][number]),
                outer_m(_known(table.columns["diameter_mm"][number])),
            )


def _lines(
    drawn: DrawnCase, row: int, line: shapely.LineString, measure: Callable[[Point], float]
) -> Iterator[Met]:
    for other, one in enumerate(drawn.lines):
        for at in _crossed(line, one.route.line) if other != row else ():
            cover_m = cover_at(one.route, along_m(drawn, other, at))
            high_m = outer_m(one.route.diameter_mm)
            name = words.crossed_line_words(one)
            yield Met(measure(at), at, one.route.utility, name, cover_m, high_m)


def _crossed(line: shapely.LineString, other: Any) -> Iterator[Point]:
    """Where two lines cross: a shared stretch counts at its middle."""
    for part in shapely.get_parts(shapely.intersection(line, other)):
        if part.is_empty:
            continue
        place = part if part.geom_type == "Point" else part.interpolate(0.5, normalized=True)
        yield float(place.x), float(place.y)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
