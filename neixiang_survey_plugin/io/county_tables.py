"""The smaller tables of a county file: who is who, and what a route is given."""

from __future__ import annotations

import re
from collections.abc import Mapping

from neixiang_survey_plugin.core.county import (
    Department,
    InspectionKind,
    PlannedInspection,
    PlanStart,
    Reinstatement,
    RouteDefaults,
    Suspension,
    Switches,
    Unit,
)
from neixiang_survey_plugin.core.vocabulary import UTILITY, canonical_word
from neixiang_survey_plugin.io.toml_table import TomlTable

_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_INSPECTIONS = {kind.value: kind for kind in InspectionKind}
_REINSTATEMENTS = {one.value: one for one in Reinstatement}
_PLAN_STARTS = {start.value: start for start in PlanStart}
# What the forms say of a unit, written once in the county file.
UNIT_TEXTS = ("credit_code", "legal_representative", "contact", "phone", "reinstated_by")
_UTILITIES = {word: word for word in UTILITY} | {
    synonym: word for word, synonyms in UTILITY.items() for synonym in synonyms
}


def read_units(file: TomlTable) -> tuple[Unit, ...]:
    """The companies of ``[[units]]``, each id once."""
    units: dict[str, Unit] = {}
    for table in file.tables("units"):
        table.need("id", "name", "utility")
        unit = Unit(
            table.text("id") or "",
            table.text("name") or "",
            table.word("utility", _UTILITIES) or "",
            **{name: table.text(name) for name in UNIT_TEXTS},
            reinstatement=table.word("reinstatement", _REINSTATEMENTS),
        )
        table.close()
        if (unit.reinstatement is Reinstatement.THIRD_PARTY) != bool(unit.reinstated_by):
            table.complain(
                "reinstated_by", "委托第三方（third_party）时须写明名称，自行组织（self）时不写"
            )
        if unit.unit_id in units:
            table.complain("id", f"{unit.unit_id} 已经用过；每个单位的 id 只能用一次")
        units[unit.unit_id] = unit
    return tuple(units.values())


def read_suspensions(file: TomlTable, units: tuple[Unit, ...]) -> tuple[Suspension, ...]:
    """The tables ``[[suspensions]]``, of units that are listed."""
    known = {unit.unit_id: unit.unit_id for unit in units}
    suspensions = []
    for table in file.tables("suspensions"):
        table.need("unit", "imposed_on")
        unit_id = table.word("unit", known)
        imposed_on, rectified_on = table.day("imposed_on"), table.day("rectified_on")
        table.close()
        if imposed_on and rectified_on and rectified_on < imposed_on:
            table.complain("rectified_on", f"不应早于 imposed_on {imposed_on}")
        if unit_id and imposed_on:
            suspensions.append(Suspension(unit_id, imposed_on, rectified_on))
    return tuple(suspensions)


def read_supervision_plan(
    file: TomlTable, departments: Mapping[str, Department]
) -> tuple[PlannedInspection, ...]:
    """The tables ``[[supervision]]``: what each department looks at, and within how many days."""
    matters = {matter: matter for matter in departments}
    plan = []
    for table in file.tables("supervision"):
        table.need("department", "kind", "after", "within_days")
        matter, kind = table.word("department", matters), table.word("kind", _INSPECTIONS)
        after, days = table.word("after", _PLAN_STARTS), table.whole("within_days", minimum=0)
        standard = table.text("standard")
        table.close()
        if matter and kind and after and days is not None:
            plan.append(PlannedInspection(matter, kind, after, days, standard))
    return tuple(plan)


def read_departments(file: TomlTable) -> Mapping[str, Department]:
    """The tables ``[[departments]]`` by the matter that each decides."""
    departments: dict[str, Department] = {}
    for table in file.tables("departments"):
        table.need("id", "name")
        department = Department(table.text("id") or "", table.text("name") or "")
        table.close()
        if department.matter in departments:
            table.complain("id", f"{department.matter} 已经用过；每个事项只能写一个部门")
        departments[department.matter] = department
    return departments


def read_defaults(table: TomlTable) -> RouteDefaults:
    """The table ``[defaults]``: what a route is given where it leaves it out."""
    widths = _positive_numbers(table.table("working_width_m"))
    for key in widths:
        if canonical_word(UTILITY, key) is None:
            table.complain(f"working_width_m.{key}", f"没有这个键；可写 {'、'.join(UTILITY)}")
    pit = table.numbers("pit_m")
    if pit and (len(pit) != 2 or min(pit) <= 0):
        table.complain("pit_m", "应为 [长, 宽]，两个大于 0 的数，如 [2.0, 1.5]")
    table.close()
    length_m, width_m = pit if len(pit) == 2 else (None, None)
    return RouteDefaults(
        {canonical_word(UTILITY, key) or key: width for key, width in widths.items()},
        length_m,
        width_m,
    )


def read_switches(table: TomlTable) -> Switches:
    """The table ``[switches]``: what the county decided about its policy."""
    switches = Switches(table.flag("serves_non_residents"), table.flag("strict_overhaul"))
    table.close()
    return switches


def read_hours(table: TomlTable) -> tuple[str, ...]:
    """The office hours, as periods such as 08:00-12:00."""
    hours = table.texts("hours")
    table.close()
    for period in hours:
        if not _HOURS.fullmatch(period) or period[:5] >= period[6:]:
            table.complain("hours", f"“{period}”不是时段；请写成 08:00-12:00")
    return hours


def read_prices(table: TomlTable) -> Mapping[str, float]:
    """The table ``[prices]``, in yuan; its keys are free."""
    return {key: table.number(key, minimum=0.0) or 0.0 for key in table}


def _positive_numbers(table: TomlTable) -> dict[str, float]:
    numbers = {key: table.number(key) for key in table}
    for key, value in numbers.items():
        if value is not None and value <= 0:
            table.complain(key, f"应大于 0，现为 {value:g}")
    return {key: value for key, value in numbers.items() if value is not None}
