"""An older file is brought up to date after a backup; a newer one is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey import migrating
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.recovering import recover_survey
from tests.survey.lines import new_survey, route

NEXT = 2
SCRIPT = "ALTER TABLE cases ADD COLUMN fax TEXT;\nUPDATE cases SET fax = '没有';\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A survey of today's schema with one line and one case."""
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO cases (case_id) VALUES ('c1')")
        connection.commit()
    return path


def tomorrow(monkeypatch: pytest.MonkeyPatch, script: str = SCRIPT) -> None:
    """A program that knows one schema more."""
    scripts = {NEXT: (script,)}
    monkeypatch.setattr(migrating, "schema_scripts", lambda version: scripts[version])


def test_an_older_file_is_migrated_after_a_backup(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = survey_info(path).fingerprint
    tomorrow(monkeypatch)
    store = open_survey(path, "甲", known=NEXT)
    (note,) = store.notes
    assert store.routes().routes == (route("r1"),)
    assert store.undo() is not None
    store.close()
    (backup,) = path.parent.glob("*.v1-*.survey.gpkg")
    assert backup.name in note
    assert survey_info(backup).fingerprint == before
    assert survey_info(path).meta.schema_version == NEXT
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT fax FROM cases").fetchall() == [("没有",)]


def test_the_new_column_is_journaled_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow(monkeypatch)
    open_survey(path, "甲", known=NEXT).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE cases SET fax = '1'")
        was = connection.execute(
            "SELECT json_extract(was, '$.fax') FROM log WHERE subject_table = 'cases'"
            " AND what = 'update'"
        ).fetchall()
    assert was == [("没有",)]


def test_a_migration_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = survey_info(path).fingerprint
    tomorrow(monkeypatch, SCRIPT + "INSERT INTO no_such_table VALUES (1);\n")
    with pytest.raises(SurveyError):
        open_survey(path, "甲", known=NEXT)
    assert survey_info(path).fingerprint == before
    assert survey_info(path).meta.schema_version == 1
    monkeypatch.undo()
    store = open_survey(path, "甲")
    store.edit([route("r1", 20.0)])
    assert len(store.history("r1")) == 2
    store.close()


def test_without_a_backup_nothing_is_migrated(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow(monkeypatch)
    monkeypatch.setattr(migrating, "_backup_path", lambda *_: path.with_name("taken"))
    path.with_name("taken").write_text("taken")
    with pytest.raises(SurveyError, match="不会覆盖"):
        open_survey(path, "甲", known=NEXT)
    assert survey_info(path).meta.schema_version == 1


def test_a_newer_file_is_refused_in_one_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow(monkeypatch)
    open_survey(path, "甲", known=NEXT).close()
    monkeypatch.undo()
    before = path.read_bytes()
    for work in (
        lambda: open_survey(path, "甲"),
        lambda: recover_survey(path, path.with_name("out.survey.gpkg")),
    ):
        with pytest.raises(SurveyError, match=r"第 2 版.*只认识到第 1 版.*升级") as caught:
            work()
        assert len(caught.value.problems) == 1
    assert path.read_bytes() == before


def test_a_file_open_elsewhere_is_not_migrated_under_the_others_hands(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_survey(path, "甲")
    tomorrow(monkeypatch)
    with pytest.raises(SurveyError, match="关闭"):
        open_survey(path, "乙", known=NEXT)
    first.close()


def test_the_schema_version_stands_in_our_table_and_not_in_geopackages(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (10300,)
        version = connection.execute("SELECT value FROM survey_meta WHERE key = 'schema_version'")
        assert version.fetchone() == ("1",)
