"""The conditions on who lays the line and who applies for it."""

from __future__ import annotations

from datetime import date

from neixiang_survey_plugin.core.county import Suspension
from neixiang_survey_plugin.core.dates import months_after
from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome
from neixiang_survey_plugin.core.judging.limits import each_once
from neixiang_survey_plugin.core.measuring.measures import Reason, Unknown
from neixiang_survey_plugin.core.policy import Policy, Rule, Tier
from neixiang_survey_plugin.core.routes import Route

IN_FORCE = "in_force"  # of findings that no rule stands behind, as applicant
_NOT_KNOWN = frozenset({None})
_EVERYONE = frozenset({"company", "non_resident", "resident"})


def check_unit_suspension(rule: Rule, facts: GroupFacts) -> Finding:
    """No unit may be under suspension on the day that counts; only what is on record counts."""
    months = rule.suspended_months or 0
    outcomes = [_suspended(route, facts, months) for route in facts.routes]
    broken = outcomes.count(Outcome.FAIL)
    missing = [
        Reason(Unknown.UNIT_MISSING, (route.route_id,))
        for route, outcome in zip(facts.routes, outcomes, strict=True)
        if outcome is Outcome.UNKNOWN
    ]
    outcome = Outcome.FAIL if broken else Outcome.UNKNOWN if missing else Outcome.PASS
    return Finding(
        rule=rule.rule_id,
        clause=rule.clause,
        outcome=outcome,
        unit="unit",
        limit=0.0,
        measured=None if outcome is Outcome.UNKNOWN else float(broken > 0),
        scope="utility",
        route_ids=facts.route_ids,
        uncertainty=0.0,
        reasons=each_once(missing),
    )


def in_force(suspension: Suspension, day: date, months: int) -> bool:
    """Whether a suspension holds on a day: until its months are over and the fault rectified."""
    served = day > months_after(suspension.imposed_on, months)
    rectified = suspension.rectified_on is not None and suspension.rectified_on <= day
    return suspension.imposed_on <= day and not (served and rectified)


def _suspended(route: Route, facts: GroupFacts, months: int) -> Outcome:
    day = facts.day_of(route)
    names = {
        suspension.unit_id
        for suspension in facts.register.suspensions
        if in_force(suspension, day, months)
    }
    if not names:
        return Outcome.PASS
    if route.unit is not None:
        return Outcome.FAIL if route.unit in names else Outcome.PASS
    possible = {unit.unit_id for unit in facts.register.units if unit.utility == route.utility}
    return Outcome.UNKNOWN if names & possible else Outcome.PASS


def serves(tier: Tier, facts: GroupFacts) -> Outcome:
    """Whether a tier serves the kind of applicant; a kind that is not known is not served yet."""
    served = tier.applicants
    if facts.register.switches.serves_non_residents:
        served |= tier.applicants_by_switch
    not_served = facts.applicant_kinds - served
    if not not_served:
        return Outcome.PASS
    if not_served != _NOT_KNOWN:
        return Outcome.FAIL
    return Outcome.PASS if served >= _EVERYONE else Outcome.UNKNOWN


def not_in_force(policy: Policy, facts: GroupFacts) -> Finding:
    """That no rules are known of the day on which the lines were applied for."""
    return Finding(
        rule=IN_FORCE,
        clause=policy.document,
        outcome=Outcome.FAIL,
        unit=IN_FORCE,
        limit=0.0,
        measured=1.0,
        scope="utility",
        route_ids=facts.route_ids,
    )


def check_applicant(tier: Tier, clause: str, facts: GroupFacts) -> Finding:
    """The kind of applicant held against those that the tier serves."""
    outcome = serves(tier, facts)
    missing = tuple(route.route_id for route in facts.routes if route.applicant_kind is None)
    unknown = outcome is Outcome.UNKNOWN
    return Finding(
        rule="applicant",
        clause=clause,
        outcome=outcome,
        unit="applicant",
        limit=0.0,
        measured=None if unknown else float(outcome is Outcome.FAIL),
        scope="utility",
        route_ids=facts.route_ids,
        uncertainty=0.0,
        reasons=(Reason(Unknown.APPLICANT_KIND_MISSING, missing),) if unknown else (),
    )
