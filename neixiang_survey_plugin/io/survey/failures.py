"""What a failure of the database means for the surveyor, in one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError

TAKEN = "正被另一个程序写入，这一步没有保存；请稍候再试，或在那里保存并关闭它"
# By the beginning of SQLite's name for the failure; the first that fits.
_MEANINGS = (
    ("SQLITE_FULL", "磁盘已满，这一步没有保存（以前的都在）；请腾出空间后再试"),
    ("SQLITE_BUSY", TAKEN),
    ("SQLITE_LOCKED", TAKEN),
    ("SQLITE_READONLY_DBMOVED", "文件被移走或换掉了，这一步没有保存；请重新打开"),
    ("SQLITE_READONLY", "文件或它所在的文件夹是只读的，无法保存；请复制到可以写入的文件夹再打开"),
    ("SQLITE_CANTOPEN", "打不开，也建不了旁边的日志文件；请核对路径，以及文件夹能否写入"),
    ("SQLITE_NOTADB", "不是踏勘文件，或者文件头已损坏；请核对文件，或用 survey recover 抢救"),
    ("SQLITE_CORRUPT", "文件不完整或已损坏（可能复制时被截断）；请用 survey recover 抢救"),
    ("SQLITE_IOERR", "磁盘读写出错，这一步没有保存（以前的都在）；请检查磁盘、U 盘或网络连接"),
    ("SQLITE_CONSTRAINT_TRIGGER", "不能这样改：{message}"),
)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a failure of the database into a SurveyError that names the file and the way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise SurveyError(f"{path}: {meaning(error)}") from error


def meaning(error: sqlite3.Error) -> str:
    """What went wrong and what to do, without the file's name."""
    name = failure_name(error)
    for beginning, sentence in _MEANINGS:
        if name.startswith(beginning):
            return sentence.format(message=error)
    return f"无法读写（{error}）；请用 survey copy 另存一份，再用 survey info 检查"


def failure_name(error: sqlite3.Error) -> str:
    """SQLite's own name for a failure, such as SQLITE_FULL; empty where it gave none."""
    return str(getattr(error, "sqlite_errorname", ""))


def is_busy(error: BaseException | None) -> bool:
    """Whether another program was writing into the file."""
    busy = "SQLITE_BUSY", "SQLITE_LOCKED"
    return isinstance(error, sqlite3.Error) and failure_name(error).startswith(busy)


def was_interrupted(error: BaseException | None) -> bool:
    """Whether a statement was stopped by this program itself, to let somebody else write."""
    return isinstance(error, sqlite3.Error) and failure_name(error) == "SQLITE_INTERRUPT"
