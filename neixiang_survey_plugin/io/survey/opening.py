"""Opening a survey file to work on it, and saying what the surveyor has to know."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.connection import (
    Connection,
    check_is_file,
    connect,
    journal_of,
    leave_wal,
    switch_to_wal,
    transaction,
)
from neixiang_survey_plugin.io.survey.creating import now_text
from neixiang_survey_plugin.io.survey.failures import explained
from neixiang_survey_plugin.io.survey.meta import (
    SCHEMA_VERSION,
    SurveyMeta,
    check_not_newer,
    read_meta,
)
from neixiang_survey_plugin.io.survey.migrating import migrate
from neixiang_survey_plugin.io.survey.past import read_log
from neixiang_survey_plugin.io.survey.store import GpkgSurveyStore
from neixiang_survey_plugin.io.survey.tables import make_indexes

_ELSEWHERE = "这个文件此刻也在别的程序里打开着；可以继续，双方的修改都会保存，互相看得到"
_NETWORK = (
    "这个位置不支持预写日志（多半是网络共享文件夹），已改用较慢的回滚日志；"
    "请不要在两台电脑上同时打开，最好复制到本机再用"
)


def open_survey(path: Path, who: str, known: int = SCHEMA_VERSION) -> GpkgSurveyStore:
    """An open survey file. SurveyError with one sentence when it cannot be opened for work.

    A file of an older program is migrated after a backup; one of a newer program is refused.
    ``known`` is the newest schema that this program knows.
    """
    check_is_file(path)
    left_behind = journal_of(path) is not None
    with explained(path):
        connection = connect(path)
        try:
            meta, notes = _made_ready(connection, path, left_behind, known)
            _log_opening(connection, who)
        except BaseException:
            connection.close()
            raise
    return GpkgSurveyStore(connection, path, meta, who, notes)


def _made_ready(
    connection: Connection, path: Path, left_behind: bool, known: int
) -> tuple[SurveyMeta, list[str]]:
    meta = read_meta(connection, path)
    check_not_newer(meta, path, known)
    notes = []
    alone = not left_behind or leave_wal(connection)
    if not alone:
        notes.append(_ELSEWHERE)
    elif left_behind:
        notes.append(_what_was_recovered(connection, path))
    if meta.schema_version < known:
        if not alone:
            raise SurveyError(f"{path}: 要先升级文件格式；请在别的程序里关闭它，再重新打开")
        meta, backup = migrate(connection, path, meta, known)
        notes.append(f"文件格式已升级到第 {known} 版；升级前的文件备份为 {backup.name}")
    if not switch_to_wal(connection):
        notes.append(_NETWORK)
    return meta, notes


def _what_was_recovered(connection: Connection, path: Path) -> str:
    """What is there after a crash; SurveyError when the file itself was damaged in it."""
    (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise SurveyError(f"{path}: 文件已损坏（{state}）；请用 survey recover 抢救")
    (routes,) = connection.execute("SELECT count(*) FROM routes").fetchone()
    drafts, vertices = connection.execute(
        "SELECT count(DISTINCT draft_id), count(*) FROM draft_vertices"
    ).fetchone()
    sentence = f"上次没有正常关闭，已恢复到最后一次确认的修改：{routes} 条外线"
    if drafts:
        sentence += f"，{drafts} 条没有画完的线（{vertices} 个点）"
    last = read_log(connection, 1)
    if last:
        sentence += f"；最后的记录是 {last[0].who} 在 {last[0].at:%Y-%m-%d %H:%M:%S} (UTC)"
    return sentence


def _log_opening(connection: Connection, who: str) -> None:
    """Also the proof that the file can be written, before anybody draws a line."""
    with transaction(connection):
        make_indexes(connection)
        connection.execute(
            "INSERT INTO log (uuid, at, who, what, through, subject_table)"
            " VALUES (lower(hex(randomblob(16))), ?, ?, 'open', 'open', 'survey')",
            (now_text(), who),
        )
