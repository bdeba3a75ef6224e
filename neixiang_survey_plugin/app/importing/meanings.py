"""Words of foreign tables: which canonical word they mean, and which of them mean nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from neixiang_survey_plugin.core.schema import Field
from neixiang_survey_plugin.core.vocabulary import canonical_word

# What people write where they do not know; compared in lower case.
_UNKNOWN = frozenset(
    {
        "不详",
        "不明",
        "未知",
        "不清",
        "不清楚",
        "待查",
        "待定",
        "未定",
        "待核实",
        "暂无",
        "无",
        "空",
        "空白",
        "缺",
        "无记录",
        "无资料",
        "无数据",
        "null",
        "none",
        "nan",
        "n/a",
        "na",
        "nil",
        "-",
        "--",
        "---",
        "—",
        "——",
        "/",
        "\\",
        "?",
        "？",
        "*",
        ".",
        "unknown",
        "<null>",
        "#n/a",
        "(null)",
        "nat",
        "1900-01-00",
        "0000-00-00",
        "00000000",
    }
)
_UNKNOWN_NUMBERS = frozenset({"-1", "-9", "-99", "-999", "-9999", "-99999", "9999", "99999"})
_FILLERS = re.compile(r"[\s_\-()（）\[\]【】]+")
_LEVELS = re.compile(r"(?:[ⅠⅡⅢIVX123一二三]+\s*[级类型]?|[级类型])$")

# Words by what stands in them, the first that fits; where none does, the user is asked.
_Signs = tuple[tuple[str, str], ...]
_SIGNS: Mapping[str, _Signs] = {
    "road_class": (
        (r"高速公路|国道|省道|县道|乡道|村道|公路|^[GSXYC]\d{1,4}$", "highway"),
        (r"快速", "expressway"),
        (r"次干|集散道路", "secondary"),
        (r"主干", "arterial"),
        (r"支路|支线道路", "local"),
    ),
    "utility": (
        (r"雨水|^(?:PS)?YS", "storm"),
        (r"污水|合流|^(?:PS)?WS|^(?:PS)?HS", "sewer"),
        (r"再生水|中水|^(?:JS)?ZS", "reclaimed"),
        (r"给水|供水|自来水|上水|消防|配水|输水|原水|^JS|^JP|^SS|^JY|^XS", "water"),
        (r"燃气|煤气|天然气|液化气|供气|^RQ|^MQ|^TR|^YH", "gas"),
        (r"热力|供热|供暖|暖气|热水|蒸汽|^RL|^RS|^ZQ", "heat"),
        (r"通信|电信|通讯|移动|联通|铁通|广电|有线电视|电话|光缆|网络|弱电|^TX|^DX", "telecom"),
        (r"电力|供电|路灯|照明|电缆|高压线|^DL|^GD|^LD", "power"),
    ),
    "delivery_kind": ((r"新建", "new"), (r"改建|改造", "rebuilt"), (r"扩建|拓宽", "extended")),
    "surface_kind": (
        (r"非机动车|自行车", "cycle_lane"),
        (r"机动车|车行|行车", "carriageway"),
        (r"人行|步道", "sidewalk"),
        (r"绿化|分隔带|隔离带|树池", "green_belt"),
    ),
    "pavement": (
        (r"沥青|柏油", "asphalt"),
        (r"水泥|混凝土|砼", "concrete"),
        (r"石板|花岗岩|板材|石材", "slab"),
        (r"砖|方块", "brick"),
        (r"土路|未铺|碎石|砂石|素土", "unpaved"),
    ),
    "green_kind": (
        (r"公园|游园", "park"),
        (r"防护", "protective"),
        (r"道路|街旁|行道|分车|路侧", "verge"),
    ),
    "laying": (
        (r"直埋|^ZM", "direct"),
        (r"管廊|隧道|^ZH$", "tunnel"),
        (r"管沟|沟道|电缆沟|^GG", "trench"),
        (r"管埋|管块|排管|保护管|套管|^GM|^GK", "duct"),
    ),
    "pressure_class": (
        (r"次高压A", "subhigh_a"),
        (r"次高压B", "subhigh_b"),
        (r"中压A", "medium_a"),
        (r"中压B", "medium_b"),
        (r"低压", "low"),
    ),
    "control_areas.kind": (
        (r"红线|红$", "red"),
        (r"绿线|绿$", "green"),
        (r"蓝线|蓝$", "blue"),
        (r"紫线|紫$", "purple"),
        (r"黄线|黄$", "yellow"),
        (r"橙线|橙$", "orange"),
    ),
    "obstacles.kind": (
        (r"灌木|绿篱", "shrub"),
        (r"铁塔|塔", "tower"),
        (r"杆", "pole"),
        (r"乔木|行道树|树", "tree"),
    ),
}
# What looks like one of the words above and is something else: it is asked.
_NOT = {"road_class": r"匝道|辅路|内部|小区|巷", "laying": r"架空|^JK|^DM|^SJ|顶管|定向钻|^DG"}


def is_unknown(text: str, number: bool = False) -> bool:
    """Whether a text says that nobody knows; ``number``: also -9999 and its like."""
    written = text.strip().casefold()
    return written in _UNKNOWN or (number and written.removesuffix(".0") in _UNKNOWN_NUMBERS)


def word_reader(layer: str, field: Field) -> Callable[[str], str | None]:
    """Reads a text as one of the field's words; None for what is to be asked."""
    words = field.words or {}
    signs = _SIGNS.get(f"{layer}.{field.name}") or _SIGNS.get(field.name, ())
    patterns = [(re.compile(pattern), word) for pattern, word in signs if word in words]
    other = re.compile(_NOT.get(field.name, r"(?!)"))

    def read(text: str) -> str | None:
        known = canonical_word(words, text)
        if known is not None:
            return known
        plain = _FILLERS.sub("", unicodedata.normalize("NFKC", text)).upper()
        bare = _LEVELS.sub("", plain)
        if other.search(plain):
            return None
        exact = canonical_word(words, plain) or canonical_word(words, bare)
        return exact or next((word for p, word in patterns if p.search(plain)), None)

    return read
