"""Early layout from an information sheet: what each utility needs, and what has to come nearer."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely

from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.planning.layout import (
    Corridor,
    LayoutGround,
    MainNear,
    Need,
    UtilityLayout,
    lay_out,
)
from neixiang_survey_plugin.core.planning.rules import LayoutRules, PlanningRules
from neixiang_survey_plugin.core.vocabulary import PRESSURE_CLASS

LAYOUT_LAYERS = ("pipelines", "plan_lines", "sites")
_HOURS = 24.0
_WATER_J_M3_K = 4.186e6  # heat that a cubic metre of water gives for a kelvin
_CLASSES = tuple(PRESSURE_CLASS)


@dataclass(frozen=True)
class SiteLayout:
    """The early layout of one site: the case, and each utility that its sheet asks for."""

    case: Case
    utilities: tuple[UtilityLayout, ...]


def lay_out_site(
    case: Case, services: Iterable[Service], county: County, rules: PlanningRules
) -> SiteLayout:
    """Which mains have to come nearer to the site of an information sheet.

    SurveyError where the county has no mains or no such site.
    """
    mains, sites = county.layers.get("pipelines"), county.layers.get("sites")
    if mains is None or sites is None:
        raise SurveyError("县资料没有 pipelines 或 sites 图层，不能核算管网布局；请先导入。")
    parts = sites.geometry[(sites.ids == case.site_id)[sites.feature]]
    if case.site_id is None or not len(parts):
        raise SurveyError(
            f"案件 {case.case_id}：用地 {case.site_id or '未填'} 不在 sites 图层；"
            "请填写用地编号 site_id，或导入该用地。"
        )
    ground = LayoutGround(county.grid, mains, county.layers.get("plan_lines"), rules.layout)
    needs = needs_of(services, rules.layout)
    return SiteLayout(case, tuple(lay_out(shapely.union_all(parts), needs, ground)))


def needs_of(services: Iterable[Service], rules: LayoutRules) -> tuple[Need, ...]:
    """What the services of an information sheet need of each utility, the larger of two counts."""
    found: dict[str, Need] = {}
    for one in services:
        if not one.needs_line:
            continue
        need = Need(
            one.utility,
            diameter_mm=_diameter_mm(one, rules),
            pressure_class=one.pressure_class,
            voltage_kv=_voltage_kv(one, rules),
        )
        found[one.utility] = _larger(found.get(one.utility), need)
    return tuple(found.values())


def _larger(one: Need | None, other: Need) -> Need:
    if one is None:
        return other
    classes = [need.pressure_class for need in (one, other) if need.pressure_class is not None]
    return Need(
        other.utility,
        _most(one.diameter_mm, other.diameter_mm),
        max(classes, key=_CLASSES.index, default=None),
        _most(one.voltage_kv, other.voltage_kv),
    )


def _most(*figures: float | None) -> float | None:
    return max((one for one in figures if one is not None), default=None)


def _diameter_mm(service: Service, rules: LayoutRules) -> float | None:
    """The least diameter of a main, by its meter or by what has to flow through it."""
    if service.utility == "water":
        hourly_m3 = service.hourly_water_t
        if hourly_m3 is None and service.daily_water_t is not None:
            hourly_m3 = service.daily_water_t * rules.water_peak / _HOURS
        return _most(service.meter_mm, _bore_mm(hourly_m3, rules.water_m_s))
    if service.utility == "heat" and service.heated_area_m2 is not None:
        watts = service.heated_area_m2 * rules.heat_w_m2
        hourly_m3 = watts / (_WATER_J_M3_K * rules.heat_drop_k) * 3600.0
        return _bore_mm(hourly_m3, rules.heat_m_s)
    return None


def _bore_mm(hourly_m3: float | None, speed_m_s: float) -> float | None:
    if hourly_m3 is None:
        return None
    return 1000.0 * math.sqrt(4.0 * hourly_m3 / 3600.0 / (math.pi * speed_m_s))


def _voltage_kv(service: Service, rules: LayoutRules) -> float | None:
    if service.utility != "power" or service.voltage_kv is not None:
        return service.voltage_kv if service.utility == "power" else None
    load_kva = service.power_kva if service.power_kva is not None else service.power_kw
    if load_kva is None:
        return None
    return next((kv for to_kva, kv in rules.voltages if load_kva <= to_kva), rules.voltages[-1][1])


def layout_report(site: SiteLayout) -> Mapping[str, object]:
    """The layout of a site as plain values; what is unknown is null."""
    return {
        "case_id": site.case.case_id,
        "site_id": site.case.site_id,
        "utilities": [_utility(one) for one in site.utilities],
    }


def _utility(one: UtilityLayout) -> Mapping[str, object]:
    need, corridor = one.need, one.corridor
    return {
        "utility": need.utility,
        "state": one.state.value,
        "need": {
            "diameter_mm": need.diameter_mm,
            "pressure_class": need.pressure_class,
            "voltage_kv": need.voltage_kv,
            "known": need.sized,
        },
        "nearest": _main(one.nearest),
        "enough": _main(one.enough),
        "maybe": _main(one.maybe),
        "short_m": one.short_m,
        "corridor": None if corridor is None else _corridor(corridor),
    }


def _corridor(corridor: Corridor) -> Mapping[str, object]:
    return {
        "plan_id": corridor.plan_id,
        "plan_name": corridor.plan_name,
        "pipe_id": corridor.pipe_id,
        "length_m": corridor.length_m,
        "planned_m": corridor.planned_m,
        "coordinates": shapely.get_coordinates(corridor.line).tolist(),
    }


def _main(main: MainNear | None) -> Mapping[str, object] | None:
    if main is None:
        return None
    return {
        "pipe_id": main.pipe_id,
        "distance_m": main.distance_m,
        "at": list(main.at),
        "diameter_mm": main.diameter_mm,
        "pressure_class": main.pressure_class,
        "voltage_kv": main.voltage_kv,
    }
