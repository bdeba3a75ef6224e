"""What is written: one small value per feature, in town metres, field names as in the layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shapely import LineString, Point, Polygon


@dataclass(frozen=True)
class RoadRow:
    """A stretch of road: the area within the red lines, or a line with its width."""

    road_id: str
    name: str
    road_class: str | None
    width_m: float | None
    delivered_on: date | None
    delivery_kind: str | None
    overhauled_on: date | None
    owner: str | None
    geometry: Polygon | LineString


@dataclass(frozen=True)
class SurfaceRow:
    """A piece of ground inside a road and what it is paved with."""

    surface_id: str
    surface_kind: str
    pavement: str
    geometry: Polygon


@dataclass(frozen=True)
class GreenRow:
    """A green space."""

    green_id: str
    name: str
    green_kind: str
    owner: str | None
    geometry: Polygon


@dataclass(frozen=True)
class PipeRow:
    """A piece of an existing main."""

    pipe_id: str
    utility: str
    laying: str | None
    diameter_mm: float | None
    pressure_class: str | None
    voltage_kv: float | None
    cover_m: float | None
    owner: str | None
    position_accuracy_m: float | None
    geometry: LineString


@dataclass(frozen=True)
class BuildingRow:
    """A building's outline."""

    building_id: str
    height_m: float | None
    geometry: Polygon


@dataclass(frozen=True)
class ObstacleRow:
    """A tree, shrub, pole or tower."""

    obstacle_id: str
    kind: str
    geometry: Point


@dataclass(frozen=True)
class PlanRow:
    """A planned corridor."""

    plan_id: str
    utility: str
    diameter_mm: float | None
    plan_name: str
    year: float
    geometry: LineString


@dataclass(frozen=True)
class ControlRow:
    """An area of one of the six control lines."""

    control_id: str
    kind: str
    name: str
    authority: str
    geometry: Polygon


@dataclass(frozen=True)
class SiteRow:
    """A parcel with its user."""

    site_id: str
    name: str
    applicant: str | None
    geometry: Polygon
