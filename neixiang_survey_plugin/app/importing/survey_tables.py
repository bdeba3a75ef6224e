"""Lines, points and rings out of the tables that surveyors hand over (CJJ 61: points and lines)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from shapely import Geometry, LineString, Point, Polygon
from shapely.errors import GEOSException

from neixiang_survey_plugin.app.importing.amounts import read_amount
from neixiang_survey_plugin.app.importing.meanings import word_reader
from neixiang_survey_plugin.app.importing.survey_columns import (
    Part,
    Parts,
    coordinate_columns,
    parts_of_heading,
)
from neixiang_survey_plugin.core.older_shapely import from_text
from neixiang_survey_plugin.core.schema import PIPELINES

Row = Sequence[str | None]
Place = tuple[float, float]  # east or longitude, then north or latitude
# Depths of gravity mains are measured to the invert, of all others to the top (CJJ 61).
_GRAVITY = frozenset({"sewer", "storm"})
_CODE = re.compile(r"[A-Za-z]{2,4}(?=\d|-|_|$)")
COVER, NAME, CODE = "管顶埋深", "管线编号", "点号前缀"


@dataclass(frozen=True)
class SurveyTable:
    """A table as it stands in a file: where it is, its headings, its rows, the parts it has."""

    place: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def parts(self) -> Parts:
        """Which of its columns holds what."""
        return parts_of_heading(self.headings)


@dataclass
class Shaped:
    """Rows with their geometry, None where there is none for the reason in ``unreadable``."""

    geometry: list[Geometry | None] = field(default_factory=list)
    rows: list[dict[str, str | None]] = field(default_factory=list)
    unreadable: dict[int, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def add(self, geometry: Geometry | None, row: dict[str, str | None], why: str = "") -> None:
        """Keep a row; ``why`` it has no geometry."""
        if geometry is None and why:
            self.unreadable[len(self.rows)] = why
        self.geometry.append(geometry)
        self.rows.append(row)


def pairs_of(table: SurveyTable) -> list[tuple[float, float]]:
    """The two coordinates of every row that has both, in the order of their columns."""
    columns = coordinate_columns(table.parts)
    pairs = (_pair(row, columns) for row in table.rows) if columns else ()
    return [pair for pair in pairs if pair is not None]


def shape_points(table: SurveyTable, north_first: bool) -> Shaped:
    """A point a row."""
    shaped = Shaped()
    for row in table.rows:
        place = _place(table, row, north_first)
        why = "没有坐标，或坐标不是数"
        shaped.add(None if place is None else Point(place), _cells(table, row), why)
    return shaped


def shape_texts(table: SurveyTable) -> Shaped:
    """The geometry that each row writes out as WKT."""
    shaped = Shaped()
    for row in table.rows:
        written = row[table.parts[Part.WKT]]
        try:
            shape = from_text(written) if written else None
        except GEOSException:
            shape = None
        shaped.add(shape, _cells(table, row), "WKT 写得不对" if written else "没有 WKT")
    return shaped


def shape_courses(table: SurveyTable, north_first: bool, areas: bool) -> Shaped:
    """A line for each number of a line, through its rows in their order; with ``areas`` a ring.

    A ring that ends where it began is one without ``areas`` too. The cells are those of the first
    row.
    """
    parts, shaped = table.parts, Shaped()
    courses: dict[str, list[tuple[float, Row]]] = {}
    for number, row in enumerate(table.rows):
        name = row[parts[Part.LINE]]
        if name is not None:
            order = _float(row[parts[Part.ORDER]]) if Part.ORDER in parts else None
            courses.setdefault(name, []).append((number if order is None else order, row))
    for name, course in courses.items():
        course.sort(key=lambda one: one[0])
        places = [_place(table, row, north_first) for _, row in course]
        known = [place for place in places if place is not None]
        shape = _course(known, areas) if len(known) == len(places) else None
        shaped.add(shape, _cells(table, course[0][1]), f"{name} 的点不够，或有的点没有坐标")
    return shaped


def shape_links(
    lines: Sequence[SurveyTable],
    points: Sequence[SurveyTable],
    north_first: Callable[[SurveyTable], bool],
) -> Shaped:
    """A line a row that joins two points, by their numbers in the tables of points.

    A row that says its own point's coordinates and the point it leads to needs no other table;
    what is written at both ends is one line. The least cover of both ends stands in ``管顶埋深``.
    """
    places, twice = _places(points, north_first)
    depths = _depths(points)
    shaped, seen = Shaped(), set()
    repeated = 0
    for table in lines:
        from_column = table.parts.get(Part.START, table.parts.get(Part.POINT, 0))
        for row in table.rows:
            start, end = _key(row[from_column]), _key(row[table.parts[Part.END]])
            if start is None or end is None:
                continue  # the last point of a line leads nowhere
            if Part.START not in table.parts and frozenset((start, end)) in seen:
                repeated += 1
                continue
            seen.add(frozenset((start, end)))
            cells = {**_cells(table, row), **_derived(table, row, start, end, depths)}
            shape, why = _link(start, end, places, twice)
            shaped.add(shape, cells, why)
    if repeated:
        shaped.remarks.append(f"两端的点上各记了一次的管段有 {repeated} 条，合成了一条")
    return shaped


def _link(
    start: str, end: str, places: Mapping[str, Place], twice: frozenset[str]
) -> tuple[Geometry | None, str]:
    for name in (start, end):
        if name in twice:
            return None, f"点号 {name} 在点表里有几个不同的坐标"
        if name not in places:
            return None, f"点号 {name} 在点表里没有"
    if places[start] == places[end]:
        return None, f"起点 {start} 和终点 {end} 是同一个位置"
    return LineString([places[start], places[end]]), ""


def _places(
    points: Sequence[SurveyTable], north_first: Callable[[SurveyTable], bool]
) -> tuple[dict[str, Place], frozenset[str]]:
    """Where each numbered point is, and the numbers that lie in several places."""
    places: dict[str, Place] = {}
    twice = set()
    for table in points:
        first = north_first(table)
        for row in table.rows:
            name = _key(row[table.parts[Part.POINT]])
            place = _place(table, row, first)
            if name is not None and place is not None and places.setdefault(name, place) != place:
                twice.add(name)
    return places, frozenset(twice)


def _depths(points: Sequence[SurveyTable]) -> dict[str, float]:
    """The depth at each point of tables that say it there: the least, where lines differ."""
    depths: dict[str, float] = {}
    for table in points:
        if Part.DEPTH not in table.parts:
            continue
        for row in table.rows:
            name, depth = _key(row[table.parts[Part.POINT]]), _metres(table, row, Part.DEPTH)
            if name is not None and depth is not None:
                depths[name] = min(depth, depths.get(name, depth))
    return depths


def _derived(
    table: SurveyTable, row: Row, start: str, end: str, depths: Mapping[str, float]
) -> dict[str, str | None]:
    """What a row of a line says between the lines: its name, its utility's code, its cover."""
    derived: dict[str, str | None] = {}
    plain = {heading.casefold() for heading in table.headings}
    if NAME.casefold() not in plain:
        derived[NAME] = f"{start}-{end}"
    code = _CODE.match(start)
    if Part.UTILITY not in table.parts and code is not None:
        derived[CODE] = code[0].upper()
    if {Part.START_DEPTH, Part.END_DEPTH} <= table.parts.keys():
        both = _metres(table, row, Part.START_DEPTH), _metres(table, row, Part.END_DEPTH)
    else:
        both = depths.get(start), depths.get(end)
    cover = _cover(table, row, both)
    if cover is not None or Part.START_DEPTH in table.parts or depths:
        derived[COVER] = None if cover is None else f"{round(cover, 3)}"
    return derived


