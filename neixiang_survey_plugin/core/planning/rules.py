"""The rules of the plan check: tolerances, orders and sides, each with source and confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.core.planning.remark import PlanOutcome, RemarkKind


@dataclass(frozen=True)
class PlanRule:
    """One rule in words, with what a departure from it comes to and its two examples."""

    rule_id: str
    text: str
    outcome: PlanOutcome
    clause: str
    source: str
    confidence: str
    passing: Mapping[str, Any]
    failing: Mapping[str, Any]


@dataclass(frozen=True)
class CorridorRules:
    """When a line runs in a planned corridor: grid metres from the corridor's line, degrees.

    Two lines run along each other where they are parallel within ``parallel_deg`` for at least
    ``along_m``. ``within_m``, ``beside_m`` and ``off_m`` are the distances up to which a line is
    in, beside and off a corridor; further away it has nothing to do with it. ``sized`` are the
    utilities whose planned diameter counts.
    """

    within_m: float
    beside_m: float
    off_m: float
    along_m: float
    parallel_deg: float
    sized: frozenset[str]


@dataclass(frozen=True)
class RoadPlaceRules:
    """Where a line that runs along a road lies in it: grid metres and degrees.

    ``order`` leads from the red line to the centre line. ``sides`` says whether a utility lies on
    the ``east_south`` or the ``west_north`` side, which is not asked of roads wider than
    ``both_sides_over_m`` nor within ``middle_m`` of the centre line. From ``crossing_deg`` to the
    centre line on a line crosses the road and does not run along it.
    """

    red_line_clear_m: float
    along_m: float
    parallel_deg: float
    crossing_deg: float
    middle_m: float
    both_sides_over_m: float
    order: tuple[str, ...]
    edition: str
    sides: Mapping[str, str]


@dataclass(frozen=True)
class LayoutRules:
    """Early layout: how near a main has to be, how far one is looked for, in grid metres.

    ``near_m`` is the distance up to which a service line reaches a main; ``plan_reach_m`` how far
    from a site a planned corridor may lie that a longer main would follow. What a sheet asks for
    becomes the size of a main by the speed of water (``water_m_s``, its peak over the day's mean
    ``water_peak``), the heat of a floor (``heat_w_m2``, cooled by ``heat_drop_k``, at ``heat_m_s``)
    and the voltage for a load up to so many kVA (``voltages``).
    """

    near_m: float
    plan_reach_m: float
    water_m_s: float
    water_peak: float
    heat_w_m2: float
    heat_drop_k: float
    heat_m_s: float
    voltages: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class PlanningRules:
    """All that the plan check goes by.

    ``early`` are the rules of the early layout. ``departments`` is the matter whose department is
    asked about a control area of each kind that names no authority itself; ``free_uses`` are
    planned uses of land that lines may cross.
    """

    rules_id: str
    title: str
    document: str
    rules: Mapping[RemarkKind, PlanRule]
    corridor: CorridorRules
    road: RoadPlaceRules
    layout: LayoutRules
    early: Mapping[str, PlanRule]
    departments: Mapping[str, str]
    free_uses: frozenset[str]
