"""Where a layer was mapped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import shapely

from neixiang_survey_plugin.core.schema import GeometryKind
from neixiang_survey_plugin.io.complaints import Complaints
from neixiang_survey_plugin.io.crs import is_known_crs
from neixiang_survey_plugin.io.grid_geometry import grid_geometry
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.vector_file import choose_layer, read_raw_layer


def read_coverage(path: Path, source: LayerSource, epsg: int) -> shapely.Geometry:
    """The polygons of a layer's coverage file as one area in the county grid (metres).

    A file that does not say its system has that of its layer. SurveyError with one sentence per
    problem.
    """
    name = choose_layer(path, None, "coverage")
    raw = read_raw_layer(path, name, lambda column: False, None, source.encoding)
    raw = raw if is_known_crs(raw.crs) else replace(raw, crs=source.crs)
    complaints = Complaints(raw.path, raw.name, raw.fids)
    if len(raw) == 0:
        complaints.layer(f"没有任何要素；请画出测绘范围，或在 {source.config} 删去 coverage")
        complaints.raise_if_any()
    grid, _ = grid_geometry(raw, (GeometryKind.POLYGON,), epsg, source.config, complaints)
    complaints.raise_if_any()
    return shapely.union_all(grid)
