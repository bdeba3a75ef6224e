"""The figures of very many lines from file to file, page by page, without judging them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import shapely

from neixiang_survey_plugin.app.checking import Tick
from neixiang_survey_plugin.app.figures import MeasuredRoute, Sums, measured_rows
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.measuring.ground import prepare_ground
from neixiang_survey_plugin.core.measuring.many import measure_figures
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.memory import cycle_collector_off
from neixiang_survey_plugin.io.routes_file import RoutesRead
from neixiang_survey_plugin.io.screening.outlets import check_suffix, open_outlet
from neixiang_survey_plugin.io.screening.pages import route_pages

LAYERS = ("roads", "green_spaces")
LAYER = "measured_routes"
ROWS_A_PAGE = 20_000  # threads share one page: enough for several batches each
COLUMNS = {
    "route_id": "TEXT",
    "utility": "TEXT",
    "unit": "TEXT",
    "case_id": "TEXT",
    "length_m": "DOUBLE",
    "grid_length_m": "DOUBLE",
    "across_total_m": "DOUBLE",
    "along_total_m": "DOUBLE",
    "inside_total_m": "DOUBLE",
    "crossings": "INTEGER",
    "green_total_m2": "DOUBLE",
    "green_spaces": "INTEGER",
}


@dataclass(frozen=True)
class Measuring:
    """What measuring a file came to."""

    county: County
    sums: Sums
    warnings: tuple[str, ...]


Add = Callable[[Sequence[bytes], Sequence[MeasuredRoute]], None]


def measure_file(
    routes: Path, county_folder: Path, out: Path | None, tick: Tick, rows_a_page: int = ROWS_A_PAGE
) -> Measuring:
    """Measure the routes of a file; the result's file is there whole, or not at all.

    SurveyError for wrong input, and where the result's file is there already.
    """
    if out is None:
        county = load_county(county_folder, LAYERS)
        return _measure(route_pages(routes, county, rows_a_page), county, _nowhere, tick)
    check_suffix(out)
    if out.exists():
        raise SurveyError(f"--out {out}：已经有这个文件，没有覆盖；请换一个文件名，或先移走它")
    county = load_county(county_folder, LAYERS)
    pages = route_pages(routes, county, rows_a_page)
    unfinished = out.with_name(f"{out.stem}.part{out.suffix}")
    unfinished.unlink(missing_ok=True)
    try:
        outlet = open_outlet(unfinished, county.grid.epsg, LAYER, COLUMNS)
        with closing(outlet):
            measuring = _measure(pages, county, outlet.add, tick)
        unfinished.rename(out)
    finally:
        unfinished.unlink(missing_ok=True)
    return measuring


def _nowhere(_lines: Sequence[bytes], _rows: Sequence[MeasuredRoute]) -> None:
    """Where rows go that only count."""


def _measure(pages: Iterable[RoutesRead], county: County, add: Add, tick: Tick) -> Measuring:
    ground = prepare_ground(county)
    sums, warnings = Sums(), dict[str, None]()
    for page in pages:
        warnings |= dict.fromkeys((*page.warnings, *page.assumptions))
        with cycle_collector_off():
            rows = list(measured_rows(page.routes, measure_figures(page.routes, ground)))
            add(shapely.to_wkb([one.line for one in page.routes]).tolist(), rows)
        for row in rows:
            sums.add(row)
        tick(sums.routes, sums.routes)
    return Measuring(county, sums, tuple(warnings))
