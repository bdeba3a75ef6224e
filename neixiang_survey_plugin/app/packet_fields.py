"""The fields that a form may not leave empty, and where each of them is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.site_texts import site_texts
from neixiang_survey_plugin.core.casework.conditions import JOINT_WAYS
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.county import County

# What every form prints of a line, of a unit and of a joint application.
LINE_FIELDS = ("unit", "contractor", "works_from", "works_to", "diameter_mm", "laying", "cover_m")
UNIT_FIELDS = ("credit_code", "legal_representative", "contact", "phone")
JOINT_CASE_FIELDS = ("lead_unit", "first_received_by", "received_at")
_ROUNDING_M = 0.01


class Holder(Enum):
    """Whose field it is: where it is filled in, and who knows it."""

    LINE = "line"
    CASE = "case"
    UNIT = "unit"
    DEPARTMENT = "department"


@dataclass(frozen=True)
class MissingField:
    """An empty field: of which line, case, unit or matter, and its name."""

    holder: Holder
    owner: str
    name: str


def missing_fields(
    results: Sequence[RouteResult], dossier: Dossier, county: County
) -> tuple[MissingField, ...]:
    """Every empty field of the papers of a case, each once."""
    return (
        *_of_lines(results),
        *_of_case(results, dossier, county),
        *_of_units(results, county),
        *_of_matters(results),
    )


def _of_lines(results: Sequence[RouteResult]) -> Iterator[MissingField]:
    for one in results:
        dug = sum(bore.to_m - bore.from_m for bore in one.route.trenchless)
        is_bored = dug >= one.measures.length_m - _ROUNDING_M
        for name in (*LINE_FIELDS, *(() if is_bored else ("trench_width_m",))):
            if getattr(one.route, name) in (None, ""):
                yield MissingField(Holder.LINE, one.route.route_id, name)


def _of_case(
    results: Sequence[RouteResult], dossier: Dossier, county: County
) -> Iterator[MissingField]:
    case = dossier.case
    if not (case.applicant_name or site_texts(results, county, "applicant")):
        yield MissingField(Holder.CASE, case.case_id, "applicant_name")
    if not (case.project_name or case.address or site_texts(results, county, "name")):
        yield MissingField(Holder.CASE, case.case_id, "project_name")
    if any(one.verdict.way in JOINT_WAYS for one in results):
        for name in JOINT_CASE_FIELDS:
            if not getattr(case, name):
                yield MissingField(Holder.CASE, case.case_id, name)


def _of_units(results: Sequence[RouteResult], county: County) -> Iterator[MissingField]:
    units = {unit.unit_id: unit for unit in county.units}
    for name in dict.fromkeys(one.route.unit for one in results if one.route.unit):
        unit = units.get(name)
        if unit is None:
            yield MissingField(Holder.UNIT, name, "unit_id")
            continue
        for field in UNIT_FIELDS:
            if not getattr(unit, field):
                yield MissingField(Holder.UNIT, name, field)
        if unit.reinstatement is None and _meets_a_road(results, name):
            yield MissingField(Holder.UNIT, name, "reinstatement")


def _meets_a_road(results: Sequence[RouteResult], unit: str) -> bool:
    own = (one.measures.roads for one in results if one.route.unit == unit)
    return any(roads.touches or roads.touch_reasons or roads.unmeasured for roads in own)


def _of_matters(results: Sequence[RouteResult]) -> Iterator[MissingField]:
    approvals = (approval for one in results for approval in one.approvals_needed)
    for matter in dict.fromkeys(one.matter.value for one in approvals if not one.department):
        yield MissingField(Holder.DEPARTMENT, matter, "name")
