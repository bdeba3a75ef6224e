"""Which vocabulary a field speaks, and how figures and days are written in a cell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from neixiang_survey_plugin.core import vocabulary
from neixiang_survey_plugin.core.casework import words as casework
from neixiang_survey_plugin.core.supervision import words as supervision
from neixiang_survey_plugin.core.vocabulary import Words

# Fields whose values are words of a vocabulary; "kind" is that of obstacles or control areas.
VOCABULARIES: Mapping[str, tuple[tuple[str, Words], ...]] = {
    "utility": (("utility", vocabulary.PIPELINE_UTILITY),),
    "road_class": (("road_class", vocabulary.ROAD_CLASS),),
    "delivery_kind": (("delivery_kind", vocabulary.DELIVERY_KIND),),
    "surface_kind": (("surface_kind", vocabulary.SURFACE_KIND),),
    "pavement": (("pavement", vocabulary.PAVEMENT),),
    "green_kind": (("green_kind", vocabulary.GREEN_KIND),),
    "land_use": (("land_use", vocabulary.LAND_USE),),
    "laying": (("laying", vocabulary.LAYING),),
    "pressure_class": (("pressure_class", vocabulary.PRESSURE_CLASS),),
    "applicant_kind": (("applicant_kind", vocabulary.APPLICANT_KIND),),
    "service_kind": (("service_kind", casework.SERVICE_KIND),),
    "needed_for": (("needed_for", casework.NEEDED_FOR),),
    "decision_outcome": (("decision_outcome", casework.DECISION_OUTCOME),),
    "opinion": (("opinion", casework.OPINION),),
    "matter": (("matter", casework.MATTER),),
    "inspection_kind": (("inspection_kind", supervision.INSPECTION),),
    "promise": (("promise", supervision.PROMISE),),
    "clause_outcome": (("clause_outcome", supervision.CLAUSE_OUTCOME),),
    "kind": (
        ("obstacle_kind", vocabulary.OBSTACLE_KIND),
        ("control_kind", vocabulary.CONTROL_KIND),
    ),
}


def plain(value: object) -> str:
    """A figure without idle zeros, a day as ISO writes it, a text as it is; empty for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
