"""What a case still lacks before its packet goes out: facts, taped figures, settled conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.measuring.measures import Reason
from neixiang_survey_plugin.core.policy import Way

_NO_WAY = (Way.UNDETERMINED, Way.OUTSIDE)


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


def may_be_issued(results: Sequence[RouteResult], conflicts: Iterable[Conflict]) -> bool:
    """Whether the packet of these lines can be more than a draft; ``conflicts`` are the open ones.

    Nothing is missing, borderline or failing, every way is one that a line may go, and no
    other reading of the text would give another: who decided between readings stands with the
    case, and its packet is issued by advancing it.
    """
    verdicts = [one.verdict for one in results]
    decided = all(one.way not in _NO_WAY and not one.reading_decides for one in verdicts)
    return decided and needs_of(results, conflicts).nothing


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
