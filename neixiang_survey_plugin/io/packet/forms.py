"""Which form a line gets, and everything that its template may print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import CheckResult, RouteResult
from neixiang_survey_plugin.app.site_texts import site_texts
from neixiang_survey_plugin.app.wording import Names
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import Approval, Matter
from neixiang_survey_plugin.core.judging.findings import Verdict
from neixiang_survey_plugin.core.policy import Policy, RuleKind, Way
from neixiang_survey_plugin.io.packet import rows
from neixiang_survey_plugin.io.packet.case_fields import Standing, case_fields, chosen_remarks
from neixiang_survey_plugin.io.packet.course import Lines, course_fields
from neixiang_survey_plugin.io.packet.ground_fields import ground_fields
from neixiang_survey_plugin.io.packet.matters import matter_fields
from neixiang_survey_plugin.io.packet.names import names_of_objects, unit_fields, unit_names


@dataclass(frozen=True)
class Form:
    """A document: the file name of its template, and its title."""

    template: str
    title: str


_COMMITMENT, _JOINT, _SUPPLEMENT = "commitment.docx", "joint.docx", "supplement.docx"
FORMS = {
    Way.EXEMPT: Form(_COMMITMENT, "水电气暖信外线接入工程免审批告知表"),
    Way.FILING: Form(_COMMITMENT, "水电气暖信外线接入工程备案表"),
    Way.COMMITMENT: Form(_COMMITMENT, "水电气暖信承诺制事项申请表"),
    Way.JOINT: Form(_JOINT, "联合踏勘、并联审批申请表"),
    Way.JOINT_GOVERNMENT: Form(_JOINT, "联合踏勘、并联审批申请表"),
    Way.UNDETERMINED: Form(_SUPPLEMENT, "资料补正单"),
    Way.OUTSIDE: Form(_SUPPLEMENT, "资料补正单（不适用本方案）"),
}


def judged_as_one(results: Iterable[RouteResult]) -> list[Lines]:
    """The lines of a case in groups of one verdict: what goes on one form."""
    groups: dict[tuple[str, ...], list[RouteResult]] = {}
    for result in results:
        groups.setdefault(result.judged_with, []).append(result)
    return list(groups.values())


# What each matter is applied for with; the works department and the police decide on one paper.
MATTER_FORMS = {
    Matter.PLANNING: Form("planning.docx", "建设工程规划许可申请表"),
    Matter.EXCAVATION: Form("excavation.docx", "占用、挖掘城市道路审批申请表"),
    Matter.GREEN: Form("green.docx", "临时占用城市绿地申请表"),
    Matter.HIGHWAY: Form("matter.docx", "涉路施工许可申请表"),
    Matter.RIVER: Form("matter.docx", "河道管理范围内建设申请表"),
    Matter.COUNTY_GOVERNMENT: Form("government.docx", "挖掘保护期内城市道路的请示"),
}
SURVEY_FORM = Form("survey.docx", "联合踏勘记录表")


def matter_form_fields(fields: Mapping[str, Any], approval: Approval) -> dict[str, Any]:
    """The fields of a form on one matter: those of its lines, addressed to who decides."""
    said = {
        "title": MATTER_FORMS[approval.matter].title,
        "matter": wording.matter_words(approval.matter),
        "department": approval.department or "",
        "together": "、".join(approval.together_with),
        "certain": approval.certain,
    }
    return {**fields, **said}


def form_fields(
    lines: Lines,
    case: str,
    check: CheckResult,
    county: County,
    standing: Standing | None = None,
) -> dict[str, Any]:
    """Every field of every template, for lines of one verdict.

    What the data does not have is an empty text, what could not be measured says so.
    """
    names = names_of_objects(lines, county)
    return {
        **_head(lines, case, check, county),
        **_applicant(lines, county),
        **course_fields(lines, names, county),
        **_verdict(lines, names, check),
        **matter_fields(lines, names, county),
        **ground_fields(lines, county),
        **case_fields(lines, county, standing or Standing()),
        "matter": "",
        "department": "",
        "together": "",
        "certain": True,
        "taped_on_site": list(rows.taped_fact_rows(lines)),
        "remarks": [*_remarks(lines, check), *chosen_remarks(lines, standing or Standing())],
    }


def _head(lines: Lines, case: str, check: CheckResult, county: County) -> dict[str, Any]:
    verdict = lines[0].verdict
    policy = check.policy.named(verdict.policy_id)
    return {
        "title": FORMS[verdict.way].title,
        "county": county.name,
        "case": case,
        "utility": wording.utility_words(lines[0].route.utility),
        "epsg": str(county.grid.epsg),
        "day": wording.day_words(check.on),
        "policy_title": policy.title,
        "policy_document": policy.document,
        "policy_place": policy.place,
    }


def _applicant(lines: Lines, county: County) -> dict[str, Any]:
    kinds = dict.fromkeys(one.route.applicant_kind for one in lines if one.route.applicant_kind)
    return {
        "unit": "、".join(unit_names(lines, county)),
        **unit_fields(lines, county),
        "contractor": _joined(one.route.contractor for one in lines),
        "user": "、".join(site_texts(lines, county, "applicant")),
        "site": "、".join(site_texts(lines, county, "name")),
        "applicant_kind": "、".join(wording.applicant_words(kind) for kind in kinds),
        "period": _joined(_period(one) for one in lines),
        "applied_on": _joined(
            wording.day_words(one.route.applied_on) for one in lines if one.route.applied_on
        ),
    }


def _verdict(lines: Lines, names: Names, check: CheckResult) -> dict[str, Any]:
    verdict, policy = lines[0].verdict, check.policy
    rules = verdict.tier.rules if verdict.tier else ()
    found = list(rows.with_rules(verdict, policy))
    return {
        "way": wording.way_words(verdict.way),
        "clock": _clock(verdict, policy),
        "verdict": wording.verdict_sentence(verdict, policy),
        "findings": list(rows.finding_rows(verdict, policy)),
        "sentences": [wording.finding_sentence(one, rule, names) for one, rule in found],
        "taped": list(rows.taped_rows(verdict, policy)),
        "readings": list(wording.readings_words(verdict)),
        "other_readings": list(rows.reading_rows(verdict)),
        "reading_decides": verdict.reading_decides,
        "reading_note": wording.reading_decides_sentence(verdict),
        "days": list(wording.day_sentences(lines, check.on)),
        "conditions": [rule.text for rule in rules],
        "sanctions": [
            wording.sanction_words(rule) for rule in rules if rule.kind is RuleKind.UNIT_SUSPENSION
        ],
        "missing": list(rows.missing_rows(lines, policy, names)),
        "protected": list(rows.protected_rows(verdict, policy)),
    }


def _clock(verdict: Verdict, policy: Policy) -> str:
    """What the policy promises on this way, with its clause; nothing where it has no tier."""
    found = None if verdict.tier is None else policy.known_clocks.get(verdict.tier.clock)
    return "" if found is None else f"{found.text}（{found.clause}）"


def _remarks(lines: Lines, check: CheckResult) -> list[str]:
    ids = {one.route.route_id for one in lines}
    together = wording.judged_together_sentence(lines[0], check.policy)
    splits = [
        wording.suspected_split_sentence(split, check.policy)
        for split in check.suspected_splits
        if ids & set(split.route_ids)
    ]
    judged = check.conflicts is not None
    not_judged = wording.not_judged_sentence(check.layers_not_judged, judged)
    conflicts = [wording.conflicts_sentence(check.conflicts_of(ids))] if judged else []
    facts = check.confirmed_behind(lines)
    confirmed = [wording.confirmed_sentence(facts)] if facts else []
    assumed = [f"读取外线文件时的提示：{sentence}" for sentence in check.warnings]
    return [
        *([together] if together else []),
        *splits,
        *conflicts,
        *confirmed,
        *assumed,
        not_judged,
    ]


def _period(result: RouteResult) -> str | None:
    begin, end = result.route.works_from, result.route.works_to
    if begin is None and end is None:
        return None
    words = [wording.day_words(day) if day else "" for day in (begin, end)]
    return "至".join(words)


def _joined(texts: Iterable[str | None]) -> str:
    return "、".join(dict.fromkeys(text for text in texts if text))
