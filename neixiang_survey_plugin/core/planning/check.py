"""Routes held against the master plan of a county, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import shapely
from shapely import LineString

from neixiang_survey_plugin.core.county import County, Department
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay
from neixiang_survey_plugin.core.measuring.measures import RoadMeasures
from neixiang_survey_plugin.core.measuring.nearby import covered
from neixiang_survey_plugin.core.measuring.road_measures import measure_roads
from neixiang_survey_plugin.core.planning.areas import (
    PlanAreas,
    judge_control_areas,
    judge_land_use,
    prepare_areas,
    prepare_control_areas,
    search_control_areas,
    spans_inside,
)
from neixiang_survey_plugin.core.planning.corridors import (
    Corridors,
    OfCorridors,
    along_corridors,
    judge_corridors,
    prepare_corridors,
)
from neixiang_survey_plugin.core.planning.red_lines import along_red_lines, judge_red_lines
from neixiang_survey_plugin.core.planning.remark import (
    CorridorMetres,
    PlanOfRoute,
    PlanRemark,
    in_order,
)
from neixiang_survey_plugin.core.planning.remarking import Remarker
from neixiang_survey_plugin.core.planning.road_place import (
    LinesInRoads,
    judge_in_roads,
    mains_in_roads,
    routes_in_roads,
)
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.core.planning.spans import Span
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.schema import PLAN_CHECK_LAYERS

# Without one of these something of the plan is not judged; land use only few counties have.
NEEDED_LAYERS = ("plan_lines", "control_areas", "roads", "pipelines")
_NOTHING = CorridorMetres(None, None, None)


Box = tuple[float, float, float, float]


class NotHeldReason(Enum):
    """Why a route was not, or not wholly, held against a layer."""

    NO_LAYER = "no_layer"
    OUTSIDE_COVERAGE = "outside_coverage"
    ROAD_WITHOUT_WIDTH = "road_without_width"


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A layer that a route was not held against; None stands for every route."""

    route_id: str | None
    layer: str
    reason: NotHeldReason


@dataclass(frozen=True, eq=False)
class PlanGround:
    """The layers of a plan, indexed once; one that is None is not judged."""

    ground: Ground
    corridors: Corridors | None
    control_areas: PlanAreas | None
    land_use: PlanAreas | None
    sites: PlanAreas | None
    mains: LinesInRoads | None
    layers: Mapping[str, FeatureTable]
    departments: Mapping[str, Department]
    rules: PlanningRules


def prepare_plan(county: County, ground: Ground, rules: PlanningRules) -> PlanGround:
    """Index what a county has of a master plan; ``ground`` are its layers as they are measured."""
    layers = county.layers
    plan, control = layers.get("plan_lines"), layers.get("control_areas")
    mains = layers.get("pipelines")
    return PlanGround(
        ground=ground,
        corridors=None if plan is None else prepare_corridors(plan),
        control_areas=None if control is None else prepare_control_areas(control, ground.roads),
        land_use=_areas(layers.get("land_use")),
        sites=_areas(layers.get("sites")),
        mains=None if mains is None else mains_in_roads(mains),
        layers={name: layers[name] for name in PLAN_CHECK_LAYERS if name in layers},
        departments=county.departments,
        rules=rules,
    )


def _areas(table: FeatureTable | None) -> PlanAreas | None:
    return None if table is None else prepare_areas(table, table.geometry, table.feature)


@dataclass(frozen=True)
class Holding:
    """What the plan says of every route, in the order given, and what was not held against it.

    ``looked_in`` is, for each route, the box in which other lines of the check count for it,
    (west, south, east, north) in metres of the county grid; None where none does.
    """

    found: tuple[PlanOfRoute, ...] = ()
    not_held: tuple[NotHeld, ...] = ()
    looked_in: tuple[Box | None, ...] = ()


def hold_against_plan(
    routes: Sequence[Route],
    plan: PlanGround,
    on: date,
    tick: Callable[[int, int], None] = lambda done, of: None,
    beside: LinesInRoads | None = None,
    pause: Callable[[], object] = lambda: None,
) -> Holding:
    """Hold routes against a plan, and against each other or the lines ``beside``.

    ``on`` is the day for routes without planned works; ``tick`` hears how many of how many
    routes were looked at, and ``pause`` is called in between every few milliseconds.
    """
    if not routes:
        return Holding()
    laid = lay(routes, plan.ground)
    ground = plan.ground
    roads = measure_roads(
        laid, ground.roads, ground.unknown_width_reach_m, ground.unknown_pit_reach_m
    )
    pause()
    search = _Search(laid, plan, roads, routes_in_roads(routes) if beside is None else beside)
    found, looked_in = list[PlanOfRoute](), list[Box | None]()
    for row in range(len(laid)):
        tick(row, len(laid))
        of_route, looked_along = search.of_route(row, on, pause)
        found.append(of_route)
        looked_in.append(_box_of(looked_along))
    return Holding(tuple(found), tuple(_not_held(laid, plan, roads)), tuple(looked_in))


