"""Bringing together what a survey keeps of its cases."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from neixiang_survey_plugin.app.survey_store import CaseIds, KeptRoutes
from neixiang_survey_plugin.core.casework.case import Case, Service, StateChange
from neixiang_survey_plugin.core.casework.decision import Decision, PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion, Participant
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.inspections import Inspection, Rectification

_MOST_NAMES = 10


class _OfCase(Protocol):
    @property
    def case_id(self) -> str | None: ...


class _OfSurvey(Protocol):
    @property
    def survey_uuid(self) -> str | None: ...


R = TypeVar("R")
C = TypeVar("C", bound=_OfCase)
S = TypeVar("S", bound=_OfSurvey)


class SurveyRecords(Protocol):
    """What is read of a survey here: an open store has it, and so has one that is only read."""

    def routes(
        self, *, case_id: CaseIds = None, route_ids: Sequence[str] | None = None
    ) -> KeptRoutes:
        """The lines as they are now, those of some cases or by name where asked."""

    def records(
        self, kind: type[R], without: Collection[str] = (), /, **where: object
    ) -> tuple[R, ...]:
        """The records of a kind whose fields are as asked."""


def read_dossier(
    survey: SurveyRecords, case_id: str, lines: Iterable[Route] | None = None
) -> Dossier:
    """Everything on record of one case; SurveyError names the cases there are for one unknown.

    ``lines`` are those of the case, where somebody has read them already: 300 take 12 ms.
    """
    cases = survey.records(Case, case_id=case_id)
    if not cases:
        raise SurveyError(_no_such_case(case_id, (one.case_id for one in survey.records(Case))))
    if lines is None:
        lines = survey.routes(case_id=case_id).routes
    surveys = survey.records(JointSurvey, case_id=case_id)
    return Dossier(
        case=cases[-1],
        services=survey.records(Service, case_id=case_id),
        decisions=survey.records(Decision, case_id=case_id),
        surveys=surveys,
        participants=_of_surveys(survey, Participant, surveys),
        opinions=_of_surveys(survey, Opinion, surveys),
        packets=survey.records(PacketIssued, case_id=case_id),
        changes=survey.records(StateChange, case_id=case_id),
        routes=_by_case(lines).get(case_id, {}),
        inspected=_inspected(survey.records(Inspection, case_id=case_id)),
        to_rectify=_to_rectify(survey.records(Rectification, case_id=case_id)),
    )


def read_dossiers(
    survey: SurveyRecords,
    case_ids: tuple[str, ...] | None = None,
    lines: Iterable[Route] | None = None,
) -> tuple[Dossier, ...]:
    """Everything on record of every case, or of some, in the order in which the cases came.

    One query a kind of record, however many the cases are. ``lines`` are those of the cases, where
    somebody has read them already: 50,000 take a second.
    """
    if lines is None:
        lines = survey.routes(case_id=case_ids).routes
    asked: dict[str, object] = {} if case_ids is None else {"case_id": case_ids}
    surveys = survey.records(JointSurvey, **asked)
    case_of = {one.uuid: one.case_id for one in surveys}
    held_at = {} if case_ids is None else {"survey_uuid": tuple(case_of)}
    services = _grouped(survey.records(Service, **asked))
    decisions = _grouped(survey.records(Decision, **asked))
    packets = _grouped(survey.records(PacketIssued, **asked))
    changes = _grouped(survey.records(StateChange, **asked))
    came = _grouped_by_survey(survey.records(Participant, **held_at), case_of)
    said = _grouped_by_survey(survey.records(Opinion, **held_at), case_of)
    held, routes = _grouped(surveys), _by_case(lines)
    looked_at = _grouped(survey.records(Inspection, **asked))
    ordered = _grouped(survey.records(Rectification, **asked))
    return tuple(
        Dossier(
            case=case,
            services=services.get(case.case_id, ()),
            decisions=decisions.get(case.case_id, ()),
            surveys=held.get(case.case_id, ()),
            participants=came.get(case.case_id, ()),
            opinions=said.get(case.case_id, ()),
            packets=packets.get(case.case_id, ()),
            changes=changes.get(case.case_id, ()),
            routes=routes.get(case.case_id, {}),
            inspected=_inspected(looked_at.get(case.case_id, ())),
            to_rectify=_to_rectify(ordered.get(case.case_id, ())),
        )
        for case in survey.records(Case, **asked)
    )


def _of_surveys(
    survey: SurveyRecords, kind: type[R], surveys: Iterable[JointSurvey]
) -> tuple[R, ...]:
    return tuple(row for one in surveys for row in survey.records(kind, survey_uuid=one.uuid))


def _grouped(records: Iterable[C]) -> Mapping[str, tuple[C, ...]]:
    groups: dict[str, list[C]] = defaultdict(list)
    for one in records:
        if one.case_id is not None:
            groups[one.case_id].append(one)
    return {case_id: tuple(group) for case_id, group in groups.items()}


def _grouped_by_survey(
    records: Iterable[S], case_of: Mapping[str | None, str]
) -> Mapping[str, tuple[S, ...]]:
    groups: dict[str, list[S]] = defaultdict(list)
    for one in records:
        case_id = case_of.get(one.survey_uuid)
        if case_id is not None:
            groups[case_id].append(one)
    return {case_id: tuple(group) for case_id, group in groups.items()}


def _by_case(routes: Iterable[Route]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    cases: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for route in routes:
        if route.case_id is not None:
            ids = cases[route.case_id].get(route.utility, ())
            cases[route.case_id][route.utility] = (*ids, route.route_id)
    return cases


def _inspected(inspections: Iterable[Inspection]) -> frozenset[str]:
    """The utilities whose lines a department has looked at."""
    return frozenset(one.utility for one in inspections if one.utility and one.inspected_on)


def _to_rectify(ordered: Iterable[Rectification]) -> tuple[str, ...]:
    return tuple(one.what or one.unit or "" for one in ordered if one.done_on is None)


def _no_such_case(case_id: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(case_id, names, n=1)
    listed = "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")
    hint = f"；是不是 {near[0]}" if near else f"；有：{listed or '无'}"
    return f"--case {case_id}：踏勘文件里没有这个案件{hint}。"
