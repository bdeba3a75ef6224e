"""Inspecting what was promised: a sheet from the promise's clauses, findings, what follows them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.county import County, InspectionKind
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome, ClauseResult
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
    Talk,
    make_sheet,
)
from neixiang_survey_plugin.core.supervision.promises import Promise, latest_promises
from neixiang_survey_plugin.core.supervision.suspensions import department_name, matter_of


@dataclass(frozen=True)
class InspectionAsked:
    """Who looks at which lines, how, when and with whom; ``matter`` may be a department's name."""

    case_id: str
    utility: str
    matter: str
    kind: InspectionKind
    on: date
    by: str
    with_departments: str | None = None


@dataclass(frozen=True)
class Finding:
    """What was found of one clause, for one line or all on the sheet.

    With ``due_on`` the unit is ordered to put it right until then; ``what`` says what, the
    evidence where it is left out. ``condition`` is a part of the condition of an approval that is
    meant, where the sheet has several.
    """

    promise: PromiseKind
    outcome: ClauseOutcome
    evidence: str
    on: date
    route_id: str | None = None
    what: str | None = None
    due_on: date | None = None
    condition: str | None = None


@dataclass(frozen=True)
class Sheet:
    """An inspection with its items, and the promises that it was made from."""

    inspection: Inspection
    items: tuple[InspectionItem, ...]
    promises: tuple[Promise, ...]


def start_inspection(
    store: SurveyStore,
    county: County,
    asked: InspectionAsked,
    drawn: Callable[[str, str], Sequence[Promise]] = lambda _case, _utility: (),
) -> Sheet:
    """Keep an inspection with a sheet made from what was promised of the lines, or approved.

    The conditions that departments set are items of their own. ``drawn`` gives what the lines of a
    case and utility would promise as they are drawn: an emergency repair digs before any packet.
    SurveyError when the county has no such department, its policy promises nothing, or nothing
    was promised of such lines.
    """
    rules = county.policy.supervision
    if rules is None:
        raise SurveyError(f"政策 {county.policy.policy_id} 没有 [supervision]，没有可查验的承诺。")
    promises = [
        one
        for one in latest_promises(store.records(Promise, case_id=asked.case_id)).values()
        if one.utility == asked.utility
    ]
    if not promises and any(one.emergency for one in store.records(Case, case_id=asked.case_id)):
        promises = list(drawn(asked.case_id, asked.utility))
    if not promises:
        lines = f"案件 {asked.case_id} 的{wording.utility_words(asked.utility)}外线"
        raise SurveyError(
            f"{lines}没有承诺记录，也没有报批；请先用 case advance --to packet_issued 出具资料包。"
        )
    inspection = Inspection(
        uuid=str(uuid.uuid4()),
        case_id=asked.case_id,
        utility=asked.utility,
        unit=next((one.unit for one in promises if one.unit), None),
        matter=matter_of(asked.matter, county.departments),
        department=department_name(asked.matter, county.departments),
        kind=asked.kind,
        with_departments=asked.with_departments,
        inspected_on=asked.on,
        inspected_by=asked.by,
    )
    items = tuple(
        replace(item, uuid=str(uuid.uuid4()), inspection_uuid=inspection.uuid)
        for item in make_sheet(promises, rules, _conditions(store, asked))
    )
    store.keep([inspection, *items], what="inspect")
    return Sheet(inspection, items, tuple(promises))


def _conditions(store: SurveyStore, asked: InspectionAsked) -> list[str]:
    """The conditions under which the lines were approved, each with who set it."""
    return [
        wording.condition_words(one)
        for one in store.records(Decision, case_id=asked.case_id)
        if one.utility in (None, asked.utility)
        and one.outcome is DecisionOutcome.GRANTED
        and one.conditions
    ]


def find_inspection(store: SurveyStore, number: str) -> Inspection:
    """The inspection whose number begins so, or the last one of the case of that name.

    SurveyError for none, or several.
    """
    of_case = store.records(Inspection, case_id=number)
    if of_case:
        return of_case[-1]
    found = [one for one in store.records(Inspection) if (one.uuid or "").startswith(number)]
    if len(found) != 1 or not number:
        what = "没有这次查验" if not found else f"有 {len(found)} 次查验都以它开头"
        raise SurveyError(f"查验 {number}：{what}；编号见 inspect list。")
    return found[0]


def record_finding(
    store: SurveyStore, inspection: Inspection, finding: Finding
) -> tuple[tuple[InspectionItem, ...], Rectification | None]:
    """Keep what was found of one clause, and what the unit was ordered to put right; all or none.

    SurveyError when the sheet has no such item, a broken promise has no evidence, or the order
    makes no sense.
    """
    items, ordered = _rows_of(store, inspection, finding)
    store.keep([*items, *([ordered] if ordered else [])], what="inspect")
    return items, ordered


