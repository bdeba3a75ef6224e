"""A case as data for other programs: GeoPackage, GeoJSON, KML."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.app.colours import UTILITY_COLOURS
from neixiang_survey_plugin.app.wording.exports import FIELD_TITLES, LAYER_TITLES
from neixiang_survey_plugin.app.wording.figures import figure
from neixiang_survey_plugin.io.crs import from_county_grid
from neixiang_survey_plugin.io.gpkg_writing import GpkgLayer, geopackage
from neixiang_survey_plugin.io.packet.features import Cell, Feature, FeatureLayer

_METRE_DIGITS = 4  # a tenth of a millimetre
_DEGREE_DIGITS = 9  # likewise
_NUMBERS = ("_m", "_m2", "_mm", "_deg")


def case_geopackage(layers: Sequence[FeatureLayer], epsg: int) -> bytes:
    """The layers that have anything in them, as GeoPackage 1.3 in the county grid."""
    return geopackage([_gpkg_layer(layer) for layer in layers if layer.features], epsg)


def case_geojson(layers: Sequence[FeatureLayer], epsg: int, *, in_grid: bool) -> bytes:
    """All features as GeoJSON: longitude and latitude as RFC 7946 asks, or the county grid.

    In the grid the old member ``crs`` says so; GDAL and QGIS read it.
    """
    found: dict[str, Any] = {"type": "FeatureCollection"}
    if in_grid:
        name = f"urn:ogc:def:crs:EPSG::{epsg}"
        found["crs"] = {"type": "name", "properties": {"name": name}}
    found["features"] = [
        _geojson(layer.name, one, epsg, in_grid) for layer in layers for one in layer.features
    ]
    return (json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def case_kml(title: str, layers: Sequence[FeatureLayer], epsg: int) -> bytes:
    """The layers as KML: a folder a layer, each line in the colour of its utility."""
    return ("\n".join(_kml(title, layers, epsg)) + "\n").encode()


def degrees(geometry: BaseGeometry, epsg: int) -> BaseGeometry:
    """A geometry of the county grid as longitude and latitude, a tenth of a millimetre exact."""

    def turned(points: np.ndarray) -> np.ndarray:
        return from_county_grid(points, epsg).round(_DEGREE_DIGITS)

    result: BaseGeometry = shapely.transform(geometry, turned)
    return result


def described(feature: Feature) -> Iterator[tuple[str, str]]:
    """The facts that people read, with their Chinese titles; what is unknown says so."""
    for name, title in FIELD_TITLES.items():
        if name in feature.facts:
            value = feature.facts[name]
            if name.endswith(_NUMBERS) and not isinstance(value, str):
                yield title, figure(value)
            elif value:
                yield title, str(value)


def _gpkg_layer(layer: FeatureLayer) -> GpkgLayer:
    names = list(layer.features[0].facts)
    columns = {name: "DOUBLE" if name.endswith(_NUMBERS) else "TEXT" for name in names}
    rows = [(one.geometry, [one.facts[name] for name in names]) for one in layer.features]
    kinds = {one.geometry.geom_type.upper() for one in layer.features}
    return GpkgLayer(layer.name, columns, rows, kinds.pop() if len(kinds) == 1 else "GEOMETRY")


def _geojson(layer: str, feature: Feature, epsg: int, in_grid: bool) -> dict[str, Any]:
    if in_grid:
        shape = shapely.transform(feature.geometry, lambda points: points.round(_METRE_DIGITS))
    else:
        shape = degrees(feature.geometry, epsg)
    facts: dict[str, Cell] = {"layer": layer, **feature.facts}
    return {"type": "Feature", "properties": facts, "geometry": mapping(shape)}


def _kml(title: str, layers: Sequence[FeatureLayer], epsg: int) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    yield f"<name>{escape(title)}</name>"
    for utility, colour in UTILITY_COLOURS.items():
        yield _kml_style(utility, colour)
    for layer in layers:
        if layer.features:
            yield f"<Folder><name>{escape(LAYER_TITLES[layer.name])}</name>"
            for one in layer.features:
                yield _kml_placemark(one, epsg)
            yield "</Folder>"
    yield "</Document></kml>"


def _kml_style(utility: str, colour: str) -> str:
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    ink = f"{blue}{green}{red}"  # KML writes alpha, blue, green, red
    return (
        f"<Style id={quoteattr(utility)}><LineStyle><color>ff{ink}</color><width>3</width>"
        f"</LineStyle><PolyStyle><color>60{ink}</color></PolyStyle></Style>"
    )


def _kml_placemark(feature: Feature, epsg: int) -> str:
    data = "".join(
        f"<Data name={quoteattr(title)}><value>{escape(value)}</value></Data>"
        for title, value in described(feature)
    )
    return (
        f"<Placemark><name>{escape(feature.title)}</name><styleUrl>#{feature.utility}</styleUrl>"
        f"<ExtendedData>{data}</ExtendedData>{_kml_shape(degrees(feature.geometry, epsg))}"
        "</Placemark>"
    )


def _kml_shape(shape: BaseGeometry) -> str:
    kind = shape.geom_type
    if kind.startswith("Multi") or kind == "GeometryCollection":
        parts = "".join(_kml_shape(part) for part in shapely.get_parts(shape))
        return f"<MultiGeometry>{parts}</MultiGeometry>"
    if kind == "Polygon":
        rings = shapely.get_rings(shape).tolist()
        names = ["outerBoundaryIs", *["innerBoundaryIs"] * (len(rings) - 1)]
        parts = "".join(
            f"<{name}><LinearRing>{_kml_points(ring)}</LinearRing></{name}>"
            for name, ring in zip(names, rings, strict=True)
        )
        return f"<Polygon>{parts}</Polygon>"
    return f"<{kind}>{_kml_points(shape)}</{kind}>"


def _kml_points(shape: BaseGeometry) -> str:
    points = shapely.get_coordinates(shape).tolist()
    listed = " ".join(f"{lon:.{_DEGREE_DIGITS}f},{lat:.{_DEGREE_DIGITS}f}" for lon, lat in points)
    return f"<coordinates>{listed}</coordinates>"
