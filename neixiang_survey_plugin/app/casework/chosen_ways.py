"""The lines of a case as they are handed in: on the stricter way where a unit chose one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from neixiang_survey_plugin.app.casework.judging import judgement_of
from neixiang_survey_plugin.app.results import CaseResult, CheckResult, RouteResult
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.policy import Policy, Way


def on_chosen_ways(dossier: Dossier, check: CheckResult) -> CaseResult:
    """What a check says of a case, each line on the way that it takes."""
    lines = judgement_of(dossier.case.case_id, check).lines
    chosen = {one.utility: one.chosen_way for one in dossier.services if one.chosen_way}
    return on_ways(lines, chosen, check.policy)


def on_ways(lines: CaseResult, chosen: Mapping[str, Way], policy: Policy) -> CaseResult:
    """The lines of a case, those of some utilities on the ways that were chosen for them."""
    return replace(
        lines,
        routes=tuple(_on_way(one, chosen.get(one.route.utility), policy) for one in lines.routes),
    )


def _on_way(result: RouteResult, way: Way | None, policy: Policy) -> RouteResult:
    if way is None:
        return result
    tier = policy.tier_of(way, result.verdict.policy_id)
    return replace(result, verdict=replace(result.verdict, way=way, tier=tier))
