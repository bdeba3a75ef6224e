"""The headings of the joint form and of the land grant's sheet, by the fields they fill.

水电气暖信联合报装申请表 and 企业获得水、电、气、暖、信报装信息采集单: no copy of Neixiang's own
forms was found, so each field has the headings that such forms use, and more may be added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.core.casework.case import Case, NeededFor, Service
from neixiang_survey_plugin.core.vocabulary import UTILITY

CASE_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "case_id": ("案件编号", "报装编号", "受理编号", "编号"),
    "applicant_name": ("用户名称", "申请单位", "申请人", "企业名称", "单位名称", "企业", "户名"),
    "credit_code": ("统一社会信用代码", "社会信用代码", "信用代码"),
    "legal_representative": ("法定代表人", "法人代表", "法人"),
    "agent_name": ("经办人", "经办人姓名", "代办人"),
    "agent_phone": ("经办人电话", "经办人手机", "手机", "手机号", "手机号码", "联系电话"),
    "agent_id_number": ("经办人身份证号", "身份证号", "身份证号码"),
    "applicant_kind": ("用户类别", "申请人类别", "用户性质"),
    "project_name": ("项目名称", "工程名称", "项目"),
    "address": ("项目地址", "用户地址", "地址", "项目位置", "建设地点"),
    "site_id": ("用地编号", "宗地编号"),
    "agreed_access_at": ("期望接入时间", "约定接入时间", "约定报装时间", "约定时间"),
    "entrusts_permits": ("委托办理许可", "委托办理行政许可", "委托代办", "是否委托"),
    "signed_on": ("申请日期", "签章日期", "日期"),
    "received_by": ("受理人", "受理人员"),
    "received_at": ("受理时间", "受理日期"),
    "first_received_by": ("首办单位", "首办", "首次受理部门", "受理窗口"),
    "lead_unit": ("首发单位", "牵头单位"),
    "emergency": ("抢修", "是否抢修", "紧急抢修"),
    "parcel_number": ("地块编号", "地块号"),
    "grant_contract_number": ("出让合同号", "出让合同编号", "土地出让合同号"),
    "land_area_m2": ("用地面积", "占地面积"),
    "building_area_m2": ("建筑面积",),
    "works_start_on": ("开工日期", "计划开工日期", "开工时间"),
    "production_start_on": ("投产日期", "计划投产日期", "投产时间"),
    "contact_name": ("联系人", "联系人姓名"),
    "contact_phone": ("联系人电话", "联系人手机"),
    "remark": ("备注", "个性化需求"),
}
# A heading of a service's fields; the utilities that it belongs to, None where the row says which.
SERVICE_HEADINGS: Mapping[str, tuple[str | None, tuple[str, ...]]] = {
    "utility": (None, ("专业", "勾选服务", "申请服务", "报装服务", "服务")),
    "service_kind": (None, ("办理类别", "业务类型", "办理类型", "申请类型")),
    "needed_for": (None, ("用途", "需求阶段")),
    "unit": (None, ("报装单位", "权属单位")),
    "water_use": ("water", ("用水性质", "用水类别")),
    "households": ("water", ("户数", "用水户数")),
    "persons": ("water", ("人数", "用水人数")),
    "daily_water_t": ("water", ("日用水量", "日用水量(t)", "用水量")),
    "hourly_water_t": ("water", ("小时用水量", "时用水量", "最大时用水量")),
    "meter_mm": ("water", ("水表口径",)),
    "meter_count": ("water", ("水表数量", "水表只数")),
    "has_booster": ("water", ("加压设备", "二次加压")),
    "has_tank": ("water", ("水池", "蓄水池")),
    "power_kw": ("power", ("用电容量", "用电负荷", "用电功率")),
    "power_kva": ("power", ("变压器容量", "报装容量", "用电容量(kVA)")),
    "voltage_kv": ("power", ("电压", "电压等级", "供电电压")),
    "load_kind": ("power", ("负荷性质", "负荷等级")),
    "gas_use": ("gas", ("用气类别", "用气性质")),
    "gas_m3_h": ("gas", ("小时用气量", "用气量", "时用气量")),
    "pressure_class": ("gas", ("压力", "用气压力", "压力级制")),
    "heated_area_m2": ("heat", ("供热面积", "采暖面积", "供暖面积")),
    "heating_kind": ("heat", ("采暖方式", "供暖方式")),
    "exchange_station": ("heat", ("换热站",)),
    "bandwidth_mbit_s": ("telecom", ("带宽", "宽带")),
    "ports": ("telecom", ("端口", "端口数")),
    "duct_holes": ("telecom", ("管道孔数", "管孔数", "孔数")),
}
# The sheet of the land grant asks for each utility twice: for the works, and for production.
_FIRST_QUANTITY = {
    "water": "daily_water_t",
    "power": "power_kw",
    "gas": "gas_m3_h",
    "heat": "heated_area_m2",
    "telecom": "bandwidth_mbit_s",
}
_SHORT = {"water": "水", "power": "电", "gas": "气", "heat": "暖", "telecom": "信"}
_PHASES = {
    NeededFor.CONSTRUCTION: ("施工用", "施工期用"),
    NeededFor.PRODUCTION: ("生产用", "生产期用"),
}
# Everything in a heading that is no name: a colon, a star, a unit in brackets, white space.
_UNIT = re.compile(r"[（(\[].*?[)）\]]")
_IDLE = re.compile(r"[\s:：*＊、/]+")


@dataclass(frozen=True)
class Place:
    """Where the value under a heading belongs: a field of the case or of one of its services.

    ``utility`` None on a service's field: the services of the row, whichever they are. A field
    of None ticks the service itself.
    """

    kind: type[Case] | type[Service]
    field: str | None
    utility: str | None = None
    needed_for: NeededFor | None = None


def place_of(heading: str) -> Place | None:
    """The place of a heading, with or without its unit; None for one that nobody knows."""
    whole = plain_heading(heading)
    return _PLACES.get(whole) or _PLACES.get(plain_heading(_UNIT.sub("", heading)))


def plain_heading(heading: str) -> str:
    """A heading without colons, stars and white space, brackets of one kind."""
    return _IDLE.sub("", heading).replace("（", "(").replace("）", ")").lower()


def known_headings() -> tuple[str, ...]:
    """Every heading, for a hint at what was meant."""
    return tuple(_PLACES)


def _places() -> dict[str, Place]:
    places: dict[str, Place] = {}
    for name, headings in CASE_HEADINGS.items():
        for heading in (name, *headings):
            places[plain_heading(heading)] = Place(Case, name)
    for name, (utility, headings) in SERVICE_HEADINGS.items():
        for heading in (name, *headings):
            places[plain_heading(heading)] = Place(Service, name, utility)
    for utility, words in UTILITY.items():
        for word in (*words, f"用{_SHORT[utility]}"):
            places.setdefault(plain_heading(word), Place(Service, None, utility))
        for phase, prefixes in _PHASES.items():
            for prefix in prefixes:
                heading = plain_heading(f"{prefix}{_SHORT[utility]}")
                places[heading] = Place(Service, _FIRST_QUANTITY[utility], utility, phase)
    return places


_PLACES = _places()
