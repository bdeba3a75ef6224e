"""What departments and units say to a case, put on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.dossiers import read_dossier
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import Opinion, OpinionKind
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.judging.approvals import Matter

_FACTS = (
    "notified_at",
    "received_at",
    "outcome",
    "document_number",
    "conditions",
    "decided_at",
    "decided_by",
    "remark",
)


def decide(store: SurveyStore, case_id: str, word: Decision, county: County) -> Dossier:
    """Put a department's word on record; the case as it is now.

    What the word leaves out stays as it was. Without a matter it speaks of every matter, without
    a utility of every line. A matter that the case has no row of gets one, with the department
    of the county file: so an emergency tells departments before anything is judged. SurveyError
    with every problem.
    """
    dossier = read_dossier(store, case_id)
    rows = [one for one in dossier.decisions if _is_meant(one, word)]
    if not rows:
        rows = [_new_row(dossier, word, word.matter, county)]
    decided = [_with_word(one, word) for one in rows]
    problems = Problems()
    for one in decided:
        _check(one, problems)
    problems.raise_if_any()
    store.keep(decided, what="case decide")
    return read_dossier(store, case_id)


def give_opinion(
    store: SurveyStore,
    case_id: str,
    unit: str,
    opinion: OpinionKind,
    *,
    given_by: str,
    given_at: datetime,
    conditions: str | None = None,
    reason: str | None = None,
) -> Dossier:
    """Put on record what a unit or department says after the last joint survey.

    A later word takes the place of an earlier one. Who disagrees says why, who sets conditions
    names them.
    """
    dossier = read_dossier(store, case_id)
    if not dossier.surveys:
        raise SurveyError(f"案件 {case_id}：还没有联合踏勘记录，意见没有着落；先录入踏勘记录。")
    came = tuple(dict.fromkeys(one.unit for one in dossier.participants if one.unit))
    if unit not in came:
        raise SurveyError(f"案件 {case_id}：{unit} 没有参加踏勘；参加的有：{'、'.join(came)}。")
    if opinion is OpinionKind.DISAGREE and not (reason or "").strip():
        raise SurveyError(f"案件 {case_id}：{unit} 不同意，须用 --reason 写明理由。")
    if opinion is OpinionKind.AGREE_WITH_CONDITIONS and not (conditions or "").strip():
        raise SurveyError(f"案件 {case_id}：{unit} 有条件同意，须用 --conditions 写明条件。")
    said = Opinion(
        survey_uuid=dossier.surveys[-1].uuid,
        unit=unit,
        opinion=opinion,
        conditions=conditions,
        reason=reason,
        given_by=given_by,
        given_at=given_at,
    )
    store.keep([said], what="case decide")
    return read_dossier(store, case_id)


def _is_meant(row: Decision, word: Decision) -> bool:
    return (
        word.matter in (None, row.matter)
        and word.utility in (None, row.utility)
        and word.department in (None, row.department)
    )


def _new_row(dossier: Dossier, word: Decision, matter: Matter | None, county: County) -> Decision:
    if matter is None:
        raise SurveyError(
            f"案件 {dossier.case.case_id}：还没有要办的事项；先出资料，或用 --matter 写明事项。"
        )
    department = county.departments.get(matter.value)
    if word.utility is not None and word.utility not in {one.utility for one in dossier.services}:
        words = wording.service_utility_words(word.utility)
        raise SurveyError(f"案件 {dossier.case.case_id}：没有申请{words}服务，不能记它的审批。")
    return Decision(
        case_id=dossier.case.case_id,
        utility=word.utility,
        matter=matter,
        department=word.department or (department.name if department else None),
    )


def _with_word(row: Decision, word: Decision) -> Decision:
    """The row with what is new; papers that were sent back and come in again are open again."""
    said = {name: value for name in _FACTS if (value := getattr(word, name)) is not None}
    if row.outcome is DecisionOutcome.RETURNED and word.received_at and not word.outcome:
        row = replace(row, outcome=None, decided_at=None, decided_by=None, conditions=None)
    return replace(row, **said)


def _check(row: Decision, problems: Problems) -> None:
    """The moments of a row follow each other, and a decision says when and what."""
    where = f"案件 {row.case_id} {wording.decision_words(row)}"
    moments = _named(row)
    for (earlier, one), (later, other) in pairwise(moments):
        if other < one:
            problems.add(
                f"{where}：{later}（{wording.moment_words(other)}）"
                f"早于{earlier}（{wording.moment_words(one)}），请核对。"
            )
    if (row.outcome is None) != (row.decided_at is None):
        problems.add(f"{where}：结果和决定时间要一起写。")
    if row.is_turned_down and not (row.conditions or row.remark):
        problems.add(f"{where}：不予或退回须用 --conditions 写明理由。")


def _named(row: Decision) -> list[tuple[str, datetime]]:
    named: Iterable[tuple[str, datetime | None]] = (
        ("告知时间", row.notified_at),
        ("收到时间", row.received_at),
        ("决定时间", row.decided_at),
    )
    return [(name, moment) for name, moment in named if moment is not None]
