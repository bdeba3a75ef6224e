"""What was taped on site in the place of what was measured on the layers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.judging.taped_asked import widen_asked
from neixiang_survey_plugin.core.measuring.crossings import CrossingKind
from neixiang_survey_plugin.core.measuring.measures import (
    Amount,
    Crossing,
    GreenMeasures,
    RoadMeasures,
    RouteMeasures,
    Touch,
)
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.taped import (
    CROSSING,
    GAP,
    GREEN,
    TapedFigure,
    line_print,
    taped_figure,
)

Figures = Mapping[str, float]
_LENGTHWISE = CrossingKind.ALONG.value


@dataclass(frozen=True)
class Taping:
    """The figures that were taped, by line."""

    by_route: Mapping[str, tuple[TapedFigure, ...]] = field(default_factory=dict)

    def apply(
        self, routes: Sequence[Route], measures: Iterable[RouteMeasures]
    ) -> tuple[RouteMeasures, ...]:
        """The measures of lines with what was taped in the place of what was measured.

        A figure that was taped before its line was moved is not used.
        """
        if not self.by_route:
            return tuple(measures)
        return tuple(
            _with_figures(one, self._of(route)) for route, one in zip(routes, measures, strict=True)
        )

    def touched_by(self, routes: Iterable[Route]) -> frozenset[str]:
        """The roads of which somebody taped that lines touch them, whatever the layer says."""
        if not self.by_route:
            return frozenset()
        figures = [one for route in routes for one in self._of(route)]
        return frozenset(one.object_id for one in figures if one.field == GAP and one.value == 0.0)

    def _of(self, route: Route) -> list[TapedFigure]:
        figures = self.by_route.get(route.route_id, ())
        now = line_print(route.line) if figures else ""
        return [figure for figure in figures if figure.of_line == now]


def taping(facts: Iterable[ConfirmedFact]) -> Taping:
    """The taped figures among facts from the site."""
    by_route: dict[str, list[TapedFigure]] = defaultdict(list)
    for fact in facts:
        figure = taped_figure(fact)
        if figure is not None:
            by_route[figure.route_id].append(figure)
    return Taping({route_id: tuple(figures) for route_id, figures in by_route.items()})


def _with_figures(measures: RouteMeasures, figures: Sequence[TapedFigure]) -> RouteMeasures:
    by_field: dict[str, dict[str, float]] = defaultdict(dict)
    for one in figures:
        by_field[one.field][one.object_id] = one.value
    roads, green = measures.roads, measures.green
    if by_field[CROSSING]:
        roads = _taped_crossings(roads, by_field[CROSSING])
    if by_field[GAP]:
        roads = _taped_gaps(roads, by_field[GAP])
    if by_field[GREEN]:
        green = _taped_green(green, by_field[GREEN])
    if not figures:
        return measures
    counted = {one: m for one, m in by_field[CROSSING].items() if not _is_a_lane(one, roads)}
    asked = widen_asked(measures, counted, by_field[GREEN])
    return replace(measures, roads=roads, green=green, asked=asked, untaped=measures)


def _taped_crossings(roads: RoadMeasures, taped_m: Figures) -> RoadMeasures:
    """Totals in which the stretches inside taped roads count as many metres as were taped.

    A taped road counts as crossed, however the layer has its stretch. Nothing blurs it.
    """
    kept = [one for one in roads.crossings if one.road.road_id not in taped_m]
    across, inside = roads.across, roads.inside
    for road_id, length_m in taped_m.items():
        own = [one for one in roads.crossings if one.road.road_id == road_id and one.counts]
        if own or not _is_a_lane(road_id, roads):
            crossed_m = sum(one.length_m for one in own if one.kind != _LENGTHWISE)
            certain = _class_is_known(road_id, roads)
            across = _changed(across, length_m - crossed_m, certain)
            inside = _changed(inside, length_m - sum(one.length_m for one in own), certain)
    counted = {one: length for one, length in taped_m.items() if not _is_a_lane(one, roads)}
    stretches = Counter(one.road.road_id for one in roads.crossings)
    crossings = tuple(
        _taped_stretch(one, taped_m.get(one.road.road_id), stretches[one.road.road_id])
        for one in roads.crossings
    )
    each = _longest(roads, kept, counted)
    return replace(roads, crossings=crossings, across=across, inside=inside, across_each=each)


def _taped_stretch(one: Crossing, taped_m: float | None, stretches: int) -> Crossing:
    """A stretch in a taped road, which nothing blurs; its own figure where it is the only one."""
    if taped_m is None:
        return one
    return one._replace(drift=0.0, blurred_m=0.0, taped_m=taped_m if stretches == 1 else None)


def _longest(roads: RoadMeasures, kept: Sequence[Crossing], counted: Figures) -> Amount:
    """The longest crossing, taped ones among the measured ones."""
    lengths = [
        (one.length_m, one.road.road_class is not None)
        for one in kept
        if one.counts and one.kind != _LENGTHWISE
    ]
    lengths += [(length, _class_is_known(one, roads)) for one, length in counted.items()]
    longest = max((length for length, _ in lengths), default=0.0)
    at_least = max((length for length, known in lengths if known), default=0.0)
    if roads.across_each.value is None:
        return Amount.unknown(at_least)
    return Amount(longest, at_least, longest)


def _taped_gaps(roads: RoadMeasures, gap_m: Figures) -> RoadMeasures:
    """The roads that are touched, where somebody taped how far away they are.

    A road that the centre line lies in is touched, whatever was taped.
    """
    crossed = {one.road.road_id for one in roads.crossings}
    every = [(one, True) for one in roads.touches] + [(one, False) for one in roads.near]

    def is_touched(touch: Touch, usually: bool) -> bool:
        road_id = touch.road.road_id
        return usually if road_id in crossed or road_id not in gap_m else gap_m[road_id] == 0.0

    return replace(
        roads,
        touches=tuple(touch for touch, usually in every if is_touched(touch, usually)),
        near=tuple(one for one in roads.near if one.road.road_id not in gap_m),
    )


def _taped_green(green: GreenMeasures, taped_m2: Figures) -> GreenMeasures:
    strip = green.strip
    for green_id, area_m2 in taped_m2.items():
        own = sum(one.area_m2 for one in green.occupations if one.green_id == green_id)
        strip = _changed(strip, area_m2 - own, certain=True)
    return replace(green, strip=strip)


def _changed(amount: Amount, by: float, certain: bool) -> Amount:
    value = None if amount.value is None else max(amount.value + by, 0.0)
    at_least = max(amount.at_least + by, 0.0) if certain else amount.at_least
    return Amount(value, at_least, max(amount.at_most + by, 0.0))


def _roads_of(road_id: str, roads: RoadMeasures) -> list[str | None]:
    met = [one.road for one in roads.crossings] + [
        one.road for one in (*roads.touches, *roads.near)
    ]
    return [road.road_class for road in met if road.road_id == road_id]


def _is_a_lane(road_id: str, roads: RoadMeasures) -> bool:
    return "other" in _roads_of(road_id, roads)


def _class_is_known(road_id: str, roads: RoadMeasures) -> bool:
    classes = _roads_of(road_id, roads)
    return bool(classes) and None not in classes
