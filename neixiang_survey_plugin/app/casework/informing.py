"""Telling every unit and department of a case: a text to paste, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.case_report import plain
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.county import County

SCHEMA = 1
# What units need for their work; who signed and with which identity card stays in the file.
_TOLD = (
    "case_id",
    "applicant_name",
    "project_name",
    "address",
    "site_id",
    "agent_name",
    "agent_phone",
    "contact_name",
    "contact_phone",
    "agreed_access_at",
    "received_by",
    "received_at",
    "first_received_by",
    "lead_unit",
    "emergency",
    "parcel_number",
    "works_start_on",
    "production_start_on",
)


def inform_text(dossier: Dossier, county: County) -> str:
    """What goes into a chat or a mail to all units: who, where, what, when, who leads."""
    case = dossier.case
    lead = _unit_name(case.lead_unit, county)
    lines = [
        f"【联动报装】案件 {case.case_id}：{case.applicant_name or '申请人未填'}",
        _line("项目", " ".join(filter(None, (case.project_name, case.address)))),
        _line("申请", "；".join(wording.service_line(one) for one in dossier.services)),
        _line("联系人", _contact(dossier)),
        _line("受理", _received(dossier)),
        _line("约定接入", wording.moment_words(case.agreed_access_at)),
        _line("首发单位（牵头）", lead),
        "抢修：先行破路，24 小时内补办手续。" if case.emergency else "",
        f"请{'、'.join(_called_on(dossier, county)) or '各单位'}对接。",
    ]
    return "\n".join(line for line in lines if line)


def inform_report(dossier: Dossier, county: County) -> dict[str, Any]:
    """The same as plain values, for a file that the units' own programs read."""
    told = {name: plain(getattr(dossier.case, name)) for name in _TOLD}
    services = [
        {
            name: plain(value)
            for name, value in vars(one).items()
            if name != "uuid" and value not in (None, False)
        }
        for one in dossier.services
    ]
    return {
        "schema": SCHEMA,
        "county": county.name,
        "to": _called_on(dossier, county),
        **told,
        "services": services,
        "text": inform_text(dossier, county),
    }


def _called_on(dossier: Dossier, county: County) -> list[str]:
    """The units of the utilities that are asked for, then every department of the county."""
    utilities = {one.utility for one in dossier.services}
    asked = {one.unit for one in dossier.services if one.unit}
    units = (
        one.name
        for one in county.units
        if one.utility in utilities and (one.unit_id in asked or not _chosen(dossier, one.utility))
    )
    return [*units, *_departments(county)]


def _chosen(dossier: Dossier, utility: str) -> bool:
    return any(one.unit for one in dossier.services if one.utility == utility)


def _departments(county: County) -> Iterable[str]:
    return dict.fromkeys(
        one.name for one in county.departments.values() if one.matter != "county_government"
    )


def _contact(dossier: Dossier) -> str:
    case = dossier.case
    pairs = ((case.agent_name, case.agent_phone), (case.contact_name, case.contact_phone))
    return "，".join(" ".join(filter(None, pair)) for pair in pairs if any(pair))


def _received(dossier: Dossier) -> str:
    case = dossier.case
    if case.received_at is None:
        return "尚未受理（意向登记）"
    return f"{wording.moment_words(case.received_at)} {case.received_by or ''}".strip()


def _unit_name(unit_id: str | None, county: County) -> str:
    names = {one.unit_id: one.name for one in county.units}
    return names.get(unit_id or "", unit_id or "")


def _line(title: str, text: str) -> str:
    return f"{title}：{text}" if text else ""
