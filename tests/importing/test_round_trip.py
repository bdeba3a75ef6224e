"""The sample county, handed over in every format in a foreign guise, comes back as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from neixiang_survey_plugin.places import sample_county
from tests.importing.counties import EPSG, make_county
from tests.importing.guises import (
    Guise,
    guise,
    write_csv,
    write_dxf,
    write_kml,
    write_ogr,
    write_xlsx,
)

ZONED, NEIGHBOUR, DEGREES, UTM = "EPSG:4525", "EPSG:4547", "EPSG:4490", "EPSG:32649"
Write = Callable[[Path, Guise], tuple[Path, ...]]


@cache
def sample() -> County:
    return load_county(sample_county())


def thinned(table: FeatureTable, step: int) -> FeatureTable:
    """Every so many-th feature; those of the sample have one part each."""
    rows = np.arange(0, len(table), step)
    columns = {name: column[rows] for name, column in table.columns.items()}
    feature = np.arange(len(rows))
    return replace(table, geometry=table.geometry[rows], feature=feature, columns=columns)


def agrees(came: FeatureTable, was: FeatureTable) -> None:
    """Field by field, and every corner to a millimetre."""
    order = {name: row for row, name in enumerate(came.ids.tolist())}
    rows = [order[name] for name in was.ids.tolist()]
    assert len(came) == len(was)
    for name, column in was.columns.items():
        found = came.columns[name][rows]
        if column.dtype.kind == "f":
            assert np.allclose(found, column, rtol=0.0, atol=1e-9, equal_nan=True), name
        else:
            assert [str(one) for one in found] == [str(one) for one in column], name
    shapes = came.geometry[[int(np.flatnonzero(came.feature == row)[0]) for row in rows]]
    assert shapely.hausdorff_distance(shapes, was.geometry).max() < 0.001


def by_kind(found: Guise) -> list[tuple[str, Guise]]:
    """Most formats hold one kind of geometry in a layer: roads that are lines lie in a second."""
    kinds = dict.fromkeys(shape.geom_type for shape in found.shapes)
    return [(k, found.part(lambda shape, kind=k: shape.geom_type == kind)) for k in kinds]


def shapefiles(path: Path, found: Guise) -> tuple[Path, ...]:
    paths = []
    for kind, part in by_kind(found):
        paths.append(path.with_name(f"{path.name}_{kind}.shp"))
        write_ogr(paths[-1], part, "ESRI Shapefile", encoding="GBK")
        paths[-1].with_suffix(".cpg").unlink()
    return tuple(paths)


def geodatabase(path: Path, found: Guise) -> tuple[Path, ...]:
    whole = path.with_suffix(".gdb")
    for kind, part in by_kind(found):
        write_ogr(whole, part, "OpenFileGDB", layer=f"L_{kind}", append=whole.exists())
    return (whole,)


def one_file(ending: str, write: Callable[..., Path], *more: str) -> Write:
    return lambda path, found: (write(path.with_suffix(ending), found, *more),)


FORMATS: dict[str, tuple[str, bool, int, Write]] = {
    "shapefile_gbk": (ZONED, True, 12, shapefiles),
    "geodatabase": (UTM, False, 30, geodatabase),
    "geopackage": (NEIGHBOUR, False, 30, one_file(".gpkg", write_ogr, "GPKG")),
    "geojson": (DEGREES, False, 30, one_file(".geojson", write_ogr, "GeoJSON")),
    "kml_gbk": (DEGREES, False, 30, one_file(".kml", write_kml, "gbk")),
    "csv_gbk": (ZONED, False, 30, one_file(".csv", write_csv, "gbk")),
    "xlsx": (NEIGHBOUR, False, 30, one_file(".xlsx", write_xlsx)),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_layer_comes_back_from_every_format_as_it_was(tmp_path: Path, name: str) -> None:
    crs, initials, step, write = FORMATS[name]
    county = make_county(tmp_path / "county")
    told = crs if name in ("csv_gbk", "xlsx") else None  # tables name no system
    was = {layer: thinned(table, step) for layer, table in sample().layers.items()}
    for layer, table in was.items():
        sources = write(tmp_path / layer, guise(table, crs, EPSG, initials))
        import_layer(ImportRequest(layer, sources, county, Choice(("*",)), crs=told))
    for layer, table in load_county(county).layers.items():
        agrees(table, was[layer])


@pytest.mark.parametrize("layer", ["pipelines", "obstacles", "buildings"])
def test_lines_points_and_areas_come_back_from_a_drawing(tmp_path: Path, layer: str) -> None:
    county = make_county(tmp_path / "county")
    table = thinned(sample().layers[layer], 60)
    source = write_dxf(tmp_path / "a.dxf", guise(table, ZONED, EPSG))
    import_layer(ImportRequest(layer, (source,), county, crs=ZONED))
    agrees(load_county(county).layers[layer], table)
