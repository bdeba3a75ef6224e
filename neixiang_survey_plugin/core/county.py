"""A county: its layers, its grid, its rules and who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from neixiang_survey_plugin.core.confirmed import TAPED_LAYER, ConfirmedFact, lay_over
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.policy import Policy
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, OPTIONAL_LAYERS
from neixiang_survey_plugin.core.taped import taped_facts


class Reinstatement(Enum):
    """Who puts an opened road back (二(四)): the builder, or a firm for municipal works."""

    SELF = "self"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True)
class Unit:
    """A utility company of the county, with what its forms say of it each time.

    ``reinstated_by`` is the firm's name where a third party puts the roads back.
    """

    unit_id: str
    name: str
    utility: str
    credit_code: str | None = None
    legal_representative: str | None = None
    contact: str | None = None
    phone: str | None = None
    reinstatement: Reinstatement | None = None
    reinstated_by: str | None = None


@dataclass(frozen=True)
class Suspension:
    """A unit that may not commit: imposed on a day, ended when rectified and served."""

    unit_id: str
    imposed_on: date
    rectified_on: date | None = None


@dataclass(frozen=True)
class Department:
    """Who decides one matter (planning, excavation, traffic_police, green, highway, river ...)."""

    matter: str
    name: str


class InspectionKind(Enum):
    """How a department looks: during or after the works, jointly, unannounced, by telephone."""

    DURING = "during"
    AFTER = "after"
    JOINT = "joint"
    UNANNOUNCED = "unannounced"
    PHONE = "phone"


class PlanStart(Enum):
    """The day from which the plan of supervision counts."""

    WORKS_FROM = "works_from"
    WORKS_TO = "works_to"
    PROMISED_ON = "promised_on"


@dataclass(frozen=True)
class PlannedInspection:
    """One row of a department's supervision plan: what it looks at, within how many days."""

    matter: str
    kind: InspectionKind
    after: PlanStart
    within_days: int
    standard: str | None = None


@dataclass(frozen=True)
class RouteDefaults:
    """What a route is given where it leaves it out, in metres on the grid."""

    working_width_m: Mapping[str, float] = field(default_factory=dict)
    pit_length_m: float | None = None
    pit_width_m: float | None = None


@dataclass(frozen=True)
class Switches:
    """What a county may decide about its policy."""

    serves_non_residents: bool = False
    strict_overhaul: bool = False  # a road without an overhaul date is then unknown


@dataclass(frozen=True, eq=False)
class County:
    """A county as read from its folder.

    ``layers`` holds those that were read, ``declared`` names those that its file lists.
    ``confirmed`` are the facts from the site that were laid over the layers, ``taped`` the
    figures that were taped for single lines.
    """

    name: str
    grid: Grid
    policy: Policy
    layers: Mapping[str, FeatureTable]
    code: str | None = None
    height_epsg: int | None = None
    defaults: RouteDefaults = RouteDefaults()
    switches: Switches = Switches()
    units: tuple[Unit, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    supervision: tuple[PlannedInspection, ...] = ()
    departments: Mapping[str, Department] = field(default_factory=dict)
    office_hours: tuple[str, ...] = ()
    prices: Mapping[str, float] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    confirmed: tuple[ConfirmedFact, ...] = ()
    taped: tuple[ConfirmedFact, ...] = ()

    @property
    def layers_not_judged(self) -> tuple[str, ...]:
        """The canonical layers that the county lacks; what only few counties have is not missed."""
        present = self.declared.union(self.layers, OPTIONAL_LAYERS)
        return tuple(name for name in COUNTY_LAYERS if name not in present)

    def with_facts(self, facts: Sequence[ConfirmedFact]) -> tuple[County, tuple[str, ...]]:
        """The county with what the site showed laid over it, and why a fact was not used."""
        overlay = lay_over(self.layers, (fact for fact in facts if fact.layer != TAPED_LAYER))
        taped, unreadable = taped_facts(facts)
        county = replace(
            self,
            layers=overlay.layers,
            confirmed=self.confirmed + overlay.used,
            taped=self.taped + taped,
        )
        return county, overlay.complaints + unreadable
