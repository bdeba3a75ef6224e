"""Copying a county's folder whole, also while its layers are open: into the field, onto a stick."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.survey.failures import explained

_DATABASES = frozenset({".gpkg", ".sqlite"})
_LOGS = ("-wal", "-shm", "-journal")


def copy_county(folder: Path, out: Path) -> None:
    """Copy a county's folder to one that is not there yet, every layer with what was saved last.

    SurveyError when a layer lies outside the folder, which a copy would lack; nothing is written
    then.
    """
    inside, sources = folder.resolve(), read_county_config(folder).sources.values()
    paths = [one for source in sources for one in (source.path, source.coverage) if one is not None]
    outside = [path for path in paths if not path.resolve().is_relative_to(inside)]
    if outside:
        raise SurveyError(
            f"{path}: 在县文件夹以外，复制会缺少它；请放进县文件夹，并改正 county.toml"
            for path in outside
        )
    shutil.copytree(folder, out, ignore=_logs, copy_function=_copy)


def _logs(_folder: str, names: list[str]) -> list[str]:
    """The logs of databases, which are copied with what their logs hold."""
    return [
        name
        for name in names
        if any(name.endswith(end) and _is_database(name.removesuffix(end)) for end in _LOGS)
    ]


def _is_database(name: str) -> bool:
    return Path(name).suffix.lower() in _DATABASES


def _copy(source: str, target: str) -> None:
    """Copy a file; a database by itself, as part of it may still stand in its log."""
    if not _is_database(source):
        shutil.copyfile(source, target)
        return
    path = Path(source)
    with (
        explained(path),
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database,
        closing(sqlite3.connect(target)) as copy,
    ):
        database.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
