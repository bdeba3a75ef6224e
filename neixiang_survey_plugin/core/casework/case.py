"""A case: one application of one company, the services it asks for, and how its state changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from neixiang_survey_plugin.core.policy import Way


class State(Enum):
    """Where a case stands, in the order in which it gets there."""

    INTENT = "intent"  # told of at the land grant, not applied for yet
    REGISTERED = "registered"
    SURVEYED = "surveyed"
    ROUTED = "routed"
    JUDGED = "judged"
    PACKET_ISSUED = "packet_issued"
    NOTIFIED = "notified"  # every line goes without approval, and its notices were received
    DECIDED = "decided"  # a line needs approval, and all of them are granted
    IN_WORKS = "in_works"
    ACCESS_DONE = "access_done"
    INSPECTED = "inspected"
    CLOSED = "closed"


class ServiceKind(Enum):
    """What is asked of a utility."""

    NEW = "new"
    EXPAND = "expand"
    RENAME = "rename"  # 更名: no line is laid, the clocks run all the same
    TRANSFER = "transfer"  # 过户: likewise


class NeededFor(Enum):
    """What a service is for, as the sheet at the land grant asks (施工用, 生产用)."""

    CONSTRUCTION = "construction"
    PRODUCTION = "production"


class Move(Enum):
    """How a state came about."""

    OPENED = "opened"
    FORWARD = "forward"
    BACK = "back"  # always with a reason
    REGISTERED_LATE = "registered_late"  # applied for while survey or routes were under way
    WITHDRAWN = "withdrawn"  # closed before any works, with a reason


@dataclass(frozen=True)
class Case:
    """One application: the joint form, and the sheet that was filled in at the land grant.

    Moments are by the office's clock. What nobody filled in is None.
    """

    uuid: str | None = None
    case_id: str = ""
    state: State = State.INTENT
    applicant_name: str | None = None
    credit_code: str | None = None
    legal_representative: str | None = None
    agent_name: str | None = None
    agent_phone: str | None = None
    agent_id_number: str | None = None
    applicant_kind: str | None = None
    project_name: str | None = None
    address: str | None = None
    site_id: str | None = None
    agreed_access_at: datetime | None = None
    entrusts_permits: bool | None = None
    signed_on: date | None = None
    received_by: str | None = None
    received_at: datetime | None = None
    first_received_by: str | None = None
    lead_unit: str | None = None
    emergency: bool = False
    parcel_number: str | None = None
    grant_contract_number: str | None = None
    land_area_m2: float | None = None
    building_area_m2: float | None = None
    works_start_on: date | None = None
    production_start_on: date | None = None
    contact_name: str | None = None
    contact_phone: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Service:
    """One service that a case asks for, the verdict on its lines, and the way that they take.

    ``verdict`` is what the last check said of the utility's lines in this case; ``chosen_way``
    is a stricter one that the unit took instead, by whom and why. ``reading_decides`` and
    ``borderline`` are what issuing asks about: who decided on the reading, what has to be taped.
    """

    uuid: str | None = None
    case_id: str = ""
    utility: str = ""
    service_kind: ServiceKind | None = None
    unit: str | None = None
    needed_for: NeededFor | None = None
    water_use: str | None = None
    households: int | None = None
    persons: int | None = None
    daily_water_t: float | None = None
    hourly_water_t: float | None = None
    meter_mm: float | None = None
    meter_count: int | None = None
    has_booster: bool | None = None
    has_tank: bool | None = None
    power_kw: float | None = None
    power_kva: float | None = None
    voltage_kv: float | None = None
    load_kind: str | None = None
    gas_use: str | None = None
    gas_m3_h: float | None = None
    pressure_class: str | None = None
    heated_area_m2: float | None = None
    heating_kind: str | None = None
    exchange_station: str | None = None
    bandwidth_mbit_s: float | None = None
    ports: int | None = None
    duct_holes: int | None = None
    access_done_at: datetime | None = None
    verdict: Way | None = None
    judged_at: datetime | None = None
    judged_for: date | None = None
    reading_decides: bool = False
    reading_decided_by: str | None = None
    borderline: bool = False
    chosen_way: Way | None = None
    chosen_by: str | None = None
    chosen_reason: str | None = None
    remark: str | None = None

    @property
    def needs_line(self) -> bool:
        """Whether a line has to be laid; a service whose kind nobody gave counts as one."""
        return self.service_kind not in (ServiceKind.RENAME, ServiceKind.TRANSFER)

    @property
    def way(self) -> Way | None:
        """The way that its lines take: the stricter one that the unit chose, or the verdict."""
        return self.chosen_way or self.verdict


@dataclass(frozen=True)
class StateChange:
    """One move of a case: from where to where, when it happened, by whom, and why."""

    uuid: str | None = None
    case_id: str = ""
    from_state: State | None = None
    to_state: State = State.INTENT
    move: Move = Move.FORWARD
    changed_at: datetime | None = None
    changed_by: str | None = None
    reason: str | None = None
