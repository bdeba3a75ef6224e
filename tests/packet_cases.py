"""A small county and the cases that the tests of words and packets look at.

    y
   60  +----------------- G1 示例公园 -----------------+
   40  +-----------------------------------------------+
        |R1 |          |R2 |          |R3 |     |R4 |
    0   80  90         180 192        280 310   350 357       x

R1 an old local road, R2 a local road delivered in 2023, R3 an arterial, R4 a road of which the
register knows neither class nor delivery.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.county import (
    County,
    Department,
    Reinstatement,
    RouteDefaults,
    Unit,
)
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.schema import SITES
from tests import drawn
from tests.drawn import ON, Row

# Forty characters.
LONG_NAME = "示例豫西南水电气暖信一体化供应与综合服务有限责任公司内乡县城区外线工程建设分公司"

DEPARTMENTS = {
    "planning": "示例自然资源局",
    "excavation": "示例城市管理局",
    "traffic_police": "示例公安局交警大队",
    "green": "示例城市管理局",
    "county_government": "示例县人民政府",
}
# What the forms say of a unit.
KNOWN: Mapping[str, Any] = {
    "credit_code": "91411325MA000001XX",
    "legal_representative": "示例周一",
    "contact": "示例王工",
    "phone": "0377-0000001",
    "reinstatement": Reinstatement.SELF,
}
FACTS: Mapping[str, Any] = {
    "grid": Grid.plane(4546),
    "defaults": RouteDefaults({"water": 1.6, "power": 1.2, "gas": 1.6}, 2.0, 1.5),
    "units": (
        Unit("u1", "示例供水公司", "water", **KNOWN),
        Unit(
            "u2",
            LONG_NAME,
            "power",
            **{**KNOWN, "reinstatement": Reinstatement.THIRD_PARTY, "reinstated_by": LONG_NAME},
        ),
    ),
    "departments": {matter: Department(matter, name) for matter, name in DEPARTMENTS.items()},
}


def road(road_id: str, west: float, east: float, **facts: Any) -> Row:
    """A road that runs north and south; an old local one with a name, unless told otherwise."""
    return drawn.road((west, -50, east, 100), road_id, **{"name": f"示例{road_id}路", **facts})


ROADS = (
    road("R1", 80, 90),
    road("R2", 180, 192, delivered_on=date(2023, 3, 1), overhauled_on=None),
    road("R3", 280, 310, road_class="arterial"),
    road("R4", 350, 357, road_class=None, delivered_on=None, name=None),
)
PARK = drawn.green((0, 40, 400, 60), name="示例公园")


def county(*roads: Row, **facts: Any) -> County:
    """The county of the picture, with other roads or facts where a test gives them."""
    rivers = [drawn.river((0, 90, 400, 95))]
    made = drawn.county(roads or ROADS, [PARK], rivers, **{**FACTS, **facts})
    return replace(made, layers={**made.layers, "sites": sites()})


def sites(name: str = "示例食品加工厂二期", applicant: str = "示例食品有限公司") -> FeatureTable:
    """The layer of sites with one site, S1."""
    texts = {"site_id": "S1", "name": name, "applicant": applicant}
    columns = {field: np.array([text], dtype=np.object_) for field, text in texts.items()}
    shape = np.array([drawn.drawn((100, 5, 120, 30))], dtype=np.object_)
    return FeatureTable(SITES, shape, np.arange(1), columns)


COMMITTED = drawn.route(
    "70 0, 110 0, 110 10",
    "w1",
    case_id="c1",
    site_id="S1",
    unit="u1",
    applied_on=date(2026, 11, 20),
    diameter_mm=110.0,
    laying="direct",
    trench_width_m=0.8,
    cover_m=0.9,
    planned_on=date(2026, 12, 1),
    works_from=date(2026, 12, 1),
    works_to=date(2026, 12, 5),
    contractor="示例市政工程公司",
)
PROTECTED = drawn.route(
    "70 10, 200 10, 200 50", "p1", "power", case_id="c2", unit="u2", bores=[(8.0, 22.0, 3.2)]
)
ARTERIAL = drawn.route("270 5, 320 5", "g1", "gas", case_id="c2", unit=LONG_NAME)
UNDETERMINED = drawn.route("340 0, 365 0", "w3", case_id="c3", unit=None, applicant_kind=None)
RESIDENT = drawn.route("10 0, 60 0", "w6", case_id="c6", unit=None, applicant_kind="resident")

# A road whose red lines are drawn to 0.1 m and lie 14.95 m apart: 15 m is within reach.
NEARLY_15_M = county(road("R5", 80, 94.95), roads_accuracy_m=0.1)
BORDERLINE = drawn.route("70 0, 120 0", "w5", case_id="c5", unit=None)


def checked(*routes: Any, where: County | None = None, on: date = ON) -> CheckResult:
    """The check of some lines on a county, the one of the picture unless told otherwise."""
    return drawn.check(where or county(), *routes, on=on)


def case_of(result: CheckResult, case_id: str | None) -> CaseResult:
    """One case of a check."""
    return next(case for case in result.cases if case.case_id == case_id)
