"""Which file each layer of the sample goes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from sample_county.case_kit import CaseRoute
from sample_county.cases_places import GREEN_UNMAPPED, ROADS_UNMAPPED
from sample_county.county import SampleCounty
from sample_county.drawn_case import write_points
from sample_county.place import TOWN_BOX
from sample_county.routes import route_columns, route_fields
from sample_county.write import write_columns, write_layer


@dataclass(frozen=True)
class CoverageRow:
    """Where a layer was mapped."""

    name: str
    geometry: BaseGeometry


# Layer, folder, geometry type; each file is named as its layer.
LAYER_FILES: tuple[tuple[str, str, str], ...] = (
    ("roads", "road_network", "Unknown"),
    ("green_spaces", "green_space", "Polygon"),
    ("surfaces", "surfaces", "Polygon"),
    ("pipelines", "pipelines", "LineString"),
    ("buildings", "buildings", "Polygon"),
    ("obstacles", "obstacles", "Point"),
    ("plan_lines", "plan_lines", "LineString"),
    ("control_areas", "control_areas", "Polygon"),
    ("sites", "sites", "Polygon"),
)
_COVERAGES = (("road_network", ROADS_UNMAPPED), ("green_space", GREEN_UNMAPPED))


def write_county(county: SampleCounty, folder: Path) -> None:
    """All layers, coverages and cases below a folder; files there are replaced."""
    for layer, place, geometry_type in LAYER_FILES:
        rows: Sequence[Any] = getattr(county, layer)
        write_layer(folder / place / f"{layer}.gpkg", layer, rows, geometry_type)
    for place, unmapped in _COVERAGES:
        mapped = CoverageRow("示例县城测区", TOWN_BOX.difference(unmapped))
        write_layer(folder / place / "coverage.gpkg", "coverage", [mapped], "Polygon")
    wkb, columns = route_columns(county.routes)
    write_columns(folder / "cases" / "routes.gpkg", "routes", wkb, columns, "LineString")
    write_points(folder / "cases" / "drawn_points.csv", county.drawn)
    _write_drawn_routes(folder / "cases" / "drawn_routes.toml", county.drawn)


def _write_drawn_routes(path: Path, routes: Sequence[CaseRoute]) -> None:
    blocks = ["# The lines whose points stand in drawn_points.csv."]
    for route in routes:
        known = {k: v for k, v in route_fields(route).items() if v is not None}
        lines = [f'{k} = "{v}"' if isinstance(v, str) else f"{k} = {v}" for k, v in known.items()]
        blocks.append("\n".join(["[[routes]]", *lines]))
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
