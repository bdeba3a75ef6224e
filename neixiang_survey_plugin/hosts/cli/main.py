"""The commands of ``neixiang-survey``: what they take; the work is done in their own modules.

Exit status 0: done; 1: done, and something does not pass where --strict asked; 2: wrong input,
one sentence a problem.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.false_alarms import ignore_false_alarms
from neixiang_survey_plugin.hosts.cli.arguments import (
    CountyFolder,
    Day,
    JsonTarget,
    NewFile,
    RoutesFile,
    Strict,
    SurveyFile,
)
from neixiang_survey_plugin.hosts.cli.case_commands import add_case_commands
from neixiang_survey_plugin.hosts.cli.command_group import TwoWordGroup
from neixiang_survey_plugin.hosts.cli.import_commands import add_import_commands
from neixiang_survey_plugin.hosts.cli.packet_commands import add_packet_commands
from neixiang_survey_plugin.hosts.cli.plan_commands import add_plan_commands
from neixiang_survey_plugin.hosts.cli.supervision_commands import add_supervision_commands
from neixiang_survey_plugin.hosts.cli.trench_commands import add_trench_commands

WRONG_INPUT = 2

app = typer.Typer(
    name="neixiang-survey",
    cls=TwoWordGroup,
    help="水电气暖信外线联合踏勘：量算、判定、出资料。Measure, judge and hand over service lines.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
RoutesMany = Annotated[
    Path, typer.Argument(help="外线文件：GeoPackage、GeoParquet，或任何含 routes 的矢量文件。")
]
county_app = typer.Typer(help="县资料：导入图层，检查图层和规则。", no_args_is_help=True)
app.add_typer(county_app, name="county")
policy_app = typer.Typer(help="政策文件：用大白话解释。", no_args_is_help=True)
app.add_typer(policy_app, name="policy")
survey_app = typer.Typer(help="踏勘文件：建立、查看、复制、合并、抢救。", no_args_is_help=True)
app.add_typer(survey_app, name="survey")
add_case_commands(app)
add_supervision_commands(app)
add_trench_commands(app)
add_plan_commands(app)
add_packet_commands(app, county_app)
add_import_commands(county_app)

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径的中间不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只读",
    errno.ENOSPC: "磁盘已满",
}


def _print_version(asked: bool) -> None:
    if asked:
        from neixiang_survey_plugin.io.program import program_version

        print(program_version())
        raise typer.Exit


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


@app.command(help="筛查大量外线：逐线量算、判定，写成文件，并按方式、单位、条件汇总。")
def screen(
    routes: RoutesMany,
    county: CountyFolder,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="逐线的结果 (*.gpkg 或 *.parquet)；省略为只汇总。"),
    ] = None,
    on: Day = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="进程数；省略为全部处理器。")
    ] = None,
    json: JsonTarget = None,
    strict: Strict = False,
) -> None:
    """Measure and judge very many routes at once."""
    from neixiang_survey_plugin.hosts.cli.screen import run_screen

    status = run_screen(
        routes, county, on=on, out=out, workers=workers, json_target=json, strict=strict
    )
    raise typer.Exit(status)


@app.command(help="只量算大量外线：长度、穿路、占绿，不判定；比筛查快得多。")
def measure(
    routes: RoutesMany,
    county: CountyFolder,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="逐线的结果 (*.gpkg 或 *.parquet)；省略为只合计。"),
    ] = None,
    json: JsonTarget = None,
) -> None:
    """Measure very many routes at once and judge none."""
    from neixiang_survey_plugin.hosts.cli.measure import run_measure

    run_measure(routes, county, out=out, json_target=json)


@app.command(help="在示例县上做一遍全部工作：按给定的点画线、量算、判定、出资料包。")
def demo(
    out: Annotated[Path, typer.Option("--out", help="结果写入的文件夹。")] = Path("demo"),
    json: JsonTarget = None,
) -> None:
    """Do the whole job on the sample county."""
    from neixiang_survey_plugin.hosts.cli.demo import run_demo

    run_demo(out, json_target=json)


@app.command("app", help="打开桌面窗口：在县图层上画线，结论随指针变化。")
def window(
    survey: Annotated[
        Path | None, typer.Argument(help="踏勘文件；没有就新建；省略为上次的，或示例县。")
    ] = None,
    county: Annotated[
        Path | None, typer.Option("--county", help="县资料文件夹；省略为上次的，或示例县。")
    ] = None,
) -> None:
    """Show the desktop window; without a screen say so and end well."""
    from neixiang_survey_plugin.hosts.cli.window import run_window

    raise typer.Exit(run_window(survey, county))


@county_app.command("check", help="检查县资料：图层能否读、字段全不全、规则文件对不对。")
def county_check(
    folder: Annotated[Path, typer.Argument(help="县资料文件夹，内有 county.toml。")],
    json: JsonTarget = None,
) -> None:
    """Read everything of a county and say what is there."""
    from neixiang_survey_plugin.hosts.cli.county import run_county_check

    run_county_check(folder, json_target=json)


@county_app.command("quality", help="数据质量：缺什么，因此有多少不能判定，先补什么。")
def county_quality(
    folder: Annotated[Path, typer.Argument(help="县资料文件夹，内有 county.toml。")],
    survey: Annotated[
        list[Path] | None,
        typer.Option("--survey", help="采用其中现场确认的事实的踏勘文件；可重复。"),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="判定日期，如 2026-11-22。")] = None,
    json: JsonTarget = None,
) -> None:
    """Say what a county's data lack and what hangs on it."""
    from neixiang_survey_plugin.hosts.cli.quality import QualityAsked, run_county_quality

    run_county_quality(QualityAsked(folder, survey or (), on), json_target=json)


