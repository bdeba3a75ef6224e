"""The fields of a case's lines as they stand in the routes layer."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from shapely import to_wkb

from sample_county.case_kit import CaseRoute, Value
from sample_county.oracle import Trench
from sample_county.write import Column, column, to_grid

# Name of the field and what a column without any value is made of.
ROUTE_FIELDS: dict[str, type] = {
    "route_id": str, "utility": str, "case_id": str, "site_id": str, "unit": str,
    "applied_on": date, "diameter_mm": float, "laying": str, "pressure_class": str,
    "voltage_kv": float, "cover_m": float, "trench_width_m": float, "working_width_m": float,
    "pit_length_m": float, "pit_width_m": float, "planned_on": date, "works_from": date,
    "works_to": date, "contractor": str, "trenchless": str, "applicant_kind": str,
    "power_kw": float, "duct_holes": float,
}  # fmt: skip
# The county's widths, also written in county.toml under [defaults].
WORKING_WIDTH_M = {"water": 1.6, "power": 1.2, "gas": 1.6, "heat": 2.4, "telecom": 1.0}
_USUAL: dict[str, dict[str, Value]] = {
    "water": {
        "unit": "water", "diameter_mm": 110.0, "laying": "direct", "cover_m": 1.0,
        "trench_width_m": 0.8,
    },
    "power": {
        "unit": "power_a", "diameter_mm": 150.0, "laying": "duct", "voltage_kv": 10.0,
        "cover_m": 0.8, "trench_width_m": 0.6,
    },
    "gas": {
        "unit": "gas", "diameter_mm": 90.0, "laying": "direct", "pressure_class": "medium_b",
        "cover_m": 1.0, "trench_width_m": 0.8,
    },
    "heat": {
        "unit": "heat", "diameter_mm": 150.0, "laying": "direct", "cover_m": 1.2,
        "trench_width_m": 1.4,
    },
    "telecom": {
        "unit": "telecom_a", "diameter_mm": 110.0, "laying": "duct", "cover_m": 0.8,
        "trench_width_m": 0.5,
    },
}  # fmt: skip


def route_fields(route: CaseRoute) -> dict[str, Value]:
    """Every field of one line; what is unknown is None."""
    values: dict[str, Value] = dict.fromkeys(ROUTE_FIELDS)
    values.update(_USUAL[route.utility])
    values.update(
        route_id=route.route_id,
        utility=route.utility,
        case_id=route.case_id,
        site_id=route.site_id,
        applied_on=route.applied_on,
        planned_on=route.planned_on,
        works_from=route.planned_on,
        works_to=route.planned_on + timedelta(days=3),
        contractor="示例市政工程有限公司",
        applicant_kind="company",
    )
    values.update(route.fields)
    return values


def trench_of(route: CaseRoute) -> Trench:
    """How the line is dug, from its fields and the county's widths."""
    values = route_fields(route)
    width, length_m, width_m = (
        values[name] for name in ("working_width_m", "pit_length_m", "pit_width_m")
    )
    pit = None
    if isinstance(length_m, float) and isinstance(width_m, float):
        pit = (length_m, width_m)
    text = str(values["trenchless"] or "")
    bores = [part.partition("@")[0].partition("-") for part in text.split(";") if part]
    return Trench(
        width if isinstance(width, float) else WORKING_WIDTH_M[route.utility],
        tuple((float(a), float(b)) for a, _, b in bores),
        pit,
    )


def route_columns(routes: list[CaseRoute]) -> tuple[np.ndarray, dict[str, Column]]:
    """The lines on the county grid and one column per field."""
    table = [route_fields(route) for route in routes]
    wkb = np.asarray(to_wkb([to_grid(route.line) for route in routes]), dtype=object)
    return wkb, {
        name: column([row[name] for row in table], kind) for name, kind in ROUTE_FIELDS.items()
    }
