"""Many lines that are put and taken away at once, judged before anybody sees them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.case_lines import ByCase, by_case
from neixiang_survey_plugin.app.session.conflicts import SearchedAgain
from neixiang_survey_plugin.app.session.kin import Bonds, bonds_of
from neixiang_survey_plugin.core.routes import Route

Mark = tuple[int, int]  # how many edits and changes there were


@dataclass(frozen=True, eq=False)
class JudgedChange:
    """Lines to be put and taken away, with what they and their kin will come to.

    It rests on the lines as they were at ``mark``, and somebody may edit them since. What binds
    its lines, and their cases, are found beforehand: whoever takes it has no time.
    """

    put: Mapping[str, Route]
    gone: frozenset[str]
    results: Mapping[str, RouteResult]
    searched: SearchedAgain
    mark: Mark
    bonds: Bonds
    put_by_case: ByCase
    gone_by_case: ByCase

    def but_for(self, stay: set[str], there: Mapping[str, Route]) -> JudgedChange:
        """It without the lines that were edited since, of those that are there now."""
        lost = stay - there.keys()
        if stay.isdisjoint(self.put) and stay.isdisjoint(self.gone):
            kept = {key: one for key, one in self.results.items() if key not in lost}
            return replace(self, results=kept if lost else self.results)
        put = {key: one for key, one in self.put.items() if key not in stay}
        going = [there[key] for key in self.gone if key in there and key not in stay]
        gone = {one.route_id for one in going}
        results = {
            key: one
            for key, one in self.results.items()
            if key in put or (key in there and key not in gone)
        }
        return judged_change(put, going, results, self.searched, self.mark)


def judged_change(
    put: Mapping[str, Route],
    gone: Collection[Route],
    results: Mapping[str, RouteResult],
    searched: SearchedAgain,
    mark: Mark,
) -> JudgedChange:
    """A change in which these lines are put, as they will be, and those go, as they are."""
    return JudgedChange(
        put,
        frozenset(one.route_id for one in gone),
        results,
        searched,
        mark,
        bonds_of(put.values()),
        by_case(put.values()),
        by_case(gone),
    )
