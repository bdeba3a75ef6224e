"""What a packet rests on as numbers: the same rows, the same fingerprint."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np
import shapely
from shapely import Geometry

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.schema import JUDGED_LAYERS
from neixiang_survey_plugin.core.supervision.packets import Fingerprints

_CORNERS = 4  # sides of a quarter circle: the area only has to be the same each time


class Fingerprinter:
    """A county ready to fingerprint what any lines rest on.

    ``rules`` are values besides the county's policy that the findings follow, such as the
    clearance table. Rows of a layer count where they lie within the farthest reach of a rule
    around the lines, as the site's facts left them.
    """

    def __init__(self, county: County, rules: object) -> None:
        self._county = county
        self._rules = digest((county.policy, county.defaults, county.switches, rules))
        policy = county.policy
        self._reach_m = max(policy.unknown_width_reach_m, policy.unknown_pit_reach_m)
        # a street has many packets: 5,000 of them took 9 s where each row was hashed anew
        self._known: dict[tuple[str, int], tuple[str, str]] = {}

    def of(self, routes: Sequence[Route]) -> Fingerprints | None:
        """The fingerprints of lines that are judged as one; None of none."""
        if not routes:
            return None
        rows = sorted((_route_row(route) for route in routes), key=lambda row: row["route_id"])
        units = {route.unit for route in routes}
        suspended = [one for one in self._county.suspensions if one.unit_id in units]
        return Fingerprints(
            routes=digest(rows),
            layers=digest(self._layer_rows([route.line for route in routes])),
            rules=digest((self._rules, suspended)),
        )

    def _layer_rows(self, lines: Sequence[Geometry]) -> list[object]:
        around = shapely.union_all(shapely.buffer(lines, self._reach_m, quad_segs=_CORNERS))
        return [
            [name, table.accuracy_m, _coverage(table, around), self._rows(name, table, around)]
            for name, table in sorted(self._county.layers.items())
            if name in JUDGED_LAYERS
        ]

    def _rows(self, name: str, table: FeatureTable, around: Geometry) -> list[tuple[str, str]]:
        """The rows of a layer that reach into an area by identifier, each with its fingerprint."""
        parts = table.tree.query(around, predicate="intersects")
        features = np.unique(table.feature[parts]).tolist()
        return sorted(self._row(name, table, feature) for feature in features)

    def _row(self, name: str, table: FeatureTable, feature: int) -> tuple[str, str]:
        known = self._known.get((name, feature))
        if known is None:
            own = slice(*np.searchsorted(table.feature, [feature, feature + 1]))
            shapes = sorted(
                shapely.to_wkb(table.geometry[own], hex=True, output_dimension=3).tolist()
            )
            cells = {key: column[feature] for key, column in table.columns.items()}
            known = str(table.ids[feature]), digest((cells, shapes))
            self._known[name, feature] = known
        return known


def digest(value: object) -> str:
    """SHA-256 over a value of this program: its facts, in an order of their own."""
    text = json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _route_row(route: Route) -> dict[str, Any]:
    return {field.name: getattr(route, field.name) for field in fields(route)}


def _coverage(table: FeatureTable, around: Geometry) -> str | None:
    """Where a layer was mapped, within an area; None for everywhere."""
    if table.coverage is None:
        return None
    within = shapely.normalize(shapely.intersection(table.coverage, around))
    return str(shapely.to_wkb(within, hex=True, output_dimension=3))


def _plain(value: Any) -> Any:
    """A value as JSON takes it; whatever has no order of its own is sorted."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else repr(float(value))  # numpy 2 writes its own name
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Geometry):
        return shapely.to_wkb(value, hex=True, output_dimension=3)
    if isinstance(value, np.generic | np.ndarray):
        return _plain(value.tolist())
    return _facts(value) if is_dataclass(value) else _gathered(value)


def _facts(value: Any) -> Any:
    """A dataclass without what is as it is by default: a field that came later says nothing."""
    facts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    usual = {field.name: _plain(field.default) for field in fields(value) if _has_default(field)}
    said = {name: fact for name, fact in facts.items() if name not in usual or usual[name] != fact}
    return [type(value).__name__, said]


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING


def _gathered(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _sorted([_plain(key), _plain(one)] for key, one in value.items())
    if isinstance(value, Set):
        return _sorted(_plain(one) for one in value)
    if isinstance(value, Sequence):
        return [_plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no fingerprint")


def _sorted(values: Iterable[Any]) -> list[Any]:
    return sorted(values, key=lambda one: json.dumps(one, ensure_ascii=False, sort_keys=True))
