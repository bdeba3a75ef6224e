"""What the commands of the plan check take."""

from __future__ import annotations

import typer

from neixiang_survey_plugin.hosts.cli.arguments import (
    CountyFolder,
    Day,
    JsonTarget,
    RoutesFile,
    Strict,
)


def add_plan_commands(app: typer.Typer) -> None:
    """Give the program the commands of this module."""
    words = "规划核对：外线与规划管位、控制线、规划用地、道路断面对照，逐条意见。"
    app.command("plan-check", help=words)(plan_check)


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
