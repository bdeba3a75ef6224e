"""What lies in the ground or stands on it, and the courses of the routes that must keep clear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.conflicts.clearance_classes import (
    classes,
    classes_of_columns,
)
from neixiang_survey_plugin.core.features import (
    Column,
    FeatureTable,
    Geometries,
    is_missing,
)
from neixiang_survey_plugin.core.measuring.polylines import (
    Floats,
    Indices,
)
from neixiang_survey_plugin.core.slices import slices

# What may be missing of a thing, one bit each, in the order in which it is named.
FACT_NAMES = ("diameter_mm", "pressure_class", "laying", "voltage_kv", "kind", "utility")


@dataclass(frozen=True, eq=False)
class Things:
    """n things of one layer as m segments, in the county grid; a thing is one part of a feature.

    ``start`` and ``delta`` are (m, 2), ``before_m`` (m) the metres of all things before each
    segment, ``first`` (n + 1) where each thing's segments begin. Of each thing: its identifier,
    its utility or kind, its class in the tables, half its outer width (NaN where unknown) with
    the least and the most that this may be, its cover and its position accuracy (NaN where
    unknown), and one bit for each of ``FACT_NAMES`` that is not known.
    """

    layer: str
    ids: Column
    words: Column
    geometry: Geometries
    start: Floats
    delta: Floats
    before_m: Floats
    first: Indices
    table_class: Indices
    radius_m: Floats
    least_radius_m: Floats
    most_radius_m: Floats
    cover_m: Floats
    accuracy_m: Floats
    missing: Indices

    def __len__(self) -> int:
        """How many things."""
        return len(self.ids)

    def base_m(self, segment: Indices, thing: Indices) -> Floats:
        """Metres of the same thing before each of these segments."""
        result: Floats = self.before_m[segment] - self.before_m[self.first[thing]]
        return result


def pipelines(table: FeatureTable, largest_mm: Mapping[str, float]) -> Things:
    """The lines that exist, each with its own position accuracy, else the layer's."""
    own = {name: column[table.feature] for name, column in table.columns.items()}
    utility, diameter_mm = own["utility"], own["diameter_mm"].astype(float)
    nameless = _is_absent(utility)
    widest_mm = max(largest_mm.values())
    most_m = np.array([largest_mm.get(word, widest_mm) for word in utility]) / 2000.0
    radius_m = diameter_mm / 2000.0
    layer_m = np.nan if table.accuracy_m is None else table.accuracy_m
    accuracy_m = own["position_accuracy_m"].astype(float)

    return _things(
        table,
        "pipelines",
        words=utility,
        table_class=np.where(
            nameless == 1,
            classes().any_line,
            classes_of_columns(
                utility, own["laying"], own["pressure_class"], diameter_mm, own["voltage_kv"]
            ),
        ),
        radius_m=radius_m,
        least_radius_m=np.where(np.isnan(radius_m), 0.0, radius_m),
        most_radius_m=np.where(np.isnan(radius_m), most_m, radius_m),
        cover_m=own["cover_m"].astype(float),
        accuracy_m=np.where(np.isnan(accuracy_m), layer_m, accuracy_m),
        missing=_missing_bits(own) | (nameless << 5),
    )


def _missing_bits(columns: Mapping[str, Column]) -> Indices:
    bits = np.zeros(len(columns["utility"]), dtype=np.intp)
    for bit, name in enumerate(FACT_NAMES[:4]):
        bits |= _is_absent(columns[name]) << bit
    return bits


def _is_absent(column: Column) -> Indices:
    absent = is_missing(column) if column.dtype == object else np.isnan(column)
    return np.asarray(absent, dtype=np.intp)


def buildings(table: FeatureTable) -> Things:
    """Buildings with their outlines, holes included."""
    count = len(table.geometry)
    return _things(
        table,
        "buildings",
        words=np.full(count, None, dtype=object),
        table_class=np.full(count, classes().building, dtype=np.intp),
    )


def obstacles(table: FeatureTable) -> Things:
    """Trees, shrubs, poles and towers, each a point."""
    kinds = table.columns["kind"][table.feature]
    of_kind = classes().of_obstacle
    return _things(
        table,
        "obstacles",
        words=kinds,
        table_class=np.array([of_kind[kind] for kind in kinds], dtype=np.intp),
        missing=np.array(
            [(kind is None) << 4 | (kind == "tower") << 3 for kind in kinds], dtype=np.intp
        ),
    )


def _things(table: FeatureTable, layer: str, **known: NDArray[np.generic]) -> Things:
    count = len(table.geometry)
    start, delta, first = _segments(table.geometry)
    length_m = np.hypot(*delta.T)
    accuracy_m = np.nan if table.accuracy_m is None else table.accuracy_m
    usual = {
        "radius_m": np.zeros(count),
        "least_radius_m": np.zeros(count),
        "most_radius_m": np.zeros(count),
        "cover_m": np.full(count, np.nan),
        "accuracy_m": np.full(count, accuracy_m),
        "missing": np.zeros(count, dtype=np.intp),
    }
    return Things(
        layer=layer,
        ids=table.ids[table.feature],
        geometry=table.geometry,
        start=start,
        delta=delta,
        before_m=length_m.cumsum() - length_m,
        first=first,
        **{**usual, **known},
    )


def _segments(geometry: Geometries) -> tuple[Floats, Floats, Indices]:
    """Every edge of every line or outline; a point or a line without length is one of none."""
    some = [_segments_of(geometry[few]) for few in slices(len(geometry))]
    if not some:
        return np.empty((0, 2)), np.empty((0, 2)), np.zeros(1, dtype=np.intp)
    start, delta, count = (np.concatenate(one) for one in zip(*some, strict=True))
    return start, delta, np.concatenate(([0], count.cumsum()))


def _segments_of(geometry: Geometries) -> tuple[Floats, Floats, Indices]:
    """Those of a few thousand shapes, and how many each of them has."""
    parts, owner = shapely.get_parts(geometry, return_index=True)
    if len(parts) and shapely.get_dimensions(parts).max() == 2:
        parts, ring_owner = shapely.get_rings(parts, return_index=True)
        owner = owner[ring_owner]
    points, part = shapely.get_coordinates(parts, return_index=True)
    leads = part[1:] == part[:-1]
    delta = np.where(leads[:, None], points[1:] - points[:-1], 0.0)
    delta = np.concatenate((delta, np.zeros((min(len(points), 1), 2))))
    begins = np.concatenate(([True], ~leads))[: len(points)]
    has_length = np.any(delta != 0.0, axis=1)
    alone = np.bincount(part[has_length], minlength=len(parts)) == 0
    keep = has_length | (begins & alone[part])
    count = np.bincount(owner[part[keep]], minlength=len(geometry))
    return points[keep], delta[keep], count
