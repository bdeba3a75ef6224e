"""What the commands of the plan check take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.hosts.cli.arguments import (
    CountyFolder,
    Day,
    JsonTarget,
    RoutesFile,
    Strict,
    SurveyFile,
)

plan_app = typer.Typer(help="规划部门的决定：同意一条外线，或写明意见退回。", no_args_is_help=True)
_Line = Annotated[str, typer.Option("--line", help="外线编号。")]
_By = Annotated[str | None, typer.Option("--by", help="核对人；省略为当前用户。")]


def add_plan_commands(app: typer.Typer) -> None:
    """Give the program the commands of this module."""
    words = "规划核对：外线与规划管位、控制线、规划用地、道路断面对照，逐条意见。"
    app.command("plan-check", help=words)(plan_check)
    early = "提前布局：按报装信息采集单，核算各专业的干管离用地多远、哪些须延伸到附近。"
    app.command("plan-layout", help=early)(plan_layout)
    app.add_typer(plan_app, name="plan")


def plan_check(
    survey: RoutesFile,
    county: CountyFolder,
    on: Day = None,
    json: JsonTarget = None,
    strict: Strict = False,
) -> None:
    """Hold routes against the master plan."""
    from neixiang_survey_plugin.hosts.cli.plan_check import run_plan_check

    raise typer.Exit(run_plan_check(survey, county, on=on, json_target=json, strict=strict))


def plan_layout(
    sheet: Annotated[Path, typer.Argument(help="报装信息采集单 (*.json, *.xlsx)。")],
    county: CountyFolder,
    json: JsonTarget = None,
) -> None:
    """Say which mains have to come nearer to the sites of an information sheet."""
    from neixiang_survey_plugin.hosts.cli.plan_layout import run_plan_layout

    run_plan_layout(sheet, county, json_target=json)


@plan_app.command("approve", help="规划部门同意一条外线；还有意见时写明理由。")
def plan_approve(
    survey: SurveyFile,
    county: CountyFolder,
    line: _Line,
    remark: Annotated[str | None, typer.Option("--remark", help="说明；有意见时必填。")] = None,
    by: _By = None,
    on: Day = None,
    json: JsonTarget = None,
) -> None:
    """Keep that planning staff approve a line."""
    from neixiang_survey_plugin.core.planning.review import PlanVerdict
    from neixiang_survey_plugin.hosts.cli.plan_check import run_plan_review

    verdict = PlanVerdict.APPROVED
    run_plan_review(survey, county, line, verdict, by=by, remark=remark, on=on, json_target=json)


@plan_app.command("return", help="规划部门退回一条外线，写明意见。")
def plan_return(
    survey: SurveyFile,
    county: CountyFolder,
    line: _Line,
    remark: Annotated[str, typer.Option("--remark", help="要改什么。")],
    by: _By = None,
    on: Day = None,
    json: JsonTarget = None,
) -> None:
    """Keep that planning staff return a line."""
    from neixiang_survey_plugin.core.planning.review import PlanVerdict
    from neixiang_survey_plugin.hosts.cli.plan_check import run_plan_review

    verdict = PlanVerdict.RETURNED
    run_plan_review(survey, county, line, verdict, by=by, remark=remark, on=on, json_target=json)
