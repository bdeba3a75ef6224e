"""The county's layers as somebody else would hand them over: other names, words, units, systems."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import ezdxf
import numpy as np
import pyogrio.raw
import shapely
from openpyxl import Workbook
from pyproj import Transformer
from shapely import Geometry

from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import Field, FieldType
from neixiang_survey_plugin.core.vocabulary import chinese_word

# A heading for each field, and its initials for a table that keeps ten characters.
NAMES: Mapping[str, tuple[str, str]] = {
    "road_id": ("道路编号", "DLBH"),
    "roads.name": ("道路名称", "DLMC"),
    "road_class": ("道路等级", "DLDJ"),
    "width_m": ("红线宽度(m)", "HXKD"),
    "delivered_on": ("交付日期", "JFRQ"),
    "delivery_kind": ("建设性质", "JSXZ"),
    "overhauled_on": ("大修日期", "DXRQ"),
    "owner": ("权属单位", "QSDW"),
    "surface_id": ("路面编号", "LMBH"),
    "surface_kind": ("路面部位", "路面部位"),
    "pavement": ("路面材料", "LMCL"),
    "green_id": ("绿地编号", "LDBH"),
    "green_spaces.name": ("绿地名称", "LDMC"),
    "green_kind": ("绿地类型", "LDLX"),
    "pipe_id": ("管线编号", "GXBH"),
    "utility": ("管线种类", "GXZL"),
    "laying": ("埋设方式", "MSFS"),
    "diameter_mm": ("管径", "GJ"),
    "pressure_class": ("压力级制", "YLDJ"),
    "voltage_kv": ("电压(V)", "DYDJ"),
    "cover_m": ("覆土深度(cm)", "FTSD"),
    "position_accuracy_m": ("平面精度(m)", "平面精度"),
    "building_id": ("建筑物编号", "JZBH"),
    "height_m": ("建筑高度(m)", "JZGD"),
    "obstacle_id": ("障碍物编号", "BH"),
    "obstacles.kind": ("障碍物类型", "障碍物种类"[:5]),
    "plan_id": ("规划管线编号", "GHBH"),
    "plan_name": ("规划名称", "GHMC"),
    "year": ("规划年份", "GHNF"),
    "control_id": ("控制线编号", "BH"),
    "control_areas.kind": ("控制线类型", "KZXLX"),
    "control_areas.name": ("名称", "MC"),
    "authority": ("主管部门", "ZGBM"),
    "site_id": ("地块编号", "DKBH"),
    "sites.name": ("地块名称", "DKMC"),
    "applicant": ("申请单位", "SQDW"),
}
_CODES = dict(
    zip(
        "water power gas heat telecom sewer storm reclaimed".split(),
        "JS DL RQ RL DX WS YS ZS".split(),
        strict=True,
    )
)
_CLASSES = {"arterial": "城市主干路Ⅱ级", "secondary": "次干道", "highway": "公路"}
_SCALES = {"电压(V)": 1000.0, "覆土深度(cm)": 100.0}
_UNITS = {"DYDJ": "kV", "FTSD": "m", "HXKD": "m", "JZGD": "米"}


@dataclass(frozen=True)
class Guise:
    """A layer in disguise: its columns as text, its geometry in another system."""

    layer: str
    columns: Mapping[str, Sequence[str | None]]
    shapes: Sequence[Geometry]
    crs: str

    def rows(self) -> list[tuple[str | None, ...]]:
        return list(zip(*self.columns.values(), strict=True))

    def part(self, keep: Callable[[Geometry], bool]) -> Guise:
        rows = [row for row, shape in enumerate(self.shapes) if keep(shape)]
        columns = {name: [cells[row] for row in rows] for name, cells in self.columns.items()}
        return Guise(self.layer, columns, [self.shapes[row] for row in rows], self.crs)


def guise(table: FeatureTable, crs: str, epsg: int, initials: bool = False) -> Guise:
    """A layer of single parts under other names and words, moved to another system."""
    columns = {}
    for field in table.schema.fields:
        heading, short = NAMES.get(f"{table.schema.name}.{field.name}") or NAMES[field.name]
        name = short if initials else heading
        cells = table.columns[field.name].tolist()
        columns[name] = [_cell(field, value, name, row) for row, value in enumerate(cells)]
    mover = Transformer.from_crs(epsg, crs, always_xy=True)
    moved = shapely.transform(table.geometry, lambda xy: np.column_stack(mover.transform(*xy.T)))
    return Guise(table.schema.name, columns, moved.tolist(), crs)


def _cell(field: Field, value: Any, name: str, row: int) -> str | None:
    if value is None or value != value:
        return (None, "不详")[row % 2] if field.type is not FieldType.TEXT else None
    if isinstance(value, date):
        spellings = ("{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日", "{0.year}/{0.month}/{0.day}")
        return (*spellings, str((value - date(1899, 12, 30)).days))[row % 4].format(value)
    if field.name == "utility":
        return _CODES[value]
    if field.type is FieldType.WORD:
        return _CLASSES.get(value) or chinese_word(field.words or {}, value)
    if field.name == "diameter_mm":
        return (f"DN{value:g}", f"{value:g}", f"{value / 1000:g}m")[row % 3]
    if field.name == "year":
        return f"{value:.0f}年"
    if field.type is FieldType.NUMBER:
        return f"{value * _SCALES.get(name, 1.0):.10g}{_UNITS.get(name, '')}"
    return str(value)


def write_ogr(path: Path, found: Guise, driver: str, **options: Any) -> Path:
    kinds = {shape.geom_type for shape in found.shapes}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a geodatabase has no brackets in its names
        pyogrio.raw.write(
            path,
            np.array(shapely.to_wkb(found.shapes), dtype=object),
            [np.array(cells, dtype=object) for cells in found.columns.values()],
            list(found.columns),
            geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown",
            crs=found.crs,
            driver=driver,
            **options,
        )
    return path


def write_kml(path: Path, found: Guise, encoding: str) -> Path:
    marks = []
    for row, shape in zip(found.rows(), found.shapes, strict=True):
        data = "".join(
            f'<Data name="{escape(name)}"><value>{escape(value)}</value></Data>'
            for name, value in zip(found.columns, row, strict=True)
            if value is not None
        )
        marks.append(
            f"<Placemark><ExtendedData>{data}</ExtendedData>{_kml_shape(shape)}</Placemark>"
        )
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    path.write_text(f"{head}<kml><Document>{''.join(marks)}</Document></kml>", encoding=encoding)
    return path


def _kml_shape(shape: Any) -> str:
    def coordinates(ring: Any) -> str:
        return (
            "<coordinates>" + " ".join(f"{x!r},{y!r},0" for x, y in ring.coords) + "</coordinates>"
        )

    if shape.geom_type != "Polygon":
        return f"<{shape.geom_type}>{coordinates(shape)}</{shape.geom_type}>"
    rings = [("outer", shape.exterior), *(("inner", ring) for ring in shape.interiors)]
    inside = "".join(
        f"<{side}BoundaryIs><LinearRing>{coordinates(ring)}</LinearRing></{side}BoundaryIs>"
        for side, ring in rings
    )
    return f"<Polygon>{inside}</Polygon>"


def write_csv(path: Path, found: Guise, encoding: str) -> Path:
    lines = [",".join(["WKT", *found.columns])]
    for row, shape in zip(found.rows(), found.shapes, strict=True):
        lines.append(",".join([f'"{shape.wkt}"', *(cell or "" for cell in row)]))
    path.write_text("\n".join(lines), encoding=encoding)
    return path


def write_xlsx(path: Path, found: Guise) -> Path:
    book = Workbook()
    book.active.append(["某某单位资料"])
    book.active.append(["WKT", *found.columns])
    for row, shape in zip(found.rows(), found.shapes, strict=True):
        book.active.append([shape.wkt, *row])
    book.save(path)
    return path


def write_dxf(path: Path, found: Guise) -> Path:
    """Each thing a block with its attributes, as digitising programs write them."""
    document = ezdxf.new("R2000")
    document.encoding = "gbk"
    space = document.modelspace()
    for number, (row, shape) in enumerate(zip(found.rows(), found.shapes, strict=True)):
        block = document.blocks.new(f"B{number}")
        origin = shapely.get_coordinates(shape)[0]
        inside = shapely.transform(shape, lambda xy, origin=origin: xy - origin)
        if shape.geom_type == "Polygon":
            block.add_lwpolyline(list(inside.exterior.coords)[:-1], close=True)
        elif shape.geom_type == "LineString":
            block.add_lwpolyline(list(inside.coords))
        placed = space.add_blockref(block.name, tuple(origin), dxfattribs={"layer": found.layer})
        for name, cell in zip(found.columns, row, strict=True):
            if cell is not None:
                placed.add_attrib(name, cell, tuple(origin))
    document.saveas(path)
    return path
