"""The command ``case decide``: what departments and units say goes on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.markup import escape

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.case_report import case_report
from neixiang_survey_plugin.app.casework.deciding import decide, give_opinion
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.clocks import read_clocks
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import OpinionKind
from neixiang_survey_plugin.core.casework.works import works_permission
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.hosts.cli.case_arguments import (
    act_of,
    load_county_and_office,
    moment_of,
    now,
    utility_of,
    word_of,
)
from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.io.survey.opening import open_survey

_EVERY_MATTER = ("all", "全部")


@dataclass(frozen=True)
class DecideAsked:
    """A word of a department or a unit as it was typed."""

    matter: str | None
    utility: str | None
    department: str | None
    notified_at: str | None
    received_at: str | None
    outcome: str | None
    number: str | None
    conditions: str | None
    opinion: str | None
    reason: str | None
    by: str | None
    at: str | None


def run_case_decide(
    survey: Path,
    county_folder: Path,
    case_id: str,
    asked: DecideAsked,
    *,
    json_target: str | None = None,
) -> None:
    """Put one word on record and say what the case still waits for."""
    if (asked.matter is None) == (asked.opinion is None):
        raise SurveyError("case decide：--matter 和 --opinion 要有一个，且只能有一个。")
    county, office = load_county_and_office(county_folder)
    store = open_survey(survey, act_of(asked.by, asked.at).who)
    try:
        if asked.opinion is not None:
            dossier = _give_opinion(store, case_id, asked, asked.opinion)
        else:
            dossier = decide(store, case_id, _word(asked), county)
    finally:
        store.close()
    clocks = read_clocks(dossier, county.policy, office, now())
    write_json(case_report(dossier, clocks), json_target)
    console = screen(quiet=json_target == "-")
    for line in _lines(dossier):
        console.print(escape(line), soft_wrap=True)


def _word(asked: DecideAsked) -> Decision:
    act = act_of(asked.by, asked.at)
    matter = asked.matter or ""
    every = matter in _EVERY_MATTER
    decided = asked.outcome is not None
    return Decision(
        matter=None if every else word_of("--matter", matter, Matter),
        utility=None if asked.utility is None else utility_of("--utility", asked.utility),
        department=asked.department,
        notified_at=_moment("--notified-at", asked.notified_at),
        received_at=_moment("--received-at", asked.received_at),
        outcome=word_of("--outcome", asked.outcome, DecisionOutcome) if asked.outcome else None,
        document_number=asked.number,
        conditions=asked.conditions,
        decided_at=act.at if decided else None,
        decided_by=act.who if decided else None,
        remark=asked.reason,
    )


def _moment(option: str, text: str | None) -> datetime | None:
    return None if text is None else moment_of(option, text)


def _give_opinion(store: SurveyStore, case_id: str, asked: DecideAsked, opinion: str) -> Dossier:
    unit, equals, word = opinion.partition("=")
    if not equals:
        raise SurveyError(f"--opinion {opinion}：应写成 单位=意见，如 gas=agree。")
    act = act_of(asked.by, asked.at)
    return give_opinion(
        store,
        case_id,
        unit,
        word_of("--opinion", word, OpinionKind),
        given_by=act.who,
        given_at=act.at,
        conditions=asked.conditions,
        reason=asked.reason,
    )


def _lines(dossier: Dossier) -> list[str]:
    """How each line stands after the word."""
    lines = [f"案件 {dossier.case.case_id}：已记下。"]
    if dossier.waiting_for_opinions:
        lines.append(f"还缺踏勘意见：{'、'.join(dossier.waiting_for_opinions)}。")
    for service in dossier.with_lines:
        permission = wording.permission_words(works_permission(dossier, service))
        lines.append(f"{wording.service_utility_words(service.utility)}外线{permission}。")
    return lines
