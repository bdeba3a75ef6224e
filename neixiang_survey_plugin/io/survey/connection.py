"""Opening a survey file, through sqlite3 alone."""

# Law: this process opens a survey file through sqlite3 and nothing else. POSIX drops all locks
# that a process has on a file as soon as it closes any handle on it, so a plain open(), pyogrio
# or fiona beside an open survey lets another program take away the log under our writes.

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.breathing import breathing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.blobs import register_st_functions
from neixiang_survey_plugin.io.survey.failures import is_busy

Connection = sqlite3.Connection

SUFFIX = ".survey.gpkg"
PATIENCE_S = 5.0  # while another program finishes writing
_ASKING_S = 0.003  # a thread of this program that asks the same at that moment is through by then


def connect(path: Path, options: str = "mode=rw", patience_s: float = PATIENCE_S) -> Connection:
    """A connection in which nothing is begun or ended unasked; sqlite3.Error when it fails."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{options}",
        uri=True,
        timeout=patience_s,
        isolation_level=None,
        check_same_thread=False,
    )
    register_st_functions(connection)
    return connection


@contextmanager
def transaction(connection: Connection, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """All or nothing, and on the disk when it ends.

    Where another program writes, it waits for so long to begin: sqlite3.OperationalError then.
    """
    _begin(connection, patience_s)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_taken(connection: Connection) -> bool:
    """Whether somebody else writes into the file now; what else may be wrong is no answer."""
    try:
        _begin(connection, _ASKING_S)
        connection.execute("ROLLBACK")  # a COMMIT would wait for who reads, without a log
    except sqlite3.Error as error:
        return is_busy(error)
    return False


def _begin(connection: Connection, patience_s: float) -> None:
    """Begin to write; whatever comes after it has the usual patience."""
    if patience_s == PATIENCE_S:
        connection.execute("BEGIN IMMEDIATE")
        return
    connection.execute(f"PRAGMA busy_timeout = {round(patience_s * 1e3)}")
    try:
        connection.execute("BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(PATIENCE_S * 1e3)}")


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """One state of the file for several queries, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def dict_rows(
    connection: Connection, query: str, values: Sequence[object] = ()
) -> Iterator[dict[str, Any]]:
    """The rows of a query by the names of its columns, as they come.

    50,000 of them, let go of at once, would hold a window for 40 ms.
    """
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    for row in breathing(cursor):
        yield dict(zip(names, row, strict=True))


def switch_to_wal(connection: Connection) -> bool:
    """Write ahead, each commit on the disk; False where the place cannot (a network share).

    There the rollback journal is used, which any file system can. What was written ahead comes into
    the file when it is settled or closed, never with a commit: that of 5,000 lines took 1 s instead
    of 0.1 s for it, and whoever edited meanwhile waited as long.
    """
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        return True
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")  # the folder's entry of the journal as well
    return False


def leave_wal(connection: Connection) -> bool:
    """Bring everything into the one file; False when another program has it open.

    SQLite leaves the write-ahead log only for whoever is alone, which also answers whether
    somebody else is there.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE_S * 1000)}")
    return bool(mode == "delete")


def journal_of(path: Path) -> Path | None:
    """The journal that lies beside a file: it is open elsewhere, or was not closed."""
    for ending in ("-wal", "-journal"):
        journal = path.with_name(path.name + ending)
        if journal.exists():
            return journal
    return None


def check_is_file(path: Path) -> None:
    """Raise SurveyError when there is no such file, when it is a folder, or empty."""
    if not path.exists():
        raise SurveyError(f"{path}: 没有这个文件")
    if path.is_dir():
        raise SurveyError(f"{path}: 是文件夹，不是踏勘文件")
    if path.stat().st_size == 0:
        raise SurveyError(f"{path}: 文件是空的（0 字节）；请重新复制")


def check_is_free(path: Path) -> None:
    """Raise SurveyError when something is there already: nothing is overwritten."""
    if path.exists():
        raise SurveyError(f"{path}: 已经有这个文件，不会覆盖它；请换一个名字")
    if not path.parent.is_dir():
        raise SurveyError(f"{path.parent}: 没有这个文件夹")
