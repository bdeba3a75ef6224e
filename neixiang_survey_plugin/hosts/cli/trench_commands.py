"""What the commands of shared trenches and of conflicts take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.cli.arguments import (
    CountyFolder,
    Day,
    JsonTarget,
    RoutesFile,
    SurveyFile,
)

conflict_app = typer.Typer(help="冲突：逐处列出，逐处处理到有结果。", no_args_is_help=True)
_ONE_ONLY = "--accept、--return、--reject 一次只能用一个。"


def add_trench_commands(app: typer.Typer) -> None:
    """Give the program the commands of this module."""
    words = "共沟与同步施工：哪些外线可以一次开挖，断面、改线、前后对比；审定方案。"
    app.command("trench", help=words)(trench)
    app.add_typer(conflict_app, name="conflict")


@conflict_app.command("list", help="逐处列出冲突：编号、怎样解决、已作的处理。")
def conflict_list(
    survey: RoutesFile,
    county: CountyFolder,
    on: Day = None,
    json: JsonTarget = None,
    only_open: Annotated[bool, typer.Option("--open", help="只列还没有了结的。")] = False,
) -> None:
    """Say of every conflict what would settle it and what was done about it."""
    from neixiang_survey_plugin.hosts.cli.conflict import run_conflict_list

    run_conflict_list(survey, county, on=on, json_target=json, only_open=only_open)


@conflict_app.command("settle", help="记下一处冲突怎样了结：移位、加深、防护、同意，或不是冲突。")
def conflict_settle(
    survey: SurveyFile,
    county: CountyFolder,
    conflict: Annotated[str, typer.Option("--conflict", help="编号，见 conflict list。")],
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            help="移位、加深、防护、同意、不是冲突；或 moved、deeper、protected ...",
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", help="措施、理由或依据。")] = "",
    by: Annotated[str | None, typer.Option("--by", help="处理人；省略为当前用户。")] = None,
    on: Day = None,
    json: JsonTarget = None,
) -> None:
    """Keep what became of a conflict."""
    from neixiang_survey_plugin.core.conflicts.settlement import SETTLED_WORDS, Settled
    from neixiang_survey_plugin.hosts.cli.case_arguments import canonical_of
    from neixiang_survey_plugin.hosts.cli.conflict import run_conflict_settle

    run_conflict_settle(
        survey,
        county,
        conflict,
        Settled(canonical_of("--outcome", outcome, SETTLED_WORDS)),
        reason=reason,
        by=by,
        on=on,
        json_target=json,
    )


def trench(
    survey: RoutesFile,
    county: CountyFolder,
    on: Day = None,
    json: JsonTarget = None,
    sections: Annotated[
        Path | None, typer.Option("--sections", help="断面图写入的文件夹：PDF、SVG、PNG、DXF。")
    ] = None,
    ground: Annotated[
        list[str] | None,
        typer.Option("--ground", help="断面处的地面高程，如 S1=132.45；可以写多次。"),
    ] = None,
    accept: Annotated[
        str | None, typer.Option("--accept", help="同意这个方案：外线按它改为下一版，一步可撤销。")
    ] = None,
    send_back: Annotated[
        str | None, typer.Option("--return", help="退回这个方案，用 --remark 写明意见。")
    ] = None,
    reject: Annotated[
        str | None, typer.Option("--reject", help="否决这个方案，用 --remark 写明理由。")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="审定人；省略为当前用户。")] = None,
    remark: Annotated[str | None, typer.Option("--remark", help="审定意见。")] = None,
) -> None:
    """Propose shared trenches for the routes of a file, or decide on a proposal."""
    from neixiang_survey_plugin.core.trenching.review import ReviewVerdict
    from neixiang_survey_plugin.hosts.cli.trench import run_review, run_trench

    asked = {
        ReviewVerdict.ACCEPTED: accept,
        ReviewVerdict.RETURNED: send_back,
        ReviewVerdict.REJECTED: reject,
    }
    decisions = [(verdict, name) for verdict, name in asked.items() if name is not None]
    if len(decisions) > 1:
        raise SurveyError(_ONE_ONLY)
    for verdict, name in decisions:
        run_review(survey, county, name, verdict, by=by, remark=remark, on=on, json_target=json)
    if not decisions:
        run_trench(
            survey,
            county,
            on=on,
            json_target=json,
            sections=sections,
            grounds=ground or (),
        )
