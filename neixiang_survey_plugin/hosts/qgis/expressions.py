"""Functions for QGIS's expressions, in labels, filters and the field calculator."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsExpressionFunction,
    QgsGeometry,
    QgsProject,
)

from neixiang_survey_plugin.hosts.qgis.translation import TranslatedTexts

if TYPE_CHECKING:
    from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
    from neixiang_survey_plugin.hosts.qgis.bench import Bench

OpenBench = Callable[[], "Bench | None"]


def functions(bench: OpenBench) -> tuple[Any, ...]:
    """Every function; ``bench`` gives the survey that is open when one is called."""
    return CrossingLength(bench), GreenArea(bench), VerdictOf(bench)


class _OnTheSurvey(QgsExpressionFunction):
    """A function that needs an open survey and says so where none is."""

    def __init__(self, bench: OpenBench, name: str, count: int) -> None:
        self.texts = TranslatedTexts()
        group, help_text = self.texts("expression.group"), self.texts(f"expression.{name}")
        super().__init__(name, count, group, help_text)
        self._bench = bench

    def func(self, values: Any, context: Any, parent: Any, node: Any) -> Any:
        """The value, or None with what stood in the way."""
        bench = self._bench()
        if bench is None:
            parent.setEvalErrorString(self.texts("expression.no_survey"))
            return None
        return self.value(bench, values, context, parent)

    def value(self, bench: Bench, values: Any, context: Any, parent: Any) -> Any:
        """The value on an open survey."""
        raise NotImplementedError

    def measured(
        self, bench: Bench, geometry: Any, context: Any, parent: Any, width_m: float | None = None
    ) -> RouteMeasures | None:
        """A line measured over the county's layers; None for what is no line."""
        import shapely

        from neixiang_survey_plugin.core.routes import Route

        if not isinstance(geometry, QgsGeometry) or geometry.isNull():
            parent.setEvalErrorString(self.texts("expression.no_line"))
            return None
        placed = _in_grid(geometry, context, bench.session.county.grid.epsg)
        line = shapely.line_merge(shapely.from_wkb(bytes(placed.asWkb())))
        if line.geom_type != "LineString" or line.is_empty:
            parent.setEvalErrorString(self.texts("expression.no_line"))
            return None
        route = Route("", "water", shapely.force_2d(line), working_width_m=width_m)
        return bench.session.checker.measure([route])[0]


class CrossingLength(_OnTheSurvey):
    """``nx_crossing_length(geometry)``: metres across city roads."""

    def __init__(self, bench: OpenBench) -> None:
        super().__init__(bench, "nx_crossing_length", 1)

    def value(self, bench: Bench, values: Any, context: Any, parent: Any) -> Any:
        """Metres on the ellipsoid; None where a road's extent is not known."""
        measures = self.measured(bench, values[0], context, parent)
        return None if measures is None else measures.roads.across.value


class GreenArea(_OnTheSurvey):
    """``nx_green_area(geometry, width_m)``: square metres of green space below the strip."""

    def __init__(self, bench: OpenBench) -> None:
        super().__init__(bench, "nx_green_area", 2)

    def value(self, bench: Bench, values: Any, context: Any, parent: Any) -> Any:
        """Square metres; None where that is not known."""
        measures = self.measured(bench, values[0], context, parent, float(values[1]))
        return None if measures is None else measures.green.strip.value


class VerdictOf(_OnTheSurvey):
    """``nx_verdict(route_id, in_words)``: the way of a line of the survey."""

    def __init__(self, bench: OpenBench) -> None:
        super().__init__(bench, "nx_verdict", 2)

    def value(self, bench: Bench, values: Any, context: Any, parent: Any) -> Any:
        """The way as a word of the JSON, or as the panels say it."""
        result = bench.session.results.get(str(values[0]))
        if result is None:
            parent.setEvalErrorString(self.texts("expression.unknown_route", route_id=values[0]))
            return None
        way = result.verdict.way
        return bench.look.words.way(way) if values[1] else way.value


def _in_grid(geometry: Any, context: Any, epsg: int) -> Any:
    """A geometry of the layer that is looked at, in the county's grid."""
    own = QgsCoordinateReferenceSystem(str(context.variable("layer_crs") or ""))
    grid = QgsCoordinateReferenceSystem(f"EPSG:{epsg}")
    if not own.isValid() or own == grid:
        return geometry
    moved = QgsGeometry(geometry)
    moved.transform(QgsCoordinateTransform(own, grid, QgsProject.instance()))
    return moved
