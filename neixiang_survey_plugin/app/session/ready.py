"""A county made ready with the facts from the site, and the lines judged on it: work for a thread.

Indexing 200,000 features a layer takes a second, judging a thousand lines two: nothing here
touches the survey's file or its listeners, so that it can be done while somebody goes on drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.session.judging import JudgedLines
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.taped import lapsed
from neixiang_survey_plugin.core.trenching.review import CommonWorks


@dataclass(frozen=True, eq=False)
class Given:
    """What the lines are judged by: the county with its suspensions, the facts, agreed works.

    ``closed`` are the cases of which nothing is asked any more.
    """

    county: County
    clearances: ClearanceTable
    facts: tuple[ConfirmedFact, ...]
    agreed: Mapping[str, CommonWorks]
    on: date
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Ready:
    """The county as the lines are held against it, indexed, and the lines with their results.

    ``complaints`` says why a fact was not used.
    """

    given: Given
    county: County
    checker: Checker
    search: ConflictSearch
    lines: JudgedLines
    complaints: tuple[str, ...]


def make_ready(
    given: Given, routes: Iterable[Route], progress: Progress, known: Ready | None = None
) -> Ready:
    """Index the county with its facts, and judge the lines on it; in any thread.

    What ``known`` has indexed of the same layers serves again.
    """
    progress.step("index")
    routes = list(routes)
    county, complaints = given.county.with_facts(given.facts)
    progress.step("index_roads")
    checker = Checker(county, None if known is None else known.checker)
    progress.step("index_mains")
    search = ConflictSearch(county, given.clearances, None if known is None else known.search)
    lapses = tuple(
        f"现场确认 {wording.fact_words(fact)}：外线在量测以后改动过，请重新实测"
        for fact in lapsed(county.taped, routes)
    )
    lines = JudgedLines(checker, search, routes, given.on, given.agreed, progress, given.closed)
    return Ready(given, county, checker, search, lines, complaints + lapses)
