"""Lines without length, lines that cross themselves, and vertices that stand twice."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import Geometry, MultiLineString

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.repair.figures import (
    LINES,
    POLYGONS,
    Flags,
    figures,
    of_types,
    rows_where,
)
from neixiang_survey_plugin.core.repair.repairs import Outcome, Repair, Trouble


def with_length(geometry: Geometries) -> tuple[Geometries, list[Repair]]:
    """Parts of lines that are a point taken out; a line that is nothing else is set aside."""
    wrong = of_types(geometry, LINES) & ~shapely.is_valid(geometry)
    if not wrong.any():
        return geometry, []
    result, found = geometry.copy(), []
    for row in rows_where(wrong):
        shape = geometry[row]
        parts = shapely.get_parts(shape)
        long = parts[shapely.is_valid(parts)].tolist()
        at = _first_point(parts[~shapely.is_valid(parts)][0])
        if long:
            result[row] = long[0] if len(long) == 1 else MultiLineString(long)
            outcome, trouble, after = Outcome.REPAIRED, Trouble.POINT_PART, figures(result[row])
        else:
            result[row] = None
            outcome, trouble, after = Outcome.SET_ASIDE, Trouble.COLLAPSED, None
        found.append(Repair(trouble, outcome, row, figures(shape), after, at))
    return result, found


def without_doubles(geometry: Geometries) -> tuple[Geometries, list[Repair]]:
    """Of vertices that follow each other on the very same place one; nothing moves."""
    suspects = of_types(geometry, (*LINES, *POLYGONS)) & _repeats(geometry)
    result, found = geometry, []
    for row in rows_where(suspects):
        shape = geometry[row]
        once = shapely.remove_repeated_points(shape, 0.0)
        if shapely.get_num_coordinates(once) < shapely.get_num_coordinates(shape):
            result = geometry.copy() if result is geometry else result
            result[row] = once
            doubled, kept = Trouble.DOUBLED_VERTICES, figures(once)
            found.append(Repair(doubled, Outcome.REPAIRED, row, figures(shape), kept))
    return result, found


def self_crossings(geometry: Geometries) -> list[Repair]:
    """Lines that cross or meet themselves: a loop may be meant, so they stay as they are."""
    lines = of_types(geometry, LINES)
    crossed = lines.copy()
    crossed[lines] = ~shapely.is_simple(geometry[lines])
    return [
        Repair(
            Trouble.SELF_CROSSING,
            Outcome.KEPT,
            row,
            figures(geometry[row]),
            at=_meeting_point(geometry[row]),
        )
        for row in rows_where(crossed)
    ]


def _repeats(geometry: Geometries) -> Flags:
    """Where one vertex follows another on its place; also where a ring begins at another's end."""
    coordinates, row = shapely.get_coordinates(geometry, return_index=True)
    again = (coordinates[1:] == coordinates[:-1]).all(axis=1) & (row[1:] == row[:-1])
    flags = np.zeros(len(geometry), dtype=bool)
    flags[row[1:][again]] = True
    return flags


def _meeting_point(line: Geometry) -> tuple[float, float]:
    """Where a line first meets itself: the end of a piece between nodes, not of the line."""
    pieces = shapely.get_parts(shapely.union_all([line]))
    ends = {_first_point(part) for part in shapely.get_parts(line)}
    ends |= {_last_point(part) for part in shapely.get_parts(line)}
    inner = [point for piece in pieces if (point := _last_point(piece)) not in ends]
    return inner[0] if inner else _last_point(line)


def _first_point(line: Geometry) -> tuple[float, float]:
    x, y = shapely.get_coordinates(line)[0].tolist()
    return x, y


def _last_point(line: Geometry) -> tuple[float, float]:
    x, y = shapely.get_coordinates(line)[-1].tolist()
    return x, y
