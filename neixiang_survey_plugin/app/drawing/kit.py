"""What a new line is given before anybody says otherwise: its case, its unit, its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shapely import LineString

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True)
class Kit:
    """The facts that every new line of an application shares; None stays unknown.

    ``power_kw`` and ``voltage_kv`` are what was applied for of power: no other line has them.
    """

    case_id: str | None = None
    site_id: str | None = None
    applicant_kind: str | None = None
    applied_on: date | None = None
    planned_on: date | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    power_kw: float | None = None
    voltage_kv: float | None = None

    def route(self, route_id: str, utility: str, line: LineString) -> Route:
        """A new line of a utility, laid by the unit of that utility where there is one."""
        is_power = utility == "power"
        return Route(
            route_id,
            utility,
            line,
            case_id=self.case_id,
            site_id=self.site_id,
            unit=self.units.get(utility),
            applied_on=self.applied_on,
            planned_on=self.planned_on,
            applicant_kind=self.applicant_kind,
            power_kw=self.power_kw if is_power else None,
            voltage_kv=self.voltage_kv if is_power else None,
        )


def units_of(county: County) -> Mapping[str, str]:
    """The unit of each utility that has only one; who lays is not guessed where there are two."""
    by_utility: dict[str, list[str]] = {}
    for unit in county.units:
        by_utility.setdefault(unit.utility, []).append(unit.unit_id)
    return {utility: ids[0] for utility, ids in by_utility.items() if len(ids) == 1}
