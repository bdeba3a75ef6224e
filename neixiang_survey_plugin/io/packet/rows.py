"""The tables of a form, row by row, as texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording import Names
from neixiang_survey_plugin.core.confirmed import TAPED_LAYER
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome, Verdict
from neixiang_survey_plugin.core.measuring.measures import Reason
from neixiang_survey_plugin.core.policy import Policy, Rule, RuleKind

Row = dict[str, str]


def line_rows(results: Iterable[RouteResult], county: County) -> Iterator[Row]:
    """One row a line: how long it is and how it is laid."""
    marks = wording.limits_of(county.policy, RuleKind.LINE_LENGTH)
    for result in results:
        route = result.route
        yield {
            "id": route.route_id,
            "length": wording.figure(result.measures.length_m, *marks),
            "diameter": _given(route.diameter_mm),
            "laying": wording.laying_words(route.laying),
            "trench_width": _given(route.trench_width_m),
            "working_width": _working_width(result, county),
            "cover": _given(route.cover_m),
            "trenchless": "、".join(wording.bore_words(bore) for bore in route.trenchless),
        }


def crossing_rows(results: Iterable[RouteResult], policy: Policy) -> Iterator[Row]:
    """One row a stretch inside a road."""
    for result in results:
        for crossing in result.measures.roads.crossings:
            angle = crossing.angle_deg
            yield {
                "line": result.route.route_id,
                "road": crossing.road.name or "无名道路",
                "road_id": crossing.road.road_id,
                "road_class": wording.road_class_words(crossing.road.road_class),
                "kind": wording.crossing_kind_words(crossing.kind),
                "stretch": wording.stretch_words(crossing),
                "length": wording.crossing_length_words(crossing, policy),
                "angle": "" if angle is None else f"{angle:.1f}",
                "method": "非开挖" if wording.is_bored(crossing, result.route) else "明挖",
            }


def green_rows(results: Iterable[RouteResult], names: Names, policy: Policy) -> Iterator[Row]:
    """One row a green space that is occupied."""
    marks = wording.limits_of(policy, RuleKind.GREEN_AREA)
    for result in results:
        for patch in result.measures.green.occupations:
            yield {
                "line": result.route.route_id,
                "green": wording.named((patch.green_id,), names),
                "area": wording.figure(patch.area_m2, *marks),
            }


def finding_rows(verdict: Verdict, policy: Policy) -> Iterator[Row]:
    """One row a condition: what it asks, what was measured, what room is left."""
    for finding, rule in with_rules(verdict, policy):
        yield {
            "text": wording.rule_words(rule),
            "clause": finding.clause,
            "measured": wording.measured_words(finding),
            "limit": wording.limit_of_words(finding),
            "margin": wording.margin_words(finding),
            "outcome": wording.outcome_words(finding),
        }


def taped_rows(verdict: Verdict, policy: Policy) -> Iterator[Row]:
    """One row a condition that needs a taped figure."""
    for finding, rule in with_rules(verdict, policy):
        if finding.borderline:
            yield {
                "text": wording.rule_words(rule),
                "measured": wording.measured_words(finding),
                "limit": wording.limit_of_words(finding),
            }


def taped_fact_rows(results: Iterable[RouteResult]) -> Iterator[Row]:
    """One row a figure that was taped on site and that a verdict rests on."""
    cited = (fact for one in results for found in one.verdict.findings for fact in found.confirmed)
    for fact in dict.fromkeys(cited):
        if fact.layer == TAPED_LAYER:
            yield {
                "what": wording.field_words(fact.field),
                "object": fact.object_id,
                "value": wording.value_words(fact.layer, fact.field, wording.value_of(fact)),
                "evidence": fact.evidence,
                "by": fact.confirmed_by,
                "on": wording.day_words(fact.confirmed_on),
            }


def reading_rows(verdict: Verdict) -> Iterator[Row]:
    """One row for every reading of the text that was not used."""
    for other in verdict.other_readings:
        yield {
            "text": wording.reading_words(other.dimension, other.value),
            "way": wording.way_words(other.way),
            "change": "相同" if other.way is verdict.way else "不同",
        }


def protected_rows(verdict: Verdict, policy: Policy) -> Iterator[Row]:
    """One row a road within its protected years."""
    for finding, rule in with_rules(verdict, policy):
        if rule is not None and rule.kind is RuleKind.ROAD_PROTECTION:
            for road in finding.roads:
                yield {
                    "road": wording.road_words(road.road_id, road.name, road.road_class),
                    "until": wording.day_words(road.protected_until),
                }


def missing_rows(results: Sequence[RouteResult], policy: Policy, names: Names) -> Iterator[Row]:
    """One row a fact that is missing: of what, for which conditions, where it is to be had."""
    verdict = results[0].verdict
    lines = "外线 " + "、".join(result.route.route_id for result in results)
    asked: dict[Reason, list[str]] = {}
    for finding, rule in with_rules(verdict, policy):
        if finding.outcome is Outcome.UNKNOWN:
            for reason in finding.reasons:
                asked.setdefault(reason, []).append(wording.rule_words(rule))
    for reason, texts in asked.items():
        gap = wording.gap_of(reason, names)
        yield {
            "what": gap.what,
            "objects": gap.objects or lines,
            "where": gap.where,
            "conditions": "；".join(texts),
        }


def with_rules(verdict: Verdict, policy: Policy) -> Iterator[tuple[Finding, Rule | None]]:
    """Every finding with its rule; the kind of applicant has none."""
    rules = {rule.rule_id: rule for rule in policy.known_rules}
    return ((finding, rules.get(finding.rule)) for finding in verdict.findings)


def _given(value: float | None) -> str:
    return "" if value is None else wording.trimmed(value)


def _working_width(result: RouteResult, county: County) -> str:
    if result.route.working_width_m is not None:
        return _given(result.route.working_width_m)
    usual_m = county.defaults.working_width_m.get(result.route.utility)
    return "" if usual_m is None else f"{wording.trimmed(usual_m)}（默认）"
