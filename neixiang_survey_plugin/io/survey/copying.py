"""Copying a survey file, also while it is open: the way to a USB stick."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.connection import Connection, connect
from neixiang_survey_plugin.io.survey.failures import explained
from neixiang_survey_plugin.io.survey.fingerprint import fingerprint
from neixiang_survey_plugin.io.survey.meta import read_meta
from neixiang_survey_plugin.io.survey.read_only import looking_into
from neixiang_survey_plugin.io.survey.whole_file import appearing


def copy_survey(path: Path, out: Path) -> str:
    """Copy a survey file whole, with what is still in its log; the fingerprint of the copy.

    SurveyError when there is a file of that name, when the disk is full, when it is damaged.
    """
    with looking_into(path) as connection:
        read_meta(connection, path)
        return copy_through(connection, out)


def copy_through(connection: Connection, out: Path) -> str:
    """Copy what a connection has open; the fingerprint of the copy."""
    with (
        explained(out),
        appearing(out) as unfinished,
        closing(connect(unfinished, "mode=rwc")) as copy,
    ):
        connection.backup(copy)
        # One plain file, which can be read from a medium that cannot be written.
        copy.execute("PRAGMA journal_mode = DELETE")
        (state,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if state != "ok":
            raise SurveyError(
                f"{out}: 没有复制，因为原文件已损坏（{state}）；请用 survey recover 抢救"
            )
        return fingerprint(copy)
