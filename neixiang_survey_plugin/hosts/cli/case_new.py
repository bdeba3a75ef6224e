"""The command ``case new``: applications become cases, and everybody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape

from neixiang_survey_plugin.app.casework.case_report import case_report
from neixiang_survey_plugin.app.casework.dossiers import read_dossier
from neixiang_survey_plugin.app.casework.informing import inform_report, inform_text
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.opening import open_cases
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.casework.clocks import read_clocks
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.case_arguments import act_of, load_county_and_office, now
from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.io.applications.files import read_applications
from neixiang_survey_plugin.io.applications.typed import read_typed
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.opening import open_survey


@dataclass(frozen=True)
class NewAsked:
    """An application as it was typed, or the file that holds some."""

    source: Path | None
    case_id: str | None
    applicant: str | None
    services: tuple[str, ...]
    facts: tuple[str, ...]
    by: str | None
    at: str | None


def run_case_new(
    survey: Path,
    county_folder: Path,
    asked: NewAsked,
    *,
    inform: Path | None = None,
    json_target: str | None = None,
) -> None:
    """Open the cases of applications; the survey file is begun where there is none."""
    act = act_of(asked.by, asked.at)
    county, office = load_county_and_office(county_folder)
    applications = _applications(asked)
    begun = not survey.exists()
    opened = (_begin if begun else _open)(survey, applications, act, county)
    told = [inform_report(one, county) for one in opened]
    if inform is not None:
        write_json({"schema": 1, "notices": told}, str(inform))
    write_json(
        {"schema": 1, "cases": [_report(one, county, office) for one in opened]}, json_target
    )
    console = screen(quiet=json_target == "-")
    if begun:
        console.print(f"已建立踏勘文件 {escape(str(survey))}。")
    for one in opened:
        console.print(escape(inform_text(one, county)), soft_wrap=True, end="\n\n")
    console.print(f"已立 {len(opened)} 个案件；以上文字可直接粘贴通知各单位。")


def _applications(asked: NewAsked) -> Sequence[Application]:
    named = [f"案件编号={asked.case_id}"] if asked.case_id else []
    named += [f"用户名称={asked.applicant}"] if asked.applicant else []
    if asked.source is None:
        return [read_typed(asked.services, [*named, *asked.facts])]
    if named or asked.services or asked.facts:
        raise SurveyError("case new：--from 已有全部内容，不能同时逐项填写；请在文件里改。")
    return read_applications(asked.source)


def _begin(
    survey: Path, applications: Sequence[Application], act: Act, county: County
) -> list[Dossier]:
    """Open the cases in a new survey file; none is left behind when they cannot be opened."""
    create_survey(survey, county.grid.epsg, county.code)
    try:
        return _open(survey, applications, act, county)
    except SurveyError:
        survey.unlink()
        raise


def _open(
    survey: Path, applications: Sequence[Application], act: Act, county: County
) -> list[Dossier]:
    store = open_survey(survey, act.who)
    try:
        case_ids = open_cases(store, applications, act, county)
        return [read_dossier(store, case_id) for case_id in case_ids]
    finally:
        store.close()


def _report(dossier: Dossier, county: County, office: Office) -> dict[str, object]:
    return case_report(dossier, read_clocks(dossier, county.policy, office, now()))
