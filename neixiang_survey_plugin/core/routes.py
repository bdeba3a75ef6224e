"""The lines that are to be laid."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import shapely
from shapely import Geometry, LineString


@dataclass(frozen=True)
class Bore:
    """A trenchless stretch of a route: metres along it, on the ellipsoid; depth if known."""

    from_m: float
    to_m: float
    depth_m: float | None = None


@dataclass(frozen=True)
class Route:
    """One service line of one utility, drawn in the county grid (metres).

    Every fact but ``route_id``, ``utility`` and ``line`` may be None, which means unknown.
    ``works_area`` is the ground that its works take where they are shared with other lines: it is
    judged in full on it. None for a line that has a working strip of its own. ``power_kw`` is what
    the customer applied for, ``duct_holes`` how many ducts lie side by side.
    """

    route_id: str
    utility: str
    line: LineString
    case_id: str | None = None
    site_id: str | None = None
    unit: str | None = None
    applied_on: date | None = None
    diameter_mm: float | None = None
    laying: str | None = None
    pressure_class: str | None = None
    voltage_kv: float | None = None
    cover_m: float | None = None
    trench_width_m: float | None = None
    working_width_m: float | None = None
    pit_length_m: float | None = None
    pit_width_m: float | None = None
    planned_on: date | None = None
    works_from: date | None = None
    works_to: date | None = None
    contractor: str | None = None
    trenchless: tuple[Bore, ...] = ()
    applicant_kind: str | None = None
    power_kw: float | None = None
    duct_holes: float | None = None
    works_area: Geometry | None = None


def course_of(line: LineString) -> str:
    """The fingerprint of a line: equal only for the very same points."""
    return hashlib.sha256(shapely.to_wkb(line, output_dimension=3)).hexdigest()
