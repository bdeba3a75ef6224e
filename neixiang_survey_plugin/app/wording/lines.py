"""A line in words: where it runs, what it crosses, how it is laid, which matters it raises."""

from __future__ import annotations

from collections.abc import Iterator

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording.figures import amount, figure, limits_of, trimmed
from neixiang_survey_plugin.app.wording.words import (
    NO_NAMES,
    Names,
    crossing_kind_words,
    matter_words,
    named,
    road_words,
    utility_words,
)
from neixiang_survey_plugin.core.judging.approvals import Approval
from neixiang_survey_plugin.core.measuring import openings
from neixiang_survey_plugin.core.measuring.measures import Crossing, RoadFacts
from neixiang_survey_plugin.core.policy import Policy, RuleKind
from neixiang_survey_plugin.core.routes import Bore


def route_description(result: RouteResult, policy: Policy) -> str:
    """Where a line begins and ends, how long it is and what it meets on its way."""
    route, measures = result.route, result.measures
    coordinates = route.line.coords
    length = amount(measures.length_m, "m", *limits_of(policy, RuleKind.LINE_LENGTH))
    parts = [
        f"{utility_words(route.utility)}外线 {route.route_id}："
        f"起点 {_place(coordinates[0])}，终点 {_place(coordinates[-1])}，"
        f"长 {length}（椭球面；网格 {amount(measures.grid_length_m, 'm')}）"
    ]
    parts.extend(crossing_words(crossing, policy) for crossing in measures.roads.crossings)
    parts.extend(f"{bore_words(bore)}非开挖" for bore in route.trenchless)
    return "；".join(parts) + "。"


def crossing_words(crossing: Crossing, policy: Policy) -> str:
    """One stretch inside a road."""
    length = amount(crossing.length_m, "m", *limits_of(policy, RuleKind.CROSSING_LENGTH))
    kind = crossing_kind_words(crossing.kind)
    return f"{stretch_words(crossing)} m {kind}{road_facts_words(crossing.road)}{length}"


def crossing_length_words(crossing: Crossing, policy: Policy) -> str:
    """How many metres a stretch counts: what was taped, with a remark, or what was measured."""
    marks = limits_of(policy, RuleKind.CROSSING_LENGTH)
    if crossing.taped_m is not None:
        return f"{figure(crossing.taped_m, *marks)}（实测）"
    return figure(crossing.length_m, *marks)


def stretch_words(crossing: Crossing) -> str:
    """From where to where along the line a stretch lies, in metres."""
    return f"{figure(crossing.from_m)}–{figure(crossing.to_m)}"


def bore_words(bore: Bore) -> str:
    """A trenchless stretch, with its depth where it is known."""
    depth = "" if bore.depth_m is None else f"（埋深 {trimmed(bore.depth_m)} m）"
    return f"{figure(bore.from_m)}–{figure(bore.to_m)} m{depth}"


def road_facts_words(road: RoadFacts) -> str:
    """A road by name, class and identifier."""
    return road_words(road.road_id, road.name, road.road_class)


def opened_roads(result: RouteResult) -> Iterator[RoadFacts]:
    """The city roads that the works on a line open."""
    return openings.opened_roads(result.route, result.measures)


def approval_sentence(approval: Approval, names: Names = NO_NAMES) -> str:
    """One matter with its department, who decides with it, what asks for it and how surely."""
    departments = "、".join(filter(None, (approval.department, *approval.together_with)))
    parts = [f"{matter_words(approval.matter)}：{departments or '主管部门（县文件未列）'}"]
    if approval.objects:
        parts.append(f"涉及 {named(approval.objects, names)}")
    if not approval.certain:
        parts.append("是否需要待资料补齐后确定")
    return "，".join(parts)


def _place(point: tuple[float, ...]) -> str:
    """Survey files write north first, as X."""
    return f"X {point[1]:.2f} Y {point[0]:.2f}"
