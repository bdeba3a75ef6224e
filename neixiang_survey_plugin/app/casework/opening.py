"""Opening cases: from joint applications, from the land grant's sheets, or typed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.dossiers import read_dossier
from neixiang_survey_plugin.app.casework.joining import Application, joined
from neixiang_survey_plugin.app.casework.units import check_units
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import Case, Service, State
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act, Refusal, move_case, open_case
from neixiang_survey_plugin.core.county import County, Unit
from neixiang_survey_plugin.core.errors import Problems


def open_cases(
    store: SurveyStore, applications: Sequence[Application], act: Act, county: County
) -> tuple[str, ...]:
    """Keep applications as cases, all or none; their identifiers.

    A case without an identifier gets the next number of its year. The application for a case
    that so far is an intent of the land grant joins it and registers it. SurveyError with one
    sentence for every problem: an identifier that is taken, a unit that the county does not know.
    """
    problems = Problems()
    present = {one.case_id: one for one in _cases_asked(store, applications)}
    taken = set(present)
    records: list[object] = []
    case_ids: list[str] = []
    for application in applications:
        case_id = application.case.case_id or _next_number(act.at.year, taken)
        with_place = replace(application, case=_received(application.case, case_id, act))
        if case_id in case_ids or not _is_free(with_place, present.get(case_id)):
            problems.add(f"{application.place}案件 {case_id} 已经有了；请换一个编号。")
        elif case_id in present:
            records += _registered(read_dossier(store, case_id), with_place, county, problems)
        else:
            records += _opened(with_place, act, county, problems)
        taken.add(case_id)
        case_ids.append(case_id)
    problems.raise_if_any()
    store.keep(records, what="case new")
    return tuple(case_ids)


def _cases_asked(store: SurveyStore, applications: Sequence[Application]) -> tuple[Case, ...]:
    """The cases of the identifiers asked for; all where one has to be found: 10,000 take 0.2 s."""
    asked = tuple(one.case.case_id for one in applications)
    return store.records(Case, case_id=asked) if all(asked) else store.records(Case)


def _is_free(application: Application, present: Case | None) -> bool:
    """Whether an application may take its identifier: a new one, or that of an intent."""
    if present is None:
        return True
    return present.received_at is None and application.case.received_at is not None


def _received(case: Case, case_id: str, act: Act) -> Case:
    """The case by its identifier; one that was received says by whom."""
    if case.received_at is None:
        return replace(case, case_id=case_id)
    received_by = case.received_by or act.who
    return replace(
        case,
        case_id=case_id,
        received_by=received_by,
        first_received_by=case.first_received_by or received_by,
    )


def _opened(
    application: Application, act: Act, county: County, problems: Problems
) -> Iterable[object]:
    case, services = _assigned(application.case, application.services, county)
    check_units(case, services, county, application.place, problems)
    moved = open_case(case, replace(act, at=case.received_at or act.at))
    return moved.case, moved.change, *services


def _registered(
    dossier: Dossier, application: Application, county: County, problems: Problems
) -> Iterable[object]:
    """An intent of the land grant with the joint application that has come in for it."""
    together = joined(dossier, application)
    received_at, received_by = application.case.received_at, application.case.received_by
    case, services = _assigned(together.case, together.services, county)
    check_units(case, services, county, application.place, problems)
    together = replace(together, case=replace(case, received_at=None), services=services)
    act = Act(received_by or "", received_at or datetime.max)
    moved = move_case(together, State.REGISTERED, act)
    if isinstance(moved, Refusal):
        problems.add(f"{application.place}{wording.refusal_sentence(moved, together)}")
        return ()
    return moved.case, moved.change, *services


def _assigned(
    case: Case, services: Iterable[Service], county: County
) -> tuple[Case, tuple[Service, ...]]:
    """The case with its lead unit, its services with the units that lay their lines."""
    laid = tuple(
        replace(one, case_id=case.case_id, unit=one.unit or _only_unit(one.utility, county.units))
        for one in services
    )
    case = replace(case, lead_unit=case.lead_unit or _lead_unit(case, laid, county.units))
    return case, tuple(_laid_by_the_lead(one, case, county.units) for one in laid)


def _lead_unit(case: Case, services: Iterable[Service], units: Iterable[Unit]) -> str | None:
    """The unit that leads (首发单位): who received the case first, where that is a unit.

    A department's window leads no works: then the unit of the first service does.
    """
    first = case.first_received_by
    named = (one.unit_id for one in units if first in (one.unit_id, one.name))
    return next(named, None) or next((one.unit for one in services if one.unit), None)


def _laid_by_the_lead(service: Service, case: Case, units: Iterable[Unit]) -> Service:
    """A service of the lead unit's own utility that nobody else was named for is its own."""
    utility = next((one.utility for one in units if one.unit_id == case.lead_unit), None)
    own = service.unit is None and service.utility == utility
    return replace(service, unit=case.lead_unit) if own else service


def _only_unit(utility: str, units: Iterable[Unit]) -> str | None:
    """The county's unit for a utility, where there is no choice."""
    found = [one.unit_id for one in units if one.utility == utility]
    return found[0] if len(found) == 1 else None


def _next_number(year: int, taken: Iterable[str]) -> str:
    prefix = f"{year}-"
    numbers = [one.removeprefix(prefix) for one in taken if one.startswith(prefix)]
    last = max((int(one) for one in numbers if one.isdecimal()), default=0)
    return f"{prefix}{last + 1:04d}"
