"""What the columns of Chinese utility, road and planning data are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.core.schema import LayerSchema

# A geodatabase writes 红线宽度(m) as 红线宽度_m_.
_BRACKETED = re.compile(r"[(\[【](.*?)[)\]】]|[/]([A-Za-z]+)$|_(mm|cm|m|kv|v)_?$", re.IGNORECASE)
_FILLERS = re.compile(r"[\s_\-:：*#]+")


@dataclass(frozen=True)
class Names:
    """What a field is called: names that leave no doubt, and names that may mean something else."""

    sure: tuple[str, ...]
    perhaps: tuple[str, ...] = ()


_IDS = ("编号", "编码", "标识码", "BSM", "BH")
_ROW_NUMBERS = ("id", "osm_id", "objectid", "handle", "fid", "序号", "XH")
_OWNER = Names(
    ("权属单位", "产权单位", "权属", "所有权人", "QSDW", "CQDW"),
    ("管理单位", "养护单位", "管养单位", "建设单位", "GLDW", "JSDW"),
)
_UTILITY = Names(
    ("管线种类", "管线类别", "管线类型", "管类", "专业", "管种", "GXZL", "GXLX", "GXLB"),
    ("类别", "种类", "类型", "layer", "图层", "LX", "ZL", "LB"),
)
_DIAMETER = Names(
    ("管径", "公称直径", "口径", "管径或断面", "规划管径", "管道直径", "直径", "DN", "GJ", "GJDM"),
    ("规格", "断面尺寸", "断面", "尺寸", "GG", "DMCC", "size", "diameter"),
)

# Field by field; a field of one layer alone stands under "layer.field".
_NAMES: Mapping[str, Names] = {
    "name": Names(("名称", "MC", "NAME")),
    "owner": _OWNER,
    "utility": _UTILITY,
    "diameter_mm": _DIAMETER,
    "road_id": Names(
        ("道路编号", "道路编码", "道路代码", "路段编号", "DLBH", "DLBM", "LDBH", "roadid", *_IDS),
        _ROW_NUMBERS,
    ),
    "roads.name": Names(("道路名称", "路名", "名称", "DLMC", "LM", "MC", "name")),
    "road_class": Names(
        ("道路等级", "道路级别", "等级", "路级", "DLDJ", "LDDJ", "DLJB", "roadclass"),
        ("道路类别", "道路类型", "级别", "类别", "类型", "DJ", "JB", "DLLX", "fclass", "highway"),
    ),
    "width_m": Names(
        ("道路宽度", "红线宽度", "红线宽", "路宽", "规划红线宽度", "DLKD", "HXKD", "width"),
        ("宽度", "路面宽度", "KD", "LMKD"),
    ),
    "delivered_on": Names(
        ("交付日期", "交付使用日期", "交付使用时间", "交付时间", "JFRQ", "JFSYRQ", "JFSJ"),
        ("竣工日期", "竣工时间", "建成日期", "建成时间", "通车日期", "通车时间", "验收日期"),
    ),
    "delivery_kind": Names(("建设性质", "交付性质", "工程性质", "JSXZ")),
    "overhauled_on": Names(
        ("大修日期", "大修时间", "大修竣工日期", "最近大修日期", "DXRQ", "DXSJ", "DXJGRQ"),
        ("改造日期", "改造时间", "维修日期", "WXRQ"),
    ),
    "surface_id": Names(("路面编号", "LMBH", *_IDS), _ROW_NUMBERS),
    "surface_kind": Names(("路面部位", "断面部位", "车道类型"), ("部位", "类型", "类别", "LX")),
    "pavement": Names(
        ("路面材料", "铺装材料", "铺装", "路面类型", "面层材料", "LMCL", "LMLX"), ("材料", "面层")
    ),
    "green_id": Names(("绿地编号", "绿地编码", "LDBH", "LDBM", *_IDS), _ROW_NUMBERS),
    "green_spaces.name": Names(("绿地名称", "名称", "LDMC", "MC")),
    "green_kind": Names(
        ("绿地类型", "绿地类别", "绿地种类", "LDLX", "LDLB"), ("类型", "类别", "LX")
    ),
    "pipe_id": Names(
        ("管线编号", "管线编码", "管段编号", "管段号", "GXBH", "GXBM", "GDBH", "管线标识码", *_IDS),
        _ROW_NUMBERS,
    ),
    "laying": Names(("埋设方式", "敷设方式", "埋设类型", "敷设类型", "MSFS", "FSFS", "MSLX")),
    "pressure_class": Names(
        ("压力等级", "压力级别", "压力级制", "压力类别", "YLDJ", "YLJB"), ("压力", "YL")
    ),
    "voltage_kv": Names(("电压", "电压等级", "电压值", "DYDJ", "DYZ"), ("DY",)),
    "cover_m": Names(
        ("覆土", "覆土深度", "覆土厚度", "管顶埋深", "管顶覆土", "FTSD", "FT"),
        ("埋深", "埋设深度", "平均埋深", "MS", "depth"),
    ),
    "position_accuracy_m": Names(
        ("平面精度", "定位精度", "平面中误差", "点位中误差"), ("精度", "JD")
    ),
    "building_id": Names(
        ("建筑物编号", "建筑编号", "房屋编号", "楼号", "JZBH", "FWBH", *_IDS),
        _ROW_NUMBERS,
    ),
    "height_m": Names(("建筑高度", "房屋高度", "高度", "JZGD", "FWGD", "GD"), ("height", "H")),
    "obstacle_id": Names(("障碍物编号", *_IDS), _ROW_NUMBERS),
    "obstacles.kind": Names(("障碍物类型", "障碍物种类"), ("类型", "类别", "名称", "LX", "MC")),
    "plan_id": Names(("规划管线编号", "规划编号", "GHBH", *_IDS), _ROW_NUMBERS),
    "plan_name": Names(("规划名称", "规划", "规划文件", "GHMC"), ("名称", "项目名称", "MC")),
    "year": Names(("规划年份", "规划年限", "规划期限", "规划末年", "GHNX", "GHNF"), ("年份", "NF")),
    "control_id": Names(("控制线编号", "控制区编号", *_IDS), _ROW_NUMBERS),
    "control_areas.kind": Names(
        ("控制线类型", "控制线", "六线类型", "四线类型", "KZXLX"), ("类型", "类别", "图层", "layer")
    ),
    "authority": Names(("主管部门", "管理部门", "管控部门", "ZGBM"), ("部门", "管理单位")),
    "site_id": Names(
        ("地块编号", "地块编码", "宗地号", "宗地编号", "DKBH", "ZDH", *_IDS),
        _ROW_NUMBERS,
    ),
    "sites.name": Names(("地块名称", "项目名称", "DKMC", "XMMC"), ("名称", "MC", "name")),
    "applicant": Names(
        ("申请单位", "申请人", "用地单位", "建设单位", "SQDW", "YDDW"),
        ("权利人", "使用权人", "QLR"),
    ),
}
_NOTHING = Names(())


def names_of(schema: LayerSchema, field: str) -> Names:
    """What a field of a layer is called, in plain form (``plain_heading``)."""
    names = _NAMES.get(f"{schema.name}.{field}") or _NAMES.get(field, _NOTHING)
    plain = [tuple(plain_heading(name) for name in half) for half in (names.sure, names.perhaps)]
    return Names(*plain)


def plain_heading(heading: str) -> str:
    """A heading without its unit, its case and its blanks: ``管径 (mm)`` is ``管径``."""
    text = unicodedata.normalize("NFKC", heading).strip()
    bare = _BRACKETED.sub("", text)
    return _FILLERS.sub("", bare or text).casefold()


def unit_in_heading(heading: str) -> str | None:
    """What stands in brackets, behind a stroke or at the end: ``mm`` of ``管径/mm``, ``GJ_mm``."""
    match = _BRACKETED.search(unicodedata.normalize("NFKC", heading).strip())
    return None if match is None else next(filter(None, match.groups()), None)
