"""What a case still lacks before its packet goes out: facts, taped figures, settled conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.measuring.measures import Reason


@dataclass(frozen=True)
class Needs:
    """The facts that are missing with the line that needs each, borderline rules, failures."""

    facts: tuple[tuple[str, Reason], ...]
    borderline: tuple[Finding, ...]
    failures: tuple[Conflict, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing stands in the way of the packet."""
        return not (self.facts or self.borderline or self.failures)


def needs_of(results: Iterable[RouteResult], conflicts: Iterable[Conflict]) -> Needs:
    """What the lines of one case still need, each thing once."""
    facts: dict[Reason, str] = {}
    borderline: dict[Finding, None] = {}
    for result in results:
        for finding in result.verdict.findings:
            for reason in finding.reasons:
                facts.setdefault(reason, result.route.route_id)
            if finding.borderline:
                borderline.setdefault(finding)
    failures = tuple(one for one in conflicts if one.outcome is ConflictOutcome.FAIL)
    return Needs(tuple((line, one) for one, line in facts.items()), tuple(borderline), failures)
