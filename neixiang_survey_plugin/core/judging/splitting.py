"""Lines that may be one application split in two: a warning, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Outcome
from neixiang_survey_plugin.core.judging.limits import outcome_under
from neixiang_survey_plugin.core.measuring.measures import Amount
from neixiang_survey_plugin.core.policy import Policy


@dataclass(frozen=True, slots=True)
class SuspectedSplit:
    """Lines of one utility, near in place and time, that break limits only together."""

    utility: str
    route_ids: tuple[str, ...]
    rules: tuple[str, ...]


def suspect_splits(groups: Sequence[GroupFacts], policy: Policy) -> tuple[SuspectedSplit, ...]:
    """Pairs of groups that would break a limit together and that neither breaks alone.

    Only lines of one utility, applied for within the policy's days and nearer than its distance
    are looked at; an application day that is not known counts as within.
    """
    owner = [index for index, group in enumerate(groups) for _ in group.routes]
    lines = np.array([route.line for group in groups for route in group.routes], dtype=np.object_)
    if len(lines) < 2:
        return ()
    reach_m = policy.no_split.suspected_within_m
    pairs = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=reach_m).T
    found = sorted({(owner[a], owner[b]) for a, b in pairs if owner[a] < owner[b]})
    suspected = (_suspected(groups[a], groups[b], policy) for a, b in found)
    return tuple(one for one in suspected if one is not None)


def _suspected(a: GroupFacts, b: GroupFacts, policy: Policy) -> SuspectedSplit | None:
    if a.routes[0].utility != b.routes[0].utility or not _near_in_time(a, b, policy.no_split.days):
        return None
    same = a.application_ids == b.application_ids
    both = GroupFacts(
        routes=a.routes + b.routes,
        measures=a.measures + b.measures,
        application_length=a.application_length if same else _both_lengths(a, b),
        application_ids=a.application_ids if same else a.application_ids + b.application_ids,
        on=a.on,
        register=a.register,
    )
    broken = tuple(
        rule.rule_id
        for rule in policy.rules
        if rule.limit is not None
        and outcome_under(rule, both, policy.reading) is Outcome.FAIL
        and outcome_under(rule, a, policy.reading) is not Outcome.FAIL
        and outcome_under(rule, b, policy.reading) is not Outcome.FAIL
    )
    return SuspectedSplit(a.routes[0].utility, both.route_ids, broken) if broken else None


def _both_lengths(a: GroupFacts, b: GroupFacts) -> Amount:
    return a.application_length.plus(b.application_length)


def _near_in_time(a: GroupFacts, b: GroupFacts, days: int) -> bool:
    return any(
        one.applied_on is None
        or other.applied_on is None
        or abs((one.applied_on - other.applied_on).days) <= days
        for one in a.routes
        for other in b.routes
    )