def _box_of(looked_along: Sequence[LineString]) -> Box | None:
    if not looked_along:
        return None
    west, south, east, north = shapely.total_bounds(looked_along).tolist()
    return west, south, east, north


class _Search:
    """The whole check's searches, made once; what is remarked of a route is taken from them."""

    def __init__(
        self,
        laid: LaidRoutes,
        plan: PlanGround,
        roads: Sequence[RoadMeasures],
        beside: LinesInRoads,
    ) -> None:
        self._laid, self._plan, self._roads = laid, plan, roads
        rules, layers = plan.rules, plan.ground.roads
        self._corridors = (
            along_corridors(laid.lines, plan.corridors, rules.corridor) if plan.corridors else None
        )
        self._control = (
            search_control_areas(laid, plan.control_areas, plan.ground.unknown_width_reach_m)
            if plan.control_areas
            else None
        )
        self._uses = spans_inside(laid, plan.land_use) if plan.land_use else {}
        self._sites = spans_inside(laid, plan.sites) if plan.sites else {}
        self._beside = (beside,) if plan.mains is None else (beside, plan.mains)
        self._red_lines = along_red_lines(laid, layers, rules.road) if layers else {}

    def of_route(
        self, row: int, on: date, pause: Callable[[], object]
    ) -> tuple[PlanOfRoute, Sequence[LineString]]:
        """What is to be remarked of one route, and where other lines were looked for."""
        route, lines = self._laid.routes[row], self._laid.lines
        remark = Remarker(route, lines, row, self._plan.rules.rules)
        found = OfCorridors(_NOTHING, [], [])
        if self._corridors is not None:
            found = judge_corridors(self._corridors, remark, route.planned_on or on)
        areas, roads = self._of_areas(remark), self._of_roads(remark, found.within, pause)
        of_route = PlanOfRoute(
            route_id=route.route_id,
            utility=route.utility,
            case_id=route.case_id,
            length_m=lines.length_of(row),
            corridor=found.metres,
            remarks=in_order([*found.remarks, *areas, *roads]),
        )
        return of_route, remark.looked_along

    def _of_areas(self, remark: Remarker) -> Iterator[PlanRemark]:
        plan = self._plan
        if self._control is not None:
            yield from judge_control_areas(self._control, remark, plan.rules, plan.departments)
        if plan.land_use is not None:
            own = self._own_site(remark)
            yield from judge_land_use(self._uses, own, plan.land_use, remark, plan.rules)

    def _own_site(self, remark: Remarker) -> dict[int, dict[int, list[Span]]]:
        """Where the route lies on the site that it is laid for."""
        sites = self._plan.sites
        if sites is None or remark.route.site_id is None:
            return {}
        of_route = self._sites.get(remark.row, {})
        wanted = remark.route.site_id
        own = {site: of_route[site] for site in of_route if sites.table.ids[site] == wanted}
        return {remark.row: own}

    def _of_roads(
        self, remark: Remarker, planned: Sequence[Span], pause: Callable[[], object]
    ) -> Iterator[PlanRemark]:
        roads, rules = self._plan.ground.roads, self._plan.rules.road
        if roads is not None:
            crossings = self._roads[remark.row].crossings
            beside = self._beside
            yield from judge_in_roads(remark, crossings, roads, beside, rules, planned, pause)
            yield from judge_red_lines(self._red_lines, remark, roads, rules)


def _not_held(
    laid: LaidRoutes, plan: PlanGround, roads: Sequence[RoadMeasures]
) -> Iterator[NotHeld]:
    for layer in (*NEEDED_LAYERS, "land_use"):
        table = plan.layers.get(layer)
        if table is None:
            yield NotHeld(None, layer, NotHeldReason.NO_LAYER)
        elif table.coverage is not None:
            outside = ~covered(table.coverage, laid.centre)
            for row in np.nonzero(outside)[0].tolist():
                yield NotHeld(laid.routes[row].route_id, layer, NotHeldReason.OUTSIDE_COVERAGE)
    for route, measured in zip(laid.routes, roads, strict=True):
        if measured.unmeasured:
            yield NotHeld(route.route_id, "roads", NotHeldReason.ROAD_WITHOUT_WIDTH)
