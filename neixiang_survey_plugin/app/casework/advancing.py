"""Moving a case to another state, with what is put on record in the same breath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.chosen_ways import on_ways
from neixiang_survey_plugin.app.casework.dossiers import read_dossier
from neixiang_survey_plugin.app.casework.recording import Step, prepared
from neixiang_survey_plugin.app.casework.units import check_units
from neixiang_survey_plugin.app.packet_needs import needs_of
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.app.wording.packet_needs import need_sentences
from neixiang_survey_plugin.core.casework.case import State, StateChange
from neixiang_survey_plugin.core.casework.decision import Decision, PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.matters import PlannedDecisions, plan_decisions
from neixiang_survey_plugin.core.casework.transitions import Act, Moved, Refusal, move_case
from neixiang_survey_plugin.core.casework.ways import is_milder
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import Problems, SurveyError

# Writes the packets of a case that is ready for them; the rows of what left the house.
Issue = Callable[[Dossier], Sequence[object]]


@dataclass(frozen=True)
class Advanced:
    """The case as it is now; no ``change`` where something was recorded and more is awaited."""

    dossier: Dossier
    change: StateChange | None


def advance(
    store: SurveyStore, case_id: str, step: Step, county: County, issue: Issue | None = None
) -> Advanced:
    """Move a case and keep everything that goes with the move, all or nothing.

    ``issue`` is asked for the packets once nothing else is missing for them. SurveyError says in
    one sentence what stands against the move; nothing is then kept.
    """
    before = read_dossier(store, case_id)
    sheet = None if step.sheet is None else step.sheet.of_case(case_id)
    dossier = prepared(before, replace(step, sheet=sheet))
    photos = () if sheet is None else sheet.photos
    if step.facts is not None:
        problems = Problems()
        check_units(dossier.case, dossier.services, county, "--set：", problems)
        problems.raise_if_any()
    if step.target is None or _waits_for_others(dossier, step):
        _record(store, before, [*_new_rows(before, dossier), *photos])
        return Advanced(read_dossier(store, case_id), None)
    _check_still_holds(dossier, step)
    papers: Sequence[object] = ()
    if step.target is State.PACKET_ISSUED:
        _check_complete(dossier, step, county, will_be_issued=issue is not None)
        papers = () if issue is None else issue(dossier)
        packets = (one for one in papers if isinstance(one, PacketIssued))
        dossier = replace(dossier, packets=(*dossier.packets, *packets))
    moved = _moved(dossier, step.target, step.act)
    after = replace(dossier, case=moved.case)
    planned = _planned(dossier, step, county)
    new = (*_new_rows(before, after), *photos, *papers, *planned.keep)
    _keep(store, [*new, moved.change], planned)
    return Advanced(read_dossier(store, case_id), moved.change)


def _waits_for_others(dossier: Dossier, step: Step) -> bool:
    """Whether only some of the services are connected by this act, and others are not yet."""
    return bool(step.access_of) and any(one.access_done_at is None for one in dossier.services)


def _record(store: SurveyStore, before: Dossier, records: Sequence[object]) -> None:
    if not records:
        raise SurveyError(wording.nothing_to_record_sentence(before))
    store.keep(records, what="case advance")


def _moved(dossier: Dossier, target: State, act: Act) -> Moved:
    moved = move_case(dossier, target, act)
    if isinstance(moved, Refusal):
        raise SurveyError(wording.refusal_sentence(moved, dossier))
    return moved


def _check_complete(dossier: Dossier, step: Step, county: County, will_be_issued: bool) -> None:
    """SurveyError with everything that stands against the packets, before any is written."""
    packets = (*dossier.packets, PacketIssued()) if will_be_issued else dossier.packets
    moved = move_case(replace(dossier, packets=packets), State.PACKET_ISSUED, step.act)
    problems = []
    if isinstance(moved, Refusal):
        problems.append(wording.refusal_sentence(moved, dossier))
    if step.judgement is not None and not (isinstance(moved, Refusal) and moved.fault):
        chosen = {one.utility: one.chosen_way for one in dossier.services if one.chosen_way}
        lines = on_ways(step.judgement.lines, chosen, county.policy).routes
        needs = needs_of(lines, step.judgement.conflicts, dossier, county)
        problems += need_sentences(needs, dossier)
    if problems:
        raise SurveyError(problems)


def _check_still_holds(dossier: Dossier, step: Step) -> None:
    """Works start on the way of the packet: one that is milder than today's verdict does not."""
    if step.target is not State.IN_WORKS or step.judgement is None or dossier.case.emergency:
        return
    issued = {one.utility: one.way for one in dossier.packets}
    for service in dossier.with_lines:
        way = issued.get(service.utility)
        if way is not None and service.verdict is not None and is_milder(way, service.verdict):
            raise SurveyError(wording.way_too_mild_sentence(service, way))


def _planned(dossier: Dossier, step: Step, county: County) -> PlannedDecisions:
    """The decisions to wait for when packets go out; nothing changes otherwise."""
    if step.target is not State.PACKET_ISSUED or step.judgement is None:
        return PlannedDecisions((), ())
    return plan_decisions(
        dossier.case.case_id, step.judgement.matters, dossier.decisions, county.departments
    )


def _keep(store: SurveyStore, records: Sequence[object], planned: PlannedDecisions) -> None:
    store.keep(records, what="case advance")
    gone = [one.uuid for one in planned.forget if one.uuid]
    if gone:
        store.forget(Decision, gone, what="case advance")


def _new_rows(before: Dossier, after: Dossier) -> list[object]:
    """Every row that is not kept yet as it is now."""
    then: set[object] = {before.case, *before.services, *before.surveys}
    then |= {*before.participants, *before.opinions}
    now: list[object] = [after.case, *after.services, *after.surveys]
    return [one for one in (*now, *after.participants, *after.opinions) if one not in then]
