"""The whole county in memory: every layer as rows, every case with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shapely import MultiLineString, Polygon, box, union_all
from shapely.geometry.base import BaseGeometry

from sample_county.case_kit import Case, CaseRoute
from sample_county.cases import all_cases
from sample_county.curves import Ground, polygons
from sample_county.drawn_case import SITE, SITE_ID, VERGE, drawn_routes
from sample_county.furniture import obstacle_rows, plan_rows
from sample_county.greens import control_rows, green_rows
from sample_county.mains import pipe_rows
from sample_county.network import Section, all_streets, sections_of
from sample_county.place import HEIGHT_M, MAPPED_BOX, WIDTH_M
from sample_county.plots import building_rows, free_of, parcels
from sample_county.roads import road_rows
from sample_county.rows import (
    BuildingRow,
    ControlRow,
    GreenRow,
    ObstacleRow,
    PipeRow,
    PlanRow,
    RoadRow,
    SiteRow,
    SurfaceRow,
)
from sample_county.skeleton import BLUE_HALF_M, RIVER
from sample_county.surfaces import surface_rows


@dataclass(frozen=True)
class SampleCounty:
    """All layers and cases of one seed, in town metres."""

    roads: list[RoadRow]
    surfaces: list[SurfaceRow]
    green_spaces: list[GreenRow]
    pipelines: list[PipeRow]
    buildings: list[BuildingRow]
    obstacles: list[ObstacleRow]
    plan_lines: list[PlanRow]
    control_areas: list[ControlRow]
    sites: list[SiteRow]
    routes: list[CaseRoute]
    drawn: list[CaseRoute]


def make_county(seed: int) -> SampleCounty:
    """Draw the town, then lay the cases into it; the same seed gives the same county."""
    streets = all_streets(seed)
    sections = sections_of(streets)
    cases = all_cases({street.key: street.axis for street in streets})
    routes = [route for case in cases for route in case.routes]
    drawn = drawn_routes()
    lines = MultiLineString([route.line for route in [*routes, *drawn]])
    roads = road_rows(sections, [fact for case in cases for fact in case.roads], seed)
    blocks = _blocks(sections)
    greens = green_rows(sections, blocks, [*(g for case in cases for g in case.greens), VERGE])
    controls = control_rows()
    free = free_of(blocks, [row.geometry for row in greens])
    sites = parcels(free, _case_sites(cases), seed)
    return SampleCounty(
        roads,
        surface_rows(sections, seed),
        greens,
        pipe_rows(streets, seed),
        building_rows(sites, lines, _no_building_here(roads, greens, controls), seed),
        obstacle_rows(sections, greens, lines, seed),
        plan_rows(streets),
        controls,
        sites,
        routes,
        drawn,
    )


def _blocks(sections: Sequence[Section]) -> list[Polygon]:
    """What lies between the streets, without the river."""
    dry = MAPPED_BOX.difference(RIVER.buffer(BLUE_HALF_M))
    return polygons(Ground([s.own for s in sections]).free(dry), 500.0)


def _case_sites(cases: Sequence[Case]) -> list[SiteRow]:
    rows = [
        SiteRow(case.routes[0].site_id, f"示例地块{number}", f"示例{number}号公司", case.site)
        for number, case in enumerate(cases, start=1)
    ]
    return [*rows, SiteRow(SITE_ID, "示例食品产业园", "示例食品有限公司", SITE)]


def _no_building_here(
    roads: Sequence[RoadRow], greens: Sequence[GreenRow], controls: Sequence[ControlRow]
) -> BaseGeometry:
    paved = [
        row.geometry.buffer(row.width_m or 6.0) if row.geometry.geom_type == "LineString"
        else row.geometry
        for row in roads
    ]  # fmt: skip
    water = [row.geometry for row in controls if row.kind == "blue"]
    edge = box(0, 0, WIDTH_M, HEIGHT_M).difference(MAPPED_BOX)
    return union_all([*paved, *water, edge, *(row.geometry for row in greens)])
