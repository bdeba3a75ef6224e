from __future__ import annotations

import math
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io import orthophoto
from neixiang_survey_plugin.io.mbtiles import open_mbtiles
from neixiang_survey_plugin.io.orthophoto import open_orthophoto

LON, LAT = 111.84, 33.05
E_M, N_M = 578457.541, 3658606.957  # the same place in EPSG:4546
WORLD_M = 2 * math.pi * 6_378_137.0


def tile_at(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row of the tile that holds a place, rows from the south as MBTiles counts."""
    across = (lon + 180) / 360
    up = 0.5 + math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
    return int(across * 2**zoom), int(up * 2**zoom)


def write_mbtiles(
    path: Path, zooms: range, around: int = 1, form: str = "png", picture: bytes = b""
) -> Path:
    """Tiles around a place: of one picture, else each with its zoom and place as its content."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        connection.execute("INSERT INTO metadata VALUES ('format', ?)", (form,))
        connection.execute(
            "CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)"
        )
        for zoom in zooms:
            column, row = tile_at(LON, LAT, zoom)
            connection.executemany(
                "INSERT INTO tiles VALUES (?, ?, ?, ?)",
                [
                    (zoom, column + dc, row + dr, picture or f"{zoom}/{dc}/{dr}".encode())
                    for dc in range(-around, around + 1)
                    for dr in range(-around, around + 1)
                ],
            )
    return path


def box(half_m: float) -> tuple[float, float, float, float]:
    return E_M - half_m, N_M - half_m, E_M + half_m, N_M + half_m


def test_the_tile_of_a_place_is_found_and_lies_around_it(tmp_path: Path) -> None:
    tiles = open_mbtiles(write_mbtiles(tmp_path / "a.mbtiles", range(14, 17)), 4546)
    (piece,) = tiles.pieces((E_M, N_M, E_M + 0.1, N_M + 0.1), 2.0)
    assert piece.read() == b"16/0/0"
    e_m, n_m = zip(*piece.corners, strict=True)
    assert min(e_m) < E_M < max(e_m)
    assert min(n_m) < N_M < max(n_m)


def test_the_corners_of_a_tile_are_where_the_projection_says(tmp_path: Path) -> None:
    tiles = open_mbtiles(write_mbtiles(tmp_path / "a.mbtiles", range(16, 17)), 4546)
    (piece,) = tiles.pieces((E_M, N_M, E_M + 0.1, N_M + 0.1), 2.0)
    column, row = tile_at(LON, LAT, 16)
    side = WORLD_M / 2**16
    west, north = column * side - WORLD_M / 2, (row + 1) * side - WORLD_M / 2
    expected = Transformer.from_crs(3857, 4546, always_xy=True).transform(west, north)
    assert piece.corners[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("pixel_m", "zoom"), [(0.5, b"17"), (2.0, b"16"), (8.0, b"14")])
def test_the_level_suits_the_scale(tmp_path: Path, pixel_m: float, zoom: bytes) -> None:
    tiles = open_mbtiles(write_mbtiles(tmp_path / "a.mbtiles", range(14, 18), 2), 4546)
    levels = {piece.read().split(b"/")[0] for piece in tiles.pieces(box(20), pixel_m)}
    assert levels == {zoom}


def test_a_view_of_far_too_many_tiles_shows_none(tmp_path: Path) -> None:
    tiles = open_mbtiles(write_mbtiles(tmp_path / "a.mbtiles", range(16, 17)), 4546)
    assert tiles.pieces(box(50_000), 100.0) == ()


@pytest.mark.parametrize("content", [b"", b"no database at all", None])
def test_what_is_no_tile_file_is_said_to_be_none(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.mbtiles"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SurveyError, match=r"a\.mbtiles: 不是 MBTiles"):
        open_mbtiles(path, 4546)


def test_tiles_without_pictures_and_files_without_tiles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="不是图片"):
        open_mbtiles(write_mbtiles(tmp_path / "a.mbtiles", range(14, 15), form="pbf"), 4546)
    with pytest.raises(SurveyError, match="没有瓦片"):
        open_mbtiles(write_mbtiles(tmp_path / "b.mbtiles", range(0)), 4546)


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


def jpeg(width: int, height: int) -> bytes:
    table = struct.pack(">HH", 0xFFC4, 4) + b"\0\0"
    return b"\xff\xd8" + table + struct.pack(">HHBHH", 0xFFC0, 17, 8, height, width)


def tiff(width: int, height: int) -> bytes:
    entries = struct.pack("<HHIHHHHII", 256, 3, 1, width, 0, 257, 4, 1, height)
    return b"II" + struct.pack("<HIH", 42, 8, 2) + entries


@pytest.mark.parametrize(
    ("name", "world", "head"),
    [("a.png", "a.pgw", png), ("a.jpg", "a.JGW", jpeg), ("a.tif", "a.tfw", tiff)],
)
def test_a_photograph_lies_where_its_world_file_says(
    tmp_path: Path, name: str, world: str, head: object
) -> None:
    (tmp_path / name).write_bytes(head(200, 100))  # type: ignore[operator]
    # The middle of the first pixel, of half a metre each.
    (tmp_path / world).write_text("0.5\n0\n0\n-0.5\n1000.25\n1999.75\n")
    photo = open_orthophoto(tmp_path / name)
    assert np.allclose(photo.corners, [(1000, 2000), (1100, 2000), (1100, 1950), (1000, 1950)])
    assert len(photo.pieces((1050, 1960, 1060, 1970), 1.0)) == 1
    assert photo.pieces((1200, 1960, 1300, 1970), 1.0) == ()


def test_a_photograph_without_its_world_file_says_which_one_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(20, 10))
    with pytest.raises(SurveyError, match=r"没有坐标文件 a\.jgw"):
        open_orthophoto(tmp_path / "a.jpg")


@pytest.mark.parametrize("text", ["0.5\n0\n0", "0.5 0 0 x 1 2", ""])
def test_a_world_file_has_six_numbers(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.png").write_bytes(png(20, 10))
    (tmp_path / "a.pgw").write_text(text)
    with pytest.raises(SurveyError, match="六行数字"):
        open_orthophoto(tmp_path / "a.png")


def test_what_is_no_picture_and_what_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pgw").write_text("0.5\n0\n0\n-0.5\n0\n0\n")
    (tmp_path / "a.png").write_bytes(b"no picture")
    with pytest.raises(SurveyError, match="读不出"):
        open_orthophoto(tmp_path / "a.png")
    monkeypatch.setattr(orthophoto, "MOST_PIXELS", 100)
    (tmp_path / "a.png").write_bytes(png(20, 10))
    with pytest.raises(SurveyError, match="MBTiles"):
        open_orthophoto(tmp_path / "a.png")
    with pytest.raises(SurveyError, match="PNG、JPG"):
        open_orthophoto(tmp_path / "a.ecw")
