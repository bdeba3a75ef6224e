"""An aerial photograph that lies in the county grid: a picture with its world file."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from neixiang_survey_plugin.app.background import Piece
from neixiang_survey_plugin.app.map_host import Point
from neixiang_survey_plugin.app.map_shapes import Box
from neixiang_survey_plugin.core.errors import SurveyError

_WORLD_FILES = {
    ".png": (".pgw", ".pngw", ".wld"),
    ".jpg": (".jgw", ".jpgw", ".wld"),
    ".jpeg": (".jgw", ".jpegw", ".wld"),
    ".tif": (".tfw", ".tifw", ".wld"),
    ".tiff": (".tfw", ".tiffw", ".wld"),
}
MOST_PIXELS = 100_000_000  # 400 MB in memory; a larger photograph belongs into tiles


@dataclass(frozen=True, eq=False)
class Orthophoto:
    """A Background of one picture."""

    path: Path
    corners: tuple[Point, Point, Point, Point]

    def pieces(self, box: Box, pixel_m: float) -> Sequence[Piece]:
        """The picture where it meets the box."""
        west, south, east, north = box
        e_m, n_m = zip(*self.corners, strict=True)
        away = min(e_m) > east or max(e_m) < west or min(n_m) > north or max(n_m) < south
        return () if away else (Piece(str(self.path), self.corners, self.path.read_bytes),)


def open_orthophoto(path: Path) -> Orthophoto:
    """A photograph in the county grid; SurveyError when it or its world file cannot be used."""
    world = _world_file(path)
    try:
        numbers = [float(line) for line in world.read_text(encoding="ascii").split()[:6]]
        right_e, right_n, down_e, down_n, e_m, n_m = numbers
    except (ValueError, OSError):
        raise SurveyError(f"{world}: 应有六行数字（像元大小、旋转、左上像元中心的坐标）") from None
    width, height = _size(path)
    if width * height > MOST_PIXELS:
        raise SurveyError(
            f"{path}: {width} × {height} 像素，超过 {MOST_PIXELS // 1_000_000} 百万；"
            "请切成 MBTiles 离线底图"
        )
    if not right_e * down_n - right_n * down_e:
        raise SurveyError(f"{world}: 像元大小为 0")

    def at(column: float, row: float) -> Point:
        # A world file gives the middle of the first pixel, the corner lies half a pixel off.
        column, row = column - 0.5, row - 0.5
        return e_m + column * right_e + row * down_e, n_m + column * right_n + row * down_n

    corners = at(0, 0), at(width, 0), at(width, height), at(0, height)
    return Orthophoto(path, corners)


def _world_file(path: Path) -> Path:
    endings = _WORLD_FILES.get(path.suffix.lower())
    if endings is None:
        raise SurveyError(f"{path}: 影像底图应是 PNG、JPG 或 TIFF 图片，附坐标文件")
    for ending in endings:
        for name in (path.with_suffix(ending), path.with_suffix(ending.upper())):
            if name.is_file():
                return name
    raise SurveyError(
        f"{path}: 旁边没有坐标文件 {path.with_suffix(endings[0]).name}；请连同坐标文件一起复制"
    )


def _size(path: Path) -> tuple[int, int]:
    """Width and height in pixels, from the head of the file."""
    try:
        with path.open("rb") as file:
            return _SIZES[path.suffix.lower()[:4]](file)
    except (OSError, struct.error, ValueError, KeyError):
        raise SurveyError(f"{path}: 读不出这张图片；请重新导出") from None


def _png_size(file: BinaryIO) -> tuple[int, int]:
    head = file.read(24)
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError
    width, height = struct.unpack_from(">II", head, 16)
    return width, height


def _jpeg_size(file: BinaryIO) -> tuple[int, int]:
    """The first frame header: markers C0 to CF but for tables (C4), extensions and arithmetic."""
    if file.read(2) != b"\xff\xd8":
        raise ValueError
    while True:
        marker, length = struct.unpack(">HH", file.read(4))
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height
        file.seek(length - 2, 1)


def _tiff_size(file: BinaryIO) -> tuple[int, int]:
    """Tags 256 and 257 of the first directory, which may stand at the end of the file."""
    order = {b"II": "<", b"MM": ">"}[file.read(2)]
    _, at = struct.unpack(f"{order}HI", file.read(6))
    file.seek(at)
    (count,) = struct.unpack(f"{order}H", file.read(2))
    found = {}
    for _ in range(count):
        entry = file.read(12)
        tag, kind = struct.unpack_from(f"{order}HH", entry)
        (found[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", entry, 8)
    return found[256], found[257]


_SIZES = {".png": _png_size, ".jpg": _jpeg_size, ".jpe": _jpeg_size, ".tif": _tiff_size}
