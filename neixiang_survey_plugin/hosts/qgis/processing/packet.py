"""The draft packets of cases as an algorithm, in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProcessingParameterFolderDestination, QgsProcessingParameterString

from neixiang_survey_plugin.core.schema import PACKET_LAYERS
from neixiang_survey_plugin.hosts.qgis import missing
from neixiang_survey_plugin.hosts.qgis.processing.algorithm import SurveyAlgorithm, Ticking
from neixiang_survey_plugin.hosts.qgis.processing.check import check_of

FOLDER, CASE = "FOLDER", "CASE"


class PacketAlgorithm(SurveyAlgorithm):
    """The papers of one case, or of every case, as drafts."""

    NAME, ICON, LAYERS = "packet", "copy_file", PACKET_LAYERS

    def missing(self) -> tuple[str, ...]:
        """What packets need beside the rest."""
        return (*super().missing(), *missing.missing_for_packets())

    def declare(self) -> None:
        """Which case, and where to."""
        word = self.texts
        self.addParameter(QgsProcessingParameterString(CASE, word("algorithm.case"), optional=True))
        self.addParameter(QgsProcessingParameterFolderDestination(FOLDER, word("algorithm.folder")))

    def do(self, work: Any, parameters: Any, context: Any, tick: Ticking) -> dict[str, Any]:
        """The folder, and the JSON of ``packet --json`` where it was asked for."""
        from neixiang_survey_plugin.app.trenching.shown import best_proposed, of_case
        from neixiang_survey_plugin.core.errors import SurveyError
        from neixiang_survey_plugin.io.packet.report import outdated_of, packet_report
        from neixiang_survey_plugin.io.packet.writing import Order, PacketMaker
        from neixiang_survey_plugin.io.plan_work import plan_part
        from neixiang_survey_plugin.io.trench_work import left_to_dig, planner_of, propose

        case_id = self.parameterAsString(parameters, CASE, context).strip() or None
        folder = Path(self.parameterAsString(parameters, FOLDER, context))
        result = check_of(work, tick)
        cases = [one for one in result.cases if case_id is None or one.case_id == case_id]
        if not cases:
            raise SurveyError(self.texts("algorithm.no_case", case=case_id))
        left = left_to_dig(work)
        shared = best_proposed(propose(left, planner_of(left), tick))
        orders = (Order(case, shared=of_case(case, shared)) for case in cases)
        plan = plan_part(work.folder, work.survey)
        maker, packets = PacketMaker(result, work.county, work.folder, plan=plan), []
        for done, packet in enumerate(maker.write_each(orders, folder), start=1):
            packets.append(packet)
            tick(done, len(cases))
        outdated = outdated_of(work.survey, result, work.county, work.folder)
        report = packet_report(packets, outdated=outdated)
        return {FOLDER: str(folder), **self.write_json(report, parameters, context)}
