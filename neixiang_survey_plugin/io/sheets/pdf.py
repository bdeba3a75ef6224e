"""Sheets as a PDF: true to size, the font inside, every word to be found."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.letters import width_mm
from neixiang_survey_plugin.app.sheets.scene import EM, PAPER, Area, Line, Mark, Points, Sheet, Text
from neixiang_survey_plugin.io.sheets.fonts import SheetFont

if TYPE_CHECKING:
    from fpdf import FPDF

_POINTS_A_MM = 72.0 / 25.4
_FAMILY = "sheet"
_BASE = 0.36  # of the em: how far the foot of a character lies below its middle
_BOLD = 0.025  # of the em: the stroke that makes a regular font bold
_MASK = 0.52  # of the em: half the height of what is cleared behind words


def sheets_pdf(
    sheets: Sequence[Sheet],
    font: SheetFont,
    *,
    title: str,
    author: str,
    on: date,
    small: bytes | None = None,
) -> bytes:
    """A document of one page a sheet; the same sheets give the same bytes.

    ``small`` is ``font.small`` of these and perhaps of other sheets, where it was made already.
    """
    from fpdf import FPDF

    document = FPDF(unit="mm")
    document.set_auto_page_break(False)
    document.set_margin(0)
    document.set_title(font.spelled(title))
    document.set_author(font.spelled(author))
    document.set_creation_date(datetime.combine(on, time(), tzinfo=UTC))
    document.set_display_mode(zoom="fullpage")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{_FAMILY}.ttf"
        file.write_bytes(small or small_font(sheets, font))
        document.add_font(_FAMILY, "", file)
        hand = _Hand(document, font)
        for sheet in sheets:
            hand.page(sheet)
        return bytes(document.output())


def small_font(sheets: Iterable[Sheet], font: SheetFont) -> bytes:
    """A font of the characters of some sheets alone."""
    return font.small(text for sheet in sheets for text in sheet.texts)


class _Hand:
    """Draws marks on the pages of one document."""

    def __init__(self, document: FPDF, font: SheetFont) -> None:
        self._document, self._font = document, font

    def page(self, sheet: Sheet) -> None:
        """Add a page of the sheet's size and draw what stands on it."""
        self._document.add_page(orientation="portrait", format=sheet.size_mm)
        self._document.set_line_width(0.1)
        for mark in sheet.marks:
            self._draw(mark)

    def _draw(self, mark: Mark) -> None:
        if isinstance(mark, Line):
            self._line(mark)
        elif isinstance(mark, Area):
            self._area(mark)
        else:
            self._text(mark)

    def _line(self, mark: Line) -> None:
        self._pen(mark.colour, mark.width_mm)
        if mark.dash_mm is not None:
            self._document.set_dash_pattern(*mark.dash_mm)
        self._document.polyline(list(mark.points))
        if mark.dash_mm is not None:
            self._document.set_dash_pattern()

    def _area(self, mark: Area) -> None:
        if mark.fill is not None:
            self._document.set_fill_color(*_rgb(mark.fill))
            self._document.polyline(list(_seamed(mark.rings)), style="F")
        if mark.edge is not None:
            self._pen(mark.edge, mark.width_mm)
            for ring in mark.rings:
                self._document.polyline(list(ring), polygon=True)

    def _text(self, mark: Text) -> None:
        shown = self._font.spelled(mark.text)
        if not shown:
            return
        em_mm = mark.size_mm * EM
        wide_mm = width_mm(self._font, mark.text, mark.size_mm)
        shift = {Anchor.LEFT: 0.0, Anchor.CENTRE: wide_mm / 2.0, Anchor.RIGHT: wide_mm}
        x, y = mark.at[0] - shift[mark.anchor], mark.at[1]
        document = self._document
        with document.rotation(mark.turned_deg, *mark.at):
            if mark.masked:
                document.set_fill_color(*_rgb(PAPER))
                high_mm = _MASK * em_mm
                document.rect(x - 0.3, y - high_mm, wide_mm + 0.6, 2 * high_mm, style="F")
            document.set_font(_FAMILY, size=em_mm * _POINTS_A_MM)
            document.set_text_color(*_rgb(mark.colour))
            self._write(mark, x, y + _BASE * em_mm, shown)

    def _write(self, mark: Text, x: float, y: float, shown: str) -> None:
        document: Any = self._document
        said: dict[str, Any] = {}
        if mark.opacity < 1.0:
            said["fill_opacity"] = mark.opacity
        if mark.bold:
            said["text_mode"] = "FILL_STROKE"
            said["draw_color"] = mark.colour
            said["line_width"] = _BOLD * mark.size_mm * EM
        if not said:
            document.text(x, y, shown)
            return
        with document.local_context(**said):
            document.text(x, y, shown)

    def _pen(self, colour: str, width_mm: float) -> None:
        self._document.set_draw_color(*_rgb(colour))
        self._document.set_line_width(width_mm)


def _rgb(colour: str) -> tuple[int, int, int]:
    value = int(colour.lstrip("#"), 16)
    return value >> 16, value >> 8 & 0xFF, value & 0xFF


def _seamed(rings: Sequence[Points]) -> Points:
    """The rings of an area as one line that fills it and leaves its holes."""
    if len(rings) == 1:
        return rings[0]
    shape = shapely.geometry.polygon.orient(shapely.Polygon(rings[0], rings[1:]))
    points: list[tuple[float, ...]] = list(shape.exterior.coords)
    for hole in shape.interiors:
        points += [*hole.coords, points[0]]
    return tuple((x, y) for x, y in points)
