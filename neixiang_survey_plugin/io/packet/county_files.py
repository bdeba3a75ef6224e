"""The small county folder inside a packet: what its verdicts were judged on, to be judged again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.county import County, Unit
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.schema import ROUTES, FieldType
from neixiang_survey_plugin.io.county_config import COUNTY_FILE
from neixiang_survey_plugin.io.gpkg import gpkg_layers, read_gpkg
from neixiang_survey_plugin.io.gpkg_writing import GpkgLayer, geopackage, layer_of_table
from neixiang_survey_plugin.io.packet.rules import RuleFiles
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.io.survey.route_rows import row_from_route
from neixiang_survey_plugin.io.toml_writing import toml_value

GRID_FILE = "grid.json"
FACTS_FILE = "confirmed_facts.json"
LINES_FILE = "lines.gpkg"
LAYERS_FILE = "layers.gpkg"
WORKS_LAYER = "works_areas"
ROUTE_COLUMNS = {
    field.name: {FieldType.NUMBER: "DOUBLE", FieldType.DATE: "DATE"}.get(field.type, "TEXT")
    for field in ROUTES.fields
}


def county_files(county: County, lines: Sequence[Route], rules: RuleFiles) -> dict[str, bytes]:
    """The files of a county cut down to some lines, and the lines in the order of the check."""
    epsg = county.grid.epsg
    files = {COUNTY_FILE: _county_toml(county, rules.policies).encode(), **rules.files}
    files[GRID_FILE] = _json(asdict(county.grid))
    files[FACTS_FILE] = _json([_fact(one) for one in (*county.confirmed, *county.taped)])
    layers = [route_layer("routes", lines, epsg), *_works_areas(lines)]
    files[LINES_FILE] = geopackage(layers, epsg)
    tables = [layer_of_table(table) for table in county.layers.values()]
    files[LAYERS_FILE] = geopackage(tables, epsg)
    for name, table in county.layers.items():
        if table.coverage is not None:
            mapped = GpkgLayer("coverage", {}, [(table.coverage, ())])
            files[f"{name}_coverage.gpkg"] = geopackage([mapped], epsg)
    return files


def route_layer(name: str, lines: Sequence[Route], epsg: int) -> GpkgLayer:
    """Lines as a layer of routes with every canonical field."""
    rows = []
    for line in lines:
        row = row_from_route(line, epsg)
        rows.append((line.line, [row[column] for column in ROUTE_COLUMNS]))
    return GpkgLayer(name, ROUTE_COLUMNS, rows, "LINESTRING")


def _works_areas(lines: Sequence[Route]) -> Iterator[GpkgLayer]:
    """The common ground of lines whose works are shared, where there are any."""
    rows = [(one.works_area, (one.route_id,)) for one in lines if one.works_area is not None]
    if rows:
        yield GpkgLayer(WORKS_LAYER, {"route_id": "TEXT"}, rows)


def packed_lines(folder: Path, county: County) -> tuple[Route, ...]:
    """The lines of a packet, each on the common ground where its works are shared."""
    path = folder / LINES_FILE
    routes = read_routes(path, county).routes
    if WORKS_LAYER not in gpkg_layers(path):
        return routes
    read = read_gpkg(path, WORKS_LAYER, lambda column: column == "route_id")
    areas = dict(zip(read.columns["route_id"], read.geometry.tolist(), strict=True))
    return tuple(replace(one, works_area=areas.get(one.route_id)) for one in routes)


def packed_grid(folder: Path) -> Grid:
    """The grid that the packet's metres were measured with."""
    said = json.loads((folder / GRID_FILE).read_text(encoding="utf-8"))
    return Grid(**{**said, "coefficients": tuple(said["coefficients"])})


def packed_facts(folder: Path) -> tuple[ConfirmedFact, ...]:
    """The facts from the site that lay over the layers."""
    rows = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    return tuple(
        ConfirmedFact(**{**row, "confirmed_on": date.fromisoformat(row["confirmed_on"])})
        for row in rows
    )


def _fact(fact: ConfirmedFact) -> dict[str, Any]:
    return {**asdict(fact), "confirmed_on": fact.confirmed_on.isoformat()}


def _county_toml(county: County, policies: Sequence[str]) -> str:
    return "\n".join(_toml_lines(county, policies)) + "\n"


def _toml_lines(county: County, policies: Sequence[str]) -> Iterator[str]:
    yield "schema = 1"
    yield from _keys({"name": county.name, "code": county.code, "epsg": county.grid.epsg})
    yield from _keys({"height_epsg": county.height_epsg})
    yield f"policy = [{', '.join(toml_value(name) for name in policies)}]"
    for name, table in county.layers.items():
        yield from ("", f"[layers.{name}]")
        yield from _keys(_source(name, table))
    yield from ("", "[defaults]")
    widths = county.defaults.working_width_m.items()
    yield f"working_width_m = {{ {', '.join(f'{key} = {width!r}' for key, width in widths)} }}"
    if None not in (county.defaults.pit_length_m, county.defaults.pit_width_m):
        yield f"pit_m = [{county.defaults.pit_length_m!r}, {county.defaults.pit_width_m!r}]"
    yield from ("", "[switches]")
    yield from _keys(asdict(county.switches))
    yield from _tables("units", (_unit(one) for one in county.units))
    listed = {unit.unit_id for unit in county.units}
    yield from _tables(
        "suspensions",
        (
            {"unit": s.unit_id, "imposed_on": s.imposed_on, "rectified_on": s.rectified_on}
            for s in county.suspensions
            if s.unit_id in listed
        ),
    )
    departments = county.departments.values()
    yield from _tables("departments", ({"id": one.matter, "name": one.name} for one in departments))


def _unit(unit: Unit) -> dict[str, Any]:
    facts = asdict(unit)
    reinstatement = None if unit.reinstatement is None else unit.reinstatement.value
    return {"id": facts.pop("unit_id"), **facts, "reinstatement": reinstatement}


def _source(name: str, table: FeatureTable) -> dict[str, Any]:
    coverage = None if table.coverage is None else f"{name}_coverage.gpkg"
    return {
        "path": LAYERS_FILE,
        "layer": name,
        "coverage": coverage,
        "accuracy_m": table.accuracy_m,
    }


def _tables(name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield from ("", f"[[{name}]]")
        yield from _keys(row)


def _keys(values: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key} = {toml_value(value)}" for key, value in values.items() if value is not None)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
