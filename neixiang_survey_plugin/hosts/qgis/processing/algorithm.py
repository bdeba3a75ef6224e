"""What every algorithm of the plugin has: lines and a county's folder in, JSON and layers out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterVectorLayer,
)

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.schema import JUDGED_LAYERS
from neixiang_survey_plugin.hosts.qgis import missing
from neixiang_survey_plugin.hosts.qgis.translation import TranslatedTexts
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtGui

if TYPE_CHECKING:
    from neixiang_survey_plugin.core.errors import SurveyError
    from neixiang_survey_plugin.io.lines_work import LinesWork

ROUTES, COUNTY, ON, JSON = "ROUTES", "COUNTY", "ON", "JSON"


class SurveyAlgorithm(QgsProcessingAlgorithm):
    """Reads the work in QGIS's own thread, and does it beside; errors are one sentence each."""

    NAME = ""
    ICON = ""
    LAYERS: Sequence[str] = JUDGED_LAYERS

    def __init__(self) -> None:
        super().__init__()
        self.texts = TranslatedTexts()
        self._work: LinesWork | None = None

    def name(self) -> str:
        """The name after the colon of the identifier."""
        return self.NAME

    def displayName(self) -> str:
        """The name in the toolbox."""
        return self.texts(f"algorithm.{self.NAME}.name")

    def shortHelpString(self) -> str:
        """What it does, what comes out."""
        return self.texts(f"algorithm.{self.NAME}.help")

    def icon(self) -> Any:
        """One of the project's icons."""
        return QtGui.QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Where the icon lies."""
        return str(places.icons_folder() / f"{self.ICON}.svg")

    def createInstance(self) -> SurveyAlgorithm:
        """A new one, as each run wants it."""
        return type(self)()

    def canExecute(self) -> tuple[bool, str]:
        """Whether the packages that it needs are there, and which are not."""
        absent, old = self.missing(), missing.old_shapely()
        if old:
            least = missing.LEAST_SHAPELY
            return False, self.texts("algorithm.old_shapely", found=old, least=least)
        return not absent, self.texts(
            "algorithm.missing", packages=self.texts("list.comma").join(absent)
        )

    def missing(self) -> tuple[str, ...]:
        """The packages without which it cannot run."""
        return missing.missing_for_the_window()

    def initAlgorithm(self, configuration: Any = None) -> None:
        """Declare what goes in and what comes out."""
        word = self._word
        lines = [QgsProcessing.SourceType.TypeVectorLine]
        self.addParameter(QgsProcessingParameterVectorLayer(ROUTES, word("routes"), lines))
        folder = QgsProcessingParameterFile(
            COUNTY, word("county"), QgsProcessingParameterFile.Behavior.Folder
        )
        self.addParameter(folder)
        day = QgsProcessingParameterDateTime.Type.Date
        self.addParameter(QgsProcessingParameterDateTime(ON, word("on"), day, optional=True))
        self.declare()
        self.addParameter(
            QgsProcessingParameterFileDestination(
                JSON, word("json"), "JSON (*.json)", optional=True, createByDefault=False
            )
        )

    def declare(self) -> None:
        """Declare what is an algorithm's own."""

    def prepareAlgorithm(self, parameters: Any, context: Any, feedback: Any) -> bool:
        """Read the lines, which QGIS allows only here, and what they lie on."""
        missing.load_shapely()
        from neixiang_survey_plugin.core.errors import SurveyError
        from neixiang_survey_plugin.hosts.qgis.processing.work import read_work_of_layer

        layer = self.parameterAsVectorLayer(parameters, ROUTES, context)
        county = Path(self.parameterAsString(parameters, COUNTY, context))
        moment = self.parameterAsDateTime(parameters, ON, context)
        on = date.today()
        if parameters.get(ON) and moment.isValid():
            on = date(moment.date().year(), moment.date().month(), moment.date().day())
        try:
            self._work = read_work_of_layer(layer, county, on, self.LAYERS)
        except SurveyError as error:
            # an exception raised in here would outlive QGIS, and end its process with a crash
            feedback.reportError(self._in_words(error), True)
            return False
        for warning in self._work.read.warnings:
            feedback.pushWarning(in_language(warning, self.texts.language))
        return True

    def processAlgorithm(self, parameters: Any, context: Any, feedback: Any) -> dict[str, Any]:
        """Do the work."""
        results, problem = self._tried(parameters, context, feedback)
        if problem is None:
            return results
        # What the frames of an exception hold outlives QGIS, and ends its process with a crash.
        del self, parameters, context, feedback, results
        raise QgsProcessingException(problem)

    def do(self, work: Any, parameters: Any, context: Any, tick: Ticking) -> dict[str, Any]:
        """The results by the names of the outputs."""
        raise NotImplementedError

    def write_json(
        self, report: Mapping[str, Any], parameters: Any, context: Any
    ) -> dict[str, Any]:
        """Write a report where somebody asked for it; the output by its name."""
        target = self.parameterAsFileOutput(parameters, JSON, context)
        if not target:
            return {}
        text = json.dumps(report, ensure_ascii=False, allow_nan=False, indent=2)
        Path(target).write_text(f"{text}\n", encoding="utf-8")
        return {JSON: target}

    def _tried(
        self, parameters: Any, context: Any, feedback: Any
    ) -> tuple[dict[str, Any], str | None]:
        """The results, or why there are none."""
        from neixiang_survey_plugin.core.errors import SurveyError

        assert self._work is not None
        work, self._work = self._work, None
        try:
            return self.do(work, parameters, context, Ticking(feedback)), None
        except SurveyError as error:
            return {}, self._in_words(error)
        except QgsProcessingException as error:
            return {}, str(error)

    def _in_words(self, error: SurveyError) -> str:
        return "\n".join(in_language(one, self.texts.language) for one in error.problems)

    def _word(self, name: str) -> str:
        return self.texts(f"algorithm.{name}")


class Ticking:
    """Moves Processing's bar, and ends the work where somebody cancels it."""

    def __init__(self, feedback: Any) -> None:
        self._feedback = feedback

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        if self._feedback.isCanceled():
            raise QgsProcessingException("canceled")
        self._feedback.setProgress(100.0 * done / max(total, 1))
