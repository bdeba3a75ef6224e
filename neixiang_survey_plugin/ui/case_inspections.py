"""The inspections of a case: what was looked at, what was broken, what has to be put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt, ClauseOutcome
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
)
from neixiang_survey_plugin.ui.case_acts import CaseActs
from neixiang_survey_plugin.ui.detail_row import DetailRow
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import label, link
from neixiang_survey_plugin.ui.states import State


class InspectionRow(DetailRow):
    """One look at the lines of a utility; a click opens its sheet."""

    def __init__(
        self,
        inspection: Inspection,
        items: Sequence[InspectionItem],
        orders: Sequence[Rectification],
        look: Look,
    ) -> None:
        utility = "" if not inspection.utility else look.words.utility(inspection.utility)
        kind = "" if inspection.kind is None else inspection.kind.value
        title = " · ".join((utility, look.words.cell("inspection_kind", kind)))
        when = "" if inspection.inspected_on is None else inspection.inspected_on.isoformat()
        below = [_who(inspection), _counts(items, look), *(_order(one, look) for one in orders)]
        super().__init__(_state(items), title, when, below, look)
        self.inspection = inspection
        self.setToolTip(look.texts("inspections.row_tip"))


def inspection_part(
    session: Session, dossier: Dossier, look: Look, acts: CaseActs
) -> Iterator[Any]:
    """The inspections of a case, and the acts that begin one or bring the line as built."""
    store, case_id, texts = session.store, dossier.case.case_id, look.texts
    orders = store.records(Rectification, case_id=case_id)
    held = store.records(Inspection, case_id=case_id)
    for one in held:
        items = store.records(InspectionItem, inspection_uuid=one.uuid)
        own = [order for order in orders if order.inspection_uuid == one.uuid]
        row = InspectionRow(one, items, own, look)
        row.activated.connect(lambda inspection=one: acts.inspection(inspection))
        yield row
    built = store.records(AsBuilt, case_id=case_id)
    if built:
        ids = texts("list.comma").join(dict.fromkeys(one.route_id or "" for one in built))
        yield label(texts("inspections.built", ids=ids), "quiet", wraps=True)
    if not held:
        yield label(texts("inspections.none"), "quiet", wraps=True)
    yield link(texts("inspections.start"), acts.inspect, texts("inspections.start_tip"))
    yield link(texts("inspections.as_built"), acts.as_built, texts("inspections.as_built_tip"))


def _state(items: Sequence[InspectionItem]) -> State:
    outcomes = {one.outcome for one in items}
    if ClauseOutcome.BROKEN in outcomes:
        return State.FAIL
    return State.UNKNOWN if ClauseOutcome.NOT_JUDGED in outcomes else State.PASS


def _who(inspection: Inspection) -> str:
    parts = (inspection.department, inspection.inspected_by, inspection.with_departments)
    return " · ".join(one for one in parts if one)


def _counts(items: Sequence[InspectionItem], look: Look) -> str:
    """How many clauses were kept, broken, not judged."""
    counted = [
        f"{look.words.cell('clause_outcome', outcome.value)} {number}"
        for outcome in ClauseOutcome
        if (number := sum(one.outcome is outcome for one in items))
    ]
    return " · ".join(counted)


def _order(order: Rectification, look: Look) -> str:
    values = {"what": order.what or "", "due": order.due_on}
    if order.done_on is not None:
        return look.texts("inspections.done", **values, done=order.done_on)
    return look.texts("inspections.ordered", **values)
