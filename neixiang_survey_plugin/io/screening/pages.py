"""Reading very many routes page by page, so that no file has to fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.io.gpkg import gpkg_pages
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.parquet import is_parquet, parquet_pages
from neixiang_survey_plugin.io.raw_layer import RawLayer
from neixiang_survey_plugin.io.routes_file import RoutesRead, read_routes, routes_of
from neixiang_survey_plugin.io.table import canonical
from neixiang_survey_plugin.io.vector_file import check_readable, choose_layer

ROWS_A_PAGE = 5_000


def route_pages(path: Path, county: County, rows: int = ROWS_A_PAGE) -> Iterator[RoutesRead]:
    """The routes of a GeoPackage or GeoParquet file, so many at a time, in the order of the file.

    Any other vector format comes as one page. SurveyError as read_routes raises it, for the
    first page with a problem.
    """
    source = LayerSource(ROUTES, path)
    pages = _raw_pages(path, source.wants, rows)
    if pages is None:
        yield read_routes(path, county)
        return
    empty = True
    for raw in pages:
        empty = False
        yield routes_of(canonical(raw, source, county.grid.epsg), county)
    if empty:
        yield read_routes(path, county)  # which says what is missing


def _raw_pages(path: Path, wanted: Callable[[str], bool], rows: int) -> Iterator[RawLayer] | None:
    check_readable(path)
    if is_parquet(path):
        return parquet_pages(path, wanted, rows)
    if path.suffix.lower() == ".gpkg":
        layer = choose_layer(path, None, ROUTES.name, only_if_usual=True)
        return gpkg_pages(path, layer, wanted, rows)
    return None