def _cover(table: SurveyTable, row: Row, both: tuple[float | None, float | None]) -> float | None:
    """Metres from the ground to the pipe's top, at the shallower end; None where any is unknown."""
    first, second = both
    field_ = PIPELINES.field("utility")
    if first is None or second is None or field_ is None:
        return None
    written = row[table.parts[Part.UTILITY]] if Part.UTILITY in table.parts else None
    utility = word_reader(PIPELINES.name, field_)(written or "")
    if utility is None:
        return None
    depth = min(first, second)
    if utility not in _GRAVITY:
        return depth
    size = row[table.parts[Part.SIZE]] if Part.SIZE in table.parts else None
    bore = read_amount("diameter_mm", size) if size else None
    return None if bore is None else depth - bore.value / 1000


def _metres(table: SurveyTable, row: Row, part: Part) -> float | None:
    written = row[table.parts[part]] if part in table.parts else None
    amount = read_amount("cover_m", written) if written else None
    return None if amount is None else amount.value


def _course(places: list[Place], areas: bool) -> Geometry | None:
    ring = list(dict.fromkeys(places))
    closed = len(ring) > 2 and places[0] == places[-1]
    if (areas and len(ring) > 2) or closed:
        return Polygon(ring)
    return LineString(places) if len(ring) > 1 and not areas else None


def _cells(table: SurveyTable, row: Row) -> dict[str, str | None]:
    return dict(zip(table.headings, row, strict=True))


def _place(table: SurveyTable, row: Row, north_first: bool) -> Place | None:
    pair = _pair(row, coordinate_columns(table.parts))
    if pair is None:
        return None
    return (pair[1], pair[0]) if north_first else pair


def _pair(row: Row, columns: tuple[int, int] | None) -> tuple[float, float] | None:
    if columns is None:
        return None
    first, second = _float(row[columns[0]]), _float(row[columns[1]])
    return None if first is None or second is None else (first, second)


def _float(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", ""))
    except ValueError:
        return None


def _key(text: str | None) -> str | None:
    return text.strip().upper() or None if text else None
