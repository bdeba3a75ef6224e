"""What a line itself says of its size, held against a limit: voltage, diameter, power, ducts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.measuring.measures import Amount, Reason, Unknown
from neixiang_survey_plugin.core.policy import Rule, RuleKind


class RouteFigure(NamedTuple):
    """A field of a line, and what is unknown where it is empty."""

    field: str
    unknown: Unknown


OF_ROUTES: Mapping[RuleKind, RouteFigure] = {
    RuleKind.VOLTAGE: RouteFigure("voltage_kv", Unknown.VOLTAGE_MISSING),
    RuleKind.POWER: RouteFigure("power_kw", Unknown.POWER_MISSING),
    RuleKind.DIAMETER: RouteFigure("diameter_mm", Unknown.DIAMETER_MISSING),
    RuleKind.DUCT_HOLES: RouteFigure("duct_holes", Unknown.DUCT_HOLES_MISSING),
    RuleKind.TRENCH_WIDTH: RouteFigure("trench_width_m", Unknown.NO_TRENCH_WIDTH),
}


def of_routes(rule: Rule, facts: GroupFacts) -> Amount:
    """The largest figure of the lines that are judged as one; unknown where one leaves it out."""
    values = [getattr(route, OF_ROUTES[rule.kind].field) for route in facts.routes]
    known = [float(value) for value in values if value is not None]
    largest = max(known, default=0.0)
    if len(known) < len(values):
        return Amount.unknown(largest, math.inf)
    return Amount.exactly(largest)


def left_out(rule: Rule, facts: GroupFacts) -> tuple[Reason, ...]:
    """The lines that leave the figure out."""
    field, unknown = OF_ROUTES[rule.kind]
    ids = tuple(one.route_id for one in facts.routes if getattr(one, field) is None)
    return (Reason(unknown, ids),) if ids else ()
