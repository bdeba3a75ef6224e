"""What a survey file says of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.connection import Connection

SCHEMA_VERSION = 2


@dataclass(frozen=True)
class SurveyMeta:
    """The survey's own number, its county's code and grid, when it was begun, its schema."""

    survey_id: str
    schema_version: int
    epsg: int
    created_at: str
    county_code: str | None = None


def read_meta(connection: Connection, path: Path) -> SurveyMeta:
    """What the file says of itself; SurveyError for a file that is no survey."""
    try:
        rows = connection.execute("SELECT key, value FROM survey_meta").fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        raise SurveyError(
            f"{path}: 不是踏勘文件（没有 survey_meta 表）；普通的外线图层可以直接用 check"
        ) from None
    return _meta_from(dict(rows), path)


def write_meta(connection: Connection, meta: SurveyMeta) -> None:
    """Keep what the file says of itself."""
    values = {
        "survey_id": meta.survey_id,
        "schema_version": str(meta.schema_version),
        "epsg": str(meta.epsg),
        "created_at": meta.created_at,
        "county_code": meta.county_code,
    }
    connection.executemany(
        "INSERT INTO survey_meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        values.items(),
    )


def check_not_newer(meta: SurveyMeta, path: Path, known: int = SCHEMA_VERSION) -> None:
    """Raise SurveyError for a file of a newer program: what it holds more would be lost."""
    if meta.schema_version > known:
        raise SurveyError(
            f"{path}: 文件格式是第 {meta.schema_version} 版，本程序只认识到第 {known} 版；"
            "请先升级本程序，文件没有改动"
        )


def _meta_from(values: Mapping[str, str | None], path: Path) -> SurveyMeta:
    try:
        return SurveyMeta(
            survey_id=str(values["survey_id"]),
            schema_version=int(str(values["schema_version"])),
            epsg=int(str(values["epsg"])),
            created_at=str(values["created_at"]),
            county_code=values.get("county_code"),
        )
    except (KeyError, ValueError) as error:
        raise SurveyError(
            f"{path}: survey_meta 表里缺少或写错了 {error}；请用 survey recover 抢救"
        ) from None
