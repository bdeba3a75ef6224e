"""Our own reader of GeoPackages: what GDAL wrote comes back, whatever state the file is in."""

from __future__ import annotations

import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io import gpkg, gpkg_connection
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.gpkg import gpkg_layers, read_gpkg
from tests.builders import ROAD, line, rectangle, road, write_county, write_layer
from tests.io.saying import county_problems, only

MANY = [road(f"R{number}", rectangle(number, 0, number + 1, 9)) for number in range(300)]
NOBODY = 65534
READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from neixiang_survey_plugin.io.gpkg import read_gpkg
if os.getuid() == 0:
    os.setgid({nobody}); os.setuid({nobody})
print(len(read_gpkg(Path(sys.argv[1]), "roads", lambda column: True)))
"""


def everything(column: str) -> bool:
    return True


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Those of the R-tree call functions that plain SQLite lacks."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        connection.execute(f'DROP TRIGGER "{name}"')


def put_blob(path: Path, blob: bytes | None, fid: int = 1) -> None:
    """Replace one geometry by a blob that no writer would write."""
    with sqlite3.connect(path) as connection:
        drop_triggers(connection)
        connection.execute("UPDATE roads SET geom = ? WHERE fid = ?", (blob, fid))
    connection.close()


def gpkg_blob(wkb: bytes, flags: int = 1, envelope: bytes = b"") -> bytes:
    return b"GP\x00" + bytes([flags]) + struct.pack("<i", 4546) + envelope + wkb


def test_rows_columns_and_geometry_are_those_that_gdal_wrote(tmp_path: Path) -> None:
    rows = [*MANY, road("R300", line((0, 0), (5, 5)), width_m=6.5, name="示例路")]
    path = write_layer(tmp_path / "roads.gpkg", rows, "roads")
    ours = read_gpkg(path, "roads", everything)
    theirs = geopandas.read_file(path, layer="roads", fid_as_index=True)
    assert ours.crs == "EPSG:4546"
    assert ours.fids is not None
    assert ours.fids.tolist() == theirs.index.tolist()
    assert shapely.equals_exact(ours.geometry, theirs.geometry.to_numpy()).all()
    assert ours.columns["road_id"] == theirs["road_id"].tolist()
    assert ours.columns["name"][-2:] == [None, "示例路"]
    assert ours.columns["width_m"][-1] == 6.5


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "roads.gpkg", MANY, "roads")
    raw = read_gpkg(path, "roads", lambda column: column == "road_id")
    assert set(raw.columns) == {"road_id"}
    assert raw.column_names == ("fid", "road_id", "road_class", "delivered_on")


@pytest.mark.parametrize(("envelope", "size"), [(0, 0), (1, 32), (2, 48), (3, 48), (4, 64)])
def test_geometry_is_found_behind_every_kind_of_envelope(
    tmp_path: Path, envelope: int, size: int
) -> None:
    shape = shapely.LineString([(1, 2), (3, 4), (5, 6)])
    path = write_layer(tmp_path / "roads.gpkg", [ROAD, ROAD], "roads")
    put_blob(path, gpkg_blob(shapely.to_wkb(shape), envelope << 1 | 1, bytes(size)))
    assert read_gpkg(path, "roads", everything).geometry[0].equals_exact(shape)


@pytest.mark.parametrize(
    ("wkb", "reason"),
    [
        (struct.pack("<BII2d", 1, 2, 1, 5.0, 6.0), "线只有一个点"),
        (struct.pack("<BII6d", 1, 8, 3, *range(6)), "是曲线"),
        (b"\x01\x03", "几何数据"),
        (struct.pack("<BIII8d", 1, 3, 1, 4, 0, 0, 1, 0, 1, 1, 5, 5), "没有闭合"),
    ],
    ids=["one point", "curve", "cut short", "open ring"],
)
def test_blob_that_is_no_geometry_names_its_row(tmp_path: Path, wkb: bytes, reason: str) -> None:
    write_county(tmp_path, roads=MANY)
    put_blob(tmp_path / "roads.gpkg", gpkg_blob(wkb), fid=7)
    only(county_problems(tmp_path), "roads.gpkg", "第 7 行（fid 7，road_id R6）", reason)


def test_rows_are_counted_on_where_the_file_is_read_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpkg, "_ROWS_AT_ONCE", 4)
    write_county(tmp_path, roads=MANY)
    put_blob(tmp_path / "roads.gpkg", gpkg_blob(b"\x01\x03"), fid=7)
    only(county_problems(tmp_path), "第 7 行（fid 7，road_id R6）")


def test_layer_behind_others_is_read_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "all.gpkg"
    write_layer(path, [ROAD], "first")
    write_layer(path, MANY, "roads", mode="a")
    assert gpkg_layers(path) == ("first", "roads")
    assert len(read_gpkg(path, "roads", everything)) == 300


def test_name_with_quotes_is_a_name_like_any_other(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "odd.gpkg", [ROAD], 'a "road" layer')
    assert len(read_gpkg(path, 'a "road" layer', everything)) == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda content: b"", "文件是空的"),
        (lambda content: b"no database at all " * 500, "不是 GeoPackage"),
        (lambda content: content[: len(content) // 2], "被截断"),
        (lambda content: content[:-4096], "被截断"),
    ],
    ids=["zero bytes", "text", "half of it", "all but the last page"],
)
def test_spoiled_file_is_named(tmp_path: Path, spoil: Callable[[bytes], bytes], said: str) -> None:
    write_county(tmp_path, roads=MANY)
    path = tmp_path / "roads.gpkg"
    path.write_bytes(spoil(path.read_bytes()))
    only(county_problems(tmp_path), str(path), said)


def test_database_without_layers_is_no_geopackage(tmp_path: Path) -> None:
    write_county(tmp_path)
    path = tmp_path / "roads.gpkg"
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE roads (road_id)")
    connection.close()
    only(county_problems(tmp_path), str(path), "不是 GeoPackage")


def test_table_without_geometry_is_no_layer(tmp_path: Path) -> None:
    write_county(tmp_path, keys={"roads": 'layer = "gpkg_contents"'})
    only(county_problems(tmp_path), "roads.gpkg", "没有图层 gpkg_contents")


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that another program has open on a road layer in WAL mode."""
    path = write_layer(tmp_path / "roads.gpkg", [ROAD], "roads")
    put_blob(path, gpkg_blob(shapely.to_wkb(shapely.box(0, 0, 1, 1))))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("INSERT INTO roads (road_id, geom) SELECT 'R2', geom FROM roads")
    yield connection
    connection.close()


