"""A street, a park and some lines beside each other, and the proposals for them.

Metres on a plane: a street of 10 m from 0 to 10 N, with its red lines there; a park from 20 to
30 N.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner, TrenchResult
from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.partitions import Variant
from neixiang_survey_plugin.core.trenching.proposal import Proposal, Suggestion
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests.conflicts.scenes import clearances
from tests.drawn import ON, Drawing, _table, county, drawn, green, road

STREET = road((-500, 0, 500, 10))
PARK = green((-500, 20, 500, 30))
PRICES = {"trench_m3": 100.0, "asphalt_m2": 50.0, "green_m2": 10.0}
LAYING = {"power": "duct", "telecom": "duct"}
DIAMETER_MM = {"water": 110.0, "power": 150.0, "gas": 90.0, "heat": 150.0, "telecom": 110.0}
WORKS = {
    "planned_on": date(2026, 9, 15),
    "works_from": date(2026, 9, 15),
    "works_to": date(2026, 9, 18),
}


def town(kind: str | None = None, **facts: Any) -> County:
    """The street of asphalt and the park, and what things cost; ``kind`` is the surface's."""
    one = county([STREET], [PARK], prices=PRICES, **facts)
    row = {
        "shape": (-500, 0, 500, 10),
        "surface_id": "F1",
        "pavement": "asphalt",
        "surface_kind": kind,
    }
    surfaces = _table(schema.SURFACES, [row], None, None)
    assert surfaces is not None
    return replace(one, layers={**one.layers, "surfaces": surfaces})


def line(shape: Drawing, utility: str, route_id: str | None = None, **facts: Any) -> Route:
    """A line of which everything is known; its identifier is its utility."""
    usual = {
        "case_id": "C1",
        "unit": f"{utility}_unit",
        "applicant_kind": "company",
        "diameter_mm": DIAMETER_MM[utility],
        "laying": LAYING.get(utility, "direct"),
        "pressure_class": "medium_b" if utility == "gas" else None,
        "voltage_kv": 10.0 if utility == "power" else None,
        "cover_m": 1.0,
        **WORKS,
    }
    return Route(route_id or utility, utility, drawn(shape), **{**usual, **facts})


def planner(one: County | None = None, rules: TrenchRules | None = None) -> TrenchPlanner:
    """The planner of a county, the town without one."""
    place = one or town()
    search = ConflictSearch(place, clearances())
    return TrenchPlanner(Checker(place), search, rules or load_trench_rules())


def propose(*routes: Route, one: County | None = None) -> TrenchResult:
    """What is proposed for some routes."""
    return planner(one).propose(routes, ON)


def only(*routes: Route, one: County | None = None) -> Suggestion:
    """The one suggestion that there is for some routes."""
    (suggestion,) = propose(*routes, one=one).suggestions
    return suggestion


def proposal(suggestion: Suggestion, variant: Variant = Variant.ALL) -> Proposal:
    """The proposal of one variant."""
    return next(one for one in suggestion.proposals if one.variant is variant)
