"""Routes with the ground that laying them takes."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.county import RouteDefaults
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.nearby import boxes_around
from neixiang_survey_plugin.core.measuring.patchwork import Patchwork
from neixiang_survey_plugin.core.measuring.polylines import (
    Floats,
    Indices,
    Polylines,
    cut_into_segments,
)
from neixiang_survey_plugin.core.measuring.strips import Pits, open_cut, reach_of, strips
from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True, eq=False)
class LaidRoutes:
    """Routes cut into segments, one row a route: what every measure starts from.

    ``centre`` is the centre line, ``width_m`` the working strip's width, ``trench_m`` the
    trench's, NaN where unknown. ``reach_m`` is how far from its course a route may meet anything,
    the accuracy of the layers included. ``bored``: some of the course is bored; ``dug``: some is
    dug; ``shared``: its works are shared with others, and it is judged on their common ground.
    ``width_missing``: there is a stretch to dig whose width nobody knows; ``uneven``: the ground is
    no strip of one width, for it has pits or is a common one.
    """

    routes: Sequence[Route]
    lines: Polylines
    pits: Sequence[Pits]
    width_m: Floats
    trench_m: Floats
    centre: Geometries
    reach_m: Floats
    bored: NDArray[np.bool_]
    dug: NDArray[np.bool_]
    shared: NDArray[np.bool_]
    width_missing: NDArray[np.bool_]
    uneven: NDArray[np.bool_]

    def __len__(self) -> int:
        """How many routes."""
        return len(self.routes)

    @functools.cached_property
    def boxes(self) -> Geometries:
        """The boxes of all segments, wider by their line's reach."""
        return boxes_around(self.lines, self.reach_m)

    @functools.cached_property
    def strips(self) -> Patchwork:
        """The working strips with their pits, as far as known: without a width the pits alone.

        None without those; for shared works their common ground. Drawn when first asked for:
        half of the moves of a line come near nothing that the strip decides.
        """
        drawn = strips(self.centre, self.routes, self.lines, self.width_m, self.pits)
        common = {row: self.routes[row].works_area for row in self.shared.nonzero()[0].tolist()}
        return drawn.with_areas(common)

    @functools.cached_property
    def grounds(self) -> Patchwork:
        """The strip of each route, or its centre line without one."""
        unknown = shapely.is_missing(self.strips.area).nonzero()[0].tolist()
        pieces = self.strips.pieces
        return self.strips.with_areas(
            {row: self.centre[row] for row in unknown if row not in pieces}
        )

    @property
    def strip(self) -> Geometries:
        """As strips, each as one area."""
        return self.strips.whole

    @property
    def ground(self) -> Geometries:
        """As grounds, each as one geometry."""
        return self.grounds.whole

    @functools.cached_property
    def surroundings(self) -> Geometries:
        """A box around each route, wider by its reach: its ground lies within."""
        low_e, low_n, high_e, high_n = shapely.bounds(self.centre).T
        reach_m = self.reach_m
        return np.asarray(
            shapely.box(low_e - reach_m, low_n - reach_m, high_e + reach_m, high_n + reach_m)
        )

    @functools.cached_property
    def pit_missing(self) -> NDArray[np.bool_]:
        """Routes with a bore whose pits nobody can draw."""
        unknown: NDArray[np.bool_] = np.array([not one.known for one in self.pits])
        return self.bored & unknown

    def only(self, rows: Indices) -> LaidRoutes:
        """Some of the routes, each row once and in order."""
        chosen = rows.tolist()
        return LaidRoutes(
            routes=[self.routes[row] for row in chosen],
            lines=self.lines.only(rows),
            pits=[self.pits[row] for row in chosen],
            width_m=self.width_m[rows],
            trench_m=self.trench_m[rows],
            centre=self.centre[rows],
            reach_m=self.reach_m[rows],
            bored=self.bored[rows],
            dug=self.dug[rows],
            shared=self.shared[rows],
            width_missing=self.width_missing[rows],
            uneven=self.uneven[rows],
        )


def lay(routes: Sequence[Route], ground_layers: Ground) -> LaidRoutes:
    """Cut routes into segments, with what is known of the ground that each will take."""
    defaults = ground_layers.defaults
    centre = np.array([route.line for route in routes], dtype=np.object_)
    lines = cut_into_segments(centre, ground_layers.grid)
    pits = [_pits(route, defaults) for route in routes]
    width_m = np.array([_working_width_m(route, defaults) for route in routes], dtype=float)
    trench_m = np.array([route.trench_width_m for route in routes], dtype=float)
    bored = np.array([bool(route.trenchless) for route in routes])
    widest_m = np.fmax(np.fmax(width_m, trench_m), 0.0)
    reach_m = reach_of(lines, widest_m) + ground_layers.accuracy_m
    dug = ~bored
    for row in bored.nonzero()[0].tolist():
        reach_m[row] += pits[row].reach_m
        dug[row] = bool(open_cut(lines, row, routes[row].trenchless))
    shared = np.array([route.works_area is not None for route in routes])
    for row in shared.nonzero()[0].tolist():
        reach_m[row] += shapely.hausdorff_distance(routes[row].works_area, centre[row])
    return LaidRoutes(
        routes=routes,
        lines=lines,
        pits=pits,
        width_m=width_m,
        trench_m=trench_m,
        centre=centre,
        reach_m=reach_m,
        bored=bored,
        dug=dug,
        shared=shared,
        width_missing=np.isnan(width_m) & dug & ~shared,
        uneven=bored | shared,
    )


def trench_strips(laid: LaidRoutes, wanted: NDArray[np.bool_]) -> Patchwork:
    """The ground that the trench alone takes, with its pits; None where not wanted or unknown."""
    trench_m = np.where(wanted, laid.trench_m, np.nan)
    return strips(laid.centre, laid.routes, laid.lines, trench_m, laid.pits)


def _working_width_m(route: Route, defaults: RouteDefaults) -> float | None:
    if route.working_width_m is not None:
        return route.working_width_m
    return defaults.working_width_m.get(route.utility)


def _pits(route: Route, defaults: RouteDefaults) -> Pits:
    length_m, width_m = route.pit_length_m, route.pit_width_m
    return Pits(
        defaults.pit_length_m if length_m is None else length_m,
        defaults.pit_width_m if width_m is None else width_m,
    )
