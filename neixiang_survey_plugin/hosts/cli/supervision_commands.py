"""What the commands of supervision take: facts from the site, units and their suspensions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.arguments import (
    CountyFolder,
    Day,
    Every,
    JsonTarget,
    Strict,
    SurveyFile,
)

fact_app = typer.Typer(help="现场确认的事实：盖在县资料之上，附依据。", no_args_is_help=True)
unit_app = typer.Typer(help="报装单位：暂停执行告知承诺制、整改、名单。", no_args_is_help=True)

inspect_app = typer.Typer(help="事中事后监管：查验单、查验结果、整改。", no_args_is_help=True)

UnitId = Annotated[str, typer.Option("--unit", help="单位的 id，见 county.toml 的 [[units]]。")]
InspectionNumber = Annotated[
    str,
    typer.Option("--inspection", help="查验编号（开头几位即可），或案件编号（其最近一次）。"),
]
By = Annotated[str, typer.Option("--by", help="审批部门的名称或事项，如 excavation。")]


def add_supervision_commands(app: typer.Typer) -> None:
    """Give the program the commands of this module."""
    app.add_typer(fact_app, name="fact")
    app.add_typer(unit_app, name="unit")
    app.add_typer(inspect_app, name="inspect")
    app.command("today", help="今天要办的：到期、待意见、待审批、待实测、待查验、过时的资料包。")(
        today
    )
    app.command("report", help="月报：承诺、超时、重复开挖、冲突处理、暂停、查验。")(report)
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


def today(
    survey: SurveyFile,
    county: CountyFolder,
    unit: Annotated[str | None, typer.Option("--unit", help="只看一个单位的。")] = None,
    department: Annotated[
        str | None, typer.Option("--department", help="只看一个部门的：事项，如 excavation。")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="何时 (2026-11-22 09:10)；省略为现在。")
    ] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="写成的 .xlsx 文件。")] = None,
    every: Every = False,
    json: JsonTarget = None,
) -> None:
    """Show what waits for whom."""
    from neixiang_survey_plugin.hosts.cli.today import run_today

    run_today(
        survey,
        county,
        unit=unit,
        department=department,
        at=at,
        xlsx=xlsx,
        every=every,
        json_target=json,
    )


def report(
    survey: SurveyFile,
    county: CountyFolder,
    month: Annotated[
        str | None, typer.Option("--month", help="月份 (2026-11)；省略为本月。")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="按何时所知 (2026-12-01 09:00)；省略为现在。")
    ] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="写成的 .xlsx 文件。")] = None,
    every: Every = False,
    json: JsonTarget = None,
) -> None:
    """Show what a month came to."""
    from neixiang_survey_plugin.hosts.cli.month import run_report

    run_report(survey, county, month=month, at=at, xlsx=xlsx, every=every, json_target=json)


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
    from neixiang_survey_plugin.hosts.cli.unit import UnitAsked, run_unit_suspend

    run_unit_suspend(survey, county, UnitAsked(unit, by, on, reason), json)


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
    from neixiang_survey_plugin.hosts.cli.unit import UnitAsked, run_unit_rectify

    run_unit_rectify(survey, county, UnitAsked(unit, by, on), json)


@unit_app.command("talk", help="记下部门对单位的约谈。")
def unit_talk(
    survey: SurveyFile,
    county: CountyFolder,
    unit: UnitId,
    by: By,
    reason: Annotated[str, typer.Option("--reason", help="事由。")],
    on: Annotated[str | None, typer.Option("--on", help="约谈之日；省略为今天。")] = None,
    json: JsonTarget = None,
) -> None:
    """Keep a talk that a department held with a unit."""
    from neixiang_survey_plugin.hosts.cli.unit import UnitAsked, run_unit_talk

    run_unit_talk(survey, county, UnitAsked(unit, by, on, reason), json)


@unit_app.command("list", help="各单位能否告知承诺：在暂停期内的，到何时、缺什么。")
def unit_list(
    survey: SurveyFile, county: CountyFolder, on: Day = None, json: JsonTarget = None
) -> None:
    """Show the units and their suspensions on a day."""
    from neixiang_survey_plugin.hosts.cli.unit import run_unit_list

    run_unit_list(survey, county, on=on, json_target=json)


@inspect_app.command("start", help="开始一次查验：按承诺、批复的条款和条件列出查验单。")
def inspect_start(
    survey: SurveyFile,
    county: CountyFolder,
    case: Annotated[str, typer.Option("--case", help="案件编号。")],
    utility: Annotated[str, typer.Option("--utility", help="专业，如 water。")],
    department: Annotated[str, typer.Option("--department", help="事项，如 excavation、green。")],
    kind: Annotated[
        str,
        typer.Option("--kind", help="方式：during、after、joint、unannounced、phone。"),
    ] = "after",
    on: Annotated[str | None, typer.Option("--on", help="查验之日；省略为今天。")] = None,
    by: Annotated[str | None, typer.Option("--by", help="查验人；省略为当前用户。")] = None,
    together_with: Annotated[str | None, typer.Option("--with", help="一同查验的部门。")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="查验单写成的 .xlsx 文件。")] = None,
    json: JsonTarget = None,
) -> None:
    """Keep an inspection with a sheet made from the promise's clauses."""
    from neixiang_survey_plugin.hosts.cli.inspect import run_inspect_start

    run_inspect_start(
        survey,
        county,
        case_id=case,
        utility=utility,
        department=department,
        kind=kind,
        on=on,
        by=by,
        together_with=together_with,
        out=out,
        json_target=json,
    )


