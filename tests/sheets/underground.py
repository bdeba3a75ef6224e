"""A street with pipelines below it, for profiles and sections.

y
0   w1 ----------->|R1  P1 P2 |-----> 110
    70             80   84 86 90
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import PIPELINES, SURFACES, FieldType, LayerSchema
from tests import packet_cases as cases

PIPES = (
    {"shape": "LINESTRING (84 -50, 84 100)", "pipe_id": "P1", "utility": "gas",
     "diameter_mm": 110.0, "cover_m": 1.5},
    {"shape": "LINESTRING (86 -50, 86 100)", "pipe_id": "P2", "utility": "sewer",
     "diameter_mm": 400.0},
)  # fmt: skip
SIDEWALK = {"shape": "POLYGON ((80 -50, 82 -50, 82 100, 80 100, 80 -50))", "surface_id": "S1",
            "surface_kind": "sidewalk", "pavement": "brick"}  # fmt: skip


def table(schema: LayerSchema, *rows: Mapping[str, Any]) -> FeatureTable:
    """A layer of rows; what a row does not say is missing."""
    columns = {}
    for field in schema.fields:
        values = [row.get(field.name) for row in rows]
        if field.type is FieldType.NUMBER:
            columns[field.name] = np.array(values, dtype=np.float64)
        else:
            columns[field.name] = np.array(values, dtype=np.object_)
    shapes = np.array([shapely.from_wkt(row["shape"]) for row in rows], dtype=np.object_)
    return FeatureTable(schema, shapes, np.arange(len(rows)), columns)


def street() -> County:
    """The county of ``packet_cases`` with its pipelines and a sidewalk."""
    made = cases.county()
    layers = {"pipelines": table(PIPELINES, *PIPES), "surfaces": table(SURFACES, SIDEWALK)}
    return replace(made, layers={**made.layers, **layers})
