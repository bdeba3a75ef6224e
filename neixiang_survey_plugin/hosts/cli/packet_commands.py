"""What the commands of packets take: ``packet``, ``packet verify``, and what fills its forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.hosts.cli.arguments import (
    CountyFolder,
    Day,
    JsonTarget,
    RoutesFile,
    SurveyFile,
)

line_app = typer.Typer(help="外线：填写各项内容。", no_args_is_help=True)


def add_packet_commands(app: typer.Typer, county_app: typer.Typer) -> None:
    """Give the program the commands of this module."""
    app.command(help="为案件生成资料包：承诺制或并联审批的申请表，以及同样内容的 JSON。")(packet)
    app.command("packet verify", help="核验资料包：文件哈希，并用包里的数据重算每个数值。")(
        packet_verify
    )
    app.add_typer(line_app, name="line")
    county_app.command("unit", help="填写单位的信用代码、法定代表人、联系人、修复方式，只填一次。")(
        county_unit
    )


def packet(
    survey: RoutesFile,
    county: CountyFolder,
    out: Annotated[Path, typer.Option("--out", help="资料包写入的文件夹。")],
    case: Annotated[str | None, typer.Option("--case", help="案件编号；省略为全部案件。")] = None,
    day: Annotated[
        str | None, typer.Option("--day", help="只做这一天受理的案件 (2026-11-22)。")
    ] = None,
    on: Day = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="用本机的 LibreOffice 把表格也转成 PDF。")
    ] = False,
    issue: Annotated[
        bool,
        typer.Option("--issue", help="正式出件并记入踏勘文件；还缺东西的只出草稿，并说明缺什么。"),
    ] = False,
    by: Annotated[str | None, typer.Option("--by", help="经办人；省略为当前用户。")] = None,
    detours: Annotated[
        Path | None,
        typer.Option("--detours", help="建议的绕行路线（线文件），画在交通组织示意图上。"),
    ] = None,
    json: JsonTarget = None,
) -> None:
    """Write the packets of cases."""
    from neixiang_survey_plugin.hosts.cli.packet import PacketAsked, run_packet

    asked = PacketAsked(case, day, on, pdf, issue, by, detours)
    run_packet(survey, county, out, asked, json_target=json)


def packet_verify(
    packet: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="资料包的文件夹或 ZIP。")],
    json: JsonTarget = None,
) -> None:
    """Verify a packet: exit status 1 where it is not as it was written."""
    from neixiang_survey_plugin.hosts.cli.packet_verify import run_packet_verify

    raise typer.Exit(run_packet_verify(packet, json_target=json))


@line_app.command("set", help="填写或改正外线的内容，如施工单位、施工日期、沟槽宽度。")
def line_set(
    survey: SurveyFile,
    county: CountyFolder,
    line: Annotated[list[str], typer.Option("--line", help="外线编号；可写多次。")],
    fact: Annotated[
        list[str], typer.Option("--set", help="名称=值，如 contractor=示例公司；值留空为未知。")
    ],
) -> None:
    """Set fields of lines in a survey file."""
    from neixiang_survey_plugin.hosts.cli.packet_fields import run_line_set

    run_line_set(survey, county, line, fact)


def county_unit(
    folder: Annotated[Path, typer.Argument(help="县资料文件夹，内有 county.toml。")],
    unit: Annotated[str, typer.Option("--unit", help="单位的 id，见 [[units]]。")],
    fact: Annotated[
        list[str], typer.Option("--set", help="名称=值，如 phone=0377-0000000；值留空为删去。")
    ],
) -> None:
    """Write what the forms say of a unit into the county file."""
    from neixiang_survey_plugin.hosts.cli.packet_fields import run_county_unit

    run_county_unit(folder, unit, fact)
