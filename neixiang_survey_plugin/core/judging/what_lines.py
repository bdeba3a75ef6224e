"""The conditions on what is laid: which utility, and how large a line is by its own account."""

from __future__ import annotations

from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome
from neixiang_survey_plugin.core.judging.limits import limited_finding
from neixiang_survey_plugin.core.judging.route_figures import left_out, of_routes
from neixiang_survey_plugin.core.policy import Rule


def check_utility(rule: Rule, facts: GroupFacts) -> Finding:
    """The lines' utility must be one that the tier is for."""
    is_named = facts.routes[0].utility in rule.utilities
    return Finding(
        rule=rule.rule_id,
        clause=rule.clause,
        outcome=Outcome.PASS if is_named else Outcome.FAIL,
        unit="utility",
        limit=0.0,
        measured=float(not is_named),
        scope="utility",
        route_ids=facts.route_ids,
    )


def check_route_figure(rule: Rule, facts: GroupFacts) -> Finding:
    """The largest voltage, power, diameter, number of ducts or trench width of the lines."""
    return limited_finding(
        rule,
        of_routes(rule, facts),
        scope="utility",
        route_ids=facts.route_ids,
        place=None,
        reading=None,
        uncertainty=None,
        reasons=left_out(rule, facts),
    )
