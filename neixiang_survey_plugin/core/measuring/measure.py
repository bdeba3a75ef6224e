"""Measuring routes on the ground of a county."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.asked import measure_asked
from neixiang_survey_plugin.core.measuring.frames import TOLERANCE_M
from neixiang_survey_plugin.core.measuring.green_measures import measure_greens
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay
from neixiang_survey_plugin.core.measuring.measures import GreenMeasures, RouteMeasures
from neixiang_survey_plugin.core.measuring.moving import greens_stay
from neixiang_survey_plugin.core.measuring.nearby import near_lines
from neixiang_survey_plugin.core.measuring.road_measures import measure_roads
from neixiang_survey_plugin.core.routes import Route


def measure_routes(routes: Sequence[Route], ground: Ground) -> tuple[RouteMeasures, ...]:
    """Everything that judging needs of each route, in the order given.

    One route and a hundred thousand go through the same vectorised kernels. Routes are lines in
    the county grid; lengths and areas come out on the ellipsoid.
    """
    return measure_laid(lay(routes, ground), ground) if routes else ()


def measure_moved(route: Route, measured: RouteMeasures, ground: Ground) -> RouteMeasures:
    """As measure_routes, for one route that was ``measured`` as it was before a move.

    Its green space is measured again only where it moved: a fifth of what an edit costs.
    """
    laid, was = lay([route], ground), measured.laid
    stays = isinstance(was, LaidRoutes) and greens_stay(was, laid, ground.greens)
    return measure_laid(laid, ground, (measured.green,) if stays else None)[0]


def measure_laid(
    laid: LaidRoutes, ground: Ground, greens: tuple[GreenMeasures, ...] | None = None
) -> tuple[RouteMeasures, ...]:
    """As measure_routes, for routes whose ground is drawn, and whose ``greens`` may be known."""
    roads = measure_roads(
        laid, ground.roads, ground.unknown_width_reach_m, ground.unknown_pit_reach_m
    )
    if greens is None:
        greens = measure_greens(laid, ground.greens, ground.grid)
    rivers = _rivers(laid, ground.rivers)
    asked = measure_asked(laid, roads, ground)
    length_m, grid_m = laid.lines.total_m, laid.lines.grid_total_m
    return tuple(
        RouteMeasures(
            length_m=float(length_m[row]),
            grid_length_m=float(grid_m[row]),
            line=laid.centre[row],
            roads=roads[row],
            green=greens[row],
            rivers=rivers[row],
            asked=asked[row],
            laid=laid if len(laid) == 1 else None,
        )
        for row in range(len(laid))
    )


def _rivers(laid: LaidRoutes, rivers: AreaLayer | None) -> list[tuple[str, ...] | None]:
    """The blue-line areas that each route meets, bored or dug; None where the layer is missing."""
    if rivers is None:
        return [None] * len(laid)
    met: list[tuple[str, ...] | None] = [()] * len(laid)
    row, part = near_lines(laid.lines, rivers.tree, laid.boxes)
    if not len(row):
        return met
    areas = rivers.areas[part]
    meets = shapely.intersects(laid.grounds.near(row, areas, TOLERANCE_M), areas)
    meets |= shapely.intersects(laid.centre[row], areas)
    for index in np.unique(row[meets]):
        ids = rivers.ids[np.unique(rivers.feature[part[meets & (row == index)]])]
        met[index] = tuple(str(one) for one in ids)
    return met
