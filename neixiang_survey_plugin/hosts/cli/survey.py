"""The commands ``survey info``, ``survey recover`` and ``survey copy``."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.io.survey.creating import create_survey
from neixiang_survey_plugin.io.survey.info import SurveyInfo, survey_info
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.recovering import Recovery, recover_survey


def run_survey_import(routes: Path, county_folder: Path, out: Path) -> None:
    """Begin a survey file with the routes of any vector file, as one undoable step."""
    county = load_county(county_folder, ("roads",))
    read = read_routes(routes, county)
    create_survey(out, county.grid.epsg, county.code)
    store = open_survey(out, getpass.getuser())
    try:
        store.edit(read.routes, what="import")
    finally:
        store.close()
    console = screen(quiet=False)
    console.print(f"已把 {len(read.routes)} 条外线收进 {escape(str(out))}。")
    for sentence in read.warnings:
        console.print(escape(sentence), soft_wrap=True)


def run_survey_info(survey: Path, *, json_target: str | None = None, strict: bool = False) -> int:
    """Say what a survey file holds and whether it is sound; 1 for a damaged one under strict."""
    info = survey_info(survey)
    write_json(_info_report(survey, info), json_target)
    _print_info(survey, info, screen(quiet=json_target == "-"))
    return int(strict and bool(info.damage))


def run_survey_copy(survey: Path, out: Path, *, json_target: str | None = None) -> None:
    """Copy a survey file whole, also while it is open."""
    fingerprint = copy_survey(survey, out)
    report = {"schema": 1, "survey": str(survey), "out": str(out), "fingerprint": fingerprint}
    write_json(report, json_target)
    screen(quiet=json_target == "-").print(
        f"已复制到 {escape(str(out))}，内容指纹 {fingerprint[:16]}。"
    )


def run_survey_recover(
    survey: Path,
    out: Path,
    *,
    epsg: int | None = None,
    json_target: str | None = None,
    strict: bool = False,
) -> int:
    """Save what is readable into a new file and say what was lost; 1 under strict if any."""
    recovery = recover_survey(survey, out, epsg)
    write_json(_recovery_report(survey, out, recovery), json_target)
    _print_recovery(out, recovery, screen(quiet=json_target == "-"))
    return int(strict and not recovery.complete)


def _info_report(survey: Path, info: SurveyInfo) -> dict[str, Any]:
    last = info.last
    return {
        "schema": 1,
        "survey": str(survey),
        "survey_id": info.meta.survey_id,
        "schema_version": info.meta.schema_version,
        "county_code": info.meta.county_code,
        "epsg": info.meta.epsg,
        "created_at": info.meta.created_at,
        "rows": dict(info.rows),
        "drafts": info.drafts,
        "undoable_steps": info.undoable,
        "redoable_steps": info.redoable,
        "fingerprint": info.fingerprint,
        "damage": list(info.damage),
        "open_or_not_closed": info.has_journal,
        "last": None if last is None else {"at": last.at.isoformat(), "who": last.who},
    }


def _print_info(survey: Path, info: SurveyInfo, console: Console) -> None:
    meta = info.meta
    console.print(
        f"{escape(str(survey))}  格式第 {meta.schema_version} 版  EPSG:{meta.epsg}  "
        f"行政区划代码 {escape(meta.county_code or '未写')}"
    )
    if info.damage:
        console.print("✗ 文件已损坏；请用 survey recover 抢救：")
        for complaint in info.damage:
            console.print(f"  {escape(complaint)}")
        return
    filled = (f"{table} {count}" for table, count in info.rows.items() if count)
    console.print(f"✓ 文件完好：{'，'.join(filled) or '还没有内容'}")
    console.print(
        f"没有画完的线 {info.drafts}，可撤销 {info.undoable} 步，可重做 {info.redoable} 步"
    )
    if info.last is not None:
        console.print(f"最后的记录：{escape(info.last.who)}，{info.last.at:%Y-%m-%d %H:%M} (UTC)")
    if info.has_journal:
        console.print("文件正打开着，或上次没有正常关闭；复制请用 survey copy。")
    console.print(f"内容指纹 {info.fingerprint}")


def _recovery_report(survey: Path, out: Path, recovery: Recovery) -> dict[str, Any]:
    return {
        "schema": 1,
        "survey": str(survey),
        "out": str(out),
        "complete": recovery.complete,
        "saved": dict(recovery.saved),
        "lost_at_most": dict(recovery.lost),
        "lost_routes": list(recovery.lost_routes),
        "damaged_geometry": list(recovery.damaged_geometry),
        "without_schema": recovery.without_schema,
        "with_deleted": recovery.with_deleted,
    }


def _print_recovery(out: Path, recovery: Recovery, console: Console) -> None:
    saved = (f"{table} {count}" for table, count in recovery.saved.items() if count)
    console.print(f"已抢救到 {escape(str(out))}：{'，'.join(saved) or '没有可读的内容'}")
    if recovery.complete:
        console.print("✓ 没有发现丢失。")
    if recovery.without_schema:
        console.print(
            "✗ 记着各表位置的那一页已损坏：以上是逐页找回的，还缺什么已无从知道；请与备份或同事的"
            "文件核对。没有画完的线和撤销的步骤没有找回。",
            soft_wrap=True,
        )
    if recovery.with_deleted:
        console.print("✗ 文件头也已损坏：找回的里面可能混有以前删除的。", soft_wrap=True)
    for table, count in recovery.lost.items():
        console.print(f"✗ {table} 最多丢失 {count} 行")
    if recovery.lost_routes:
        console.print(f"✗ 丢失的外线：{escape('、'.join(recovery.lost_routes))}")
    if recovery.damaged_geometry:
        console.print(f"✗ 线形损坏的外线：{escape('、'.join(recovery.damaged_geometry))}")
