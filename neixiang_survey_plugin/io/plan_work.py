"""The lines of a file or a layer held against their county's master plan."""

from __future__ import annotations

from dataclasses import replace

from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.core.planning.review import PlanReview, decided_lines
from neixiang_survey_plugin.io.lines_work import LinesWork
from neixiang_survey_plugin.io.planning_file import load_planning_rules
from neixiang_survey_plugin.io.survey.reading import read_survey_records


def check_plan(work: LinesWork) -> PlanResult:
    """Every line of some work against the plan, with what was decided on it in a survey file.

    SurveyError for a wrong planning.toml.
    """
    checker = PlanChecker(work.county, load_planning_rules(work.folder))
    result = checker.check(work.read.routes, work.on, work.warnings)
    if work.survey is None:
        return result
    kept = read_survey_records(work.survey, PlanReview)
    return replace(result, decided=decided_lines(work.read.routes, kept))
