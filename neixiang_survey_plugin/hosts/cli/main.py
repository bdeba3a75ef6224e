"""The commands of ``neixiang-survey``: what they take; the work is done in their own modules.

Exit status 0: done; 1: done, and something does not pass where --strict asked; 2: wrong input,
one sentence a problem.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.core.errors import SurveyError

WRONG_INPUT = 2

app = typer.Typer(
    name="neixiang-survey",
    help="水电气暖信外线联合踏勘：量算、判定、出资料。Measure, judge and hand over service lines.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
county_app = typer.Typer(help="县资料：检查图层和规则。", no_args_is_help=True)
app.add_typer(county_app, name="county")

RoutesFile = Annotated[Path, typer.Argument(help="外线文件：含 routes 线图层的任何矢量文件。")]
CountyFolder = Annotated[Path, typer.Option("--county", help="县资料文件夹，内有 county.toml。")]
Day = Annotated[
    str | None, typer.Option("--on", help="判定日期 (2026-11-22)；外线自己的 planned_on 优先。")
]
JsonTarget = Annotated[
    str | None, typer.Option("--json", help="结果写入 JSON 文件；- 为标准输出。")
]
Strict = Annotated[bool, typer.Option("--strict", help="有任何一项不合格或未知时，退出状态为 1。")]


@app.command(help="量算并判定外线：长度、穿路、占绿，可走哪一种方式。")
def check(
    survey: RoutesFile,
    county: CountyFolder,
    on: Day = None,
    json: JsonTarget = None,
    strict: Strict = False,
) -> None:
    """Measure and judge the routes of a file."""
    from neixiang_survey_plugin.hosts.cli.check import run_check

    raise typer.Exit(run_check(survey, county, on=on, json_target=json, strict=strict))


@app.command(help="为案件生成资料包：承诺制或并联审批的申请表，以及同样内容的 JSON。")
def packet(
    survey: RoutesFile,
    county: CountyFolder,
    out: Annotated[Path, typer.Option("--out", help="资料包写入的文件夹。")],
    case: Annotated[str | None, typer.Option("--case", help="案件编号；省略为全部案件。")] = None,
    on: Day = None,
    json: JsonTarget = None,
) -> None:
    """Write the packets of cases."""
    from neixiang_survey_plugin.hosts.cli.packet import run_packet

    run_packet(survey, county, out, case_id=case, on=on, json_target=json)


@app.command(help="在示例县上做一遍全部工作：按给定的点画线、量算、判定、出资料包。")
def demo(
    out: Annotated[Path, typer.Option("--out", help="结果写入的文件夹。")] = Path("demo"),
    json: JsonTarget = None,
) -> None:
    """Do the whole job on the sample county."""
    from neixiang_survey_plugin.hosts.cli.demo import run_demo

    run_demo(out, json_target=json)


@county_app.command("check", help="检查县资料：图层能否读、字段全不全、规则文件对不对。")
def county_check(
    folder: Annotated[Path, typer.Argument(help="县资料文件夹，内有 county.toml。")],
    json: JsonTarget = None,
) -> None:
    """Read everything of a county and say what is there."""
    from neixiang_survey_plugin.hosts.cli.county import run_county_check

    run_county_check(folder, json_target=json)


def main() -> None:
    """Run the command line; wrong input ends in one sentence a problem and exit status 2."""
    try:
        app()
    except SurveyError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(WRONG_INPUT)
    except OSError as error:
        print(
            f"{error.filename or ''}：{error.strerror or error}。请检查路径和权限。",
            file=sys.stderr,
        )
        sys.exit(WRONG_INPUT)
