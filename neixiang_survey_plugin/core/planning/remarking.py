"""Making the remarks of one route: each with its rule, its place and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely import LineString

from neixiang_survey_plugin.core.measuring.polylines import Polylines
from neixiang_survey_plugin.core.planning.remark import PlanOutcome, PlanRemark, RemarkKind
from neixiang_survey_plugin.core.planning.rules import PlanRule
from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True, eq=False)
class Remarker:
    """One route of a check, ready to be remarked upon.

    ``looked_along`` is where other lines were looked for: one that comes, goes or moves elsewhere
    changes nothing.
    """

    route: Route
    lines: Polylines
    row: int
    rules: Mapping[RemarkKind, PlanRule]
    looked_along: list[LineString] = field(default_factory=list)

    def remark(self, kind: RemarkKind, from_m: float, to_m: float, **facts: Any) -> PlanRemark:
        """A remark on a stretch, in ellipsoidal metres; of a fact that is missing it is unknown."""
        rule = self.rules[kind]
        return PlanRemark(
            kind=kind,
            outcome=PlanOutcome.UNKNOWN if facts.get("missing") else rule.outcome,
            route_id=self.route.route_id,
            clause=rule.clause,
            confidence=rule.confidence,
            from_m=from_m,
            to_m=to_m,
            at=facts.pop("at", None) or self.lines.point_at(self.row, 0.5 * (from_m + to_m)),
            **facts,
        )
