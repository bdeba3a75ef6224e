"""The plan check as an algorithm: the remarks of ``plan-check``, as JSON and a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSink

from neixiang_survey_plugin.core.schema import PLAN_CHECK_LAYERS
from neixiang_survey_plugin.hosts.qgis.processing.algorithm import SurveyAlgorithm, Ticking
from neixiang_survey_plugin.hosts.qgis.processing.check import OUTPUT
from neixiang_survey_plugin.hosts.qgis.processing.sinks import Sink

_TEXT, _FIGURE = "string", "double"


class PlanAlgorithm(SurveyAlgorithm):
    """What of each line departs from the master plan, and what would satisfy it."""

    NAME, ICON, LAYERS = "plan", "plan_sheet", PLAN_CHECK_LAYERS
    FIELDS: Mapping[str, str] = {
        "route_id": _TEXT,
        "rule": _TEXT,
        "outcome": _TEXT,
        "found": _TEXT,
        "way_out": _TEXT,
        "clause": _TEXT,
        "confidence": _TEXT,
        "object_id": _TEXT,
        "authority": _TEXT,
        "measured": _FIGURE,
        "limit": _FIGURE,
        "unit": _TEXT,
    }

    def declare(self) -> None:
        """The places."""
        kind = QgsProcessing.SourceType.TypeVectorPoint
        word = self.texts("algorithm.remarks")
        self.addParameter(QgsProcessingParameterFeatureSink(OUTPUT, word, kind))

    def do(self, work: Any, parameters: Any, context: Any, tick: Ticking) -> dict[str, Any]:
        """The layer, and the JSON of ``plan-check --json`` where it was asked for."""
        from shapely import Point

        from neixiang_survey_plugin.app.planning.report import plan_report, remark_report
        from neixiang_survey_plugin.app.wording.planning import remark_sentence, remark_way_out
        from neixiang_survey_plugin.i18n.sentences import in_language
        from neixiang_survey_plugin.io.plan_work import check_plan

        result = check_plan(work)
        sink = Sink(self, parameters, OUTPUT, context, self.FIELDS, "Point", work)
        for one in result.remarks:
            said = {"found": remark_sentence(one), "way_out": remark_way_out(one)}
            words = {key: in_language(text, self.texts.language) for key, text in said.items()}
            row = {"route_id": one.route_id, **remark_report(one), **words}
            sink.add(Point(one.at), {name: row[name] for name in self.FIELDS})
        return {OUTPUT: sink.id, **self.write_json(plan_report(result), parameters, context)}
