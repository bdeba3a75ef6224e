"""Which areas of the plan a route enters: control lines, planned roads, planned uses of land."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from neixiang_survey_plugin.core.county import Department
from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.core.measuring.boundaries import Boundaries, trace
from neixiang_survey_plugin.core.measuring.intervals import inside_intervals
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.measures import Point
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.planning.remark import PlanRemark, RemarkKind
from neixiang_survey_plugin.core.planning.remarking import Remarker
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.core.planning.spans import Span, joined, total_m, without
from neixiang_survey_plugin.core.trees import Tree, tree_of

Spans = Mapping[int, Mapping[int, list[Span]]]  # of a route in an area
_KINDS = {
    "red": RemarkKind.PLANNED_ROAD,
    "green": RemarkKind.GREEN_LINE,
    "blue": RemarkKind.BLUE_LINE,
    "purple": RemarkKind.PURPLE_LINE,
    "yellow": RemarkKind.YELLOW_LINE,
    "orange": RemarkKind.ORANGE_LINE,
}
_SAME_PLACE_M = 1e-3
_LEAST_M = 0.01  # what is shorter comes of the last digits of two layers
_LEAST_M2 = 1e-4


@dataclass(frozen=True, eq=False)
class PlanAreas:
    """Areas of one layer in one piece each; ``feature`` is each piece's row in the table."""

    table: FeatureTable
    areas: Geometries
    feature: Indices
    boundaries: Boundaries
    tree: Tree

    def text(self, field: str, feature: int) -> str | None:
        """What the layer says of one area; None where it says nothing."""
        value: str | None = self.table.columns[field][feature]
        return value


def prepare_areas(table: FeatureTable, areas: Geometries, feature: Indices) -> PlanAreas:
    """Index areas, of which ``feature`` names the row in the table."""
    return PlanAreas(table, areas, feature, trace(areas), tree_of(areas))


def prepare_control_areas(table: FeatureTable, roads: RoadLayer | None) -> PlanAreas:
    """Index control areas; of the red ones only what is no road yet."""
    kept, feature = [table.geometry], [table.feature]
    if roads is not None:
        is_red = table.columns["kind"][table.feature] == "red"
        kept, feature = [table.geometry[~is_red]], [table.feature[~is_red]]
        for part in np.nonzero(is_red)[0]:
            red = table.geometry[part]
            there = shapely.union_all(roads.areas[roads.tree.query(red, predicate="intersects")])
            left = shapely.get_parts(shapely.difference(red, there))
            left = left[shapely.area(left) > _LEAST_M2]
            kept.append(left)
            feature.append(np.full(len(left), table.feature[part]))
    return prepare_areas(table, np.concatenate(kept), np.concatenate(feature))


def spans_inside(laid: LaidRoutes, areas: PlanAreas) -> Spans:
    """Where the centre line of every route lies in an area, in ellipsoidal metres along it."""
    lines = laid.lines
    segment, part = areas.tree.query(laid.boxes)
    pieces = inside_intervals(lines, areas.boundaries, segment, part)
    found: dict[int, dict[int, list[Span]]] = {}
    rows = zip(
        lines.line[pieces.segment].tolist(),
        areas.feature[pieces.area].tolist(),
        lines.metres_at(pieces.segment, pieces.from_m).tolist(),
        lines.metres_at(pieces.segment, pieces.to_m).tolist(),
        strict=True,
    )
    for line, feature, from_m, to_m in rows:
        found.setdefault(line, {}).setdefault(feature, []).append((from_m, to_m))
    return {
        line: {feature: joined(spans, _SAME_PLACE_M) for feature, spans in of_line.items()}
        for line, of_line in found.items()
    }


@dataclass(frozen=True, eq=False)
class InControlAreas:
    """What the routes of one check have to do with control areas.

    ``touched`` are areas that the working strip alone enters, with a place; ``maybe`` those that
    it may enter, for nobody knows how wide it is.
    """

    areas: PlanAreas
    spans: Spans
    touched: Mapping[int, Mapping[int, Point]]
    maybe: Mapping[int, Mapping[int, Point]]


