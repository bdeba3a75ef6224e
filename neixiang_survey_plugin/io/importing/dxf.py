"""Reading a DXF drawing: its layers, blocks with their attributes, texts, arcs and splines."""

# ezdxf and not GDAL: the chord of an arc stays within a tenth of a millimetre of it, a block keeps
# its attributes, and texts in GBK are read by the code page that the drawing names.

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, LineString, Point, Polygon, STRtree

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import GeometryKind
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.found import Found
from neixiang_survey_plugin.io.importing.kinds import of_kinds
from neixiang_survey_plugin.io.raw_layer import raw_layer_of_rows

LAYER, BLOCK, TEXT, INSIDE = "图层", "块名", "文字", "内部文字"
# Not 类型: so people call the kind of a green space or a tree, also as an attribute of a block.
TYPE = "图元类型"
_SAGITTA_M = 0.0001
_Place = tuple[float, float]
_DWG = b"AC10"
_DEEPEST = 8  # blocks within blocks
_PLANAR = frozenset({"LINE", "LWPOLYLINE", "POLYLINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE"})
_TEXTS = frozenset({"TEXT", "MTEXT", "ATTDEF"})
_ONLY_SHOWN = frozenset(
    {"DIMENSION", "LEADER", "MULTILEADER", "VIEWPORT", "IMAGE", "SOLID", "3DFACE"}
)


@dataclass
class _Drawn:
    """Rows of a drawing as they are found, for a layer that holds some kinds of geometry."""

    kinds: tuple[GeometryKind, ...]
    shapes: list[Geometry] = field(default_factory=list)
    rows: list[dict[str, str | None]] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


def read_dxf(path: Path, choice: Choice) -> Found:
    """The entities of the chosen layers of a drawing, of all where none is chosen.

    Closed outlines are areas where the layer to be made holds areas, blocks are points where it
    holds points and are taken apart elsewhere. A drawing names no system. SurveyError when it
    cannot be read.
    """
    drawing = _opened(path)
    # Entities may lie on layers that the drawing's table does not list.
    layers = tuple(sorted({entity.dxf.layer for entity in drawing.modelspace()}))
    wanted = {name.casefold() for name in choice.layers}
    unknown = wanted - {name.casefold() for name in layers}
    if unknown:
        raise SurveyError(
            f"{path}: 没有图层 {'、'.join(sorted(unknown))}；图里有 {'、'.join(layers)}"
        )
    drawn = _Drawn(choice.kinds or tuple(GeometryKind))
    for entity in drawing.modelspace():
        if not wanted or entity.dxf.layer.casefold() in wanted:
            _take(entity, entity.dxf.layer, drawn, 0)
    _label(drawn)
    remarks = [f"{count} 个 {kind} 没有收：不是图形" for kind, count in drawn.left.items()]
    raw = raw_layer_of_rows(path, path.stem, None, drawn.shapes, drawn.rows)
    raw = replace(raw, geometry=shapely.force_2d(raw.geometry))
    found = Found(raw, layers, "dxf", drawing.encoding, None, tuple(remarks))
    return of_kinds(found, choice.kinds)


def _opened(path: Path) -> Any:
    with path.open("rb") as file:
        if file.read(len(_DWG)) == _DWG:
            raise SurveyError(f"{path}: 是 DWG 图，不是 DXF；请用 CAD 另存为 DXF")
    try:
        from ezdxf import recover
        from ezdxf.lldxf.const import DXFError
    except ImportError:
        raise SurveyError(
            f"{path}: 读 DXF 需要 ezdxf；请执行 pip install 'neixiang-survey-plugin[cad]'"
        ) from None
    try:
        drawing, _ = recover.readfile(path)
    except (OSError, DXFError, ValueError, KeyError, IndexError, TypeError) as error:
        raise SurveyError(
            f"{path}: 不是 DXF 图，或已损坏（{str(error).splitlines()[0]}）；请用 CAD 另存为 DXF"
        ) from None
    return drawing


def _take(entity: Any, layer: str, drawn: _Drawn, deep: int) -> None:
    kind = entity.dxftype()
    row = {LAYER: layer, TYPE: kind, "handle": entity.dxf.handle}
    if kind == "INSERT":
        _take_block(entity, row, drawn, deep)
    elif kind in _TEXTS:
        text = entity.plain_text() if kind == "MTEXT" else entity.dxf.text
        _keep(drawn, Point(_inserted(entity)), {**row, TEXT: str(text).strip() or None})
    elif kind == "POINT":
        _keep(drawn, Point(_place(entity.dxf.location)), row)
    elif kind in _PLANAR or kind == "HATCH":
        for shape in _shapes(entity, kind, drawn.kinds):
            _keep(drawn, shape, row)
    else:
        drawn.left[kind] += 1


