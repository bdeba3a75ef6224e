"""The routes of a survey on the map: solid, thin, dashed or dotted, each with a dark casing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from shapely import LineString

from neixiang_survey_plugin.app.drawing.vertices import part_of
from neixiang_survey_plugin.app.map_layers import DrawnRoute, RouteState
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.qt import QtGui
from neixiang_survey_plugin.render.long_lines import runs_seen, vertices_seen
from neixiang_survey_plugin.render.palette import Palette, utility_colour
from neixiang_survey_plugin.render.pens import dotted_pen, path_of, pen, squares, trace
from neixiang_survey_plugin.render.route_sheet import sheet_of
from neixiang_survey_plugin.render.view import View


@dataclass(frozen=True)
class _Look:
    """Widths in points of 1/96 inch."""

    width: float
    casing: float
    dashes: tuple[float, ...] = ()


_LOOKS = {
    RouteState.PROPOSED: _Look(3.0, 5.0),
    RouteState.PLANNED: _Look(3.0, 5.0, (9.0, 6.0)),
    RouteState.EXISTING: _Look(1.4, 2.8),
}
_SELECTED_WIDER = 2.0
_VERTEX = 7.0
_DOTS_EVERY = 6.0
_MARGIN = 12.0  # points: half of the widest line with its glow, or of a vertex
_AT_ONCE = 20  # routes of one step: a millisecond
_GROUPED_AT_ONCE = 500  # likewise
_Key = tuple[bool, RouteState, str]


def paint_routes(painter: Any, routes: Sequence[DrawnRoute], view: View, palette: Palette) -> None:
    """Paint the routes in view, selected ones last, with square vertices."""
    for _ in route_steps(painter, sheet_of(routes).seen(view), view, palette):
        pass


def route_steps(
    painter: Any, seen: Sequence[DrawnRoute], view: View, palette: Palette
) -> Iterator[None]:
    """Paint routes that are in view, in steps of about a millisecond."""
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    groups: dict[_Key, list[Route]] = {}
    for number, drawn in enumerate(seen):
        if number % _GROUPED_AT_ONCE == _GROUPED_AT_ONCE - 1:
            yield
        key = (drawn.selected, drawn.state, drawn.route.utility)
        groups.setdefault(key, []).append(drawn.route)
    for key in sorted(groups, key=lambda key: (key[0], key[1] is not RouteState.EXISTING)):
        yield from _paint_alike(painter, groups[key], key, view, palette)
    for drawn in seen:
        if drawn.selected:
            unit = view.point_px
            corners = vertices_seen(drawn.route.line, view, _MARGIN * unit)
            squares(painter, corners, _VERTEX * unit, palette.paper, palette.accent, 1.6 * unit)


def open_and_bored(route: Route) -> tuple[list[LineString], list[LineString]]:
    """The stretches of a route that are dug, and those that are bored."""
    # Bores are metres on the ellipsoid, the line is on the grid: 1e-4 apart, less than a pixel.
    ends_m = [0.0]
    for bore in route.trenchless:
        ends_m += [bore.from_m, bore.to_m]
    ends_m.append(route.line.length)
    pieces = [_stretch(route.line, *ends) for ends in pairwise(ends_m)]
    return pieces[::2], pieces[1::2]


def _stretch(line: LineString, from_m: float, to_m: float) -> LineString:
    """A piece of a line; without length where the two ends are one."""
    if from_m <= 0 and to_m >= line.length:
        return line
    piece = part_of(line, from_m, to_m)
    if piece is None:
        end = line.interpolate(from_m)
        return LineString([end, end])
    return piece


def _paint_alike(
    painter: Any, routes: Sequence[Route], key: _Key, view: View, palette: Palette
) -> Iterator[None]:
    """Paint routes of one look, first the casing of all, then their colour."""
    selected, state, utility = key
    look, unit = _LOOKS[state], view.point_px
    wider = _SELECTED_WIDER if selected else 0.0
    width_px, casing_px = (look.width + wider) * unit, (look.casing + wider) * unit
    name = utility_colour(palette, utility)
    dashes = tuple(dash * unit for dash in look.dashes)
    parts = []
    for few in _few(routes):
        parts.append([_runs(route, view) for route in few])
        yield
    if selected:
        runs = [run for some in parts for dug, bored in some for run in (*dug, *bored)]
        painter.strokePath(path_of(runs), pen(palette.accent, casing_px + 5 * unit, opacity=0.35))
    for one in (pen(palette.casing, casing_px), pen(name, width_px, dashes)):
        for some in parts:
            trace(painter, (run for dug, _ in some for run in dug), one)
            yield
    every_px = (_DOTS_EVERY + wider) * unit
    dots = [path_of(run for _, bored in some for run in bored) for some in parts]
    for one in (
        dotted_pen(palette.casing, casing_px, every_px),
        dotted_pen(name, width_px, every_px),
    ):
        for path in dots:
            painter.strokePath(path, one)
            yield


def _few(routes: Sequence[Route]) -> Iterator[Sequence[Route]]:
    for first in range(0, len(routes), _AT_ONCE):
        yield routes[first : first + _AT_ONCE]


def _runs(route: Route, view: View) -> tuple[list[Any], list[Any]]:
    """What of a route is dug, and what is bored, as runs of pixels."""
    dug, bored = open_and_bored(route)
    return _polygons(dug, view), _polygons(bored, view)


def _polygons(lines: Iterable[LineString], view: View) -> list[Any]:
    """What is seen of lines: of 5,000 vertices each refresh of the map painted all, 0.1 s."""
    return [run for one in lines for run in runs_seen(one, view, _MARGIN * view.point_px)]
