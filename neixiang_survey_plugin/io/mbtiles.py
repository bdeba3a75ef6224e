"""Map tiles that were brought along in one file (MBTiles), moved into the county grid."""

from __future__ import annotations

import contextlib
import functools
import math
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyproj import Transformer

from neixiang_survey_plugin.app.background import Piece
from neixiang_survey_plugin.app.map_shapes import Box
from neixiang_survey_plugin.core.errors import SurveyError

_HALF_M = math.pi * 6_378_137.0  # the world in Web Mercator, from its middle to an edge
_TILE_PX = 256
_MOST = 400  # tiles for one picture
_PICTURES = {"png", "jpg", "jpeg", "webp"}
_WEB_MERCATOR = "EPSG:3857"


@dataclass(frozen=True, eq=False)
class TileFile:
    """A Background over an MBTiles file in Web Mercator; opened anew for every question."""

    path: Path
    to_mercator: Transformer
    to_grid: Transformer
    finest: int
    coarsest: int

    def pieces(self, box: Box, pixel_m: float) -> Sequence[Piece]:
        """The tiles in a box of the county grid; none where there would be very many."""
        west, south, east, north = self._mercator_box(box)
        # Web Mercator is larger than the ground by 1 / cos(latitude); boxes tell by how much.
        pixel = pixel_m * (east - west) / (box[2] - box[0])
        level = math.ceil(math.log2(2 * _HALF_M / _TILE_PX / pixel) - 0.25)
        level = min(max(level, self.coarsest), self.finest)
        side = 2 * _HALF_M / 2**level
        columns = range(_cell(west, side), _cell(east, side) + 1)
        rows = range(_cell(south, side), _cell(north, side) + 1)  # TMS: from the south
        if len(columns) * len(rows) > _MOST:
            return ()
        return tuple(self._found(level, columns, rows, side))

    def read(self, level: int, column: int, row: int) -> bytes:
        """The picture of one tile; empty where the file has lost it."""
        with _reading(self.path) as connection:
            found = connection.execute(
                "SELECT tile_data FROM tiles"
                " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (level, column, row),
            ).fetchone()
        return bytes(found[0]) if found else b""

    def _found(self, level: int, columns: range, rows: range, side: float) -> Iterator[Piece]:
        with _reading(self.path) as connection:
            found = connection.execute(
                "SELECT tile_column, tile_row FROM tiles WHERE zoom_level = ?"
                " AND tile_column BETWEEN ? AND ? AND tile_row BETWEEN ? AND ?",
                (level, columns[0], columns[-1], rows[0], rows[-1]),
            ).fetchall()
        for column, row in found:
            west, south = column * side - _HALF_M, row * side - _HALF_M
            corners_x = [west, west + side, west + side, west]
            corners_y = [south + side, south + side, south, south]
            e_m, n_m = self.to_grid.transform(corners_x, corners_y)
            one, two, three, four = zip(map(float, e_m), map(float, n_m), strict=True)
            yield Piece(
                (str(self.path), level, column, row),
                (one, two, three, four),
                functools.partial(self.read, level, column, row),
            )

    def _mercator_box(self, box: Box) -> Box:
        west, south, east, north = box
        edge = np.linspace(0.0, 1.0, 5)  # the sides of the box are bent in the other projection
        across, up = west + edge * (east - west), south + edge * (north - south)
        e_m = np.concatenate([across, across, np.full(5, west), np.full(5, east)])
        n_m = np.concatenate([np.full(5, south), np.full(5, north), up, up])
        x, y = self.to_mercator.transform(e_m, n_m)
        return float(min(x)), float(min(y)), float(max(x)), float(max(y))


def open_mbtiles(path: Path, epsg: int) -> TileFile:
    """A file of map tiles for a county grid; SurveyError when it is none, or holds no pictures.

    Tiles of Chinese web maps are shifted by some hundred metres (GCJ-02), and the file does not
    say so: such a background serves to look at, never to measure on.
    """
    with _reading(path) as connection:
        facts = dict(connection.execute("SELECT name, value FROM metadata"))
        levels = connection.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles")
        coarsest, finest = levels.fetchone()
    if str(facts.get("format", "png")).lower() not in _PICTURES:
        raise SurveyError(
            f"{path}: 瓦片是 {facts['format']}，不是图片；请导出 PNG 或 JPG 格式的 MBTiles"
        )
    if finest is None:
        raise SurveyError(f"{path}: 没有瓦片；请重新导出离线底图")
    grid = f"EPSG:{epsg}"
    return TileFile(
        path,
        Transformer.from_crs(grid, _WEB_MERCATOR, always_xy=True),
        Transformer.from_crs(_WEB_MERCATOR, grid, always_xy=True),
        int(finest),
        int(coarsest),
    )


def _cell(along: float, side: float) -> int:
    return math.floor((along + _HALF_M) / side)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            yield connection
    except sqlite3.Error:
        raise SurveyError(f"{path}: 不是 MBTiles 文件，或已损坏；请重新导出离线底图") from None
