"""The verdict on a line in sentences: the way, the reading, the day, what was judged together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording.figures import day_words, trimmed
from neixiang_survey_plugin.app.wording.findings import rule_words
from neixiang_survey_plugin.app.wording.words import layer_words, utility_words, way_words
from neixiang_survey_plugin.core.judging.findings import OtherReading, Outcome, Verdict
from neixiang_survey_plugin.core.judging.splitting import SuspectedSplit
from neixiang_survey_plugin.core.policy import Policy, Way

_READINGS = {
    ("crossing", "across"): "穿越按横穿和伸入城市道路的长度合计（沿路敷设不计）",
    ("crossing", "across_each"): "穿越按最长一次横穿或伸入的长度",
    ("crossing", "inside"): "穿越按城市道路内的全部长度合计（含沿路敷设）",
    ("length", "utility"): "长度按同一专业的外线合计",
    ("length", "application"): "长度按同一申请各专业的外线合计",
    ("green", "working_strip"): "占绿按施工作业带的面积",
    ("green", "trench"): "占绿按沟槽的面积",
}
_DOES = {
    Way.EXEMPT: "可免审批",
    Way.FILING: "可走备案",
    Way.COMMITMENT: "可走告知承诺",
    Way.JOINT: "须联合踏勘、并联审批",
    Way.JOINT_GOVERNMENT: "须并联审批并报县政府批准",
}


def verdict_sentence(verdict: Verdict, policy: Policy) -> str:
    """The way, its promise of time and its clause, and the conditions that decided."""
    if verdict.way is Way.UNDETERMINED:
        unknown = _conditions(verdict, policy, Outcome.UNKNOWN)
        return f"未判定：资料不足，尚不能确定“{'”“'.join(unknown)}”；补齐后重新核查。"
    failed = _conditions(verdict, policy, Outcome.FAIL)
    because = f"；未满足“{'”“'.join(failed)}”" if failed else ""
    if verdict.way is Way.OUTSIDE or verdict.tier is None:
        return f"不适用本方案{because}；按一般程序另行办理。"
    clock = policy.known_clocks.get(verdict.tier.clock)
    promise = f"，时限：{clock.text}" if clock else ""
    return f"{_DOES[verdict.way]}（{verdict.tier.clause}）{promise}{because}。"


def reading_words(dimension: str, value: str) -> str:
    """One reading of the text: what exactly a limit measures."""
    return _READINGS[dimension, value]


def readings_words(verdict: Verdict) -> tuple[str, ...]:
    """The readings that a verdict used."""
    return tuple(reading_words(*one) for one in readings_used(verdict))


def readings_used(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Each limit that leaves a reading open, with the one used; one that no rule has is none."""
    open_to = {other.dimension for other in verdict.other_readings}
    reading = verdict.reading
    for dimension, value in (
        ("crossing", reading.crossing.value),
        ("length", reading.length.value),
        ("green", reading.green.value),
    ):
        if dimension in open_to:
            yield dimension, value


def other_reading_sentence(other: OtherReading, verdict: Verdict) -> str:
    """What another reading would give, and whether that is another way."""
    change = "与本次相同" if other.way is verdict.way else "与本次不同"
    return f"若{reading_words(other.dimension, other.value)}：{way_words(other.way)}，{change}"


def reading_decides_sentence(verdict: Verdict) -> str:
    """Whether the way depends on the reading; where it does, who decided has to be on record."""
    if not verdict.reading_decides:
        return "换用其他读法，办理方式不变。"
    changed = "；".join(
        other_reading_sentence(other, verdict)
        for other in verdict.other_readings
        if other.way is not verdict.way
    )
    return f"办理方式取决于读法，须注明由谁决定采用本次读法。{changed}。"


def day_sentences(results: Iterable[RouteResult], on: date) -> Iterator[str]:
    """The day that each line was judged for: its planned one, else the day of the check."""
    by_day: dict[tuple[date, bool], list[str]] = {}
    for result in results:
        planned = result.route.planned_on
        key = (planned or on, planned is not None)
        by_day.setdefault(key, []).append(result.route.route_id)
    for (day, is_planned), ids in by_day.items():
        kind = "计划施工日" if is_planned else "核查日"
        yield f"外线 {'、'.join(ids)} 按{kind} {day_words(day)}判定"


def earlier_rules_sentences(results: Iterable[RouteResult], policy: Policy) -> Iterator[str]:
    """Which lines were judged by rules that are no longer in force, and why."""
    by_version: dict[str, list[str]] = {}
    for result in results:
        if policy.named(result.verdict.policy_id) is not policy:
            by_version.setdefault(result.verdict.policy_id, []).append(result.route.route_id)
    for policy_id, ids in by_version.items():
        version = policy.named(policy_id)
        yield f"外线 {'、'.join(ids)} 按申请当日施行的规定判定：{version.document}（{policy_id}）"


def judged_together_sentence(result: RouteResult, policy: Policy) -> str | None:
    """That several lines were judged as one, with the clause; None for a line by itself."""
    if len(result.judged_with) < 2:
        return None
    lines = "、".join(result.judged_with)
    rule = policy.no_split
    return (
        f"{utility_words(result.route.utility)}外线 {lines} 同属一案件或一用地、"
        f"申请相隔不超过 {rule.days} 天，合并判定，不得拆分（{rule.clause}）"
    )


def suspected_split_sentence(split: SuspectedSplit, policy: Policy) -> str:
    """A warning that lines may be one application cut in two."""
    texts = {rule.rule_id: rule_words(rule) for rule in policy.known_rules}
    broken = "”“".join(texts.get(rule, rule) for rule in split.rules)
    near_m = trimmed(policy.no_split.suspected_within_m)
    return (
        f"疑似拆分：{utility_words(split.utility)}外线 {'、'.join(split.route_ids)} "
        f"相距不超过 {near_m} m、申请相隔不超过 {policy.no_split.days} 天，"
        f"合并后不满足“{broken}”；请核实是否同一工程"
    )


def not_judged_sentence(layers: Iterable[str], conflicts_judged: bool) -> str:
    """What this check did not look at, so that nobody takes silence for consent."""
    absent = "、".join(layer_words(layer) for layer in layers)
    tail = f"；县资料没有这些图层，与其有关的内容未核查：{absent}" if absent else ""
    what = "同沟敷设" if conflicts_judged else "管线净距、覆土和同沟敷设"
    return f"本次未核查{what}{tail}"


def _conditions(verdict: Verdict, policy: Policy, outcome: Outcome) -> list[str]:
    rules = {rule.rule_id: rule for rule in policy.known_rules}
    return [
        rule_words(rules.get(finding.rule), finding.rule)
        for finding in verdict.findings
        if finding.outcome is outcome
    ]
