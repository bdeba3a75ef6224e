"""Bringing an older survey file to today's schema, after a backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from neixiang_survey_plugin.io.survey.connection import SUFFIX, Connection, transaction
from neixiang_survey_plugin.io.survey.copying import copy_through
from neixiang_survey_plugin.io.survey.creating import now_text
from neixiang_survey_plugin.io.survey.meta import SurveyMeta, write_meta
from neixiang_survey_plugin.io.survey.script import run_script, schema_scripts
from neixiang_survey_plugin.io.survey.styles import write_styles
from neixiang_survey_plugin.io.survey.tables import (
    drop_triggers,
    make_triggers,
    register_tables,
)


def migrate(
    connection: Connection, path: Path, meta: SurveyMeta, known: int
) -> tuple[SurveyMeta, Path]:
    """The file in the schema of version ``known``, and where its backup lies.

    Without a backup nothing is changed; with one, all steps happen or none.
    """
    backup = _backup_path(path, meta.schema_version)
    copy_through(connection, backup)
    migrated = replace(meta, schema_version=known)
    with transaction(connection):
        drop_triggers(connection)
        for version in range(meta.schema_version + 1, known + 1):
            for script in schema_scripts(version):
                run_script(connection, script)
        register_tables(connection, now_text(), meta.epsg)
        write_styles(connection, now_text())
        write_meta(connection, migrated)
        make_triggers(connection)
    return migrated, backup


def _backup_path(path: Path, version: int) -> Path:
    """A name that is free: a migration that was killed has left its backup behind."""
    stem = path.name.removesuffix(SUFFIX).removesuffix(".gpkg")
    moment = "".join(one for one in now_text()[:19] if one.isdigit())
    names = (f"{stem}.v{version}-{moment}{number}{SUFFIX}" for number in ("", *range(-2, -100, -1)))
    return next(free for name in names if not (free := path.with_name(name)).exists())
