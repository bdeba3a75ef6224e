"""Results as tables on the screen; every sentence comes from the wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import CheckResult, RouteResult
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome
from neixiang_survey_plugin.core.policy import Policy, RuleKind, Way
from neixiang_survey_plugin.hosts.cli.conflict_tables import print_conflicts
from neixiang_survey_plugin.io.packet.writing import PacketWritten

# Columns of figures keep their width in a narrow terminal; the texts beside them fold.
_FIGURE_WIDTH, _UTILITY_WIDTH = 8, 4
# So many lines get their reasons on the screen; a screenful of thousands helps nobody.
_MOST_REASONS = 60

# A colour never stands alone: the word and the mark beside it say the same.
_STYLES = {
    Way.EXEMPT: "green",
    Way.FILING: "green",
    Way.COMMITMENT: "green",
    Way.JOINT: "yellow",
    Way.JOINT_GOVERNMENT: "red",
    Way.UNDETERMINED: "magenta",
    Way.OUTSIDE: "magenta",
}


def print_result(result: CheckResult, names: wording.Names, console: Console) -> None:
    """One row a line with its figures and its way, then why for whatever does not pass.

    ``names`` are the names of roads and green spaces by identifier.
    """
    console.print(_routes_table(result))
    told = [route for route in result.routes if _has_reasons(route)]
    for route in told[:_MOST_REASONS]:
        _print_reasons(route, result.policy, names, console)
    if len(told) > _MOST_REASONS:
        console.print(f"另有 {len(told) - _MOST_REASONS} 条外线的理由未列出，见 --json 的结果。")
    print_conflicts(result, console)
    for sentence in _notices(result):
        console.print(f"[dim]{escape(sentence)}[/dim]", soft_wrap=True)


def print_drawing(results: Iterable[RouteResult], policy: Policy, console: Console) -> None:
    """One row a point drawn: what the gauges show there."""
    table = Table(box=box.SIMPLE_HEAD, title="逐点画线，边画边判", title_justify="left")
    table.add_column("外线", overflow="fold")
    table.add_column("点", no_wrap=True)
    _add_figure_columns(table)
    for result in results:
        points = str(len(result.route.line.coords))
        table.add_row(
            escape(result.route.route_id), points, *_figures(result, policy), _way(result)
        )
    console.print(table)


def print_packets(packets: Sequence[PacketWritten], console: Console) -> None:
    """One row a packet: the case, its folder, the papers in it; data/ holds the rest."""
    table = Table(box=box.SIMPLE_HEAD, title="资料包", title_justify="left")
    for name in ("案件", "文件夹", "文件"):
        table.add_column(name, overflow="fold")
    for packet in packets:
        papers = (path for path in packet.files if path.parent == packet.folder)
        names = "\n".join(escape(path.name) for path in papers)
        table.add_row(escape(packet.case_id or "—"), escape(str(packet.folder)), names)
    console.print(table)


def print_county(report: Mapping[str, Any], console: Console) -> None:
    """One row a layer: how many features, how exact, which facts are missing."""
    title = f"{report['county']}  EPSG:{report['epsg']}  规则 {report['policy']}"
    table = Table(box=box.SIMPLE_HEAD, title=escape(title), title_justify="left")
    table.add_column("图层")
    table.add_column("要素", justify="right")
    table.add_column("精度 m", justify="right")
    table.add_column("范围")
    table.add_column("缺失", overflow="fold")
    for layer in report["layers"]:
        missing = "  ".join(f"{name} {count}" for name, count in layer["missing"].items())
        accuracy = "未知" if layer["accuracy_m"] is None else f"{layer['accuracy_m']:g}"
        table.add_row(
            layer["layer"],
            str(layer["features"]),
            accuracy,
            "有" if layer["coverage"] else "全部",
            missing or "无",
        )
    console.print(table)
    if report["layers_not_judged"]:
        console.print(
            f"没有的图层（与其有关的内容不判定）：{'、'.join(report['layers_not_judged'])}"
        )
    hours = "、".join(report["office_hours"]) or "未知（时限无法计算，请填 [office] hours）"
    for one in report["corrections"]:
        console.print(
            f"县里更正 {one['file']} {one['table']} {one['a']}–{one['b']} "
            f"{one['figure_m']:g} m（{one['confidence']}；依据：{escape(one['evidence'])}）",
            soft_wrap=True,
        )
    console.print(f"办公时间 {hours}；放假安排知道到 {report['holidays_known_to']} 年")


def _routes_table(result: CheckResult) -> Table:
    title = f"{result.county}  {result.policy.document}  {wording.day_words(result.on)}"
    table = Table(box=box.SIMPLE_HEAD, title=escape(title), title_justify="left")
    for name in ("案件", "外线"):
        table.add_column(name, overflow="fold")
    table.add_column("专业", no_wrap=True, min_width=_UTILITY_WIDTH)
    _add_figure_columns(table)
    for one in result.routes:
        table.add_row(
            escape(one.route.case_id or "—"),
            escape(one.route.route_id),
            wording.utility_words(one.route.utility),
            *_figures(one, result.policy),
            _way(one),
        )
    return table


def _add_figure_columns(table: Table) -> None:
    for name in ("长度 m", "穿路 m", "占绿 m²"):
        table.add_column(name, justify="right", no_wrap=True, min_width=_FIGURE_WIDTH)
    table.add_column("结论", overflow="fold")


def _figures(result: RouteResult, policy: Policy) -> tuple[str, str, str]:
    measures = result.measures
    length_marks = wording.limits_of(policy, RuleKind.LINE_LENGTH)
    crossing_marks = wording.limits_of(policy, RuleKind.CROSSING_LENGTH)
    green_marks = wording.limits_of(policy, RuleKind.GREEN_AREA)
    return (
        wording.figure(measures.length_m, *length_marks),
        wording.figure(measures.roads.across.value, *crossing_marks),
        wording.figure(measures.green.strip.value, *green_marks),
    )


def _way(result: RouteResult) -> str:
    way = result.verdict.way
    marks = "△" if any(finding.borderline for finding in result.verdict.findings) else ""
    return f"[{_STYLES[way]}]{wording.way_words(way)}[/] {marks}".rstrip()


def _print_reasons(
    result: RouteResult, policy: Policy, names: wording.Names, console: Console
) -> None:
    rules = {rule.rule_id: rule for rule in policy.known_rules}
    shown = [one for one in result.verdict.findings if _is_worth_saying(one)]
    console.print(f"[bold]{escape(result.route.route_id)}[/bold] {_way(result)}")
    together = wording.judged_together_sentence(result, policy)
    if together is not None:
        console.print(f"  {escape(together)}", soft_wrap=True)
    for finding in shown:
        sentence = wording.finding_sentence(finding, rules.get(finding.rule), names)
        mark = wording.outcome_mark(finding)
        line = f"  {mark} {escape(sentence)} [dim]{escape(finding.clause)}[/dim]"
        console.print(line, soft_wrap=True)  # a sentence without spaces is folded by the terminal
    if result.verdict.reading_decides:
        sentence = wording.reading_decides_sentence(result.verdict)
        console.print(f"  {escape(sentence)}", soft_wrap=True)


def _has_reasons(result: RouteResult) -> bool:
    verdict = result.verdict
    return verdict.reading_decides or any(_is_worth_saying(one) for one in verdict.findings)


def _is_worth_saying(finding: Finding) -> bool:
    remarkable = finding.borderline or finding.day_decides or bool(finding.confirmed)
    return finding.outcome is not Outcome.PASS or remarkable


def _notices(result: CheckResult) -> Iterable[str]:
    if result.routes:
        readings = "；".join(wording.readings_words(result.routes[0].verdict))
        yield f"读法：{readings}。"
    yield from wording.earlier_rules_sentences(result.routes, result.policy)
    for split in result.suspected_splits:
        yield wording.suspected_split_sentence(split, result.policy)
    judged = result.conflicts is not None
    if result.confirmed:
        yield wording.overlay_sentence(result.confirmed)
    yield wording.not_judged_sentence(result.layers_not_judged, judged)
    if result.conflicts is not None:
        yield from wording.partly_judged_sentences(result.conflicts.not_judged)
    yield from result.warnings
