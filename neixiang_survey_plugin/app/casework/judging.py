"""What a check says of a case's lines, put on record with its services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from neixiang_survey_plugin.app.results import CaseResult, CheckResult, RouteResult
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.casework.ways import judged_again
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.judging.approvals import Approval


@dataclass(frozen=True)
class Judgement:
    """What a check says of one case: its lines, its matters by utility, its open conflicts.

    ``conflicts`` is None where nobody looked for any.
    """

    lines: CaseResult
    matters: Mapping[str, tuple[Approval, ...]]
    conflicts: tuple[Conflict, ...] | None

    @property
    def open_failures(self) -> int | None:
        """The conflicts that nobody may waive and nobody has settled."""
        if self.conflicts is None:
            return None
        return sum(one.outcome is ConflictOutcome.FAIL for one in self.conflicts)


def judgement_of(case_id: str, check: CheckResult) -> Judgement:
    """The part of a check that speaks of one case; empty for a case without lines."""
    lines = next((one for one in check.cases if one.case_id == case_id), CaseResult(case_id, ()))
    matters: dict[str, tuple[Approval, ...]] = {}
    for one in lines.routes:
        matters[one.route.utility] = (*matters.get(one.route.utility, ()), *one.matters)
    return Judgement(lines, matters, _open_conflicts(lines, check))


def judged(dossier: Dossier, judgement: Judgement, act: Act) -> Dossier:
    """The dossier with the verdict of the check on every service whose lines were judged.

    A stricter way that a unit chose stays while it is still stricter. A service whose lines are
    gone loses its verdict.
    """
    by_utility: dict[str, list[RouteResult]] = {}
    for one in judgement.lines.routes:
        by_utility.setdefault(one.route.utility, []).append(one)
    ways = judgement.lines.ways
    services = []
    for service in dossier.services:
        results = by_utility.get(service.utility, ()) if service.needs_line else ()
        now = replace(
            service,
            unit=service.unit or _unit_of(results),
            verdict=ways[service.utility] if results else None,
            judged_at=act.at if results else None,
            judged_for=max((_day(one, act) for one in results), default=None),
            reading_decides=any(one.verdict.reading_decides for one in results),
            borderline=_borderline(results),
        )
        services.append(judged_again(service, now))
    return replace(dossier, services=tuple(services), open_failures=judgement.open_failures)


def _unit_of(results: Iterable[RouteResult]) -> str | None:
    """The unit that lays the lines, where all that say so say the same."""
    units = {one.route.unit for one in results if one.route.unit is not None}
    return units.pop() if len(units) == 1 else None


def _borderline(results: Iterable[RouteResult]) -> bool:
    return any(finding.borderline for one in results for finding in one.verdict.findings)


def _day(result: RouteResult, act: Act) -> date:
    return result.route.planned_on or act.at.date()


def _open_conflicts(lines: CaseResult, check: CheckResult) -> tuple[Conflict, ...] | None:
    """The conflicts of its lines that nobody has settled."""
    if check.followed is None:
        return None
    own = set(check.conflicts_of({one.route.route_id for one in lines.routes}))
    return tuple(one for one in check.followed.open if one in own)
