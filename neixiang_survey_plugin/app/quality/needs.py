"""Which facts of which layer a rule needs, and of which of its objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import Column, FeatureTable, is_missing

Flags = NDArray[np.bool_]


class Purpose(Enum):
    """What a fact is needed for."""

    WAY = "way"  # commitment, joint approval, county government
    CONFLICT = "conflict"  # clearances and covers
    TRENCH = "trench"  # pavement that is opened and put back
    PLAN = "plan"  # the master plan


@dataclass(frozen=True)
class Need:
    """One field of a layer that a rule reads, of all objects or of those that ``of`` marks."""

    layer: str
    field: str
    purpose: Purpose
    of: Callable[[FeatureTable], Flags] | None = None


def needs_of(county: County) -> Iterator[Need]:
    """The needs of a county's rules in the layers that it has."""
    for need in _NEEDS:
        if need.layer in county.layers:
            yield need
    if county.switches.strict_overhaul and "roads" in county.layers:
        yield Need("roads", "overhauled_on", Purpose.WAY, _protectable)


def needed(need: Need, table: FeatureTable) -> Flags:
    """Of which objects the fact is needed."""
    return np.ones(len(table), dtype=bool) if need.of is None else need.of(table)


def missing(column: Column) -> Flags:
    """Where a column of any type holds nothing."""
    if column.dtype.kind == "f":
        return np.isnan(column)
    return np.isnat(column) if column.dtype.kind == "M" else is_missing(column)


def _of_utility(utility: str) -> Callable[[FeatureTable], Flags]:
    return lambda table: np.asarray(table.columns["utility"] == utility, dtype=bool)


def _protectable(table: FeatureTable) -> Flags:
    """Roads that a date may protect: highways have their own law, lanes none."""
    return ~np.isin(table.columns["road_class"].astype(str), ("highway", "other"))


def _drawn_as_lines(table: FeatureTable) -> Flags:
    flags = np.zeros(len(table), dtype=bool)
    lines = shapely.get_type_id(table.geometry) == shapely.GeometryType.LINESTRING
    flags[table.feature[lines]] = True
    return flags


_NEEDS = (
    Need("roads", "road_class", Purpose.WAY),
    Need("roads", "delivered_on", Purpose.WAY, _protectable),
    Need("roads", "width_m", Purpose.WAY, _drawn_as_lines),
    Need("pipelines", "utility", Purpose.CONFLICT),
    Need("pipelines", "diameter_mm", Purpose.CONFLICT),
    Need("pipelines", "cover_m", Purpose.CONFLICT),
    Need("pipelines", "laying", Purpose.CONFLICT),
    Need("pipelines", "pressure_class", Purpose.CONFLICT, _of_utility("gas")),
    Need("pipelines", "voltage_kv", Purpose.CONFLICT, _of_utility("power")),
    Need("obstacles", "kind", Purpose.CONFLICT),
    Need("surfaces", "surface_kind", Purpose.CONFLICT),
    Need("surfaces", "pavement", Purpose.TRENCH),
    Need("plan_lines", "utility", Purpose.PLAN),
    Need("plan_lines", "diameter_mm", Purpose.PLAN),
    Need("control_areas", "kind", Purpose.PLAN),
    Need("control_areas", "authority", Purpose.PLAN),
)
