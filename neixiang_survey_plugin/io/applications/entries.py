"""An application put together from what stands under its headings, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.core.casework.case import Case, NeededFor, Service, ServiceKind
from neixiang_survey_plugin.core.casework.words import SERVICE_KIND
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.io.applications.headings import Place
from neixiang_survey_plugin.io.applications.ticks import ticked
from neixiang_survey_plugin.io.applications.values import read_value, text_of
from neixiang_survey_plugin.io.survey.record_values import facts_of

_CASE = {fact.name: fact for fact in facts_of(Case)}
_SERVICE = {fact.name: fact for fact in facts_of(Service)}
_CODE_LENGTH = 18  # GB 32100: the unified social credit code


@dataclass(frozen=True)
class Entry:
    """What stands under one heading, and where in the file."""

    heading: str
    place: Place
    cell: object
    where: str


@dataclass
class _Draft:
    """What was read so far of one application."""

    case: dict[str, Any] = field(default_factory=dict)
    common: dict[str, Any] = field(default_factory=dict)
    ticks: dict[str, list[ServiceKind | None]] = field(default_factory=dict)
    phases: dict[tuple[str, NeededFor], dict[str, Any]] = field(default_factory=dict)
    quantities: dict[str, dict[str, Any]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


def build_application(
    entries: Iterable[Entry], where: str, problems: Problems, *, whole: bool = True
) -> Application:
    """The application that some entries make; every problem is kept, one sentence each.

    One that is not ``whole`` adds to what is on record already.
    """
    draft = _Draft()
    for entry in entries:
        _place(entry, draft, problems)
    application = Application(
        Case(**draft.case), tuple(_services(draft, where, whole, problems)), where
    )
    if whole:
        check_application(application, problems)
    return application


def check_application(application: Application, problems: Problems) -> None:
    """Complain of what an application cannot be without, and of what contradicts itself."""
    case, where = application.case, application.place
    if not case.applicant_name:
        problems.add(f"{where}缺少用户名称（applicant_name）。")
    if not application.services:
        problems.add(f"{where}没有申请任何服务；请勾选水、电、气、暖、信里的至少一项。")
    if case.credit_code is not None and not _is_code(case.credit_code):
        problems.add(f"{where}统一社会信用代码“{case.credit_code}”不是 18 位数字和大写字母。")
    if case.received_by is not None and case.received_at is None:
        problems.add(f"{where}有受理人，缺受理时间（received_at）；计时从它算起。")
    twins = [(one.utility, one.service_kind, one.needed_for) for one in application.services]
    for utility in dict.fromkeys(key[0] for key in twins if twins.count(key) > 1):
        problems.add(f"{where}{UTILITY[utility][0]}服务写了不止一次；同一类别和用途只写一次。")


def _is_code(text: str) -> bool:
    return len(text) == _CODE_LENGTH and text.isascii() and text.isalnum() and text.upper() == text


def _place(entry: Entry, draft: _Draft, problems: Problems) -> None:
    try:
        _put(entry, draft)
    except ValueError as error:
        problems.add(f"{entry.where}{entry.heading}：{error}。")


def _put(entry: Entry, draft: _Draft) -> None:
    place, cell = entry.place, entry.cell
    if place.kind is Case:
        _add(draft.case, str(place.field), read_value(_CASE[str(place.field)], cell))
    elif place.field is None or place.field == "utility":
        _tick(entry, draft)
    elif place.utility is None:
        _add(draft.common, place.field, read_value(_SERVICE[place.field], cell))
    else:
        value = read_value(_SERVICE[place.field], cell)
        if value is not None:
            draft.headings.setdefault(place.utility, entry.heading)
            _quantities(place, draft)[place.field] = value


def _quantities(place: Place, draft: _Draft) -> dict[str, Any]:
    if place.needed_for is None:
        return draft.quantities.setdefault(str(place.utility), {})
    return draft.phases.setdefault((str(place.utility), place.needed_for), {})


def _add(values: dict[str, Any], name: str, value: object) -> None:
    """Keep a value; the first of several headings for one field that is filled in counts."""
    if value is not None and values.setdefault(name, value) != value:
        raise ValueError(f"“{text_of(value)}”与前面填的“{text_of(values[name])}”不一致")


def _tick(entry: Entry, draft: _Draft) -> None:
    utility = entry.place.utility
    if utility is None:
        for word in ticked(entry.cell, UTILITY):
            if word is None:
                raise ValueError("只打了勾，没有写是哪一项；可写 水、电、气、暖、信")
            draft.ticks.setdefault(word, []).append(None)
        return
    words = ticked(entry.cell, SERVICE_KIND)
    kinds = [None if word is None else ServiceKind(word) for word in words]
    if kinds:
        draft.ticks.setdefault(utility, []).extend(kinds)


def _services(draft: _Draft, where: str, whole: bool, problems: Problems) -> Iterable[Service]:
    ticks: dict[str, list[ServiceKind | None]] = {}
    # Where there is no box to tick, or it speaks of services on record, a quantity is enough.
    if not whole or not draft.ticks:
        ticks = {utility: [None] for utility in draft.quantities}
    ticks |= draft.ticks
    for utility in draft.quantities.keys() - ticks.keys() - {one for one, _ in draft.phases}:
        heading = draft.headings[utility]
        problems.add(f"{where}填了{heading}，但没有勾选{UTILITY[utility][0]}；请核对。")
    for utility, ticked_kinds in ticks.items():
        named = [one for one in dict.fromkeys(ticked_kinds) if one is not None]
        kinds: list[ServiceKind | None] = [*named] or [None]
        phases = [one for one in draft.phases if one[0] == utility]
        for kind in kinds if not phases else ():
            yield _service(utility, kind, draft, {})
        for phase in phases:
            yield _service(utility, kinds[0], draft, _of_phase(phase, draft))
    for phase in draft.phases:
        if phase[0] not in ticks:
            yield _service(phase[0], ServiceKind.NEW, draft, _of_phase(phase, draft))


def _of_phase(phase: tuple[str, NeededFor], draft: _Draft) -> Mapping[str, Any]:
    return {"needed_for": phase[1], **draft.phases[phase]}


def _service(
    utility: str, kind: ServiceKind | None, draft: _Draft, own: Mapping[str, Any]
) -> Service:
    values = {**draft.common, **draft.quantities.get(utility, {}), **own}
    values["service_kind"] = kind or draft.common.get("service_kind")
    return Service(utility=utility, **values)
