"""Very many lines judged: one row a line, and a tally of them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from neixiang_survey_plugin.app.report import route_totals
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.judging.findings import Outcome, Verdict

# What looks at lines together that may lie in any two batches: not part of a screening.
CHECKS_NOT_RUN = ("conflicts", "suspected_splits")


class ScreenedRoute(NamedTuple):
    """What became of one line; the names are those of ``check --json``.

    Metres and square metres on the ellipsoid, None where unknown. ``failed``, ``unknown`` and
    ``borderline`` are rules, ``approvals_needed`` matters.
    """

    route_id: str
    utility: str
    unit: str | None
    case_id: str | None
    verdict: str
    length_m: float
    crossing_total_m: float | None
    inside_total_m: float | None
    green_total_m2: float | None
    failed: tuple[str, ...]
    unknown: tuple[str, ...]
    borderline: tuple[str, ...]
    reading_decides: bool
    approvals_needed: tuple[str, ...]


def screened(result: RouteResult) -> ScreenedRoute:
    """The row of one line."""
    route, verdict = result.route, result.verdict
    return ScreenedRoute(
        route_id=route.route_id,
        utility=route.utility,
        unit=route.unit,
        case_id=route.case_id,
        verdict=verdict.way.value,
        **route_totals(result),
        failed=_rules_with(verdict, Outcome.FAIL),
        unknown=_rules_with(verdict, Outcome.UNKNOWN),
        borderline=tuple(one.rule for one in verdict.findings if one.borderline),
        reading_decides=verdict.reading_decides,
        approvals_needed=tuple(one.matter.value for one in result.approvals_needed),
    )


def _rules_with(verdict: Verdict, outcome: Outcome) -> tuple[str, ...]:
    return tuple(one.rule for one in verdict.findings if one.outcome is outcome)


@dataclass
class Tally:
    """How many lines go which way, by unit, and what each rule came to."""

    routes: int = 0
    length_m: float = 0.0
    reading_decides: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    by_unit: dict[tuple[str, str | None], Counter[str]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    borderline: Counter[str] = field(default_factory=Counter)

    def add(self, one: ScreenedRoute) -> None:
        """Count one line."""
        self.routes += 1
        self.length_m += one.length_m
        self.reading_decides += one.reading_decides
        self.ways[one.verdict] += 1
        self.by_unit.setdefault((one.utility, one.unit), Counter())[one.verdict] += 1
        self.failed.update(one.failed)
        self.unknown.update(one.unknown)
        self.borderline.update(one.borderline)

    def report(self, rules: Iterable[str]) -> dict[str, Any]:
        """The tally as plain values; ``rules`` in the order in which they are told."""
        return {
            "routes": self.routes,
            "length_m": self.length_m,
            "reading_decides": self.reading_decides,
            "ways": dict(self.ways.most_common()),
            "units": [
                {"utility": utility, "unit": unit, "ways": dict(ways.most_common())}
                for (utility, unit), ways in sorted(
                    self.by_unit.items(), key=lambda item: (item[0][0], item[0][1] or "")
                )
            ],
            "rules": [
                {
                    "rule": rule,
                    "pass": self.routes - self.failed[rule] - self.unknown[rule],
                    "fail": self.failed[rule],
                    "unknown": self.unknown[rule],
                    "borderline": self.borderline[rule],
                }
                for rule in rules
            ],
        }
