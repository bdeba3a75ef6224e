"""The one rule for what may be issued, in every host: what a case still lacks before its packet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from neixiang_survey_plugin.app.casework.dossiers import SurveyRecords, read_dossier
from neixiang_survey_plugin.app.casework.judging import Judgement, judged
from neixiang_survey_plugin.app.packet_fields import MissingField, missing_fields
from neixiang_survey_plugin.app.results import CaseResult, RouteResult
from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.casework.conditions import Condition, Lack, check_condition
from neixiang_survey_plugin.core.casework.dossier import NO_WAY, Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome
from neixiang_survey_plugin.core.measuring.measures import Reason

# What the state machine asks of a packet; what must be taped or settled is listed one by one.
_CONDITIONS = (
    Condition.WAYS_DECIDED,
    Condition.READING_DECIDED,
    Condition.SURVEYED_TOGETHER,
    Condition.OPINIONS_GIVEN,
    Condition.NOBODY_DISAGREES,
)


@dataclass(frozen=True)
class Needs:
    """What stands in the way of a packet.

    ``facts`` are those for want of which there is no way, each with a line that needs it;
    ``borderline`` what has to be taped; ``failures`` the conflicts that nobody settled;
    ``fields`` what a form may not leave empty; ``lacks`` what else the case must have.
    """

    facts: tuple[tuple[str, Reason], ...] = ()
    borderline: tuple[Finding, ...] = ()
    failures: tuple[Conflict, ...] = ()
    fields: tuple[MissingField, ...] = ()
    lacks: tuple[Lack, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing stands in the way: the packet may be issued."""
        return not any((self.facts, self.borderline, self.failures, self.fields, self.lacks))


def needs_of(
    results: Sequence[RouteResult],
    conflicts: Iterable[Conflict] | None,
    dossier: Dossier,
    county: County,
) -> Needs:
    """What the lines of one case still need, each thing once; a way that was chosen counts.

    A fact that is missing stands in the way as long as there is no way because of it: what is
    decided whatever else is unknown may be issued. ``conflicts`` are the open ones of these lines,
    None where nobody looked for any. ``dossier`` is the case on record, or ``unregistered`` lines.
    """
    facts: dict[Reason, str] = {}
    borderline: dict[Finding, None] = {}
    for result in results:
        for finding in result.verdict.findings:
            for reason in finding.reasons if _blocks(finding, result) else ():
                facts.setdefault(reason, result.route.route_id)
            if finding.borderline:
                borderline.setdefault(finding)
    failures = tuple(one for one in conflicts or () if one.outcome is ConflictOutcome.FAIL)
    return Needs(
        facts=tuple((line, one) for one, line in facts.items()),
        borderline=tuple(borderline),
        failures=failures,
        fields=missing_fields(results, dossier, county),
        lacks=tuple(_lacks(results, dossier, looked=conflicts is not None)),
    )


def dossier_of(survey: SurveyRecords, case_id: str, results: Sequence[RouteResult]) -> Dossier:
    """What is on record of a case with these lines; the lines alone where nothing is."""
    if survey.records(Case, case_id=case_id):
        return read_dossier(survey, case_id, [one.route for one in results])
    return unregistered(case_id, results)


def unregistered(case_id: str, results: Sequence[RouteResult]) -> Dossier:
    """A case of which only lines speak: a service for each utility that is drawn."""
    lines: dict[str, tuple[str, ...]] = {}
    for one in results:
        utility = one.route.utility
        lines[utility] = (*lines.get(utility, ()), one.route.route_id)
    services = tuple(Service(case_id=case_id, utility=utility) for utility in lines)
    return Dossier(Case(case_id=case_id), services, routes=lines)


def _blocks(finding: Finding, result: RouteResult) -> bool:
    return finding.outcome is Outcome.UNKNOWN and result.verdict.way in NO_WAY


def _lacks(results: Sequence[RouteResult], dossier: Dossier, *, looked: bool) -> Iterator[Lack]:
    """What the conditions of the step ask, on the verdicts of these results."""
    no_moment = datetime.min  # when it was judged, which no condition reads
    lines = CaseResult(dossier.case.case_id, tuple(results))
    judgement = Judgement(lines, {}, () if looked else None)
    found = judged(dossier, judgement, Act("", no_moment))
    for condition in (*_CONDITIONS, Condition.NO_OPEN_FAILURE):
        lack = check_condition(condition, found)
        if lack is not None:
            yield lack
