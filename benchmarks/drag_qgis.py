"""A drag over a large county on QGIS's canvas: our share of each move.

QT_QPA_PLATFORM=offscreen .venv-qgis/bin/python -m benchmarks.drag_qgis 200000
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsApplication
from shapely import LineString, MultiPoint

from benchmarks.town import make_town
from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Pointer
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.qgis.overlay_item import OverlayItem
from neixiang_survey_plugin.io.policy_file import read_policy
from tests.qgis.stage import QgisStage

MOVES = 200
ON = date(2026, 11, 22)
HALF_M = np.array((150.0, 100.0))


class Drag:
    """Draws a line whose last vertex follows the pointer, measured and judged at each move."""

    def __init__(self, stage: QgisStage, live: LiveCheck, corners: np.ndarray) -> None:
        self._stage, self._live, self._corners = stage, live, corners

    def move(self, pointer: Pointer) -> None:
        """The line again, its vertices, its crossings and their metres."""
        line = LineString(np.concatenate([self._corners, [pointer.at]]))
        drawn = Route("drawn", "water", line, applicant_kind="company", unit="water")
        (result, *_) = self._live.put(drawn)
        overlays = [
            Overlay(Mark.DRAFT, line, utility="water"),
            Overlay(Mark.VERTEX, MultiPoint(shapely.get_coordinates(line))),
        ]
        for one in result.measures.roads.crossings:
            at = [line.interpolate(m) for m in (one.from_m, one.to_m)]
            overlays.append(Overlay(Mark.CROSSING, LineString(at), f"{one.length_m:.1f} m"))
        self._stage.host.show_overlay("draft", overlays)

    def cancel(self) -> None:
        """Nothing: the drag is over."""


def shares_ms(stage: QgisStage, middle: tuple[float, float]) -> list[float]:
    """Of each move, milliseconds of the processor in our tool and in our painting."""
    painted = [0.0]
    paint = OverlayItem.paint

    def timed_paint(item: Any, painter: Any, *rest: Any) -> None:
        begin = time.thread_time()
        paint(item, painter, *rest)
        painted[0] += time.thread_time() - begin

    OverlayItem.paint = timed_paint
    random = np.random.default_rng(5)
    wander = np.cumsum(random.normal(0.0, 1.0, (MOVES, 2)), axis=0)
    shares = []
    for east_m, north_m in np.array(middle) + np.clip(wander, -60.0, 60.0):
        painted[0], begin = 0.0, time.thread_time()
        stage.move(east_m, north_m)
        own = time.thread_time() - begin
        stage.canvas.viewport().repaint()
        shares.append((own + painted[0]) * 1e3)
    OverlayItem.paint = paint
    return shares


def main() -> None:
    """Argument: features a layer. Prints the median and the 99th percentile as JSON."""
    application = QgsApplication([], True)
    application.initQgis()
    county = make_town(int(sys.argv[1]), read_policy(places.rules_folder() / "neixiang_2022.toml"))
    west, south, east, north = shapely.total_bounds(county.layers["roads"].geometry)
    middle = (west + east) / 2, (south + north) / 2
    stage = QgisStage()
    stage.canvas.resize(1200, 800)
    corner, other = np.array(middle) - HALF_M, np.array(middle) + HALF_M
    stage.host.zoom_to(shapely.box(*corner, *other), 0.0)
    corners = np.array([middle]) + np.random.default_rng(3).normal(0, 60, (11, 2))
    stage.host.use_tool(Drag(stage, LiveCheck(Checker(county), [], ON), corners))
    median, worst = np.percentile(shares_ms(stage, middle), (50, 99)).round(2).tolist()
    print(json.dumps({"p50_ms": median, "p99_ms": worst}))
    stage.close()
    application.exitQgis()


if __name__ == "__main__":
    main()
