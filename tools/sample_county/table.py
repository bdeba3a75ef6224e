"""The table of cases in the sample's README: what each line must give, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd

from sample_county.case_kit import CaseRoute
from sample_county.county import SampleCounty
from sample_county.oracle import Truth, measure
from sample_county.place import EPSG
from sample_county.routes import trench_of
from sample_county.rows import GreenRow, RoadRow
from sample_county.write import to_grid

COLUMNS = (
    "case_id", "route_id", "utility", "shows", "verdict", "length_m", "crossing_total_m",
    "green_total_m2", "failing or unknown rules", "why",
)  # fmt: skip
_HEAD = Path(__file__).with_name("readme_head.md")


def write_readme(county: SampleCounty, path: Path) -> None:
    """The README with its table of cases, figures from the independent computation."""
    truths = measure_all(county)
    lines = [
        "| " + " | ".join(COLUMNS) + " |",
        "|" + "---|" * len(COLUMNS),
        *(
            _table_line(route, truths[route.route_id])
            for route in [*county.routes, *county.drawn]
        ),
    ]  # fmt: skip
    path.write_text(_HEAD.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")


def measure_all(county: SampleCounty) -> dict[str, Truth]:
    """The independent figures of every line, drawn ones included."""
    roads, greens = road_areas(county.roads), green_areas(county.green_spaces)
    return {
        route.route_id: measure(to_grid(route.line), trench_of(route), roads, greens)
        for route in [*county.routes, *county.drawn]
    }


def road_areas(rows: Sequence[RoadRow]) -> gpd.GeoDataFrame:
    """Roads as areas in grid metres; a line with a width is that wide, one without is left out."""
    known = [r for r in rows if r.geometry.geom_type == "Polygon" or r.width_m is not None]
    areas = [
        to_grid(
            r.geometry
            if r.geometry.geom_type == "Polygon"
            else r.geometry.buffer((r.width_m or 0.0) / 2, cap_style="flat")
        )
        for r in known
    ]
    columns = {
        "road_id": [r.road_id for r in known],
        "road_class": [r.road_class for r in known],
        "width_m": [float("nan") if r.width_m is None else r.width_m for r in known],
    }
    return gpd.GeoDataFrame(columns, geometry=areas, crs=EPSG)


def green_areas(rows: Sequence[GreenRow]) -> gpd.GeoDataFrame:
    """Green spaces in grid metres."""
    areas = [to_grid(row.geometry) for row in rows]
    return gpd.GeoDataFrame({"green_id": [r.green_id for r in rows]}, geometry=areas, crs=EPSG)


def _table_line(route: CaseRoute, truth: Truth) -> str:
    crossing = "unknown" if "crossing" in route.unknown else f"{truth.crossing_total_m:.3f}"
    green = "unknown" if "green" in route.unknown else f"{truth.green_total_m2:.4f}"
    cells = (
        route.case_id, route.route_id, route.utility, route.shows, route.verdict,
        f"{truth.length_m:.3f}", crossing, green, ", ".join(route.outcomes), route.why,
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"
