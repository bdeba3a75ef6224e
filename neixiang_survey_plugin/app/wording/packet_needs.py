"""What a packet still lacks in sentences, each with the command that fills it in."""

from __future__ import annotations

from collections.abc import Iterator

from neixiang_survey_plugin.app.packet_fields import Holder, MissingField
from neixiang_survey_plugin.app.packet_needs import Needs
from neixiang_survey_plugin.app.wording.casework import lack_words
from neixiang_survey_plugin.app.wording.gaps import gap_of
from neixiang_survey_plugin.app.wording.words import matter_words
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.judging.approvals import Matter

_FIELDS = {
    "unit": "报装单位",
    "contractor": "施工单位",
    "works_from": "开工日期",
    "works_to": "完工日期",
    "diameter_mm": "管径",
    "laying": "敷设方式",
    "cover_m": "覆土",
    "trench_width_m": "沟槽宽度",
    "applicant_name": "用户名称",
    "project_name": "项目名称或地址",
    "lead_unit": "牵头（首发）单位",
    "first_received_by": "首办部门",
    "received_at": "受理时间",
    "credit_code": "统一社会信用代码",
    "legal_representative": "法定代表人",
    "contact": "经办人",
    "phone": "联系电话",
    "reinstatement": "修复方式",
}


def field_words(field: MissingField) -> str:
    """What a field is called on the forms."""
    return _FIELDS[field.name]


def need_sentences(needs: Needs, dossier: Dossier) -> list[str]:
    """The facts and fields that are missing; what must be taped or settled is said elsewhere."""
    return [*_facts(needs, dossier), *(_field_sentence(one) for one in needs.fields)]


def incomplete_sentences(needs: Needs, dossier: Dossier) -> list[str]:
    """Everything that stands in the way of a packet."""
    case = dossier.case
    lacks = [f"案件 {case.case_id}：{lack_words(one, case)}。" for one in needs.lacks]
    if needs.borderline:
        lacks.append(f"案件 {case.case_id}：有临界的条件，须现场实测并用 fact add 记下。")
    if needs.failures:
        lacks.append(f"案件 {case.case_id}：有 {len(needs.failures)} 处不可放宽的冲突未处理。")
    return [*lacks, *need_sentences(needs, dossier)]


def _facts(needs: Needs, dossier: Dossier) -> Iterator[str]:
    for line, reason in needs.facts:
        gap = gap_of(reason)
        yield (
            f"案件 {dossier.case.case_id} 缺{gap.what}（{gap.objects or f'外线 {line}'}）："
            f"{gap.where}；现场确认的用 fact add 记下。"
        )


def _field_sentence(field: MissingField) -> str:
    owner, name = field.owner, field.name
    if field.holder is Holder.LINE:
        return (
            f"外线 {owner} 缺{field_words(field)}：用 line set --line {owner} --set {name}=… 填写。"
        )
    if field.holder is Holder.CASE:
        if name == "received_at":
            return f"案件 {owner} 缺受理时间：先转为“已受理”（--to registered）。"
        return f"案件 {owner} 缺{field_words(field)}：用 case advance --set {name}=… 填写。"
    if field.holder is Holder.DEPARTMENT:
        matter = matter_words(Matter(owner))
        return f"{matter}没有写明部门：在 county.toml 补 [[departments]]，id 写 {owner}。"
    if name == "unit_id":
        return (
            f"单位 {owner} 不在 county.toml 的 [[units]] 里：补上它，或用 line set 改正外线的单位。"
        )
    return (
        f"单位 {owner} 缺{field_words(field)}："
        f"用 county unit --unit {owner} --set {name}=… 填写，以后不用再填。"
    )
