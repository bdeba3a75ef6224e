"""Placed geometry and converted cells as one canonical table, checked row by row."""

from __future__ import annotations

from neixiang_survey_plugin.core.features import Column, FeatureTable
from neixiang_survey_plugin.core.schema import Field, FieldType, LayerSchema
from neixiang_survey_plugin.io.cells import convert_cells
from neixiang_survey_plugin.io.complaints import Complaints
from neixiang_survey_plugin.io.importing.converting import Converted
from neixiang_survey_plugin.io.raw_layer import RawLayer
from neixiang_survey_plugin.io.shapes import check_shapes
from neixiang_survey_plugin.io.table import exploded


def gather(raw: RawLayer, converted: Converted, schema: LayerSchema) -> FeatureTable:
    """The layer's rows, geometry in the county grid, as the county is going to read them.

    SurveyError with one sentence for every row whose geometry is not what the layer holds.
    """
    complaints = Complaints(raw.path, raw.name, raw.fids, raw.first_row)
    columns = {field.name: _column(field, converted) for field in schema.fields}
    complaints.name_rows(schema.id_field, columns[schema.id_field])
    geometry, _ = check_shapes(raw, schema.geometry, complaints)
    complaints.raise_if_any()
    parts, feature = exploded(geometry)
    return FeatureTable(schema, parts, feature, columns, source=f"{raw.path}: {raw.name}")


def _column(field: Field, converted: Converted) -> Column:
    cells = converted.columns[field.name]
    if field.type is FieldType.DATE:
        cells = [None if cell is None else str(cell) for cell in cells]
    column, _ = convert_cells(field, cells, {})
    return column
