"""The section across the lines that were agreed to be laid in one go, all of them on one sheet."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.app.drawings import Drawing
from neixiang_survey_plugin.app.sheets import page as pages
from neixiang_survey_plugin.app.sheets.letters import Letters, fitted_mm
from neixiang_survey_plugin.app.sheets.page import Page
from neixiang_survey_plugin.app.sheets.scene import QUIET, Mark, Text, placed
from neixiang_survey_plugin.app.sheets.tables import Column, Table, flowed
from neixiang_survey_plugin.app.trenching.section_drawing import section_drawing
from neixiang_survey_plugin.app.trenching.shown import SharedTrench
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.core.measuring.polylines import Floats
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection, section_as_laid
from neixiang_survey_plugin.core.trenching.rules import TrenchShape

_REACH_M = 12.0  # to both sides of the line that is cut
_TOP_MM = pages.TOP_MM + 20.0
_ROOM_MM = (pages.COLUMN_MM - pages.LEFT_MM - 16.0, pages.BOTTOM_MM - _TOP_MM - 24.0)
_COLUMN = Column(pages.COLUMN_MM + pages.PAD_MM, pages.TOP_MM + 22.0, pages.BLOCK_TOP_MM - 6.0)
_WIDTHS = (43.0, 24.0, 24.0)


def common_section_pages(
    shared: Sequence[SharedTrench], shape: TrenchShape, letters: Letters
) -> tuple[Page, ...]:
    """One sheet for each set of common works that was agreed on; what is only proposed has none."""
    return tuple(_page(one, shape, letters) for one in shared if one.accepted)


def _page(shared: SharedTrench, shape: TrenchShape, letters: Letters) -> Page:
    size = fitted_mm(letters, shared.title, 3.2, _ROOM_MM[0])
    table = Table(words.COMMON_TABLE, words.COMMON_HEADINGS, _WIDTHS, shared.rows)
    column, _ = flowed((table,), [_COLUMN], letters)
    section = section_of(shared, shape)
    drawing = None if section is None else section_drawing(section, room_mm=_ROOM_MM)
    marks: list[Mark] = [
        Text((pages.LEFT_MM + 4.0, pages.TOP_MM + 6.0), shared.title, size, bold=True),
        *_drawn(drawing),
        *column,
        *pages.noted(words.COMMON_NOTES, letters),
    ]
    scale = "" if drawing is None else words.scale_words(drawing.scale)
    return Page(words.COMMON, scale, tuple(marks))


def _drawn(drawing: Drawing | None) -> Iterator[Mark]:
    left = pages.LEFT_MM + 4.0
    if drawing is None:
        yield Text((left, _TOP_MM), words.NO_COMMON_SECTION, 2.4, QUIET)
    else:
        yield from placed(drawing, left, _TOP_MM)


def section_of(shared: SharedTrench, shape: TrenchShape) -> CrossSection | None:
    """The section where all the lines lie side by side; None where a size or such a place lacks."""
    routes = [one.laid for one in shared.lines if one.laid is not None]
    if len(routes) < len(shared.lines) or any(one.diameter_mm is None for one in routes):
        return None
    centre_m = _side_by_side([one.line for one in routes])
    if centre_m is None:
        return None
    trench = [0 if one.area is not None else row for row, one in enumerate(shared.lines, start=1)]
    return section_as_laid(routes, trench, centre_m, shape)


def _side_by_side(lines: Sequence[LineString]) -> list[float] | None:
    """How far each line lies to the right of the first, in the middle of its longest such piece."""
    points = shapely.get_coordinates(lines[0])
    pieces = list(itertools.pairwise(points))
    pieces.sort(key=lambda ends: float(np.hypot(*(ends[1] - ends[0]))), reverse=True)
    for begin, end in pieces:
        ahead = (end - begin) / np.hypot(*(end - begin))
        across = np.array([ahead[1], -ahead[0]])
        middle = (begin + end) / 2.0
        cut = LineString([middle - _REACH_M * across, middle + _REACH_M * across])
        met = [shapely.intersection(cut, line) for line in lines]
        if not any(one.is_empty for one in met):
            nearest = (_nearest(one, middle) for one in met)
            return [float((at - middle) @ across) for at in nearest]
    return None


def _nearest(met: Geometry, middle: Floats) -> Floats:
    """The crossing that lies nearest, of a line that comes back."""
    found = shapely.get_coordinates(met)
    nearest: Floats = found[int(np.argmin(np.hypot(*(found - middle).T)))]
    return nearest
