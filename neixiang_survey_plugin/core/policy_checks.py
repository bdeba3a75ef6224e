"""What in a policy file cannot be meant: a way that no line can ever come to."""

from __future__ import annotations

from collections.abc import Iterator

from neixiang_survey_plugin.core.policy import Policy, Rule, Tier


def unreachable_tiers(policy: Policy) -> Iterator[tuple[int, int]]:
    """Each tier that an earlier one always comes before, with that one; both count from 0."""
    for number, tier in enumerate(policy.tiers):
        for earlier, before in enumerate(policy.tiers[:number]):
            if _asks_no_more(before, tier):
                yield number, earlier
                break


def _asks_no_more(before: Tier, tier: Tier) -> bool:
    """Whether whatever meets a tier's conditions meets the earlier one's too."""
    everyone = tier.applicants | tier.applicants_by_switch
    return (
        everyone <= before.applicants
        and set(before.broken_rules) <= set(tier.broken_rules)
        and all(any(_implies(own, asked) for own in tier.rules) for asked in before.rules)
    )


def _implies(own: Rule, asked: Rule) -> bool:
    """Whether a line that meets a rule meets the other one for certain."""
    if own.rule_id == asked.rule_id:
        return True
    alike = own.kind is asked.kind and own.counts == asked.counts
    if not alike or own.limit is None or asked.limit is None:
        return False
    for_all = not own.only_for or (bool(asked.only_for) and asked.only_for <= own.only_for)
    tighter = own.limit < asked.limit or (
        own.limit == asked.limit and (asked.included or not own.included)
    )
    return for_all and tighter
