"""Looking into a survey file without changing anything, also where nothing may be written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.connection import (
    Connection,
    check_is_file,
    connect,
    journal_of,
)
from neixiang_survey_plugin.io.survey.failures import explained, failure_name


@contextmanager
def looking_into(path: Path) -> Iterator[Connection]:
    """A read-only connection to a survey file; SurveyError says why it cannot be read."""
    check_is_file(path)
    with explained(path), closing(_open(path)) as connection:
        yield connection


def _open(path: Path) -> Connection:
    try:
        return _tried(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if not failure_name(error).startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise
    if journal_of(path) is not None:
        if os.access(path.parent, os.W_OK):
            return _tried(path, "mode=rw")  # killed before its index of the log was written
        raise SurveyError(
            f"{path}: 上次没有正常关闭，而文件夹是只读的，读不到最后的修改；"
            "请把文件连同旁边的 -wal 复制到可以写入的文件夹"
        )
    return _tried(path, "mode=ro&immutable=1")  # nobody can be writing in a read-only folder


def _tried(path: Path, options: str) -> Connection:
    connection = connect(path, options)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection
