"""A layer's shapes put right: what was found, what was changed, what has to be drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.repair.areas import made_valid, without_slivers
from neixiang_survey_plugin.core.repair.figures import Flags, figures_of
from neixiang_survey_plugin.core.repair.kinds import to_kinds
from neixiang_survey_plugin.core.repair.lines import self_crossings, with_length, without_doubles
from neixiang_survey_plugin.core.repair.neighbours import find_neighbours
from neixiang_survey_plugin.core.repair.repairs import Outcome, Repair, RepairLimits, Trouble
from neixiang_survey_plugin.core.repair.usable import Heights, flattened, without_shape
from neixiang_survey_plugin.core.schema import GeometryKind


@dataclass(frozen=True, eq=False)
class RepairedShapes:
    """The shapes of a layer after repair, one row a feature; None where one was set aside.

    ``repairs`` are in the order of the rows. ``cut_off``: more areas overlap than are listed.
    """

    geometry: Geometries
    repairs: tuple[Repair, ...]
    heights: Heights
    cut_off: bool = False

    @property
    def set_aside(self) -> Flags:
        """The rows whose shape nobody can use as it is."""
        return shapely.is_missing(self.geometry)


def repair_shapes(
    geometry: Geometries,
    kinds: Sequence[GeometryKind],
    limits: RepairLimits,
    already: Sequence[Repair] = (),
) -> RepairedShapes:
    """Shapes in the county grid (metres), made fit for a layer of these kinds.

    What is sound comes out as the very same object. Rows keep their places: a feature stays one
    feature, of one part or of several. Repairing again changes nothing. ``already`` is what
    whoever read or placed them found at rows that cannot be used.
    """
    with np.errstate(all="ignore"):  # coordinates so large that their squares overflow
        return _repaired(geometry, kinds, limits, already)


def _repaired(
    geometry: Geometries,
    kinds: Sequence[GeometryKind],
    limits: RepairLimits,
    already: Sequence[Repair],
) -> RepairedShapes:
    known = {repair.row for repair in already}
    found = [*already, *(one for one in without_shape(geometry) if one.row not in known)]
    shapes = _without(geometry, found)
    shapes, heights = flattened(shapes)
    for step in (
        lambda rows: to_kinds(rows, kinds, limits),
        with_length,
        lambda rows: made_valid(rows, limits),
        lambda rows: without_slivers(rows, limits),
        without_doubles,
    ):
        shapes, repairs = step(shapes)
        found += repairs
    found += self_crossings(shapes)
    found += _multiparts(shapes)
    neighbours = find_neighbours(shapes, limits)
    found += neighbours.repairs
    ordered = tuple(sorted(found, key=lambda repair: repair.row))
    return RepairedShapes(shapes, ordered, heights, neighbours.cut_off)


def _without(geometry: Geometries, found: Sequence[Repair]) -> Geometries:
    gone = [repair.row for repair in found if repair.outcome is Outcome.SET_ASIDE]
    if not gone:
        return geometry
    kept = geometry.copy()
    kept[gone] = None
    return kept


def _multiparts(geometry: Geometries) -> list[Repair]:
    """Features of several parts, which stay one: their identifier means all of them."""
    rows = np.flatnonzero(shapely.get_num_geometries(geometry) > 1)
    return [
        Repair(Trouble.MULTIPART, Outcome.KEPT, row, before)
        for row, before in zip(rows.tolist(), figures_of(geometry[rows]), strict=True)
    ]
