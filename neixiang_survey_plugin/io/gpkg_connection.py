"""Opening a GeoPackage to read, through sqlite3 alone."""

# A plain open() of a survey file, or GDAL, would drop the locks that this process holds on it:
# everything that reads a .gpkg goes through here.

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError

_PATIENCE_S = 2.0  # while another program finishes writing


@contextmanager
def reading_gpkg(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection to a GeoPackage; SurveyError says why it cannot be read.

    Nothing is written beside the file where the folder is read-only.
    """
    try:
        with (
            tempfile.TemporaryDirectory() as scratch,
            closing(_open(path, Path(scratch))) as connection,
        ):
            yield connection
    except sqlite3.Error as error:
        raise SurveyError(f"{path}: {_meaning(error)}") from None
    except UnicodeDecodeError:  # sqlite3 reads its own message of a broken schema
        broken = sqlite3.DatabaseError("malformed")
        raise SurveyError(f"{path}: {_meaning(broken)}") from None


def _open(path: Path, scratch: Path) -> sqlite3.Connection:
    try:
        return _connect(path, "mode=ro")
    except sqlite3.OperationalError as error:
        # A file in WAL mode needs its -shm beside it, which a read-only folder does not allow.
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
    if not _has_journal(path):
        return _connect(path, "mode=ro&immutable=1")
    for part in (path, _beside(path, "-wal")):
        shutil.copyfile(part, scratch / part.name)
    return _connect(scratch / path.name, "mode=rw")


def _connect(path: Path, options: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}", uri=True, timeout=_PATIENCE_S
    )
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise
    return connection


def _has_journal(path: Path) -> bool:
    journal = _beside(path, "-wal")
    return journal.exists() and journal.stat().st_size > 0


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _meaning(error: sqlite3.Error) -> str:
    message = str(error)
    if "not a database" in message:
        return "不是 GeoPackage 文件；请核对文件，或重新导出"
    if "malformed" in message:
        return "文件不完整或已损坏（可能复制时被截断）；请重新复制或导出"
    if "locked" in message:
        return "正被另一个程序写入；请稍候，或在那里保存并关闭它"
    if "decode" in message:
        return f"文字不是 UTF-8 编码，无法读取（{message}）；请在 QGIS 中重新导出"
    return f"无法读取（{message}）；请核对文件的权限，或重新复制"