def _take_block(entity: Any, row: dict[str, str | None], drawn: _Drawn, deep: int) -> None:
    """A block with its attributes: where it stands, or what it is made of."""
    tags = {tag.dxf.tag: tag.dxf.text.strip() or None for tag in entity.attribs}
    if GeometryKind.POINT in drawn.kinds:
        _keep(drawn, Point(_inserted(entity)), {**row, BLOCK: entity.dxf.name, **tags})
    if drawn.kinds == (GeometryKind.POINT,) or deep >= _DEEPEST:
        return
    before = len(drawn.rows)
    for part in entity.virtual_entities():
        # What lies in a block on layer 0 takes the layer on which the block was put.
        layer = part.dxf.layer if part.dxf.layer != "0" else row[LAYER] or "0"
        _take(part, layer, drawn, deep + 1)
    for part_row in drawn.rows[before:]:
        part_row.update({"handle": row["handle"], BLOCK: entity.dxf.name, **tags})


def _shapes(entity: Any, kind: str, kinds: tuple[GeometryKind, ...]) -> Iterator[Geometry]:
    areas = GeometryKind.POLYGON in kinds
    if kind == "HATCH":
        rings = _hatched(entity) if areas else []
        yield from (Polygon(ring) for ring in rings if len(set(ring)) > 2)
        return
    points = _course(entity, kind)
    if len(set(points)) < 2:
        return
    closed = bool(getattr(entity, "closed", False) or getattr(entity, "is_closed", False))
    if closed and points[0] != points[-1]:
        points.append(points[0])
    if areas and points[0] == points[-1] and len(set(points)) > 2:
        yield Polygon(points)
    else:
        yield LineString(points)


def _course(entity: Any, kind: str) -> list[_Place]:
    """The corners of a line, or points on a curve, in the drawing's own coordinates."""
    if kind == "LINE":
        return [_place(entity.dxf.start), _place(entity.dxf.end)]
    if kind in ("LWPOLYLINE", "POLYLINE"):
        return _polyline(entity, kind)
    # Not by ezdxf's paths: their Bezier curves leave an arc of 30 m by 8 mm.
    return [_place(one) for one in entity.flattening(_SAGITTA_M)]


def _polyline(entity: Any, kind: str) -> list[_Place]:
    if kind == "POLYLINE" and not (entity.is_2d_polyline or entity.is_3d_polyline):
        return []  # a mesh
    corners = entity.vertices_in_wcs() if kind == "LWPOLYLINE" else entity.points_in_wcs()
    if not entity.has_arc:
        return [_place(one) for one in corners]
    points = [_place(next(iter(corners)))]
    for part in entity.virtual_entities():
        course = _course(part, part.dxftype())
        # An arc is always drawn against the clock, whichever way the line runs.
        if math.dist(points[-1], course[0]) > math.dist(points[-1], course[-1]):
            course.reverse()
        points += course[1:]
    return points


def _hatched(entity: Any) -> list[list[_Place]]:
    from ezdxf import path as ezpath

    paths = ezpath.from_hatch(entity)
    return [[_place(point) for point in one.flattening(_SAGITTA_M)] for one in paths]


def _inserted(entity: Any) -> _Place:
    """Where a block or text stands; one that was mirrored has axes of its own."""
    insert = entity.dxf.insert
    return _place(insert if entity.dxftype() == "MTEXT" else entity.ocs().to_wcs(insert))


def _place(point: Any) -> _Place:
    return float(point.x), float(point.y)


def _keep(drawn: _Drawn, shape: Geometry, row: dict[str, str | None]) -> None:
    drawn.shapes.append(shape)
    drawn.rows.append(dict(row))


def _label(drawn: _Drawn) -> None:
    """The texts that stand within an area, in its column ``内部文字``."""
    texts = [row for row, cells in enumerate(drawn.rows) if cells.get(TEXT)]
    areas = [row for row, shape in enumerate(drawn.shapes) if isinstance(shape, Polygon)]
    if not texts or not areas:
        return
    tree = STRtree([drawn.shapes[row] for row in texts])
    shapes = np.array([drawn.shapes[row] for row in areas], dtype=object)
    found: dict[int, list[str]] = {}
    for area, text in np.transpose(tree.query(shapes, predicate="contains")).tolist():
        found.setdefault(areas[area], []).append(str(drawn.rows[texts[text]][TEXT]))
    for row, inside in found.items():
        drawn.rows[row][INSIDE] = " ".join(inside)
