"""This program: an edit measured and judged in full, very many routes as columns."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.peers.asking import TABLES, WIDTH_M, Answer, by_route
from benchmarks.peers.in_process import InProcess, geometries
from benchmarks.town import town_of
from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.core.measuring.many import measure_figures
from neixiang_survey_plugin.core.measuring.measure import measure_routes
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.policy_file import read_policy
from neixiang_survey_plugin.places import rules_folder

ON = date(2026, 11, 22)


class Ours(InProcess):
    """Our figures are ellipsoidal: they are put back onto the grid to be held against others'."""

    def __init__(self, folder: Path) -> None:
        roads, greens, routes, edits = (geometries(folder, name) for name in TABLES)
        policy = read_policy(rules_folder() / "neixiang_2022.toml")
        self._checker = Checker(town_of(roads, greens, policy))
        self._live = LiveCheck(self._checker, [], ON)
        self._routes = [_route(f"r{number}", line) for number, line in enumerate(routes)]
        self._edits = [_route("edited", line) for line in edits]
        measure_figures(self._routes[:1], self._checker.ground)  # what is worked out once

    def edit(self, number: int) -> tuple[float, Answer]:
        """Measured, judged, every other reading judged, what is borderline measured again."""
        begin = time.perf_counter()
        (result,) = self._live.put(self._edits[number])
        seconds = time.perf_counter() - begin
        found = result.measures
        factor = found.grid_length_m / found.length_m
        inside_m = sum(crossing.length_m for crossing in found.roads.crossings)
        return seconds, Answer(
            np.array([inside_m * factor]), np.array([found.green.strip.at_least * factor**2])
        )

    def many(self) -> tuple[float, Answer]:
        """Lengths, every stretch with its kind, totals, every patch: as columns."""
        begin = time.perf_counter()
        found = measure_figures(self._routes, self._checker.ground)
        seconds = time.perf_counter() - begin
        factor = found.grid_length_m / found.length_m
        stretch_m = found.to_m - found.from_m
        inside_m = by_route(found.stretch_route, stretch_m, len(self._routes))
        return seconds, Answer(inside_m * factor, found.green_m2 * factor**2)


class OurValues(Ours):
    """The same by measure_routes: every value that judging needs."""

    def many(self) -> tuple[float, Answer]:
        """Touched roads, angles, what an error of the layers would change, too."""
        begin = time.perf_counter()
        measures = measure_routes(self._routes, self._checker.ground)
        seconds = time.perf_counter() - begin
        factor = np.array([one.grid_length_m / one.length_m for one in measures])
        inside_m = [sum(stretch.length_m for stretch in one.roads.crossings) for one in measures]
        green_m2 = [one.green.strip.at_least for one in measures]
        return seconds, Answer(np.array(inside_m) * factor, np.array(green_m2) * factor**2)


def _route(route_id: str, line: object) -> Route:
    return Route(
        route_id,
        "water",
        line,
        applicant_kind="company",
        unit="water",
        working_width_m=WIDTH_M,
    )


def open_peer(folder: Path) -> Ours:
    """With the town prepared for measuring."""
    return Ours(folder)
