"""The lines of a file or a layer held against their county's master plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.core.planning.review import PlanReview, decided_lines
from neixiang_survey_plugin.io.lines_work import LinesWork
from neixiang_survey_plugin.io.packet.planning import PlanPart
from neixiang_survey_plugin.io.planning_file import load_planning_rules
from neixiang_survey_plugin.io.survey.reading import is_survey, read_survey_records


def plan_part(county_folder: Path, survey: Path | None) -> PlanPart:
    """By what packets hold lines against the plan, with what a survey file has on record."""
    rules = load_planning_rules(county_folder)
    if survey is None or not is_survey(survey):
        return PlanPart(rules)
    return PlanPart(rules, read_survey_records(survey, PlanReview))


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
