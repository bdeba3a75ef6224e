"""Measuring, judging and conflicts as algorithms: the figures of ``check``, as JSON and a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSink

from neixiang_survey_plugin.hosts.qgis.processing.algorithm import SurveyAlgorithm, Ticking
from neixiang_survey_plugin.hosts.qgis.processing.sinks import Sink

if TYPE_CHECKING:
    from neixiang_survey_plugin.app.results import CheckResult, RouteResult
    from neixiang_survey_plugin.io.lines_work import LinesWork

OUTPUT = "OUTPUT"
_LENGTH, _TEXT = "double", "string"
_MEASURES = {
    "length_m": _LENGTH,
    "grid_length_m": _LENGTH,
    "across_total_m": _LENGTH,
    "along_total_m": _LENGTH,
    "inside_total_m": _LENGTH,
    "green_total_m2": _LENGTH,
    "touched_roads": _TEXT,
}
_MEASURED = (*_MEASURES, "crossings", "green", "green_trench_m2")


class MeasureAlgorithm(SurveyAlgorithm):
    """How long each line is, what it crosses, how much green space it takes."""

    NAME, ICON = "measure", "type_in"
    FIELDS: Mapping[str, str] = {"route_id": _TEXT, "utility": _TEXT, "case_id": _TEXT, **_MEASURES}

    def declare(self) -> None:
        """The lines with their figures."""
        kind = QgsProcessing.SourceType.TypeVectorLine
        word = self.texts("algorithm.lines")
        self.addParameter(QgsProcessingParameterFeatureSink(OUTPUT, word, kind))

    def do(self, work: Any, parameters: Any, context: Any, tick: Ticking) -> dict[str, Any]:
        """The layer, and the JSON where it was asked for."""
        result = self.result(work, tick)
        sink = Sink(self, parameters, OUTPUT, context, self.FIELDS, "LineString", work)
        for one in result.routes:
            sink.add(one.route.line, self.row(one))
        return {OUTPUT: sink.id, **self.write_json(self.report(result), parameters, context)}

    def result(self, work: Any, tick: Ticking) -> CheckResult:
        """What is reported; measuring asks for no conflicts."""
        measured: CheckResult = work.judge(tick)
        return measured

    def report(self, result: CheckResult) -> dict[str, Any]:
        """Of the keys of ``check --json`` those that are measured."""
        from neixiang_survey_plugin.app.report import check_report

        whole = check_report(result)
        kept = ("route_id", "utility", "case_id", *_MEASURED)
        routes = [{key: row[key] for key in kept} for row in whole["routes"]]
        return {key: whole[key] for key in ("schema", "county", "warnings")} | {"routes": routes}

    def row(self, one: RouteResult) -> dict[str, Any]:
        """The cells of a line."""
        from neixiang_survey_plugin.app.report import route_report

        report = route_report(one)
        report["touched_roads"] = ",".join(report["touched_roads"])
        return {name: report[name] for name in self.FIELDS if name in report}


class JudgeAlgorithm(MeasureAlgorithm):
    """By which way each line goes, by which clause, and everything that ``check`` says."""

    NAME, ICON = "judge", "tick"
    FIELDS: Mapping[str, str] = {
        **MeasureAlgorithm.FIELDS,
        "verdict": _TEXT,
        "verdict_words": _TEXT,
    }

    def result(self, work: Any, tick: Ticking) -> CheckResult:
        """Everything that ``check`` says."""
        return check_of(work, tick)

    def report(self, result: CheckResult) -> dict[str, Any]:
        """The JSON of ``check --json``, whole."""
        from neixiang_survey_plugin.app.report import check_report

        return check_report(result)

    def row(self, one: RouteResult) -> dict[str, Any]:
        """The cells of a line."""
        from neixiang_survey_plugin.ui.words import words_of

        words = words_of(self.texts.language)
        return {**super().row(one), "verdict_words": words.way(one.verdict.way)}


class ConflictsAlgorithm(SurveyAlgorithm):
    """Where lines come too near to each other, to mains, buildings, trees."""

    NAME, ICON = "conflicts", "parallel"
    FIELDS: Mapping[str, str] = {
        "conflict_id": _TEXT,
        "kind": _TEXT,
        "a": _TEXT,
        "b": _TEXT,
        "b_layer": _TEXT,
        "measured_m": _LENGTH,
        "required_m": _LENGTH,
        "outcome": _TEXT,
        "confidence": _TEXT,
        "yields": _TEXT,
    }

    def declare(self) -> None:
        """The places."""
        kind = QgsProcessing.SourceType.TypeVectorPoint
        word = self.texts("algorithm.places")
        self.addParameter(QgsProcessingParameterFeatureSink(OUTPUT, word, kind))

    def do(self, work: Any, parameters: Any, context: Any, tick: Ticking) -> dict[str, Any]:
        """The layer, and the JSON of ``conflict list`` where it was asked for."""
        from shapely import Point

        from neixiang_survey_plugin.app.report import followed_report

        followed = check_of(work, tick).followed
        assert followed is not None  # they were looked for
        report = followed_report(followed)
        sink = Sink(self, parameters, OUTPUT, context, self.FIELDS, "Point", work)
        for one in report["conflicts"]:
            if one["at"] is not None:
                sink.add(Point(one["at"]), {name: one.get(name) for name in self.FIELDS})
        return {OUTPUT: sink.id, **self.write_json(report, parameters, context)}


def check_of(work: LinesWork, tick: Ticking) -> CheckResult:
    """Every line measured and judged, and every conflict, as ``check`` has them."""
    from neixiang_survey_plugin.io.clearance_file import load_clearances

    clearances = load_clearances(work.folder)
    return work.with_conflicts(work.judge(tick), clearances, tick)
