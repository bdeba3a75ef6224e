"""The words that fields may hold, and the Chinese for each."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, ...]]

# The first Chinese word of a row is the one that forms and tables print.
# Codes of two letters are those of CJJ 61-2017 appendix B (DX: telecom in the 2003 edition).
UTILITY: Words = {
    "water": ("给水", "供水", "自来水", "水", "JS"),
    "power": ("电力", "供电", "电", "DL"),
    "gas": ("燃气", "供气", "天然气", "气", "RQ"),
    "heat": ("热力", "供热", "供暖", "暖", "热", "RL"),
    "telecom": ("通信", "电信", "通讯", "信", "TX", "DX"),
}
PIPELINE_UTILITY: Words = {
    **UTILITY,
    "sewer": ("污水", "WS"),
    "storm": ("雨水", "YS"),
    "reclaimed": ("再生水", "中水", "ZS"),
}
ROAD_CLASS: Words = {
    "expressway": ("快速路", "城市快速路"),
    "arterial": ("主干路", "主干道", "城市主干路", "城市主干道"),
    "secondary": ("次干路", "次干道", "城市次干路", "城市次干道"),
    "local": ("支路", "城市支路"),
    "highway": ("公路",),
    "other": ("其他", "其它"),
}
DELIVERY_KIND: Words = {
    "new": ("新建",),
    "rebuilt": ("改建",),
    "extended": ("扩建",),
}
SURFACE_KIND: Words = {
    "carriageway": ("车行道", "机动车道"),
    "cycle_lane": ("非机动车道",),
    "sidewalk": ("人行道",),
    "green_belt": ("绿化带",),
    "other": ("其他", "其它"),
}
PAVEMENT: Words = {
    "asphalt": ("沥青", "沥青混凝土"),
    "concrete": ("水泥混凝土", "混凝土"),
    "brick": ("砖", "方砖", "彩色方块", "素色方块"),
    "slab": ("石板", "板材"),
    "unpaved": ("未铺装", "土路"),
}
GREEN_KIND: Words = {
    "park": ("公园绿地", "公园"),
    "verge": ("道路绿地", "街旁绿地"),
    "protective": ("防护绿地",),
    "other": ("其他", "其它"),
}
LAYING: Words = {
    "direct": ("直埋", "ZM"),
    "duct": ("保护管", "排管", "管埋", "管块", "GM", "GK"),
    "trench": ("管沟", "GG"),
    "tunnel": ("综合管廊", "管廊", "隧道", "ZH"),
}
PRESSURE_CLASS: Words = {
    "low": ("低压",),
    "medium_b": ("中压B",),
    "medium_a": ("中压A",),
    "subhigh_b": ("次高压B",),
    "subhigh_a": ("次高压A",),
}
OBSTACLE_KIND: Words = {
    "tree": ("乔木", "树木", "树"),
    "shrub": ("灌木",),
    "pole": ("杆", "电杆", "灯杆"),
    "tower": ("铁塔", "塔"),
}
CONTROL_KIND: Words = {
    "red": ("红线",),
    "green": ("绿线",),
    "blue": ("蓝线",),
    "purple": ("紫线",),
    "yellow": ("黄线",),
    "orange": ("橙线",),
}
# The large classes of GB 50137; their letters are those of plans.
LAND_USE: Words = {
    "residential": ("居住用地", "居住", "R"),
    "public": ("公共管理与公共服务用地", "公共服务", "A"),
    "commercial": ("商业服务业设施用地", "商业服务业用地", "商业", "B"),
    "industrial": ("工业用地", "工业", "M"),
    "warehouse": ("物流仓储用地", "仓储用地", "仓储", "W"),
    "road": ("道路与交通设施用地", "道路用地", "S"),
    "utility": ("公用设施用地", "市政用地", "U"),
    "green": ("绿地与广场用地", "绿地", "G"),
    "water": ("水域", "E1"),
    "other": ("其他", "其它"),
}
APPLICANT_KIND: Words = {
    "company": ("企业",),
    "non_resident": ("其他非居民", "非居民"),
    "resident": ("居民",),
}


def canonical_word(words: Words, value: str) -> str | None:
    """The canonical word for a value written in English, Chinese or as a code; None if no word."""
    wanted = value.strip()
    if wanted.lower() in words:
        return wanted.lower()
    for word, synonyms in words.items():
        if wanted in synonyms or wanted.upper() in synonyms:
            return word
    return None


def chinese_word(words: Words, word: str) -> str:
    """The word that forms print; KeyError for a word that is not in the vocabulary."""
    return words[word][0]
