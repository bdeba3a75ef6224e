"""Very many lines measured and not judged: one row a line, and the sums of them all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.measuring.many import Figures
from neixiang_survey_plugin.core.measuring.polylines import Floats
from neixiang_survey_plugin.core.routes import Route


class MeasuredRoute(NamedTuple):
    """The figures of one line; the names are those of ``check --json``.

    Metres and square metres on the ellipsoid, None where unknown. ``crossings`` counts its
    stretches inside roads, lanes of class ``other`` included, ``green_spaces`` those it occupies.
    """

    route_id: str
    utility: str
    unit: str | None
    case_id: str | None
    length_m: float
    grid_length_m: float
    across_total_m: float | None
    along_total_m: float | None
    inside_total_m: float | None
    crossings: int
    green_total_m2: float | None
    green_spaces: int


def measured_rows(routes: Sequence[Route], figures: Figures) -> Iterator[MeasuredRoute]:
    """The row of each line, in the order given."""
    count = len(routes)
    crossings = np.bincount(figures.stretch_route, minlength=count).tolist()
    green_spaces = _green_spaces(figures, count).tolist()
    along_m = np.maximum(figures.inside_m - figures.across_m, 0.0)
    length_m, grid_m = figures.length_m.tolist(), figures.grid_length_m.tolist()
    totals = (figures.across_m, along_m, figures.inside_m, figures.green_m2)
    across, along, inside, green = (_known(total) for total in totals)
    for row, one in enumerate(routes):
        yield MeasuredRoute(
            route_id=one.route_id,
            utility=one.utility,
            unit=one.unit,
            case_id=one.case_id,
            length_m=length_m[row],
            grid_length_m=grid_m[row],
            across_total_m=across[row],
            along_total_m=along[row],
            inside_total_m=inside[row],
            crossings=crossings[row],
            green_total_m2=green[row],
            green_spaces=green_spaces[row],
        )


def _known(total: Floats) -> list[float | None]:
    return [None if math.isnan(figure) else figure for figure in total.tolist()]


def _green_spaces(figures: Figures, count: int) -> NDArray[np.intp]:
    """How many each line occupies; several parts of one are one."""
    pairs = sorted(set(zip(figures.patch_route.tolist(), figures.green_id.tolist(), strict=True)))
    rows = np.array([row for row, _ in pairs], dtype=np.intp)
    return np.bincount(rows, minlength=count)


SUMMED = ("length_m", "across_total_m", "along_total_m", "inside_total_m", "green_total_m2")


@dataclass
class Sums:
    """The sums over lines, each with how many lines it does not know."""

    routes: int = 0
    length_m: float = 0.0
    across_total_m: float = 0.0
    along_total_m: float = 0.0
    inside_total_m: float = 0.0
    green_total_m2: float = 0.0
    unknown: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SUMMED, 0))

    def add(self, one: MeasuredRoute) -> None:
        """Count one line."""
        self.routes += 1
        for name in SUMMED:
            figure = getattr(one, name)
            if figure is None:
                self.unknown[name] += 1
            else:
                setattr(self, name, getattr(self, name) + figure)
