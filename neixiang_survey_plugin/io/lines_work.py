"""The lines of a file or a layer on their county, measured, judged and looked at for conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.io.routes_file import RoutesRead
from neixiang_survey_plugin.io.survey.reading import is_survey, read_survey_records
from neixiang_survey_plugin.io.work_file import LAYERS, read_work

Tick = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class LinesWork:
    """A county, its folder, the lines and the day; ``survey`` where they are a survey file's."""

    folder: Path
    county: County
    read: RoutesRead
    on: date
    survey: Path | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was said while the lines were read, and what was assumed."""
        return self.read.warnings + self.read.assumptions

    def judge(self, tick: Tick | None = None) -> CheckResult:
        """Every line measured and judged; no conflict is looked for."""
        return Checker(self.county).check(self.read.routes, self.on, self.warnings, tick)

    def with_conflicts(
        self, result: CheckResult, clearances: ClearanceTable, tick: Tick | None = None
    ) -> CheckResult:
        """A result with every conflict of the lines, and what was settled between them."""
        conflicts = ConflictSearch(self.county, clearances).judge(self.read.routes, tick)
        settlements = () if self.survey is None else read_survey_records(self.survey, Settlement)
        return replace(result, conflicts=conflicts, settlements=settlements)


def read_lines_work(
    path: Path, folder: Path, on: date, layers: Sequence[str] = LAYERS
) -> LinesWork:
    """The lines of a survey file or of any vector file on the county of a folder.

    SurveyError with every problem of the county or of the lines.
    """
    county, read = read_work(path, folder, layers)
    return LinesWork(folder, county, read, on, path if is_survey(path) else None)