@inspect_app.command("record", help="记下查验结果；--due 责令限期整改。")
def inspect_record(
    survey: SurveyFile,
    inspection: Annotated[
        str, typer.Option("--inspection", help="查验编号（开头几位），或案件编号（最近一次）。")
    ],
    promise: Annotated[
        str, typer.Option("--promise", help="条款，如 reinstatement、length、condition。")
    ],
    outcome: Annotated[str, typer.Option("--outcome", help="kept、broken、not_judged。")],
    evidence: Annotated[str, typer.Option("--evidence", help="看到了什么、照片、量测记录。")] = "",
    route: Annotated[
        str | None, typer.Option("--route", help="外线；省略为查验单上的全部。")
    ] = None,
    condition: Annotated[
        str | None, typer.Option("--condition", help="批复条件有几条时，写其中一段，如 夜间。")
    ] = None,
    what: Annotated[str | None, typer.Option("--what", help="要整改什么；省略同依据。")] = None,
    due: Annotated[str | None, typer.Option("--due", help="整改期限。")] = None,
    on: Annotated[str | None, typer.Option("--on", help="责令之日；省略为今天。")] = None,
    json: JsonTarget = None,
) -> None:
    """Keep what was found of one clause."""
    from neixiang_survey_plugin.hosts.cli.inspect import finding_from, run_inspect_record

    finding = finding_from(promise, outcome, evidence, route, what, due, on, condition)
    run_inspect_record(survey, inspection, finding, json_target=json)


@inspect_app.command("rectified", help="查验责令的整改已完成。")
def inspect_rectified(
    survey: SurveyFile,
    inspection: Annotated[
        str, typer.Option("--inspection", help="查验编号（开头几位），或案件编号（最近一次）。")
    ],
    on: Annotated[str | None, typer.Option("--on", help="完成之日；省略为今天。")] = None,
    by: Annotated[str | None, typer.Option("--by", help="认定人；省略为当前用户。")] = None,
    json: JsonTarget = None,
) -> None:
    """Keep that what was ordered was put right."""
    from neixiang_survey_plugin.hosts.cli.inspect import run_inspect_rectified

    run_inspect_rectified(survey, inspection, on=on, by=by, json_target=json)


@inspect_app.command("list", help="查验、整改，以及按记录建议的约谈或暂停（由部门决定）。")
def inspect_list(
    survey: SurveyFile, county: CountyFolder, on: Day = None, json: JsonTarget = None
) -> None:
    """Show inspections, rectifications, and what the record suggests."""
    from neixiang_survey_plugin.hosts.cli.inspect import run_inspect_list

    run_inspect_list(survey, county, on=on, json_target=json)
