"""The part of a form on the application and on the joint survey, as far as they are on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording.casework import moment_words, opinion_words
from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import JointSurvey
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.io.packet.names import unit_names
from neixiang_survey_plugin.io.packet.rows import Row

Lines = Sequence[RouteResult]


@dataclass(frozen=True)
class Standing:
    """What the papers of a case bear: the packet's number, whether they are a draft, its dossier.

    ``dossier`` is None for lines that no survey file has a case for.
    """

    number: str = ""
    draft: bool = True
    dossier: Dossier | None = None


def case_fields(lines: Lines, county: County, standing: Standing) -> dict[str, Any]:
    """The fields on the application, the joint survey and the packet itself."""
    dossier = standing.dossier
    case = Case() if dossier is None else dossier.case
    survey = JointSurvey() if dossier is None or not dossier.surveys else dossier.surveys[-1]
    return {
        "number": standing.number,
        "draft": standing.draft,
        **({"user": case.applicant_name} if case.applicant_name else {}),
        **_application(case, county),
        **_survey(survey),
        "participants": list(_participants(dossier)),
        "unit_opinions": list(_opinions(lines, county, dossier)),
        "reading_by": "、".join(
            dict.fromkeys(one.reading_decided_by or "" for one in _services(lines, standing))
        ),
    }


def chosen_remarks(lines: Lines, standing: Standing) -> Iterator[str]:
    """A sentence for each utility whose unit took a stricter way than its verdict."""
    for service in _services(lines, standing):
        if service.chosen_way is not None:
            yield wording.chosen_way_sentence(service)


def _services(lines: Lines, standing: Standing) -> list[Service]:
    """The services that these lines are laid for."""
    utilities = {one.route.utility for one in lines}
    services = () if standing.dossier is None else standing.dossier.services
    return [one for one in services if one.utility in utilities]


def _application(case: Case, county: County) -> dict[str, str]:
    units = {unit.unit_id: unit.name for unit in county.units}
    lead = case.lead_unit or ""
    return {
        "user_code": case.credit_code or "",
        "user_representative": case.legal_representative or "",
        "user_agent": case.agent_name or case.contact_name or "",
        "user_phone": case.agent_phone or case.contact_phone or "",
        "address": case.address or "",
        "project": case.project_name or "",
        "entrusted": wording.entrusted_words(case.entrusts_permits),
        "lead_unit": units.get(lead, lead),
        "first_received_by": case.first_received_by or "",
        "received_at": moment_words(case.received_at),
    }


def _survey(survey: JointSurvey) -> dict[str, str]:
    return {
        "surveyed_at": moment_words(survey.surveyed_at),
        "survey_place": survey.place or "",
        "survey_by": survey.organised_by or "",
        "survey_lines": survey.existing_lines or "",
        "survey_roads": survey.roads or "",
        "survey_green": survey.green or "",
        "survey_route": survey.recommended_route or "",
        "survey_method": survey.method or "",
        "survey_conclusion": survey.conclusion or "",
    }


def _participants(dossier: Dossier | None) -> Iterator[Row]:
    """One row a person who came."""
    for one in () if dossier is None else dossier.participants:
        yield {
            "unit": one.unit or "",
            "person": one.person or "",
            "phone": one.phone or "",
            "signed": moment_words(one.signed_at),
        }


def _opinions(lines: Lines, county: County, dossier: Dossier | None) -> Iterator[Row]:
    """One box a unit or department, the traffic police always among them (条例 art. 33)."""
    said = {one.unit: one for one in ([] if dossier is None else dossier.opinions)}
    police = county.departments.get(Matter.TRAFFIC_POLICE.value)
    asked = [*unit_names(lines, county), *_departments(lines)]
    asked += [police.name if police else wording.TRAFFIC_POLICE_WORD]
    asked += [unit for unit in said if unit]
    for unit in dict.fromkeys(asked):
        one = said.get(unit)
        parts = [] if one is None else [one.conditions or "", one.reason or ""]
        word = "" if one is None or one.opinion is None else opinion_words(one.opinion)
        yield {"unit": unit, "opinion": "；".join(filter(None, [word, *parts]))}


def _departments(lines: Lines) -> Iterator[str]:
    for line in lines:
        for matter in line.matters:
            if matter.department and matter.matter is not Matter.COUNTY_GOVERNMENT:
                yield matter.department
