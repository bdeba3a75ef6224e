"""Where a route that runs along a road lies in it: parallel, on which side, in which order."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.core.measuring.measures import Crossing, Point
from neixiang_survey_plugin.core.measuring.polylines import Floats, Polylines
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.planning.across import Across, cut_across
from neixiang_survey_plugin.core.planning.remark import NO_SECTION, PlanRemark, RemarkKind
from neixiang_survey_plugin.core.planning.remarking import Remarker
from neixiang_survey_plugin.core.planning.rules import RoadPlaceRules
from neixiang_survey_plugin.core.planning.spans import Span, joined, without
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trees import Tree, tree_of

CUT_WIDTHS = 2.0  # how many widths of the road around a place its edges are looked for
_QUARTERS = (0.25, 0.75)  # of a piece whose middle lies where two roads cross
_LEAST_M = 1e-6
_LEAST_DEG = 1e-6
_SIDES: Mapping[str, frozenset[str]] = {
    "east_south": frozenset({"east", "south"}),
    "west_north": frozenset({"west", "north"}),
}


class Piece(NamedTuple):
    """A straight piece of a route inside a road: ellipsoidal metres along the route, direction.

    ``at`` is the place in the county grid that is judged for the whole piece.
    """

    from_m: float
    to_m: float
    at: Point
    ahead: Floats


class Neighbour(NamedTuple):
    """Another line in the same half of a road, and how far it lies from the red line."""

    layer: str
    object_id: str
    utility: str
    from_red_line_m: float


@dataclass(frozen=True, eq=False)
class LinesInRoads:
    """Lines of one layer that may lie in a road beside a route, found by where they lie."""

    layer: str
    geometry: Geometries
    object_ids: NDArray[np.object_]
    utilities: NDArray[np.object_]
    tree: Tree


def mains_in_roads(pipelines: FeatureTable) -> LinesInRoads:
    """The mains of a county, indexed: of 200,000 that takes 0.1 s."""
    rows, utilities = pipelines.feature, pipelines.columns["utility"]
    shapes = pipelines.geometry
    return LinesInRoads("pipelines", shapes, pipelines.ids[rows], utilities[rows], tree_of(shapes))


def routes_in_roads(routes: Sequence[Route]) -> LinesInRoads:
    """The lines of a check, indexed, to be held against each other."""
    lines = np.array([route.line for route in routes], dtype=np.object_)
    ids = np.array([route.route_id for route in routes], dtype=np.object_)
    utilities = np.array([route.utility for route in routes], dtype=np.object_)
    return LinesInRoads("routes", lines, ids, utilities, tree_of(lines))


def judge_in_roads(
    remark: Remarker,
    crossings: Sequence[Crossing],
    roads: RoadLayer,
    beside: Sequence[LinesInRoads],
    rules: RoadPlaceRules,
    planned: Sequence[Span],
    pause: Callable[[], object],
) -> Iterator[PlanRemark]:
    """What is to be remarked where a route runs along a road, a stretch at a time.

    Where it lies in its ``planned`` corridor the plan itself has decided on its place. ``pause`` is
    called before each place is looked at: one route may have dozens, of up to 11 ms.
    """
    judged: list[Span] = []
    uncut: list[tuple[Crossing, Piece]] = []
    for crossing in crossings:
        for piece in _pieces(remark.lines, remark.row, crossing):
            middle_m = 0.5 * (piece.from_m + piece.to_m)
            is_short = piece.to_m - piece.from_m < rules.along_m - _LEAST_M
            if is_short or any(begin <= middle_m <= end for begin, end in planned):
                continue
            cut = _cut(remark, piece, roads, CUT_WIDTHS * crossing.road_width_m, pause)
            if cut is None:
                uncut.append((crossing, piece))
                continue
            judged.append((piece.from_m, piece.to_m))
            pause()
            yield from _of_piece(remark, crossing, *cut, beside, rules)
    yield from _not_judged(remark, uncut, judged, rules)


def _pieces(lines: Polylines, row: int, crossing: Crossing) -> Iterator[Piece]:
    """The straight pieces of a stretch inside a road."""
    for segment in range(int(lines.first[row]), int(lines.first[row + 1])):
        begin = float(lines.before_m[segment])
        from_m = max(begin, crossing.from_m)
        to_m = min(begin + float(lines.length_m[segment]), crossing.to_m)
        if from_m < to_m:
            middle = lines.point_at(row, 0.5 * (from_m + to_m))
            yield Piece(from_m, to_m, middle, lines.direction[segment])


def _of_piece(
    remark: Remarker,
    crossing: Crossing,
    piece: Piece,
    across: Across,
    beside: Sequence[LinesInRoads],
    rules: RoadPlaceRules,
) -> Iterator[PlanRemark]:
    facts = {"at": piece.at, **_names(crossing)}
    angle_deg = _to_axis_deg(piece.ahead, across)
    if angle_deg >= rules.crossing_deg:
        return
    if angle_deg > rules.parallel_deg + _LEAST_DEG:
        yield remark.remark(
            RemarkKind.NOT_PARALLEL,
            piece.from_m,
            piece.to_m,
            measured=angle_deg,
            limit=rules.parallel_deg,
            unit="deg",
            **facts,
        )
    yield from _side(remark, piece, across, rules, facts)
    yield from _order(remark, piece, across, beside, rules)


def _names(crossing: Crossing) -> dict[str, str | None]:
    """The road as a remark names it."""
    road = crossing.road
    return {"layer": "roads", "object_id": road.road_id, "object_name": road.name}


def _not_judged(
    remark: Remarker,
    uncut: Sequence[tuple[Crossing, Piece]],
    judged: Sequence[Span],
    rules: RoadPlaceRules,
) -> Iterator[PlanRemark]:
    """Where no road could be cut across and no other road of the same place was: each once."""
    held = joined(judged, 0.0)
    for crossing, piece in sorted(
        uncut, key=lambda one: (one[1].from_m - one[1].to_m, one[0].road.road_id)
    ):
        for from_m, to_m in without([(piece.from_m, piece.to_m)], held):
            if to_m - from_m >= rules.along_m - _LEAST_M:
                yield remark.remark(
                    RemarkKind.NOT_PARALLEL,
                    from_m,
                    to_m,
                    limit=rules.parallel_deg,
                    unit="deg",
                    missing=(NO_SECTION,),
                    **_names(crossing),
                )
        held = joined((*held, (piece.from_m, piece.to_m)), 0.0)


def _cut(
    remark: Remarker,
    piece: Piece,
    roads: RoadLayer,
    reach_m: float,
    pause: Callable[[], object],
) -> tuple[Piece, Across] | None:
    """Where on a piece its road is cut across, and the cut; None where it nowhere can be.

    In its middle; where that lies in a crossroads with no edge beside it, at the quarter where
    the road is narrower, whichever way the piece is drawn. Last of all it may be twice as wide,
    as a road is that was drawn in halves.
    """
    middle, quarters = (piece.at,), _quarters(remark, piece)
    for widest_m, places in itertools.product((reach_m, 2.0 * reach_m), (middle, quarters)):
        bounded = []
        for at in places:
            pause()
            across = _cut_at(roads, at, reach_m, widest_m)
            if across is not None:
                bounded.append((at, across))
        if bounded:
            at, across = min(bounded, key=lambda one: (round(one[1].width_m, 3), one[0]))
            return piece._replace(at=at), across
    return None


def _quarters(remark: Remarker, piece: Piece) -> tuple[Point, ...]:
    length_m = piece.to_m - piece.from_m
    shares_m = (piece.from_m + share * length_m for share in _QUARTERS)
    return tuple(remark.lines.point_at(remark.row, one) for one in shares_m)


def _cut_at(roads: RoadLayer, at: Point, reach_m: float, widest_m: float) -> Across | None:
    return cut_across(_road_around(roads, at, reach_m), at, reach_m, widest_m)


def _road_around(roads: RoadLayer, at: Point, reach_m: float) -> Geometry:
    """The roads around a place as one: sections that join have no edge between them."""
    circle = shapely.Point(at).buffer(reach_m)
    return shapely.union_all(roads.areas[roads.tree.query(circle, predicate="intersects")])


def _to_axis_deg(ahead: Floats, across: Across) -> float:
    """The angle between a direction and the road's axis, which is square to the cut."""
    return math.degrees(math.asin(min(1.0, abs(float(ahead @ across.way)))))