def test_rows_that_are_still_in_the_journal_are_read(
    writing: sqlite3.Connection, tmp_path: Path
) -> None:
    assert (tmp_path / "roads.gpkg-wal").stat().st_size > 0
    assert len(read_gpkg(tmp_path / "roads.gpkg", "roads", everything)) == 2


def test_rows_of_an_unfinished_edit_are_not_read(
    writing: sqlite3.Connection, tmp_path: Path
) -> None:
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("DELETE FROM roads")
    assert len(read_gpkg(tmp_path / "roads.gpkg", "roads", everything)) == 2


@pytest.mark.parametrize("journal", ["in a journal", "put back"])
def test_file_in_wal_mode_is_read_where_nothing_may_be_written(
    writing: sqlite3.Connection, tmp_path: Path, journal: str
) -> None:
    if journal == "put back":
        writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with tempfile.TemporaryDirectory() as folder:
        for file in tmp_path.glob("roads.gpkg*"):
            if not file.name.endswith("-shm") and file.stat().st_size:
                (Path(folder) / file.name).write_bytes(file.read_bytes())
        Path(folder).chmod(0o555)
        code = READ_AS_NOBODY.format(nobody=NOBODY)
        read = subprocess.run(
            [sys.executable, "-c", code, str(Path(folder) / "roads.gpkg")],
            capture_output=True,
            text=True,
            check=False,
        )
        Path(folder).chmod(0o755)
    assert (read.stdout, read.stderr) == ("2\n", "")


def test_file_that_another_program_is_writing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpkg_connection, "_PATIENCE_S", 0.05)
    write_county(tmp_path)
    with sqlite3.connect(tmp_path / "roads.gpkg", isolation_level=None) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        problems = county_problems(tmp_path)
    connection.close()
    only(problems, "roads.gpkg", "正被另一个程序写入")


def test_reading_leaves_the_locks_of_this_process_alone(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "roads.gpkg", [ROAD], "roads")
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        read_gpkg(path, "roads", everything)
        other = (
            "import sqlite3, sys\n"
            "sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        )
        stopped = subprocess.run(
            [sys.executable, "-c", other, str(path)], capture_output=True, text=True, check=False
        )
    connection.close()
    assert "database is locked" in stopped.stderr


def test_county_is_read_without_geopandas_or_pyogrio(tmp_path: Path) -> None:
    write_county(tmp_path)
    code = (
        "import sys; from pathlib import Path\n"
        "from neixiang_survey_plugin.io.county_file import load_county\n"
        "load_county(Path(sys.argv[1]))\n"
        "print({'geopandas', 'pandas', 'pyogrio', 'fiona', 'pydantic'}.intersection(sys.modules))"
    )
    read = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert read.stdout == "set()\n"


def test_reading_a_layer_of_the_county_grid_needs_no_pyproj(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "roads.gpkg", [ROAD], "roads")
    code = (
        "import sys; from pathlib import Path\n"
        "from neixiang_survey_plugin.io.crs import is_same_crs\n"
        "from neixiang_survey_plugin.io.gpkg import read_gpkg\n"
        "raw = read_gpkg(Path(sys.argv[1]), 'roads', lambda column: True)\n"
        "print(is_same_crs(raw.crs, 4546), 'pyproj' in sys.modules)"
    )
    read = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert read.stdout == "True False\n"


def test_unreadable_text_is_told_by_its_encoding(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "roads.gpkg", [ROAD], "roads")
    with sqlite3.connect(path) as connection:
        drop_triggers(connection)
        connection.execute("UPDATE roads SET road_id = CAST(x'CAFD' AS TEXT)")
    connection.close()
    with pytest.raises(SurveyError, match="UTF-8"):
        read_gpkg(path, "roads", everything)


def test_two_hundred_columns_of_others_cost_nothing_and_hide_nothing(tmp_path: Path) -> None:
    wide = road("R1", rectangle(0, 0, 9, 9), **{f"note_{n}": "x" for n in range(200)})
    county = load_county(write_county(tmp_path, roads=[wide]))
    assert np.array_equal(county.layers["roads"].ids, ["R1"])
