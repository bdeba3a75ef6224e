"""The words of the drawings: titles, notes, headings, what a line and a crossing are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from neixiang_survey_plugin.app.map_labels import named_features
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording.figures import (
    UNKNOWN_WORD,
    amount,
    figure,
    limits_of,
    trimmed,
)
from neixiang_survey_plugin.app.wording.lines import crossing_length_words
from neixiang_survey_plugin.app.wording.sections import surface_words
from neixiang_survey_plugin.app.wording.words import (
    crossing_kind_words,
    laying_words,
    road_class_words,
    utility_words,
)
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.measures import Crossing, RoadFacts
from neixiang_survey_plugin.core.policy import Policy, RuleKind
from neixiang_survey_plugin.core.trenching.profile import SurfaceAbove

_GAUSS_KRUGER = re.compile(r"CGCS2000 / 3-degree Gauss-Kruger CM (\d+)E")
_HEIGHTS = {5737: "1985国家高程基准"}
DRAWINGS = "图纸"
PLAN, INDEX, TABLES = "外线平面图", "外线平面图 接合表", "外线平面图 坐标与数量表"
PROFILE = "外线纵断面图"
GROUND, RED_LINE, UNKNOWN_MARK = "地面", "红线", "?"
BORE_ENDS = ("钻起", "钻止")
PROFILE_ROWS = ("点号", "里程 m", "覆土 m")
SECTION = "外线横断面图"
BETWEEN_CENTRES = "中心距 m"
NO_TRENCH_DETAIL = "管径未知，沟槽断面从略。"
SECTION_NOTES = (
    "断面取在外线最拥挤的一段的中点，面向里程增加方向；横、竖比例相同，埋深过大者竖向缩小。",
    "地面高程未测，以地面为 ±0.00。",
    "埋深未知者以贯通虚线和“?”表示，施工前须探明；埋深未知的沟槽以虚线画在假定深度。",
    "中心距为格网尺寸；水平净距以冲突核查为准。",
)
COMMON = "共沟横断面图"
COMMON_TABLE, COMMON_HEADINGS = "共沟前后", ("项目", "之前", "之后")
NO_COMMON_SECTION = "有外线管径未知，或没有各外线并排的一段，共沟断面从略。"
COMMON_NOTES = (
    "按审定的共沟方案绘出全部外线，断面取在各外线并排的最长一段的中点；横、竖比例相同。",
    "地面高程未测，以地面为 ±0.00；埋深未知者以虚线画在假定深度。",
    "沟槽宽、深按施工规范取值，各外线净距以冲突核查为准。",
)
PROFILE_NOTES = (
    "地面高程未测，以地面为 ±0.00；纵断面只表示相对地面的覆土。",
    "里程、长度为椭球面数值。",
    "埋深未知的现状管线以贯通虚线和“?”表示，施工前须探明；埋深未知的外线以虚线画在假定深度。",
)
DRAFT = "草稿 DRAFT"
NORTH = "北"
LEGEND, NOTES = "图例", "说明"
NO_SCALE = "—"
TITLE_ROWS = {
    "case": "案件",
    "sheet": "图号",
    "applicant": "申请人",
    "project": "项目",
    "units": "建设单位",
    "scale": "比例",
    "on": "日期",
    "grid": "坐标系",
    "heights": "高程基准",
    "program": "程序",
    "rules": "规则",
    "number": "资料包编号",
}
SIGNATURES = ("绘图", "校核", "单位（章）")
LINES_TABLE = "外线"
LINES_HEADINGS = ("外线", "专业", "规格", "长度 m", "备注")
CROSSINGS_TABLE = "穿越道路"
CROSSINGS_HEADINGS = ("外线", "道路", "方式", "里程 m", "长度 m")
GREENS_TABLE = "占用绿地"
GREENS_HEADINGS = ("外线", "绿地", "面积 m²")
VERTICES_TABLE = "拐点坐标"
VERTICES_HEADINGS = ("点号", "X（北）m", "Y（东）m", "里程 m")
SHEETS_TABLE = "分幅"
SHEETS_HEADINGS = ("图号", "外线", "范围 X（北）m", "范围 Y（东）m")
LEGEND_WORDS = {
    "route": "拟建{utility}外线",
    "pipe": "现状管线（按专业着色）",
    "bore": "非开挖段",
    "strip": "作业带边线",
    "patch": "占用绿地",
    "vertex": "拐点及编号",
    "road": "道路红线",
    "kerb": "路面分界",
    "green": "绿地",
    "building": "建筑物",
    "site": "用地界线",
    "tree": "树木、杆塔",
    "cross": "坐标格网",
}


def draft_title(title: str) -> str:
    """The title of a sheet that is no more than a draft."""
    return f"{title}（草稿）"


def ground_name(layer: str, said: str) -> str:
    """What stands beside a thing that is there already."""
    if not said:
        return ""
    return f"现状{said}" if layer == "pipelines" else said


def scale_words(scale: float) -> str:
    """A scale: 1:500."""
    return f"1:{trimmed(scale)}"


def line_words(result: RouteResult, policy: Policy) -> str:
    """What is written along a line: utility, size, length on the ellipsoid."""
    marks = limits_of(policy, RuleKind.LINE_LENGTH)
    length = amount(result.measures.length_m, "m", *marks)
    return " ".join(filter(None, (utility_words(result.route.utility), size_words(result), length)))


def size_words(result: RouteResult) -> str:
    """The size of a line: φ110, 10 kV; empty where nobody said."""
    route = result.route
    sizes = []
    if route.diameter_mm is not None:
        sizes.append(f"φ{trimmed(route.diameter_mm)}")
    if route.voltage_kv is not None:
        sizes.append(f"{trimmed(route.voltage_kv)} kV")
    return " ".join(sizes)


def lines_row(result: RouteResult, policy: Policy) -> tuple[str, ...]:
    """A line in the table of lines."""
    route = result.route
    marks = limits_of(policy, RuleKind.LINE_LENGTH)
    cover = f"覆土 {UNKNOWN_WORD if route.cover_m is None else trimmed(route.cover_m) + ' m'}"
    remark = "，".join(filter(None, (laying_words(route.laying), cover)))
    length = figure(result.measures.length_m, *marks)
    size = size_words(result) or UNKNOWN_WORD
    return (route.route_id, utility_words(route.utility), size, length, remark)


def crossing_row(result: RouteResult, crossing: Crossing, policy: Policy) -> tuple[str, ...]:
    """A stretch within a road in the table of crossings."""
    return (
        result.route.route_id,
        road_name_words(crossing.road),
        crossing_kind_words(crossing.kind),
        f"{figure(crossing.from_m)}–{figure(crossing.to_m)}",
        crossing_length_words(crossing, policy),
    )


def road_name_words(road: RoadFacts) -> str:
    """A road by name and class."""
    return f"{road.name or '无名道路'}（{road_class_words(road.road_class)}）"


def crossing_label(crossing: Crossing, policy: Policy, utility: str = "") -> tuple[str, ...]:
    """What is written beside a crossing; with the utility where several lines cross."""
    length = crossing_length_words(crossing, policy)
    angle = "" if crossing.angle_deg is None else f" 交角 {crossing.angle_deg:.0f}°"
    kind = crossing_kind_words(crossing.kind)
    whose = utility_words(utility) if utility else ""
    return road_name_words(crossing.road), f"{whose}{kind} {length} m{angle}"


def patch_words(name: str | None, area_m2: float, policy: Policy) -> tuple[str, ...]:
    """What is written beside a green patch."""
    area = amount(area_m2, "m2", *limits_of(policy, RuleKind.GREEN_AREA))
    return tuple(filter(None, (name, f"占用绿地 {area}")))


def patch_area_words(area_m2: float, policy: Policy) -> str:
    """The area of a green patch."""
    return figure(area_m2, *limits_of(policy, RuleKind.GREEN_AREA))


def coordinate_words(metres: float) -> str:
    """A coordinate to the centimetre is not enough for setting out: to the millimetre."""
    return f"{metres:.3f}"


def pipeline_words(table: FeatureTable) -> Callable[[int], str]:
    """What the pipelines of a table are called: 现状给水 DN200."""
    groups = named_features({"pipelines": table})
    says = {int(row): group.say for group in groups for row in group.rows}
    return lambda row: f"现状{says[row](row) or '管线'}"


def crossed_line_words(result: RouteResult) -> str:
    """Another line of the case, where one crosses it."""
    return f"拟建{utility_words(result.route.utility)} {size_words(result)}".rstrip()


def two_scales(across: str, down: str) -> str:
    """The scales of a profile."""
    return f"横 {across} 纵 {down}"


def profile_title(result: RouteResult, scales: str) -> str:
    """The title of a profile."""
    route = result.route
    size = size_words(result)
    return " ".join(filter(None, (utility_words(route.utility), route.route_id, size, scales)))


def level_words(depth_m: float) -> str:
    """How deep below the ground."""
    return "±0.00" if depth_m == 0.0 else f"-{depth_m:.2f}"


def section_title(result: RouteResult, along_m: float, scale: str) -> str:
    """The title of a section: which line, where along it."""
    return f"{utility_words(result.route.utility)} {result.route.route_id} " + (
        f"{station_words(along_m)} 处横断面 {scale}"
    )


def surface_above(kind: str | None, pavement: str | None) -> str:
    """A surface in a section: 人行道（砖）."""
    return surface_words(SurfaceAbove(0.0, 0.0, kind, pavement))


def stretch_cover_words(cover_m: float | None, bored: bool) -> str:
    """The cover of a stretch of a line."""
    said = "埋深未知" if cover_m is None else f"覆土 {trimmed(cover_m)} m"
    return f"非开挖 {said}" if bored else said


def met_cover_words(cover_m: float | None) -> str:
    """The cover of a pipeline that is crossed."""
    return "埋深未知" if cover_m is None else f"覆土 {trimmed(round(cover_m, 3))} m"


def cover_cell(cover_m: float | None) -> str:
    """The cover in the table of a profile."""
    return UNKNOWN_WORD if cover_m is None else figure(cover_m)


def station_words(along_m: float) -> str:
    """A place along a line as stations are written: 0+044.00."""
    kilometres = int(round(along_m, 2) // 1000.0)
    return f"{kilometres}+{round(along_m, 2) - 1000.0 * kilometres:06.2f}"


def plan_notes(has_bores: bool) -> tuple[str, ...]:
    """What has to be known to read a plan."""
    notes = [
        "图上尺寸为坐标格网（平面）尺寸，比例尺即格网比例尺；标注的长度、面积为椭球面数值，"
        "与判定一致。",
        "X 为北、Y 为东，单位 m。",
        "现状管线按县图层绘制，埋深未知者未注；开挖前须由权属单位现场交底、探明。",
        "阀门、检查井等井室未在图上表示，碰口阀门由权属单位操作。",
    ]
    return (*notes, "非开挖段仅工作坑占地。") if has_bores else tuple(notes)


def sheet_words(number: int) -> str:
    """A sheet of the plan by its number."""
    return f"图 {number}"


def neighbour_words(number: int) -> str:
    """Where a line goes on."""
    return f"接图 {number}"


def grid_words(epsg: int, name: str) -> str:
    """The county grid by name and number."""
    known = _GAUSS_KRUGER.fullmatch(name)
    said = f"CGCS2000 三度带 中央子午线 {known[1]}°E" if known else name
    return f"{said}（EPSG:{epsg}）" if said else f"EPSG:{epsg}"


def heights_words(epsg: int | None, name: str) -> str:
    """The height datum."""
    return UNKNOWN_WORD if epsg is None else _HEIGHTS.get(epsg, name)


def joined(names: Iterable[str]) -> str:
    """Names in a row, each once."""
    return "、".join(dict.fromkeys(names))
