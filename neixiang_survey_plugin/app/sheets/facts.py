"""What the drawings of a case are drawn from."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import shapely
from shapely import Geometry

from neixiang_survey_plugin.app.colours import CLASS_CODES
from neixiang_survey_plugin.app.results import CaseResult, CheckResult, RouteResult
from neixiang_survey_plugin.app.sheets.letters import Letters
from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.excerpt import Excerpts
from neixiang_survey_plugin.core.measuring.ground import Ground, prepare_ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay
from neixiang_survey_plugin.core.measuring.measures import Point


@dataclass(frozen=True)
class TitleFacts:
    """What the title block of every sheet says of the case; empty where nobody said."""

    case: str
    applicant: str
    project: str
    units: str
    grid: str
    heights: str
    on: date
    program: str
    rules: str
    number: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Vertex:
    """A bend of a line: its number on the drawings, its place in the grid, metres before it."""

    name: str
    at: Point
    along_m: float


@dataclass(frozen=True)
class Patch:
    """The ground that the works of a line take of one green space, in the county grid."""

    green_id: str
    name: str | None
    area_m2: float
    ground: Geometry


@dataclass(frozen=True, eq=False)
class DrawnCase:
    """A case with the county around it, and the font that its drawings are written in.

    ``county`` is what the lines rest on; ``around`` shows the rest of the county.
    """

    case: CaseResult
    check: CheckResult
    county: County
    around: Excerpts
    title: TitleFacts
    letters: Letters
    detours: tuple[Detour, ...] = ()
    _patches: dict[int, tuple[Patch, ...]] = field(default_factory=dict, init=False, repr=False)

    @property
    def lines(self) -> tuple[RouteResult, ...]:
        """The lines of the case."""
        return self.case.routes

    @functools.cached_property
    def ground(self) -> Ground:
        """The layers that the lines rest on."""
        return prepare_ground(self.county)

    @functools.cached_property
    def laid(self) -> LaidRoutes:
        """The lines with the ground that laying them takes."""
        return lay([one.route for one in self.lines], self.ground)

    @functools.cached_property
    def vertices(self) -> tuple[tuple[Vertex, ...], ...]:
        """The bends of each line, numbered on over the lines of one utility: JS1, JS2 ..."""
        return tuple(self._numbered())

    def patches(self, row: int) -> tuple[Patch, ...]:
        """The green patches of one line, cut out when they are first asked for."""
        if row not in self._patches:
            self._patches[row] = tuple(self._cut_patches(row))
        return self._patches[row]

    def _cut_patches(self, row: int) -> Iterator[Patch]:
        greens = self.county.layers.get("green_spaces")
        if greens is None:
            return
        for one in self.lines[row].measures.green.occupations:
            number = int(np.flatnonzero(greens.ids == one.green_id)[0])
            own = shapely.union_all(greens.geometry[greens.feature == number])
            ground = shapely.intersection(self.laid.strip[row], own)
            yield Patch(one.green_id, greens.columns["name"][number], one.area_m2, ground)

    def _numbered(self) -> Iterator[tuple[Vertex, ...]]:
        counted: dict[str, int] = {}
        lines = self.laid.lines
        for row, one in enumerate(self.lines):
            code = CLASS_CODES[one.route.utility]
            first, last = int(lines.first[row]), int(lines.first[row + 1])
            places = [*map(tuple, lines.start[first:last].tolist()), one.route.line.coords[-1]]
            metres = [*lines.before_m[first:last].tolist(), lines.length_of(row)]
            drawn = set(one.route.line.coords)  # a long segment is cut where nobody drew a bend
            found = []
            for at, along_m in zip(places, metres, strict=True):
                if at in drawn:
                    counted[code] = counted.get(code, 0) + 1
                    found.append(Vertex(f"{code}{counted[code]}", at, along_m))
            yield tuple(found)
