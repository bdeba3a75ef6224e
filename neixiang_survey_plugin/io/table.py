"""From a layer as its file holds it to a canonical table in the county grid."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.io.columns import canonical_columns
from neixiang_survey_plugin.io.complaints import Complaints
from neixiang_survey_plugin.io.grid_geometry import grid_geometry
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.memory import cycle_collector_off
from neixiang_survey_plugin.io.placement import Placement
from neixiang_survey_plugin.io.raw_layer import RawLayer
from neixiang_survey_plugin.io.vector_file import choose_layer, read_raw_layer

_FIRST_MULTI_TYPE = 4  # shapely's numbers: points, lines and polygons of one part come before


@dataclass(frozen=True, eq=False)
class LayerRead:
    """A canonical table with what it takes to speak of its rows, and where it lies."""

    table: FeatureTable
    placed: Placement
    path: Path
    layer: str
    fids: NDArray[np.int64] | None
    column_names: tuple[str, ...]
    first_row: int = 0

    def complaints(self) -> Complaints:
        """A fresh list of complaints that names this layer's rows."""
        complaints = Complaints(self.path, self.layer, self.fids, self.first_row)
        complaints.name_rows(self.table.schema.id_field, self.table.ids)
        return complaints


def read_table(source: LayerSource, epsg: int, only_if_usual: bool = False) -> LayerRead:
    """One canonical layer in the county grid of the EPSG code, without its coverage.

    ``only_if_usual``: see ``choose_layer``. SurveyError with one sentence per problem: of the
    file, of its columns, of its cells, of its geometry, of its place.
    """
    with cycle_collector_off():
        name = choose_layer(source.path, source.layer, source.schema.name, only_if_usual)
        raw = read_raw_layer(source.path, name, source.wants, source.crs, source.encoding)
        return canonical(raw, source, epsg)


def canonical(raw: RawLayer, source: LayerSource, epsg: int) -> LayerRead:
    """A layer as its file holds it, or a page of one, as read_table gives it."""
    complaints = Complaints(raw.path, raw.name, raw.fids, raw.first_row)
    if len(raw) == 0:
        complaints.layer(_way_out_of_empty(source))
        complaints.raise_if_any()
    columns, missing = canonical_columns(raw, source, complaints)
    grid, placed = grid_geometry(raw, source.schema.geometry, epsg, source.config, complaints)
    complaints.raise_if_any()
    parts, feature = exploded(grid)
    table = FeatureTable(
        schema=source.schema,
        geometry=parts,
        feature=feature,
        columns=columns,
        accuracy_m=source.accuracy_m,
        source=f"{raw.path}: {raw.name}",
        missing_fields=missing,
    )
    return LayerRead(table, placed, raw.path, raw.name, raw.fids, raw.column_names, raw.first_row)


def exploded(geometry: Geometries) -> tuple[Geometries, NDArray[np.intp]]:
    """One part each, and the feature of every part; most layers have nothing to explode."""
    if (shapely.get_type_id(geometry) < _FIRST_MULTI_TYPE).all():
        return geometry, np.arange(len(geometry), dtype=np.intp)
    parts, feature = shapely.get_parts(geometry, return_index=True)
    return parts, feature


def _way_out_of_empty(source: LayerSource) -> str:
    if source.config is None:
        return "没有任何要素；请先画出外线"
    return f"没有任何要素；请补上数据，或删去 {source.config}（依赖它的判断即为未判）"
