"""What goes on record with a move: surveys, ways chosen, readings decided, connections."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.joining import Application, joined, unknown_utilities
from neixiang_survey_plugin.app.casework.judging import Judgement, judged
from neixiang_survey_plugin.core.casework.case import Service, State
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion, Participant
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.casework.ways import WayFault, choose_way
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.policy import Way


@dataclass(frozen=True)
class SurveySheet:
    """The record of a meeting on site as it was handed in."""

    survey: JointSurvey
    participants: tuple[Participant, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    photos: tuple[Photo, ...] = ()

    def of_case(self, case_id: str) -> SurveySheet:
        """The record as it is kept of a case: its rows bound to each other by name."""
        name = str(uuid.uuid4())
        return SurveySheet(
            replace(self.survey, uuid=name, case_id=case_id),
            tuple(replace(one, survey_uuid=name) for one in self.participants),
            tuple(replace(one, survey_uuid=name) for one in self.opinions),
            tuple(replace(one, survey_uuid=name, case_id=case_id) for one in self.photos),
        )


@dataclass(frozen=True)
class Step:
    """A move that somebody asks for, and what goes on record with it.

    No ``target``: something goes on record and the case stays where it is. ``facts`` are what
    the applicant or the units agreed on later.
    ``ways`` are stricter ways that units choose, by utility.
    ``access_of`` names the utilities that are connected by this act; None: all that are not yet.
    ``judgement`` is the check that the move rests on.
    """

    target: State | None
    act: Act
    judgement: Judgement | None = None
    facts: Application | None = None
    sheet: SurveySheet | None = None
    ways: Mapping[str, Way] = field(default_factory=dict)
    reading_decided_by: str | None = None
    access_of: tuple[str, ...] | None = None


def prepared(dossier: Dossier, step: Step) -> Dossier:
    """The dossier with everything that a step puts on record, before the case moves."""
    if step.facts is not None:
        dossier = _with_facts(dossier, step.facts)
    if step.judgement is not None:
        dossier = judged(dossier, step.judgement, step.act)
    if step.sheet is not None:
        dossier = _surveyed(dossier, step.sheet)
    services = _read(_chosen(dossier.services, step), step)
    if step.target is State.ACCESS_DONE:
        services = _connected(services, step)
    return replace(dossier, services=services)


def _with_facts(dossier: Dossier, facts: Application) -> Dossier:
    problems = Problems()
    if facts.case.case_id:
        problems.add("--set：案件编号立案后不能改。")
    for utility in unknown_utilities(dossier.services, facts.services):
        words = wording.service_utility_words(utility)
        problems.add(f"这个案件没有申请{words}服务；补服务要写明类别，如 --service {utility}=new。")
    problems.raise_if_any()
    return joined(dossier, facts)


def _surveyed(dossier: Dossier, sheet: SurveySheet) -> Dossier:
    return replace(
        dossier,
        surveys=(*dossier.surveys, sheet.survey),
        participants=(*dossier.participants, *sheet.participants),
        opinions=(*dossier.opinions, *sheet.opinions),
    )


def _chosen(services: Sequence[Service], step: Step) -> tuple[Service, ...]:
    """The services on the stricter ways that their units take."""
    problems = Problems()
    _complain_of_strangers("--way", step.ways, services, problems)
    chosen = []
    for service in services:
        way = step.ways.get(service.utility)
        found = (
            service
            if way is None
            else choose_way(service, way, step.act.who, step.act.reason or "")
        )
        if isinstance(found, WayFault):
            problems.add(wording.way_fault_sentence(service, way or Way.OUTSIDE, found))
            found = service
        chosen.append(found)
    problems.raise_if_any()
    return tuple(chosen)


def _read(services: Iterable[Service], step: Step) -> tuple[Service, ...]:
    who = step.reading_decided_by
    return tuple(
        replace(one, reading_decided_by=who) if who and one.reading_decides else one
        for one in services
    )


def _connected(services: Sequence[Service], step: Step) -> tuple[Service, ...]:
    problems = Problems()
    _complain_of_strangers("--utility", step.access_of or (), services, problems)
    problems.raise_if_any()
    return tuple(
        replace(one, access_done_at=step.act.at)
        if one.access_done_at is None and (step.access_of is None or one.utility in step.access_of)
        else one
        for one in services
    )


def _complain_of_strangers(
    option: str, utilities: Iterable[str], services: Iterable[Service], problems: Problems
) -> None:
    known = {one.utility for one in services}
    for utility in utilities:
        if utility not in known:
            words = wording.service_utility_words(utility)
            problems.add(f"{option} {utility}：这个案件没有申请{words}服务。")
