"""The lines of a file or a layer held against their county's master plan."""

from __future__ import annotations

from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.io.lines_work import LinesWork
from neixiang_survey_plugin.io.planning_file import load_planning_rules


def check_plan(work: LinesWork) -> PlanResult:
    """Every line of some work against the plan; SurveyError for a wrong planning.toml."""
    checker = PlanChecker(work.county, load_planning_rules(work.folder))
    return checker.check(work.read.routes, work.on, work.warnings)
