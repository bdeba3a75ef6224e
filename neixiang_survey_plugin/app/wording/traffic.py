"""The words of the traffic sketch and of the field sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from neixiang_survey_plugin.app.sheets.along import Met
from neixiang_survey_plugin.app.sheets.closures import Closure
from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, amount, figure
from neixiang_survey_plugin.app.wording.sheets import (
    met_cover_words,
    road_name_words,
    station_words,
)
from neixiang_survey_plugin.app.wording.words import utility_words
from neixiang_survey_plugin.core.county import Unit
from neixiang_survey_plugin.core.measuring.measures import RoadFacts
from neixiang_survey_plugin.core.routes import Route

TRAFFIC = "工期与交通组织示意图"
WORKS_TABLE, WORKS_HEADINGS = "工期", ("外线", "专业", "起止日期", "施工单位")
CLOSURES_HEADINGS = ("外线", "专业", "占道面积 m²", "办法")
# From the works outwards.
SIGNS = ("锥桶、导向", "道路变窄、限速", "前方施工、慢行")
NOT_PLANNED = "未填"

FIELD = "现场单"
FIELD_MET = "沿线碰到的管线（开挖前探明）"
FIELD_MET_HEADINGS = ("外线", "里程", "管线", "埋深")
FIELD_UNITS, FIELD_UNITS_HEADINGS = "单位与工期", ("单位", "联系人、电话", "起止日期")
FIELD_NOTES = (
    "现场使用，不代替图纸；X 为北、Y 为东；长度、面积为椭球面数值。",
    "开挖前请各权属单位到场交底，埋深未知的管线先探后挖；碰口阀门由权属单位操作。",
    "与图不符时停工，报首发单位和主管部门。",
)


def traffic_notes(any_road: bool, any_detour: bool = False) -> tuple[str, ...]:
    """What has to be known of the sketch; who settles the way round the works is always said."""
    if not any_road:
        return ("外线及其作业带不进入道路，不占道。", "现场出入口的交通组织须经公安交警核定。")
    return (
        "本图为示意：封闭范围、通行与绕行、交通标志须经公安交警核定后实施。",
        "标志只写名称，尺寸、数量、间距按 GB 5768.4 和交警要求设置，图上位置不按比例。",
        "横穿道路按半幅施工、半幅通行考虑；确需全幅封闭的，另报绕行方案。",
        "绕行路线（绿色虚线）为建议，由交警确定。" if any_detour else "绕行路线由交警确定。",
        "警示灯、行人通道、应急通行按交警要求设置。",
    )


def detour_words(name: str | None) -> str:
    """What is written beside a way round the works."""
    return f"绕行：{name}" if name else "绕行"


def half_words(number: int) -> str:
    """The first half of a road, by 0, or the second, by 1."""
    return "①②"[number]


def closures_title(road: RoadFacts) -> str:
    """The title of the table of what is closed of a road."""
    return f"占道 {road_name_words(road)}"


def closure_label(one: Closure) -> tuple[str, ...]:
    """What is written beside what is closed."""
    road = road_name_words(one.road)
    area = "" if one.area_m2 is None else f"占道 {amount(one.area_m2, 'm2')}"
    return tuple(filter(None, (road, area, method_words(one))))


def method_words(one: Closure) -> str:
    """How the works leave room to pass, as far as the lines say it."""
    if one.area_m2 is None:
        return "作业带宽或工作坑未知，占道范围未知"
    if not one.is_closed:
        return "非开挖通过，不占道" if one.bored else "仅触及红线，不占道"
    if one.bored:
        return f"非开挖，工作坑占道，{_left_words(one)}"
    if one.halves:
        return f"半幅施工，先①后②，{_half_words(one.half_m)}"
    return f"占用一侧，{_left_words(one)}"


def _half_words(half_m: Sequence[float]) -> str:
    """How long the halves are that are dug at a time; of unlike ones the longest."""
    said = {figure(one) for one in half_m}
    return f"每幅{'约' if len(said) == 1 else '最长约'} {figure(max(half_m))} m"


def _left_words(one: Closure) -> str:
    return "余宽未知" if one.left_m is None else f"余宽约 {figure(one.left_m)} m"


def closure_row(one: Closure) -> tuple[str, ...]:
    """A closure in the table."""
    area = UNKNOWN_WORD if one.area_m2 is None else figure(one.area_m2)
    return (one.route_id, utility_words(one.utility), area, method_words(one))


def works_row(route: Route) -> tuple[str, ...]:
    """The works on a line in the table of periods."""
    contractor = route.contractor or NOT_PLANNED
    return (route.route_id, utility_words(route.utility), period_words([route]), contractor)


def period_words(routes: Iterable[Route]) -> str:
    """From which day to which works take place; 未填 where nobody said."""
    ends = [(one.works_from, one.works_to) for one in routes]
    begins = [one for one, _ in ends if one is not None]
    lasts = [one for _, one in ends if one is not None]
    if not begins and not lasts:
        return NOT_PLANNED
    return f"{_day(min(begins, default=None))} 至 {_day(max(lasts, default=None))}"


def _day(day: date | None) -> str:
    return NOT_PLANNED if day is None else day.isoformat()


def field_met_row(route: Route, one: Met) -> tuple[str, ...]:
    """A pipeline that a line crosses, on the field sheet."""
    return (route.route_id, station_words(one.along_m), one.name, met_cover_words(one.cover_m))


def field_unit_row(name: str, unit: Unit | None, routes: Iterable[Route]) -> tuple[str, ...]:
    """Who lays lines, whom to call, when."""
    said = () if unit is None else (unit.contact or "", unit.phone or "")
    return (name, " ".join(filter(None, said)) or NOT_PLANNED, period_words(routes))


def more_rows(count: int) -> str:
    """What found no room on the one page."""
    return f"另有 {count} 行，见图纸。"