def _side(
    remark: Remarker,
    piece: Piece,
    across: Across,
    rules: RoadPlaceRules,
    facts: Mapping[str, object],
) -> Iterator[PlanRemark]:
    wanted = _SIDES.get(rules.sides.get(remark.route.utility, ""))
    off_m = abs(across.from_middle_m)
    has_both = across.width_m > rules.both_sides_over_m + _LEAST_M
    if wanted is None or has_both or off_m <= rules.middle_m + _LEAST_M:
        return
    if across.side not in wanted:
        yield remark.remark(
            RemarkKind.ROAD_SIDE,
            piece.from_m,
            piece.to_m,
            measured=off_m,
            limit=None,
            other=across.side,
            **facts,
        )


def _order(
    remark: Remarker,
    piece: Piece,
    across: Across,
    beside: Sequence[LinesInRoads],
    rules: RoadPlaceRules,
) -> Iterator[PlanRemark]:
    """The line of another utility that stands furthest the wrong way round, where one does."""
    if remark.route.utility not in rules.order:
        return
    own_m, rank = across.from_red_line_m, rules.order.index(remark.route.utility)
    wrong = [
        one
        for lines in beside
        for one in _neighbours(remark, across, lines, rules)
        if (rules.order.index(one.utility) - rank) * (one.from_red_line_m - own_m) < -_LEAST_M
    ]
    if wrong:
        worst = max(wrong, key=lambda one: (abs(one.from_red_line_m - own_m), one.object_id))
        yield remark.remark(
            RemarkKind.ROAD_ORDER,
            piece.from_m,
            piece.to_m,
            at=piece.at,
            measured=own_m,
            limit=worst.from_red_line_m,
            layer=worst.layer,
            object_id=worst.object_id,
            other=worst.utility,
            move_m=abs(worst.from_red_line_m - own_m),
        )


def _neighbours(
    remark: Remarker, across: Across, lines: LinesInRoads, rules: RoadPlaceRules
) -> Iterator[Neighbour]:
    """Lines along the road in the same half of it; one that crosses the road is none."""
    half = across.half
    remark.looked_along.append(half)
    for row in lines.tree.query(half, predicate="intersects").tolist():
        utility = lines.utilities[row]
        if utility not in rules.order or utility == remark.route.utility:
            continue
        for point in shapely.get_parts(shapely.intersection(half, lines.geometry[row])):
            # a line that lies in the cut itself crosses the road
            if isinstance(point, shapely.Point) and _is_along(
                lines.geometry[row], point, across, rules.crossing_deg
            ):
                own_id = str(lines.object_ids[row])
                yield Neighbour(lines.layer, own_id, str(utility), half.project(point))


def _is_along(line: LineString, point: shapely.Point, across: Across, most_deg: float) -> bool:
    """Whether a line runs along the road where it meets the cut."""
    at_m = line.project(point)
    ends = shapely.line_interpolate_point(line, [max(at_m - 1.0, 0.0), at_m + 1.0])
    way = np.subtract(*shapely.get_coordinates(ends)[::-1])
    return _to_axis_deg(way / np.hypot(*way), across) < most_deg
