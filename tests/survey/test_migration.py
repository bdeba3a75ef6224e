"""An older file is brought up to date after a backup; a newer one is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.survey import migrating
from neixiang_survey_plugin.io.survey.info import survey_info
from neixiang_survey_plugin.io.survey.meta import SCHEMA_VERSION
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.recovering import recover_survey
from tests.survey.contract import EVERYTHING_KNOWN, FACT
from tests.survey.lines import new_survey, route

NEXT = SCHEMA_VERSION + 1
SCRIPT = "ALTER TABLE cases ADD COLUMN fax TEXT;\nUPDATE cases SET fax = '没有';\n"

# A real file of schema 1, written out as SQL when that schema was today's: three lines drawn,
# one deleted and brought back by undo, a fact, a draft; a case and a photo added in QGIS.
VERSION_1 = Path(__file__).with_name("version_1.sql")


def file_of_version_1(folder: Path) -> Path:
    path = folder / "old.survey.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1.read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {0x47504B47}")
        connection.execute("PRAGMA user_version = 10300")
    return path


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
    (backup,) = path.parent.glob(f"*.v{SCHEMA_VERSION}-*.survey.gpkg")
    assert backup.name in note
    assert survey_info(backup).fingerprint == before
    assert survey_info(path).meta.schema_version == NEXT
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT fax FROM cases").fetchall() == [("没有",)]


def test_a_file_of_the_first_schema_is_migrated_with_all_it_holds(tmp_path: Path) -> None:
    path = file_of_version_1(tmp_path)
    store = open_survey(path, "乙")
    assert [one.route_id for one in store.routes().routes] == ["r1", "r2"]
    assert store.routes().routes[0] == replace(
        EVERYTHING_KNOWN, trenchless=store.routes().routes[0].trenchless
    )
    assert [one.version for one in store.history("r2")] == [1, 2]
    assert store.confirmed_facts() == (FACT,)
    assert len(store.drafts()[0].vertices) == 2
    (photo,) = store.records(Photo)
    assert (photo.file_name, photo.image, photo.easting_m) == ("a.jpg", b"\xff\xd8", 578_000.5)
    assert store.redo() is not None
    assert [one.route_id for one in store.routes().routes] == ["r1"]
    assert store.undo() is not None
    assert store.undo() is not None
    store.edit(records=[replace(photo, remark="补拍")])
    assert store.undo() is not None
    assert store.records(Photo) == (photo,)
    store.close()


def test_a_migrated_file_has_the_tables_columns_and_triggers_of_a_new_one(tmp_path: Path) -> None:
    path = file_of_version_1(tmp_path)
    open_survey(path, "乙").close()
    assert shape_of(path) == shape_of(new_survey(tmp_path))


def shape_of(path: Path) -> dict[str, list[object]]:
    """Tables, columns, indexes, triggers and what GeoPackage is told, in an order of their own."""
    questions = {
        "things": "SELECT type, name, tbl_name, CASE type WHEN 'trigger' THEN sql END"
        " FROM sqlite_master ORDER BY type, name",
        "columns": "SELECT m.name, t.name, t.type FROM sqlite_master AS m,"
        " pragma_table_info(m.name) AS t WHERE m.type = 'table' ORDER BY m.name, t.name",
        "contents": "SELECT table_name, data_type FROM gpkg_contents ORDER BY table_name",
    }
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(query).fetchall() for name, query in questions.items()}


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
    assert survey_info(path).meta.schema_version == SCHEMA_VERSION
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
    assert survey_info(path).meta.schema_version == SCHEMA_VERSION


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
        with pytest.raises(
            SurveyError, match=rf"第 {NEXT} 版.*只认识到第 {SCHEMA_VERSION} 版.*升级"
        ) as caught:
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
        assert version.fetchone() == (str(SCHEMA_VERSION),)


def test_a_file_made_before_there_were_indexes_gets_them_and_pictures_are_not_read_past(
    path: Path,
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP INDEX photos_by_case_id; DROP INDEX as_built_by_case_id;")
    store = open_survey(path, "甲")
    store.keep([Photo(case_id="c1", file_name="a.jpg", image=b"1" * 9_000, remark="x")], what="x")
    (kept,) = store.records(Photo, ("image",), case_id="c1")
    assert (kept.file_name, kept.remark, kept.image) == ("a.jpg", "x", None)
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)
    store.records(Photo, ("image",), case_id="c1")
    (query,) = (one for one in asked if "FROM photos" in one)
    (plan,) = store._connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
    assert "USING COVERING INDEX photos_by_case_id" in plan[-1]
    store.close()
