"""The county below the lines of a plan: green, roads, buildings, pipelines that are there."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.map_labels import middle_line, named_features
from neixiang_survey_plugin.app.sheets.frames import MapFrame
from neixiang_survey_plugin.app.sheets.scene import (
    HAIR_MM,
    INK,
    QUIET,
    THIN_MM,
    Area,
    Line,
    Mark,
    Point,
    Points,
    Text,
    circle,
)
from neixiang_survey_plugin.app.sheets.space import Space
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.roads import prepare_roads

LAYERS = (
    "green_spaces",
    "roads",
    "surfaces",
    "buildings",
    "sites",
    "obstacles",
    "pipelines",
)
GREEN, GREEN_EDGE = "#e6f2df", "#86b173"
ROAD, ROAD_EDGE, KERB = "#f4f1ea", "#7d6f5c", "#cfc6b6"
BUILDING, BUILDING_EDGE = "#e9e7e3", "#a39e95"
GREEN_INK = "#3f6b32"
SITE_EDGE, TREE = "#8a5aa8", "#4f8f4f"
PIPE_MM, PIPE_CASING_MM = 0.28, 0.5
SITE_DASH, UNKNOWN_DASH = (3.0, 1.6), (2.4, 1.4)
_SIZES_MM = {"roads": 2.8, "green_spaces": 2.0, "sites": 2.2, "pipelines": 1.7}
# Of a stretch that is worth a name; a road's middle line turns with the corners of its ends.
_LEAST_MM = {"pipelines": 12.0, "roads": 30.0}
_APART_MM = 60.0  # the same name is not said twice nearer than this
_INNER, _STRAIGHT = 0.12, 0.995
_SPECK = 1e-9

Tables = Mapping[str, FeatureTable]


def ground_marks(frame: MapFrame, tables: Tables) -> Iterator[Mark]:
    """What is there, cut at the frame, from the ground up; nothing of it is a line of the case."""
    for shape in _shapes(tables, "green_spaces"):
        yield from area_marks(frame, shape, GREEN, GREEN_EDGE)
    yield from _roads(frame, tables)
    for shape in _shapes(tables, "buildings"):
        yield from area_marks(frame, shape, BUILDING, BUILDING_EDGE)
    for shape in _shapes(tables, "sites"):
        for points in cut(frame, shapely.boundary(shape)):
            yield Line(points, SITE_EDGE, THIN_MM, SITE_DASH)
    for shape in _shapes(tables, "obstacles"):
        at = frame.mm(shapely.get_coordinates(shape))[0]
        if frame.holds(*at, edge_mm=0.8):
            yield circle(at, 0.7, None, TREE, HAIR_MM)
    yield from _pipelines(frame, tables)


def ground_names(space: Space, tables: Tables) -> Iterator[Mark]:
    """The names of roads, green spaces, sites and pipelines, where there is room for them."""
    said: dict[str, list[Point]] = {}
    named = named_features({name: tables[name] for name in _SIZES_MM if name in tables})
    for group in named:
        for number, shape in enumerate(group.geometry.tolist()):
            text = words.ground_name(group.layer, group.say(int(group.rows[number])))
            if text:
                yield from _named(space, group.layer, shape, text, said, "pipelines" in tables)


def area_marks(
    frame: MapFrame, shape: Geometry, fill: str | None, edge: str | None
) -> Iterator[Mark]:
    """An area cut at the frame; the cut itself gets no outline."""
    inside = shapely.intersection(shape, frame.area)
    for part in _polygons(inside) if fill is not None else ():
        rings = [part.exterior, *part.interiors]
        yield Area(tuple(frame.mm(ring.coords) for ring in rings), fill)
    for part in _polygons(shape) if edge is not None else ():
        for points in cut(frame, part.boundary):
            yield Line(points, edge or INK, HAIR_MM)


def cut(frame: MapFrame, line: Geometry) -> Iterator[Points]:
    """A line as far as it lies in the frame, on paper."""
    inside = shapely.intersection(line, frame.area)
    if inside.geom_type == "MultiLineString":
        inside = shapely.line_merge(inside)
    for part in shapely.get_parts(inside):
        if part.geom_type == "LineString" and part.length > _SPECK:
            yield frame.mm(part.coords)


def longest(lines: Sequence[Points]) -> Points | None:
    """The longest of some lines on paper."""
    return max(lines, key=lambda one: LineString(one).length, default=None)


def _polygons(shape: Geometry) -> list[Any]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]


def _shapes(tables: Tables, layer: str) -> list[Any]:
    table = tables.get(layer)
    return [] if table is None else table.geometry.tolist()


def _roads(frame: MapFrame, tables: Tables) -> Iterator[Mark]:
    """The land of roads as one area, so that junctions are open; kerbs within it."""
    table = tables.get("roads")
    if table is None:
        return
    roads = prepare_roads(table)
    land = shapely.union_all(roads.areas)
    yield from area_marks(frame, land, ROAD, None)
    for shape in _shapes(tables, "surfaces"):
        for points in cut(frame, shapely.boundary(shape)):
            yield Line(points, KERB, HAIR_MM)
    for part in _polygons(land):
        for points in cut(frame, part.boundary):
            yield Line(points, ROAD_EDGE, 0.25)
    for axis in roads.unmeasured.tolist():
        for points in cut(frame, axis):
            yield Line(points, ROAD_EDGE, 0.25, UNKNOWN_DASH)


def _pipelines(frame: MapFrame, tables: Tables) -> Iterator[Mark]:
    table = tables.get("pipelines")
    if table is None:
        return
    utilities = table.columns["utility"][table.feature]
    found = [
        (points, UTILITY_COLOURS.get(utility, QUIET))
        for shape, utility in zip(table.geometry.tolist(), utilities.tolist(), strict=True)
        for points in cut(frame, shape)
    ]
    yield from (Line(points, CASING, PIPE_CASING_MM) for points, _ in found)
    yield from (Line(points, colour, PIPE_MM) for points, colour in found)


def _named(
    space: Space,
    layer: str,
    shape: Geometry,
    text: str,
    said: dict[str, list[Point]],
    piped: bool,
) -> Iterator[Mark]:
    """One name of one thing, unless the same was said near by.

    ``piped``: pipelines are drawn, and a name on a road would stand on them.
    """
    size = _SIZES_MM[layer]
    if layer in ("green_spaces", "sites"):
        inside = shapely.intersection(shape, space.frame.area)
        if shapely.area(inside) > 0.0:
            at = space.frame.mm(shapely.get_coordinates(shapely.point_on_surface(inside)))[0]
            if not _near(said, text, at):
                colour = GREEN_INK if layer == "green_spaces" else SITE_EDGE
                mark = space.upon((at[0] - 1.0, at[1]), (at[0] + 1.0, at[1]), text, size, colour)
                yield from _said(said, text, mark)
        return
    middle = LineString(middle_line(shape))
    points = longest(list(cut(space.frame, middle)))
    if points is None or LineString(points).length < _LEAST_MM[layer]:
        return
    place = _straight(points)
    if _near(said, text, place[0]):
        return
    colour = QUIET if layer == "pipelines" else INK
    mark = space.upon(*place, text, size, colour, masked=piped)
    yield from _said(said, text, mark)


def _said(said: dict[str, list[Point]], text: str, mark: Text | None) -> Iterator[Mark]:
    if mark is not None:
        said.setdefault(text, []).append(mark.at)
        yield mark


def _near(said: dict[str, list[Point]], text: str, at: Point) -> bool:
    return any(math.dist(at, place) < _APART_MM for place in said.get(text, ()))


def _straight(points: Points) -> tuple[Point, Point]:
    """The stretch of a line that a name lies along: its middle part where that is straight.

    Else the longest piece. The ends of a road's middle line turn with its corners.
    """
    line = LineString(points)
    inner = [line.interpolate(share, normalized=True) for share in (_INNER, 1.0 - _INNER)]
    one, other = ((place.x, place.y) for place in inner)
    if math.dist(one, other) > _STRAIGHT * (1.0 - 2 * _INNER) * line.length:
        return one, other
    return max(itertools.pairwise(points), key=lambda pair: math.dist(*pair))
