"""The survey file does what every store of a survey must do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.io.survey import store as store_module
from neixiang_survey_plugin.io.survey.connection import connect
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.store import GpkgSurveyStore
from tests.survey.contract import OpenStore, SurveyStoreContract
from tests.survey.lines import new_survey, route


class TestGpkgSurveyStore(SurveyStoreContract):
    @pytest.fixture
    def open_store(self, tmp_path: Path) -> Iterator[OpenStore]:
        path = new_survey(tmp_path)
        opened: list[GpkgSurveyStore] = []

        def open_again(who: str) -> GpkgSurveyStore:
            opened.append(open_survey(path, who))
            return opened[-1]

        yield open_again
        for store in opened:
            store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_survey(tmp_path)


def columns_of(path: Path, table: str) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("table", ["routes", "route_history"])
def test_the_tables_of_lines_have_every_field_of_a_route(path: Path, table: str) -> None:
    assert [one for one in columns_of(path, table) if one in {f.name for f in ROUTES.fields}] == [
        field.name for field in ROUTES.fields
    ]


def test_every_commit_waits_for_the_disk(path: Path) -> None:
    store = open_survey(path, "甲")
    connection = store._connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()


def test_no_commit_copies_into_the_file_what_settling_does(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def traced(*given: Any) -> Any:
        connection = connect(*given)
        connection.set_trace_callback(said.append)
        return connection

    store = open_survey(path, "甲")
    monkeypatch.setattr(store_module, "connect", traced)
    with store.beside() as beside:
        for one in (store, beside):
            assert one._connection.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,)
    store.edit([route("r1")])
    said.clear()
    store.settle()
    checkpoints = [one for one in said if "wal_checkpoint" in one]
    assert ["PASSIVE" in one for one in checkpoints] == [True, False]  # first without the lock
    store.close()


def test_settling_leaves_everything_in_the_one_file(path: Path, tmp_path: Path) -> None:
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    store.settle()
    # Bytes taken away by another process, as a file manager would.
    alone = tmp_path / "alone.survey.gpkg"
    alone.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(alone)) as connection:
        assert connection.execute("SELECT route_id FROM routes").fetchall() == [("r1",)]
    store.close()


def test_a_closed_survey_is_one_plain_file(path: Path) -> None:
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    store.close()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_extent_that_qgis_zooms_to_follows_the_lines(path: Path) -> None:
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    store.edit([route("r2", 50.0)])
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        extent = connection.execute(
            "SELECT min_x, max_x FROM gpkg_contents WHERE table_name = 'routes'"
        ).fetchone()
    assert extent == (578_000.0, 578_050.0)


def test_a_spatial_index_that_qgis_made_does_not_stop_our_edits(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE rtree_routes_geom USING rtree(id, a, b, c, d)")
        connection.execute(
            "CREATE TRIGGER rtree_routes_geom_insert AFTER INSERT ON routes"
            " WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN"
            " INSERT OR REPLACE INTO rtree_routes_geom VALUES (NEW.fid,"
            " ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END"
        )
    store = open_survey(path, "甲")
    store.edit([route("r1")])
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT a, b FROM rtree_routes_geom").fetchall()
    assert found == [(578_000.0, 578_010.0)]
