"""Shared trenches for the lines of a file: of those alone whose street is still to be opened."""

from __future__ import annotations

from dataclasses import replace

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.trenching.joining import still_to_dig
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner, TrenchResult
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.trenching.review import CommonWorks, with_common_ground
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.lines_work import LinesWork, Tick
from neixiang_survey_plugin.io.survey.reading import read_survey_records
from neixiang_survey_plugin.io.trench_file import load_trench_rules


def left_to_dig(work: LinesWork) -> LinesWork:
    """The work without the lines of a survey file's cases whose street was opened already."""
    if work.survey is None:
        return work
    left = still_to_dig(work.read.routes, read_survey_records(work.survey, Case))
    return replace(work, read=replace(work.read, routes=left))


def planner_of(work: LinesWork) -> TrenchPlanner:
    """The planner of a county, by its clearances and its rules for trenches."""
    search = ConflictSearch(work.county, load_clearances(work.folder))
    return TrenchPlanner(Checker(work.county), search, load_trench_rules(work.folder))


def propose(work: LinesWork, planner: TrenchPlanner, tick: Tick | None = None) -> TrenchResult:
    """What is proposed for the lines, those of common works that were accepted together."""
    agreed: tuple[frozenset[str], ...] = ()
    if work.survey is not None:
        works = read_survey_records(work.survey, CommonWorks)
        agreed = with_common_ground(work.read.routes, works).groups
    return planner.propose(work.read.routes, work.on, work.warnings, tick, agreed)
