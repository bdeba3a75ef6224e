"""The cases of an open survey as its lines and its records tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.session import Session


@dataclass(frozen=True)
class DrawnCase:
    """One case with the results of its lines; ``case_id`` None for lines of no case."""

    case_id: str | None
    results: tuple[RouteResult, ...]
    applicant: str = ""

    @property
    def by_utility(self) -> Mapping[str, RouteResult]:
        """The first line of each utility, in the order in which they were drawn."""
        found: dict[str, RouteResult] = {}
        for result in self.results:
            found.setdefault(result.route.utility, result)
        return found


def drawn_cases(session: Session) -> tuple[DrawnCase, ...]:
    """The cases in the order in which their first lines came; lines of no case last."""
    lines: dict[str | None, list[RouteResult]] = {}
    for result in session.results.values():
        lines.setdefault(result.route.case_id, []).append(result)
    ordered = sorted(lines, key=lambda case_id: case_id is None)
    return tuple(DrawnCase(case_id, tuple(lines[case_id])) for case_id in ordered)
