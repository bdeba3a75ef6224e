"""Shared trenches as an algorithm: the proposals of ``trench``, as JSON and a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSink

from neixiang_survey_plugin.hosts.qgis.processing.algorithm import SurveyAlgorithm, Ticking
from neixiang_survey_plugin.hosts.qgis.processing.check import OUTPUT
from neixiang_survey_plugin.hosts.qgis.processing.sinks import Sink


class TrenchAlgorithm(SurveyAlgorithm):
    """Which lines belong in one trench, and the course of each then."""

    NAME, ICON = "trench", "trenchless"
    FIELDS: Mapping[str, str] = {
        "proposal_id": "string",
        "route_id": "string",
        "utility": "string",
    }

    def declare(self) -> None:
        """The courses that are proposed."""
        kind = QgsProcessing.SourceType.TypeVectorLine
        word = self.texts("algorithm.courses")
        self.addParameter(QgsProcessingParameterFeatureSink(OUTPUT, word, kind))

    def do(self, work: Any, parameters: Any, context: Any, tick: Ticking) -> dict[str, Any]:
        """The layer, and the JSON of ``trench --json`` where it was asked for."""
        from neixiang_survey_plugin.app.trenching.report import trench_report
        from neixiang_survey_plugin.core.trenching.review import TrenchReview
        from neixiang_survey_plugin.io.survey.reading import read_survey_records
        from neixiang_survey_plugin.io.trench_work import left_to_dig, planner_of, propose

        left = left_to_dig(work)
        result = propose(left, planner_of(left), tick)
        reviews: tuple[TrenchReview, ...] = ()
        if work.survey is not None:
            reviews = read_survey_records(work.survey, TrenchReview)
        sink = Sink(self, parameters, OUTPUT, context, self.FIELDS, "LineString", work)
        for suggestion in result.suggestions:
            for proposal in suggestion.proposals:
                for member in proposal.members:
                    after = member.after
                    names = proposal.proposal_id, after.route_id, after.utility
                    sink.add(after.line, dict(zip(self.FIELDS, names, strict=True)))
        report = trench_report(result, reviews)
        return {OUTPUT: sink.id, **self.write_json(report, parameters, context)}
