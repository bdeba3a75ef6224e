"""What the commands of supervision take: facts from the site, units and their suspensions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.arguments import (
    CountyFolder,
    Day,
    JsonTarget,
    Strict,
    SurveyFile,
)

fact_app = typer.Typer(help="现场确认的事实：盖在县资料之上，附依据。", no_args_is_help=True)
unit_app = typer.Typer(help="报装单位：暂停执行告知承诺制、整改、名单。", no_args_is_help=True)

UnitId = Annotated[str, typer.Option("--unit", help="单位的 id，见 county.toml 的 [[units]]。")]
By = Annotated[str, typer.Option("--by", help="审批部门的名称或事项，如 excavation。")]


def add_supervision_commands(app: typer.Typer) -> None:
    """Give the program the commands of this module."""
    app.add_typer(fact_app, name="fact")
    app.add_typer(unit_app, name="unit")
    app.command("as-built", help="竣工线与承诺核对：长度、穿路、占绿、位置、工期、修复。")(as_built)


def as_built(
    survey: SurveyFile,
    county: CountyFolder,
    file: Annotated[
        Path | None, typer.Argument(help="竣工线文件：有 route_id 的线图层；省略为已收的竣工线。")
    ] = None,
    on: Day = None,
    json: JsonTarget = None,
    strict: Strict = False,
) -> None:
    """Keep lines as built and hold them against what was promised."""
    from neixiang_survey_plugin.hosts.cli.as_built import run_as_built

    raise typer.Exit(run_as_built(survey, file, county, on=on, json_target=json, strict=strict))


@fact_app.command("add", help="记下现场确认的一项事实，或用 --withdraw 撤回；此后判定都按它。")
def fact_add(
    survey: SurveyFile,
    county: CountyFolder,
    layer: Annotated[str, typer.Option("--layer", help="图层，如 roads、pipelines。")],
    object_id: Annotated[str, typer.Option("--object", help="对象的编号，如 R161。")],
    field: Annotated[str, typer.Option("--field", help="字段，如 delivered_on、cover_m。")],
    value: Annotated[str | None, typer.Option("--value", help="确认的值。")] = None,
    evidence: Annotated[str, typer.Option("--evidence", help="依据：文件号、探坑记录等。")] = "",
    by: Annotated[str | None, typer.Option("--by", help="确认人；省略为当前用户。")] = None,
    on: Annotated[str | None, typer.Option("--on", help="确认日期；省略为今天。")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="撤回，仍按县资料。")] = False,
    json: JsonTarget = None,
) -> None:
    """Keep a fact from the site, or take one back."""
    from neixiang_survey_plugin.hosts.cli.fact import FactAsked, run_fact_add

    if (value is None) != withdraw:
        raise SurveyError("fact add: --value 和 --withdraw 要有一个，且只能有一个。")
    asked = FactAsked(layer, object_id, field, value, evidence, by, on)
    run_fact_add(survey, county, asked, json_target=json)


@fact_app.command("list", help="列出现场确认的事实；--out 写成交回县里的 CSV 或 JSON。")
def fact_list(
    survey: SurveyFile,
    county: Annotated[
        Path | None, typer.Option("--county", help="县资料文件夹：同时列出原值和名称。")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="写成的 .csv 或 .json 文件。")] = None,
    json: JsonTarget = None,
) -> None:
    """Show the facts from the site, or write the list for the county."""
    from neixiang_survey_plugin.hosts.cli.fact import run_fact_list

    run_fact_list(survey, county, out, json_target=json)


@unit_app.command("suspend", help="部门作出的暂停：3个月并直到整改完成，此间不能告知承诺。")
def unit_suspend(
    survey: SurveyFile,
    county: CountyFolder,
    unit: UnitId,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="理由。")],
    on: Annotated[str | None, typer.Option("--on", help="作出之日；省略为今天。")] = None,
    json: JsonTarget = None,
) -> None:
    """Keep a suspension that a department imposed."""
    from neixiang_survey_plugin.hosts.cli.unit import run_unit_suspend

    run_unit_suspend(survey, county, unit, by=by, reason=reason, on=on, json_target=json)


@unit_app.command("rectify", help="部门认定整改完成；满期且整改完成后才恢复。")
def unit_rectify(
    survey: SurveyFile,
    county: CountyFolder,
    unit: UnitId,
    by: By,
    on: Annotated[str | None, typer.Option("--on", help="整改完成之日；省略为今天。")] = None,
    json: JsonTarget = None,
) -> None:
    """Keep the day on which everything was put right."""
    from neixiang_survey_plugin.hosts.cli.unit import run_unit_rectify

    run_unit_rectify(survey, county, unit, by=by, on=on, json_target=json)


@unit_app.command("list", help="各单位能否告知承诺：在暂停期内的，到何时、缺什么。")
def unit_list(
    survey: SurveyFile, county: CountyFolder, on: Day = None, json: JsonTarget = None
) -> None:
    """Show the units and their suspensions on a day."""
    from neixiang_survey_plugin.hosts.cli.unit import run_unit_list

    run_unit_list(survey, county, on=on, json_target=json)
