"""The plugin's algorithms as one provider of Processing."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingProvider

from neixiang_survey_plugin import places
from neixiang_survey_plugin.hosts.qgis.processing.check import (
    ConflictsAlgorithm,
    JudgeAlgorithm,
    MeasureAlgorithm,
)
from neixiang_survey_plugin.hosts.qgis.processing.packet import PacketAlgorithm
from neixiang_survey_plugin.hosts.qgis.processing.plan import PlanAlgorithm
from neixiang_survey_plugin.hosts.qgis.processing.trench import TrenchAlgorithm
from neixiang_survey_plugin.hosts.qgis.translation import TranslatedTexts
from neixiang_survey_plugin.qt import QtGui

ALGORITHMS = (
    MeasureAlgorithm,
    JudgeAlgorithm,
    ConflictsAlgorithm,
    TrenchAlgorithm,
    PlanAlgorithm,
    PacketAlgorithm,
)


class SurveyProvider(QgsProcessingProvider):
    """Offers every algorithm; nothing that takes time is imported before one runs."""

    def id(self) -> str:
        """The name before the colon of every algorithm's identifier."""
        return "neixiang"

    def name(self) -> str:
        """The name in the toolbox."""
        return TranslatedTexts()("qgis.title")

    def icon(self) -> Any:
        """The plugin's icon."""
        return QtGui.QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Where the icon lies."""
        return str(places.icons_folder() / "icon.svg")

    def loadAlgorithms(self) -> None:
        """Add every algorithm."""
        for one in ALGORITHMS:
            self.addAlgorithm(one())
