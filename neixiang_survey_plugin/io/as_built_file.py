"""Reading the lines as they were built from any vector file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.schema import AS_BUILT
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.route_bores import read_bores
from neixiang_survey_plugin.io.routes_file import complain_if_far, plain_column, whole_lines
from neixiang_survey_plugin.io.table import read_table


def read_as_built(path: Path, county: County) -> tuple[AsBuilt, ...]:
    """The lines of a file, brought into the county grid, in the order of the file.

    The layer is ``as_built``, or the only one. SurveyError with one sentence per problem.
    """
    read = read_table(LayerSource(AS_BUILT, path), county.grid.epsg)
    complaints = read.complaints()
    lines = whole_lines(read, complaints)
    columns: dict[str, list[Any]] = {
        field.name: plain_column(field.type, read.table.columns[field.name])
        for field in AS_BUILT.fields
    }
    read_bores(columns["trenchless"], lines, county.grid, complaints)
    complain_if_far(read, county, complaints)
    complaints.raise_if_any()
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return tuple(
        AsBuilt(geom=line, source=path.name, **row) for line, row in zip(lines, rows, strict=True)
    )
