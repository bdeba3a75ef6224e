"""Layers made of a few shapes and columns, for the tests of what is drawn and looked up."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import FieldType, LayerSchema

_MISSING = {FieldType.NUMBER: np.nan, FieldType.DATE: np.datetime64("NaT", "D")}


def array(*geometries: shapely.Geometry | None) -> np.ndarray:
    return np.array(geometries, dtype=object)


def table(schema: LayerSchema, *shapes: shapely.Geometry, **columns: list[Any]) -> FeatureTable:
    """One feature a shape; what is not named is missing, identifiers are numbered."""
    count = len(shapes)
    every = {f.name: np.full(count, _MISSING.get(f.type)) for f in schema.fields}
    every[schema.id_field] = np.array([f"{schema.id_field}{row}" for row in range(count)], object)
    for name, column in columns.items():
        every[name] = np.array(column, dtype=every[name].dtype)
    return FeatureTable(schema, array(*shapes), np.arange(count), every)