def search_control_areas(
    laid: LaidRoutes, areas: PlanAreas, unknown_width_reach_m: float
) -> InControlAreas:
    """Every control area that a route enters, with its centre line or its strip."""
    spans = spans_inside(laid, areas)
    segment, part = areas.tree.query(laid.boxes)
    pairs = np.unique(np.stack((laid.lines.line[segment], part), axis=1), axis=0)
    shared = shapely.intersection(laid.ground[pairs[:, 0]], areas.areas[pairs[:, 1]])
    touched = _places(areas, spans, pairs[shapely.area(shared) > _LEAST_M2], laid)
    wide = np.nonzero(laid.width_missing)[0]
    row, part = areas.tree.query(
        laid.centre[wide], predicate="dwithin", distance=unknown_width_reach_m
    )
    maybe = _places(areas, spans, np.stack((wide[row], part), axis=1), laid)
    return InControlAreas(areas, spans, touched, maybe)


def _places(
    areas: PlanAreas, spans: Spans, pairs: np.ndarray, laid: LaidRoutes
) -> dict[int, dict[int, Point]]:
    """The place on each area that is nearest to a route whose centre line stays outside."""
    found: dict[int, dict[int, Point]] = {}
    for row, part in pairs.tolist():
        feature = int(areas.feature[part])
        if feature not in spans.get(row, {}):
            nearest = shapely.shortest_line(areas.areas[part], laid.centre[row])
            east_m, north_m = shapely.get_coordinates(nearest)[0].tolist()
            found.setdefault(row, {})[feature] = (east_m, north_m)
    return found


def judge_control_areas(
    found: InControlAreas,
    remark: Remarker,
    rules: PlanningRules,
    departments: Mapping[str, Department],
) -> Iterator[PlanRemark]:
    """A remark for every control area that a route enters, with the authority to ask."""
    for feature, from_m, to_m, inside_m, at in _entered(found, remark):
        word = found.areas.text("kind", feature)
        facts = ("control.kind", word), ("route.working_width_m", inside_m)
        department = departments.get(rules.departments.get(word or "", ""))
        yield remark.remark(
            _KINDS.get(word or "", RemarkKind.CONTROL_LINE),
            from_m,
            to_m,
            at=at,
            measured=inside_m,
            limit=0.0,
            layer="control_areas",
            object_id=str(found.areas.table.ids[feature]),
            object_name=found.areas.text("name", feature),
            authority=found.areas.text("authority", feature)
            or (department.name if department else None),
            missing=tuple(name for name, fact in facts if fact is None),
        )


_Entry = tuple[int, float, float, float | None, Point | None]


def _entered(found: InControlAreas, remark: Remarker) -> Iterator[_Entry]:
    """Area, from, to, metres inside and place; None metres where the strip's width is unknown."""
    for feature, spans in found.spans.get(remark.row, {}).items():
        if (inside_m := total_m(spans)) >= _LEAST_M:
            yield feature, spans[0][0], spans[-1][1], inside_m, _middle(remark, spans)
    touched = found.touched.get(remark.row, {})
    for feature, at in touched.items():
        beside_m = _along(remark, at)
        yield feature, beside_m, beside_m, 0.0, at
    for feature, at in found.maybe.get(remark.row, {}).items():
        if feature not in touched:
            beside_m = _along(remark, at)
            yield feature, beside_m, beside_m, None, at


def _middle(remark: Remarker, spans: Sequence[Span]) -> Point:
    """The middle of the longest stretch: that of the whole may lie outside the area."""
    from_m, to_m = max(spans, key=lambda one: one[1] - one[0])
    return remark.lines.point_at(remark.row, 0.5 * (from_m + to_m))


def _along(remark: Remarker, at: Point) -> float:
    """Where along a route a place beside it lies, in ellipsoidal metres."""
    share = shapely.line_locate_point(remark.route.line, shapely.Point(at), normalized=True)
    return float(share) * remark.lines.length_of(remark.row)


def judge_land_use(
    found: Spans, own_site: Spans, areas: PlanAreas, remark: Remarker, rules: PlanningRules
) -> Iterator[PlanRemark]:
    """Stretches in land that is planned to be built upon, outside the site that asks for the line.

    Land whose use nobody wrote down may be such land.
    """
    sites = joined(
        (span for spans in own_site.get(remark.row, {}).values() for span in spans), _SAME_PLACE_M
    )
    for feature, spans in found.get(remark.row, {}).items():
        use = areas.text("land_use", feature)
        left = without(spans, sites)
        if use in rules.free_uses or total_m(left) < _LEAST_M:
            continue
        yield remark.remark(
            RemarkKind.LAND_USE,
            left[0][0],
            left[-1][1],
            at=_middle(remark, left),
            measured=total_m(left),
            limit=0.0,
            layer="land_use",
            object_id=str(areas.table.ids[feature]),
            object_name=areas.text("name", feature),
            other=use,
            missing=() if use else ("land_use.land_use",),
        )