def record_findings(
    store: SurveyStore, inspection: Inspection, findings: Iterable[Finding]
) -> None:
    """Keep what was found of several clauses, all or none; SurveyError with every problem."""
    problems = Problems()
    rows: list[object] = []
    for finding in findings:
        try:
            items, ordered = _rows_of(store, inspection, finding)
        except SurveyError as error:
            problems.extend(error)
        else:
            rows += [*items, *([ordered] if ordered else [])]
    problems.raise_if_any()
    store.keep(rows, what="inspect")


def _rows_of(
    store: SurveyStore, inspection: Inspection, finding: Finding
) -> tuple[tuple[InspectionItem, ...], Rectification | None]:
    outcome, evidence = finding.outcome, finding.evidence.strip()
    if outcome is ClauseOutcome.BROKEN and not evidence:
        raise SurveyError("认定违反承诺要有依据；请写明看到了什么、照片或量测记录。")
    items = [
        replace(item, outcome=outcome, evidence=evidence or None)
        for item in store.records(InspectionItem, inspection_uuid=inspection.uuid)
        if item.promise is finding.promise
        and finding.route_id in (None, item.route_id)
        and (finding.condition or "") in (item.requirement or "")
    ]
    if not items:
        line = "" if finding.route_id is None else f"外线 {finding.route_id} 的"
        number = (inspection.uuid or "")[:8]
        clause = wording.clause_words(finding.promise)
        about = "" if finding.condition is None else f"（含“{finding.condition}”的）"
        raise SurveyError(f"查验 {number}：查验单上没有{line}“{clause}”{about}。")
    if finding.promise is PromiseKind.CONDITION and len(items) > 1:
        listed = "；".join(item.requirement or "" for item in items)
        raise SurveyError(
            f"批复条件有 {len(items)} 条（{listed}）；请用 --condition 写明是哪一条。"
        )
    return tuple(items), _order(inspection, finding)


def _order(inspection: Inspection, finding: Finding) -> Rectification | None:
    if finding.due_on is None:
        return None
    if finding.outcome is not ClauseOutcome.BROKEN:
        raise SurveyError("只有违反的承诺才责令整改；其他结果没有要整改的。")
    if finding.due_on < finding.on:
        raise SurveyError(f"整改期限 {finding.due_on} 早于责令之日 {finding.on}。")
    return Rectification(
        uuid=str(uuid.uuid4()),
        inspection_uuid=inspection.uuid,
        case_id=inspection.case_id,
        unit=inspection.unit,
        department=inspection.department,
        what=(finding.what or finding.evidence).strip(),
        ordered_on=finding.on,
        due_on=finding.due_on,
    )


def finish_rectification(
    store: SurveyStore, inspection: Inspection, on: date, by: str
) -> tuple[Rectification, ...]:
    """Keep that what an inspection ordered was put right; SurveyError when nothing is open."""
    ordered = store.records(Rectification, inspection_uuid=inspection.uuid)
    done = [replace(one, done_on=on, confirmed_by=by) for one in ordered if one.done_on is None]
    if not done:
        raise SurveyError(f"查验 {(inspection.uuid or '')[:8]}：没有待整改的事项。")
    early = [one for one in done if one.ordered_on is not None and on < one.ordered_on]
    if early:
        raise SurveyError(f"整改完成日 {on} 早于责令之日 {early[0].ordered_on}。")
    store.keep(done, what="rectify")
    return tuple(done)


def hold_talk(
    store: SurveyStore, county: County, unit: str, by: str, on: date, reason: str
) -> Talk:
    """Keep a talk that a department held with a unit; SurveyError as for a suspension."""
    if unit not in {one.unit_id for one in county.units}:
        raise SurveyError(f"单位 {unit}：县资料里没有。")
    if not reason.strip():
        raise SurveyError(f"约谈单位 {unit}：要写明事由。")
    talk = Talk(None, unit, department_name(by, county.departments), on, reason.strip())
    (number,) = store.keep([talk], what="talk")
    return replace(talk, uuid=number)


def found_on_site(
    inspections: Iterable[Inspection], items: Sequence[InspectionItem]
) -> dict[str, dict[PromiseKind, ClauseResult]]:
    """What the last inspection that judged a clause of a line found, by line and clause."""
    made = sorted(inspections, key=lambda one: one.inspected_on or date.min)
    found: dict[str, dict[PromiseKind, ClauseResult]] = {}
    for inspection in made:
        for item in items:
            judged = item.outcome is not ClauseOutcome.NOT_JUDGED
            if item.inspection_uuid == inspection.uuid and judged and item.promise is not None:
                result = ClauseResult(item.promise, item.outcome, found=item.evidence)
                found.setdefault(item.route_id or "", {})[item.promise] = result
    return found
