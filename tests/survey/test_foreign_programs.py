"""Another program writes into the survey file, and is journaled like ours."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from neixiang_survey_plugin.app.survey_store import Ended
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.tables import ROW_TABLES, SURVEY_TABLES
from tests.survey.lines import in_another_process, new_survey, route

SQL = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
for statement in sys.argv[2:]:
    connection.execute(statement)
connection.commit()
connection.close()
"""
SWITCH = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0)
try:
    connection.execute(f"PRAGMA journal_mode = {sys.argv[2]}")
except sqlite3.OperationalError:
    pass  # refused while we have it open, which is as good
connection.close()
"""
# As QGIS and ogr2ogr do: GDAL opens the file for writing and appends features.
APPEND = """
import sys
import numpy as np, pyogrio.raw, shapely
line = shapely.to_wkb(shapely.LineString([(578000, 3658000), (578020, 3658000)]))
pyogrio.raw.write(
    sys.argv[1], layer="routes", append=True, driver="GPKG", crs="EPSG:4546",
    geometry=np.array([line, line], dtype=object), geometry_type="LineString",
    fields=["utility", "route_id"],
    field_data=[np.array(["gas", "heat"], dtype=object), np.array(["r1", None], dtype=object)],
)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A survey with one water line r1."""
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    store.close()
    return path


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_a_line_that_gdal_appends_gets_uuid_name_version_and_log(path: Path) -> None:
    in_another_process(APPEND, path)
    store = open_survey(path, "甲")
    kept = store.routes()
    entry = store.log(3)[0]
    store.close()
    assert kept.unreadable == ()
    assert [one.utility for one in kept.routes] == ["water", "gas", "heat"]
    assert len({one.route_id for one in kept.routes}) == 3
    uuids = [str(uuid) for (uuid,) in rows(path, "SELECT uuid FROM routes")]
    assert len(set(uuids)) == 3
    assert {UUID(uuid).version for uuid in uuids} == {4}
    assert (entry.who, entry.what) == ("其他程序", "insert")


def test_both_programs_may_write_while_both_have_it_open(path: Path) -> None:
    store = open_survey(path, "甲")
    store.edit([route("r2")])
    in_another_process(APPEND, path)
    store.edit([route("r3")])
    assert len(store.routes().routes) == 5
    store.close()
    assert rows(path, "SELECT count(*) FROM routes") == [(5,)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_journal_mode_switched_behind_our_back_costs_nothing(path: Path) -> None:
    # QGIS sets WAL when it opens a file for editing, and DELETE when it lets go of it.
    in_another_process(SQL, path, "PRAGMA journal_mode = WAL")
    store = open_survey(path, "甲")
    store.edit([route("r2")])
    in_another_process(SWITCH, path, "DELETE")
    store.edit([route("r3")])
    store.settle()
    in_another_process(SWITCH, path, "WAL")
    store.edit([route("r4")])
    store.close()
    assert rows(path, "SELECT count(*) FROM routes") == [(4,)]
    in_another_process(SQL, path, "PRAGMA journal_mode = DELETE")
    store = open_survey(path, "甲")
    assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()


def test_the_version_before_another_programs_update_is_kept(path: Path) -> None:
    in_another_process(SQL, path, "UPDATE routes SET diameter_mm = 90, version = 77")
    store = open_survey(path, "甲")
    first, second = store.history("r1")
    store.close()
    assert (first.route, first.version, first.ended_by) == (route("r1"), 1, "其他程序")
    assert (second.route, second.version) == (route("r1", diameter_mm=90.0), 2)


def test_what_another_program_deleted_can_be_undone_here(path: Path) -> None:
    in_another_process(SQL, path, "DELETE FROM routes")
    store = open_survey(path, "甲")
    assert store.routes().routes == ()
    assert store.history("r1")[0].ended is Ended.DELETED
    step = store.undo()
    assert step is not None
    assert (step.who, step.route_ids) == ("其他程序", ("r1",))
    assert store.routes().routes == (route("r1"),)
    store.close()


def test_another_programs_edit_cuts_what_could_be_redone(path: Path) -> None:
    store = open_survey(path, "甲")
    store.edit([route("r1", 20.0)])
    store.undo()
    in_another_process(SQL, path, "UPDATE routes SET contractor = '示例'")
    assert store.redo() is None
    store.undo()
    assert store.routes().routes == (route("r1"),)
    store.close()


def test_a_split_line_copies_uuid_and_name_and_gets_its_own(path: Path) -> None:
    in_another_process(
        SQL,
        path,
        "INSERT INTO routes (geom, uuid, version, route_id, utility)"
        " SELECT geom, uuid, version, route_id, utility FROM routes",
    )
    (first, second) = rows(path, "SELECT uuid, route_id, version FROM routes ORDER BY fid")
    assert first[0] != second[0]
    assert first[1:] == ("r1", 1)
    assert second[1:] == (f"r1-{str(second[0])[:8]}", 1)


def test_a_replaced_row_is_not_lost(path: Path) -> None:
    in_another_process(SQL, path, "REPLACE INTO routes (fid, utility) VALUES (1, 'gas')")
    assert rows(path, "SELECT route_id, ended_how FROM route_history") == [("r1", "replace")]


def test_setting_the_version_alone_is_put_right_and_is_no_edit(path: Path) -> None:
    in_another_process(SQL, path, "UPDATE routes SET version = 9", "UPDATE routes SET version=NULL")
    assert rows(path, "SELECT version FROM routes") == [(1,)]
    assert rows(path, "SELECT count(*) FROM route_history") == [(0,)]


def test_recursive_triggers_of_another_program_change_nothing(path: Path) -> None:
    in_another_process(
        SQL,
        path,
        "PRAGMA recursive_triggers = ON",
        "UPDATE routes SET diameter_mm = 90",
        "UPDATE routes SET route_id = ''",
        "INSERT INTO routes (utility, route_id) VALUES ('gas', 'r1')",
    )
    assert rows(path, "SELECT route_id, version FROM routes ORDER BY fid LIMIT 1") == [("r1", 3)]
    assert rows(path, "SELECT version FROM route_history") == [(1,), (2,)]
    assert rows(path, "SELECT count(*) FROM steps") == [(4,)]


@pytest.mark.parametrize("table", ["route_history", "log"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET uuid = 'x'"])
def test_the_past_cannot_be_changed(path: Path, table: str, verb: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE routes SET unit = 'u1'")
        with pytest.raises(sqlite3.IntegrityError, match="只能增加"):
            connection.execute(verb.format(table))


@pytest.mark.parametrize("table", [*ROW_TABLES, "routes"])
def test_the_uuid_of_a_row_cannot_be_changed(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"INSERT INTO {table} DEFAULT VALUES")
        with pytest.raises(sqlite3.IntegrityError, match="uuid 不能改"):
            connection.execute(f"UPDATE {table} SET uuid = 'mine'")


@pytest.mark.parametrize("table", ROW_TABLES)
def test_the_log_keeps_every_row_as_it_was(path: Path, table: str) -> None:
    subject = ROW_TABLES[table]
    in_another_process(
        SQL,
        path,
        f"INSERT INTO {table} ({subject}) VALUES ('k1')",
        f"UPDATE {table} SET {subject} = 'k2'",
        f"UPDATE {table} SET {subject} = 'k2'",
        f"DELETE FROM {table}",
    )
    logged = rows(
        path,
        f"SELECT what, subject, json_extract(was, '$.{subject}') FROM log"
        f" WHERE subject_table = '{table}' AND subject_uuid IS NOT NULL",
    )
    assert logged == [("insert", "k1", None), ("update", "k2", "k1"), ("delete", "k2", "k2")]


def test_a_deleted_photo_stays_in_the_log(path: Path) -> None:
    in_another_process(
        SQL, path, "INSERT INTO photos (image) VALUES (x'ffd8')", "DELETE FROM photos"
    )
    was = rows(path, "SELECT json_extract(was, '$.image') FROM log WHERE what = 'delete'")
    assert was == [("FFD8",)]


def test_a_remark_on_a_photo_does_not_copy_the_picture_into_the_log(path: Path) -> None:
    in_another_process(
        SQL,
        path,
        "INSERT INTO photos (image, remark) VALUES (x'ffd8', 'a')",
        "UPDATE photos SET remark = 'b'",
        "UPDATE photos SET image = x'00'",
    )
    was = rows(path, "SELECT was FROM log WHERE what = 'update'")
    first, second = (json.loads(str(text)) for (text,) in was)
    assert first["remark"] == "a"
    assert "image" not in first
    assert (second["remark"], second["image"]) == ("b", "FFD8")


def test_what_people_type_into_qgis_is_understood_or_named(path: Path) -> None:
    in_another_process(
        SQL,
        path,
        "UPDATE routes SET utility = '燃气', applied_on = '2026/11/2', diameter_mm = '110'",
        "INSERT INTO routes (route_id, utility, geom) SELECT 'r2', '蒸汽', geom FROM routes",
        "INSERT INTO routes (route_id, utility) VALUES ('r3', 'gas')",
    )
    store = open_survey(path, "甲")
    kept = store.routes()
    assert len(store.history("r2")) == 1
    assert store.history("r2")[0].route is None
    store.close()
    (understood,) = kept.routes
    assert (understood.utility, understood.diameter_mm) == ("gas", 110.0)
    assert [text.partition("：")[0] for text in kept.unreadable] == ["外线 r2", "外线 r3"]


def test_no_column_that_people_fill_has_an_expression_as_its_default(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        defaults = {
            f"{table}.{row[1]}": row[4]
            for table in (*SURVEY_TABLES, "layer_styles")
            for row in connection.execute(f"PRAGMA table_info({table})")
            if row[4] is not None
        }
    assert defaults == {}