@policy_app.command("explain", help="把一份政策文件逐条讲成人话：分几级、要什么、多可信。")
def policy_explain(
    policy: Annotated[str, typer.Argument(help="随程序提供的政策名，或政策文件。")],
    lang: Annotated[str, typer.Option("--lang", help="zh、en 或 both。")] = "zh",
    json: JsonTarget = None,
) -> None:
    """Say in plain sentences what a policy file asks."""
    from neixiang_survey_plugin.hosts.cli.policy import run_policy_explain

    run_policy_explain(policy, lang, json_target=json)


@survey_app.command("import", help="把外线文件里的外线收进一个新的踏勘文件。")
def survey_import(routes: RoutesFile, county: CountyFolder, out: NewFile) -> None:
    """Begin a survey file with the routes of any vector file."""
    from neixiang_survey_plugin.hosts.cli.survey import run_survey_import

    run_survey_import(routes, county, out)


@survey_app.command("info", help="踏勘文件里有什么，是否完好。")
def survey_info(survey: SurveyFile, json: JsonTarget = None, strict: Strict = False) -> None:
    """Say what a survey file holds and whether it is sound."""
    from neixiang_survey_plugin.hosts.cli.survey import run_survey_info

    raise typer.Exit(run_survey_info(survey, json_target=json, strict=strict))


@survey_app.command("copy", help="完整复制踏勘文件，正在使用时也可以。")
def survey_copy(survey: SurveyFile, out: NewFile, json: JsonTarget = None) -> None:
    """Copy a survey file whole, also while it is open."""
    from neixiang_survey_plugin.hosts.cli.survey import run_survey_copy

    run_survey_copy(survey, out, json_target=json)


@survey_app.command("recover", help="从损坏的踏勘文件里抢救可读的内容，写成新文件。")
def survey_recover(
    survey: SurveyFile,
    out: NewFile,
    epsg: Annotated[
        int | None, typer.Option("--epsg", help="坐标系，文件自己说不出时才要，如 4546。")
    ] = None,
    json: JsonTarget = None,
    strict: Strict = False,
) -> None:
    """Save what is readable of a damaged survey file."""
    from neixiang_survey_plugin.hosts.cli.survey import run_survey_recover

    raise typer.Exit(run_survey_recover(survey, out, epsg=epsg, json_target=json, strict=strict))


@survey_app.command("merge", help="把几份踏勘文件合成一份；双方都改过的逐条询问，什么也不丢。")
def survey_merge(
    surveys: Annotated[list[Path], typer.Argument(help="要合并的踏勘文件，依次称为 A、B、C ……")],
    out: NewFile,
    prefer: Annotated[
        str | None, typer.Option("--prefer", help="有分歧时一律取哪一份，如 A。")
    ] = None,
    choose: Annotated[
        list[str] | None, typer.Option("--choose", help="逐条选择，如 r1=A；可重复。")
    ] = None,
    json: JsonTarget = None,
) -> None:
    """Join survey files of several laptops into one."""
    from neixiang_survey_plugin.hosts.cli.merge import run_survey_merge

    run_survey_merge(surveys, out, prefer=prefer, choose=choose or (), json_target=json)


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="版本。", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before any command."""


def main() -> None:
    """Run the command line; wrong input ends in one sentence a problem and exit status 2."""
    _never_fail_on_a_character()
    ignore_false_alarms()
    try:
        app()
    except SurveyError as error:
        _give_up(*error.problems)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - what is left must go nowhere, unsaid
    except OSError as error:
        _give_up(f"{error.filename or '标准输出'}：{_reason(error)}。请检查路径、权限和磁盘空间。")


def _never_fail_on_a_character() -> None:
    """A redirected stream of a Chinese Windows is GBK: what it lacks becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _give_up(*sentences: str) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    sys.exit(WRONG_INPUT)


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
