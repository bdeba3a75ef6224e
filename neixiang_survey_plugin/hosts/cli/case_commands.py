"""What the commands of cases take: ``case new``, ``list``, ``show``, ``advance``, ``decide``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.hosts.cli.arguments import (
    CountyFolder,
    Every,
    JsonTarget,
    SurveyFile,
)

case_app = typer.Typer(help="案件：受理、推进、审批、时限、查询。", no_args_is_help=True)

CaseId = Annotated[str, typer.Option("--case", help="案件编号。")]
By = Annotated[str | None, typer.Option("--by", help="经办人；省略为当前用户。")]
At = Annotated[
    str | None, typer.Option("--at", help="何时 (2026-11-22 09:10，当地时间)；省略为现在。")
]
Reason = Annotated[str | None, typer.Option("--reason", help="理由。")]
Inform = Annotated[
    Path | None, typer.Option("--inform", help="发给各单位的通知写成这个 JSON 文件。")
]


def add_case_commands(app: typer.Typer) -> None:
    """Give the program the commands of this module."""
    app.add_typer(case_app, name="case")


@case_app.command("new", help="受理案件：从联合报装申请表（JSON、XLSX）导入，或逐项填写。")
def case_new(
    survey: SurveyFile,
    county: CountyFolder,
    source: Annotated[
        Path | None, typer.Option("--from", help="申请表：.json 或 .xlsx，可含多件。")
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help="案件编号；省略为下一个。")] = None,
    applicant: Annotated[str | None, typer.Option("--applicant", help="用户名称。")] = None,
    service: Annotated[
        list[str] | None, typer.Option("--service", help="服务，如 gas=new；可写多次。")
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option("--set", help="其余各项，如 约定接入时间=2026-09-16 09:00；可写多次。"),
    ] = None,
    by: By = None,
    at: At = None,
    inform: Inform = None,
    json: JsonTarget = None,
) -> None:
    """Open cases in a survey file; it is begun where there is none."""
    from neixiang_survey_plugin.hosts.cli.case_new import NewAsked, run_case_new

    asked = NewAsked(source, case, applicant, tuple(service or ()), tuple(fact or ()), by, at)
    run_case_new(survey, county, asked, inform=inform, json_target=json)


@case_app.command("list", help="案件一览：状态、判定、最先到期的时限。")
def case_list(
    survey: SurveyFile,
    county: CountyFolder,
    state: Annotated[
        str | None, typer.Option("--state", help="状态，如 in_works、施工中。")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="单位的 id。")] = None,
    verdict: Annotated[
        str | None, typer.Option("--verdict", help="判定，如 commitment、告知承诺。")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", help="到这一天（含）应办结而未办结的，含已超时的。")
    ] = None,
    at: At = None,
    every: Every = False,
    json: JsonTarget = None,
) -> None:
    """Show the cases that are looked for."""
    from neixiang_survey_plugin.hosts.cli.case_show import run_case_list

    run_case_list(
        survey,
        county,
        state=state,
        unit=unit,
        verdict=verdict,
        due=due,
        at=at,
        every=every,
        json_target=json,
    )


@case_app.command("show", help="一个案件的全部：服务、判定、审批、意见、时限、经过。")
def case_show(
    survey: SurveyFile,
    county: CountyFolder,
    case: CaseId,
    at: At = None,
    inform: Inform = None,
    json: JsonTarget = None,
) -> None:
    """Show everything on record of one case."""
    from neixiang_survey_plugin.hosts.cli.case_show import run_case_show

    run_case_show(survey, county, case, at=at, inform=inform, json_target=json)


@case_app.command("advance", help="把案件转到下一状态；写明理由可退回或撤回。")
def case_advance(
    survey: SurveyFile,
    county: CountyFolder,
    case: CaseId,
    to: Annotated[
        str | None, typer.Option("--to", help="状态，如 routed、已定线；省略为只记不转。")
    ] = None,
    by: By = None,
    at: At = None,
    reason: Reason = None,
    service: Annotated[
        list[str] | None, typer.Option("--service", help="补申请的服务，如 heat=new；可写多次。")
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option("--set", help="后来商定的内容，如 约定接入时间=2026-09-16 09:00；可写多次。"),
    ] = None,
    sheet: Annotated[
        Path | None, typer.Option("--sheet", help="联合踏勘记录 (JSON)：参加人、意见、结论。")
    ] = None,
    way: Annotated[
        list[str] | None, typer.Option("--way", help="改走更严的方式，如 gas=joint；可写多次。")
    ] = None,
    reading_by: Annotated[
        str | None, typer.Option("--reading-by", help="办理方式取决于读法时，由谁决定。")
    ] = None,
    utility: Annotated[
        list[str] | None, typer.Option("--utility", help="只记这一项的接入时间；可写多次。")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="转为已出资料时，资料包写入的文件夹。")
    ] = None,
    json: JsonTarget = None,
) -> None:
    """Move a case to another state, with what goes on record."""
    from neixiang_survey_plugin.hosts.cli.case_advance import AdvanceAsked, run_case_advance

    lists = (service, fact, way, utility)
    services, facts, ways, utilities = (tuple(one or ()) for one in lists)
    asked = AdvanceAsked(
        to, by, at, reason, services, facts, sheet, ways, utilities, reading_by, out
    )
    run_case_advance(survey, county, case, asked, json_target=json)


@case_app.command("decide", help="记下部门的收件、决定，或单位的踏勘意见。")
def case_decide(
    survey: SurveyFile,
    county: CountyFolder,
    case: CaseId,
    matter: Annotated[
        str | None, typer.Option("--matter", help="事项，如 excavation、道路挖掘；all 为全部。")
    ] = None,
    utility: Annotated[
        str | None, typer.Option("--utility", help="只记这一专业；省略为全部外线。")
    ] = None,
    department: Annotated[str | None, typer.Option("--department", help="部门名称。")] = None,
    notified_at: Annotated[str | None, typer.Option("--notified-at", help="告知时间。")] = None,
    received_at: Annotated[
        str | None, typer.Option("--received-at", help="部门收到（回执）时间。")
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", help="granted、refused、returned、not_needed 或中文。"),
    ] = None,
    number: Annotated[str | None, typer.Option("--number", help="文号。")] = None,
    conditions: Annotated[
        str | None, typer.Option("--conditions", help="附带条件，或不予、退回的理由。")
    ] = None,
    opinion: Annotated[
        str | None, typer.Option("--opinion", help="踏勘意见，如 gas=agree、gas=同意。")
    ] = None,
    reason: Reason = None,
    by: By = None,
    at: At = None,
    json: JsonTarget = None,
) -> None:
    """Put on record what a department or a unit says."""
    from neixiang_survey_plugin.hosts.cli.case_decide import DecideAsked, run_case_decide

    asked = DecideAsked(
        matter,
        utility,
        department,
        notified_at,
        received_at,
        outcome,
        number,
        conditions,
        opinion,
        reason,
        by,
        at,
    )
    run_case_decide(survey, county, case, asked, json_target=json)
