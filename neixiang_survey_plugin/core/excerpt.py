"""The part of a county that some lines rest on: the objects near them, whole, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.taped import taped_figure

_CORNERS = 4  # sides of a quarter circle: the area only decides what comes along


class Excerpts:
    """A county ready to be cut down to what lies near some lines.

    ``reach_m`` is how far from a line, in grid metres, any rule looks; an object that comes within
    it comes along whole, with its identifier and all that is known of it. Of a layer without any
    the nearest one does.
    """

    def __init__(self, county: County, reach_m: float) -> None:
        self.county = county
        self._reach_m = reach_m

    def around(self, routes: Sequence[Route]) -> County:
        """The county near some lines: judged on it, they come to the same as on the whole."""
        lines: list[Geometry] = [route.line for route in routes]
        lines += [route.works_area for route in routes if route.works_area is not None]
        area = shapely.union_all(
            shapely.buffer(lines, self._reach_m, quad_segs=_CORNERS, join_style="mitre")
        )
        layers = {
            name: _cut(table, area, self._sites(name, routes))
            for name, table in self.county.layers.items()
        }
        held = {(name, one) for name, table in layers.items() for one in table.ids.tolist()}
        confirmed = tuple(
            one for one in self.county.confirmed if (one.layer, one.object_id) in held
        )
        taped = tuple(one for one in self.county.taped if _is_of(one, routes))
        return replace(self.county, layers=layers, confirmed=confirmed, taped=taped)

    def seen(self, area: Geometry, names: Sequence[str]) -> dict[str, FeatureTable]:
        """The objects of some layers that meet an area, whole; a layer without any is left out."""
        return {
            name: _chosen(table, rows)
            for name in names
            if (table := self.county.layers.get(name)) is not None
            and len(rows := table.feature[table.tree.query(area, predicate="intersects")])
        }

    def _sites(self, name: str, routes: Sequence[Route]) -> set[str]:
        """The sites that lines are laid for come along wherever they lie."""
        if name != "sites":
            return set()
        return {route.site_id for route in routes if route.site_id is not None}


def _is_of(fact: ConfirmedFact, routes: Sequence[Route]) -> bool:
    """Whether a figure was taped for one of some lines."""
    figure = taped_figure(fact)
    return figure is not None and any(one.route_id == figure.route_id for one in routes)


def _cut(table: FeatureTable, area: Geometry, wanted: set[str]) -> FeatureTable:
    rows = table.feature[table.tree.query(area, predicate="intersects")]
    if wanted:
        rows = np.append(rows, np.isin(table.ids.astype(str), sorted(wanted)).nonzero()[0])
    if len(table) and not len(rows):
        # a layer without any object would read as one that nobody mapped
        rows = table.feature[[table.tree.nearest(area)]]
    return _chosen(table, rows)


def _chosen(table: FeatureTable, rows: NDArray[np.intp]) -> FeatureTable:
    chosen = np.zeros(len(table), dtype=bool)
    chosen[rows] = True
    parts = chosen[table.feature]
    new_row = np.cumsum(chosen) - 1
    return replace(
        table,
        geometry=table.geometry[parts],
        feature=new_row[table.feature[parts]],
        columns={name: column[chosen] for name, column in table.columns.items()},
    )
