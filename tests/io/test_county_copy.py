"""A county's folder is copied with what was saved last, also while its layers are open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_copy import copy_county

COUNTY = """schema = 1
name = "甲县"
epsg = 4546
policy = "neixiang_2022"

[layers.roads]
path = "{}"
"""


def county(folder: Path, layer: str) -> Path:
    folder.mkdir()
    (folder / "county.toml").write_text(COUNTY.format(layer), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["roads.gpkg", "ROADS.GPKG", "roads.sqlite"])
def test_what_still_stands_in_a_log_comes_along(tmp_path: Path, name: str) -> None:
    folder = county(tmp_path / "county", name)
    with closing(sqlite3.connect(folder / name)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE roads (name TEXT)")
        database.execute("INSERT INTO roads VALUES ('郦都大道')")
        database.commit()
        assert (folder / f"{name}-wal").stat().st_size > 0
        copy_county(folder, tmp_path / "copy")
    copied = sorted(path.name for path in (tmp_path / "copy").iterdir())
    assert copied == sorted(["county.toml", name])
    with closing(sqlite3.connect(tmp_path / "copy" / name)) as copy:
        assert copy.execute("SELECT name FROM roads").fetchall() == [("郦都大道",)]


def test_a_log_of_nothing_that_is_known_is_copied_as_it_is(tmp_path: Path) -> None:
    folder = county(tmp_path / "county", "roads.gpkg")
    for name in ("index.db", "index.db-wal", "2026-11-journal"):
        (folder / name).write_bytes(name.encode())
    copy_county(folder, tmp_path / "copy")
    copied = {path.name for path in (tmp_path / "copy").iterdir()}
    assert copied == {"county.toml", "index.db", "index.db-wal", "2026-11-journal"}


def test_a_county_with_a_layer_elsewhere_is_not_copied(tmp_path: Path) -> None:
    folder = county(tmp_path / "county", "../roads.gpkg")
    with pytest.raises(SurveyError, match="在县文件夹以外"):
        copy_county(folder, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
