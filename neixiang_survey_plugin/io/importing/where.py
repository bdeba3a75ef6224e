"""Finding where a layer lies whose system is missing, wrong, or not to be taken on trust."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from neixiang_survey_plugin.app.importing.where import Candidate, Whereabouts, weigh
from neixiang_survey_plugin.app.importing.where_landmarks import (
    Landmarks,
    Sketch,
    landmarks,
    sketch,
)
from neixiang_survey_plugin.app.importing.where_matching import match, vote_offsets
from neixiang_survey_plugin.app.importing.where_reading import Reading
from neixiang_survey_plugin.app.importing.where_web_maps import WebShift
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.core.slices import in_slices
from neixiang_survey_plugin.io.crs import crs_name, epsg_of, is_known_crs, look_up_crs
from neixiang_survey_plugin.io.importing.where_systems import (
    WEB_MERCATOR,
    modern_twin,
    readings,
    to_place,
)
from neixiang_survey_plugin.io.placement import Box, box_of, gap_m, is_near

# A found offset that puts fewer of the corners on the county's is chance, and is not even offered.
_LEAST_SHARE = 0.3
# Of a street that is drawn as a line and does not say its own: enough to tell a street from a block
# when a layer is pushed 75 m aside; nothing is measured or judged with it.
_SOME_WIDTH_M = 10.0


@dataclass(frozen=True, eq=False)
class Home:
    """Where the county is: its system, the box of its layers, and what they hold."""

    epsg: int
    box: Box | None = None
    marks: Landmarks | None = None


def home_of_layers(epsg: int, layers: Mapping[str, FeatureTable]) -> Home:
    """The county's place, from whatever layers were read."""
    shapes = [table.geometry for table in layers.values() if len(table)]
    if not shapes:
        return Home(epsg)
    return Home(epsg, box_of(shapes), landmarks(shapes, _street_areas(layers.get("roads"))))


def find_place(geometry: Geometries, declared: str | None, home: Home) -> Whereabouts:
    """Where a layer lies: every reading of its numbers that comes near the county, ranked.

    ``geometry`` has the file's own numbers, ``declared`` is what the file says of them. Nothing
    is moved. A system that PROJ does not know is as good as none.
    """
    known = _known(declared)
    name = crs_name(known) if known else None
    own = sketch(geometry)
    finite = np.isfinite(own.points).all(axis=1)
    if not finite.any():
        return weigh((), known, name, False)
    edges = own.edges[np.isfinite(own.edges).all(axis=(1, 2))]
    own = Sketch(own.points[finite], edges, own.is_of_lines)
    near = list(_near(own, known, home))
    if home.marks is None:
        return weigh([one for one in near if _is_usual(one)], known, name, False)
    near = [_matched(one, home.marks) for one in near]
    near = [one for one in near if one.coincides or _is_usual(one)]
    if not any(one.coincides for one in near):
        near += _moved_candidates(own, near, home, home.marks)
    return weigh(near, known, name, True)


def _known(declared: str | None) -> str | None:
    try:
        return declared if is_known_crs(declared) else None
    except SurveyError:
        return None


def place_by(geometry: Geometries, reading: Reading, epsg: int) -> Geometries:
    """The shapes of a file in the county grid, as a reading takes their numbers.

    SurveyError when the reading's system has no transformation to the county's.
    """
    numbers = shapely.get_coordinates(geometry)
    placed: Geometries = shapely.set_coordinates(geometry.copy(), to_place(numbers, reading, epsg))
    return placed


def _near(own: Sketch, declared: str | None, home: Home) -> Iterator[Candidate]:
    """What comes near the county; web maps' shifts only where the plain place is near as well."""
    east, north = np.median(own.points, axis=0).tolist()
    said = _declared(declared)
    usual = ((one, False) for one in readings(east, north, home.epsg))
    for reading, old in dict.fromkeys((*said, *usual)):
        plain = _candidate(own, reading, home, (reading, old) == (said or (None,))[0], old)
        if plain is None:
            continue
        yield plain
        if not old:
            web = (replace(reading, web=shift) for shift in WebShift)
            yield from filter(None, (_candidate(own, one, home) for one in web))


def _declared(declared: str | None) -> tuple[tuple[Reading, bool], ...]:
    """What the file says, and the same with swapped axes; and whether its datum is an old one."""
    if declared is None:
        return ()
    twin, code = modern_twin(declared), epsg_of(declared)
    plain = Reading(twin or (f"EPSG:{code}" if code else declared))
    return ((plain, twin is not None), (replace(plain, north_first=True), twin is not None))


def _candidate(
    own: Sketch, reading: Reading, home: Home, is_declared: bool = False, old: bool = False
) -> Candidate | None:
    try:
        middle = to_place(np.median(own.points, axis=0)[None], reading, home.epsg)
        if not is_near(middle, home.epsg, home.box):
            return None
        placed = own.moved(to_place(own.numbers, reading, home.epsg))
    except SurveyError:
        return None
    low, high = np.nanmin(placed.points, axis=0), np.nanmax(placed.points, axis=0)
    gap, inside = 0.0, 1.0
    if home.box is not None:
        gap = float(gap_m(np.concatenate([low, high])[None], home.box)[0])
        inside = float((gap_m(np.tile(placed.points, 2), home.box) == 0).mean())
    name = crs_name(reading.system)
    return Candidate(reading, placed, gap, inside, name, is_declared, old)


def _is_usual(one: Candidate) -> bool:
    """Web maps give degrees or Web Mercator; shifted on another grid they are seldom met."""
    system = one.reading.system
    return one.reading.web is None or system == WEB_MERCATOR or not look_up_crs(system).is_projected


def _matched(one: Candidate, marks: Landmarks) -> Candidate:
    """What an old datum's numbers fall on proves nothing of the old datum."""
    return one if one.old_datum else replace(one, match=match(one.placed, marks))


def _moved_candidates(
    own: Sketch, near: Sequence[Candidate], home: Home, marks: Landmarks
) -> list[Candidate]:
    """Readings with a constant offset at which the layer's edges lie on the county's.

    Only those that put a good share of the corners on the county's: the others are chance.
    """
    bases = [(one.reading, one.placed) for one in near if one.reading.web is None]
    for north_first in (False, True):
        local = Reading(f"EPSG:{home.epsg}", north_first)
        if all(local != reading for reading, _ in bases):
            bases.append((local, own.moved(to_place(own.numbers, local, home.epsg))))
    found = []
    for reading, placed in bases:
        for vote in vote_offsets(placed, marks):
            moved = placed.moved(placed.numbers + vote.shift_m)
            fit = match(moved, marks)
            if fit.on_corner < _LEAST_SHARE * fit.points:
                continue
            one, name = replace(reading, shift_m=vote.shift_m), crs_name(reading.system)
            found.append(Candidate(one, moved, 0.0, 1.0, name, match=fit))
    return found


def _street_areas(roads: FeatureTable | None) -> Geometries:
    if roads is None:
        return np.empty(0, dtype=object)
    shapes = roads.geometry
    width = np.asarray(roads.columns["width_m"], dtype=float)[roads.feature]
    half = np.where(np.isfinite(width), width, _SOME_WIDTH_M) / 2
    is_line, areas = shapely.get_dimensions(shapes) == 1, shapes.copy()
    if is_line.any():
        areas[is_line] = in_slices(shapely.buffer, shapes[is_line], half[is_line])
    return areas
