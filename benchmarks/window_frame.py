"""What is done with the window itself while it is timed: panels, layers, sizes, what lies below."""

from __future__ import annotations

import contextlib
import math
import socket
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyproj import Transformer

from benchmarks.window_hand import Hand, Phase, runs
from neixiang_survey_plugin.ui.settings import Settings

_HALF_M = math.pi * 6_378_137.0  # Web Mercator, from its middle to an edge
_LEVELS = range(14, 18)
_TILE_PX = 256
_PHOTO_PX = 9_000  # of each side: 81 million pixels
_PHOTO_M = 900.0
# Nobody stands there: the sentence of a receiver in the middle of China.
_FIX = "$GPGGA,033000.00,{lat},N,{lon},E,4,12,0.9,240.0,M,0.0,M,1.0,0000"


@runs("today", "cases")
def _through_the_panels(hand: Hand) -> None:
    hand.stock(500)
    hand.session.select("b0")
    hand.rest()
    hand.begin()
    for _ in range(2):
        for name in hand.window.panels.by_name:
            hand.show(name)
    hand.run("today")
    hand.run("cases")
    hand.show("survey")


def _layers(hand: Hand) -> None:
    from neixiang_survey_plugin.qt import QtCore

    states = QtCore.Qt.CheckState
    for row in range(hand.window.layers.topLevelItemCount()):
        item = hand.window.layers.topLevelItem(row)
        for state in (states.Unchecked, states.Checked):
            item.setCheckState(0, state)
            hand.whole()


@runs("zoom_all", "zoom_chosen", "zoom_out", "zoom_in")
def _look_about(hand: Hand) -> None:
    hand.stock(1)
    hand.session.select("b0")
    for command in ("zoom_all", "zoom_chosen", "zoom_out", "zoom_in"):
        hand.run(command)
        hand.whole()


@runs("show_layers", "show_panels")
def _resize(hand: Hand) -> None:
    from neixiang_survey_plugin.qt import QtCore

    window, size = hand.window, hand.window.size()
    for step in [*range(20), *reversed(range(20))]:
        window.resize(size.width() - 20 * step, size.height() - 8 * step)
        hand.wait(lambda: True)
    hand.whole()
    for width_px in [*range(360, 560, 20), *range(560, 360, -20)]:
        window.resizeDocks([window.right], [width_px], QtCore.Qt.Orientation.Horizontal)
        hand.wait(lambda: True)
    for command in ("show_layers", "show_layers", "show_panels", "show_panels"):
        hand.run(command)
        hand.whole()


@runs("tour", "guide", "shortcuts")
def _read_about_it(hand: Hand) -> None:
    hand.run("tour")
    for _ in range(3):
        hand.rest()
        hand.window._tour.go_on()
    for command in ("guide", "shortcuts"):
        hand.run(command)
        hand.rest()
        hand.form.reject()
        hand.rest()


@runs("settings", "light")
def _settings(hand: Hand) -> None:
    before: Settings = hand.window.settings
    hand.run("settings")
    hand.rest()
    hand.form.reject()
    for changed in (
        replace(before, snapping=False),
        replace(before, snap_px=20),
        replace(before, show_readout=False),
        replace(before, who="x"),
        before,
    ):
        hand.window.use_settings(changed)
        hand.rest()
    hand.run("light")


@runs("find")
def _to_a_road(hand: Hand) -> None:
    """A road is looked for by its number, and gone to."""
    roads = hand.session.county.layers["roads"]
    name = str(roads.ids[len(roads) // 2])
    hand.window.desk.cancel()
    for place in ("command", "road"):
        hand.run("find")
        hand.rest(1.0)
        text = name if place == "road" else hand.window.actions_.text("zoom_all")
        for end in range(1, len(text) + 1):
            hand.form.entry.setText(text[:end])
            hand.rest(0.05)
        hand.form.go() if hand.form.list.topLevelItemCount() else hand.form.reject()
        hand.whole()


@runs("to_position", "draw_heat", "vertex_here")
def _position(hand: Hand) -> None:
    """A receiver says where one is, ten times a second."""
    epsg, (e_m, n_m) = hand.session.county.grid.epsg, hand.at
    longitude, latitude = Transformer.from_crs(epsg, 4490, always_xy=True).transform(e_m, n_m)
    said = _FIX.format(lat=_minutes(latitude, 2), lon=_minutes(longitude, 3))
    with _receiver(said) as address:
        hand.begin()
        hand.window.use_settings(replace(hand.window.settings, receiver=address))
        hand.wait(hand.window.position.is_known)
        hand.run("to_position")
        hand.rest(0.5)
        hand.run("draw_heat")
        for _ in range(2):
            hand.run("vertex_here")
        hand.rest()
        hand.window.desk.cancel()
        hand.window.desk.cancel()
        hand.window.use_settings(replace(hand.window.settings, receiver=""))
        hand.rest()


@contextlib.contextmanager
def _receiver(sentence: str) -> Iterator[str]:
    ended = threading.Event()
    total = 0
    for one in sentence[1:].encode():
        total ^= one
    line = f"{sentence}*{total:02X}\r\n".encode()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def talk() -> None:
            with contextlib.suppress(OSError):
                caller, _ = server.accept()
                while not ended.wait(0.1):
                    caller.sendall(line)
                caller.close()

        threading.Thread(target=talk, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        ended.set()


def _minutes(degrees: float, digits: int) -> str:
    whole = int(degrees)
    return f"{whole:0{digits}d}{(degrees - whole) * 60:010.7f}"


@runs("background", "no_background")
def _tiles_below(hand: Hand) -> None:
    path = hand.folder / "below.mbtiles"
    _write_tiles(path, hand)
    _push_over(hand, path)


@runs("background", "no_background")
def _photo_below(hand: Hand) -> None:
    path = hand.folder / "below.jpg"
    picture(_PHOTO_PX, _PHOTO_PX, 3).save(str(path), "JPG", 80)
    pixel_m, (e_m, n_m) = _PHOTO_M / _PHOTO_PX, hand.at
    corner = e_m - _PHOTO_M / 2, n_m + _PHOTO_M / 2
    numbers = pixel_m, 0.0, 0.0, -pixel_m, *corner
    path.with_suffix(".jgw").write_text("\n".join(map(str, numbers)), encoding="ascii")
    _push_over(hand, path)


def _push_over(hand: Hand, path: Path) -> None:
    hand.near(*hand.at)
    hand.rest(0.5)
    hand.begin()
    with hand.choosing(path):
        hand.run("background")
    hand.idle()
    hand.whole()
    widget = hand.window.canvas.widget
    for factor in (1.0, 0.5, 0.5, 2.0, 2.0):
        hand.window.canvas.zoom_by(factor)
        for _ in range(5):
            widget.look_at(widget.view.moved(-60, 25))
            hand.rest(0.02)
        hand.whole()
    hand.run("no_background")
    hand.whole()


def _write_tiles(path: Path, hand: Hand) -> None:
    """Tiles of some kilometres round the middle, in four levels."""
    grid = f"EPSG:{hand.session.county.grid.epsg}"
    x, y = Transformer.from_crs(grid, "EPSG:3857", always_xy=True).transform(*hand.at)
    pictures = [_png(picture(_TILE_PX, _TILE_PX, seed)) for seed in range(8)]
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        file.execute("INSERT INTO metadata VALUES ('format', 'png')")
        file.execute(
            "CREATE TABLE tiles"
            " (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        for level in _LEVELS:
            side = 2 * _HALF_M / 2**level
            column, row = (math.floor((one + _HALF_M) / side) for one in (x, y))
            around = range(-12, 13)
            rows = [
                (level, column + a, row + b, pictures[(a + 3 * b) % 8])
                for a in around
                for b in around
            ]
            file.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        file.execute("CREATE INDEX place ON tiles (zoom_level, tile_column, tile_row)")


def picture(width_px: int, height_px: int, seed: int) -> Any:
    """A picture as uneven as one from the air."""
    import numpy as np

    from neixiang_survey_plugin.qt import QtGui

    random = np.random.default_rng(seed)
    block = random.integers(60, 200, (256, 256, 3), dtype=np.uint8)
    tiled = np.tile(block, (height_px // 256 + 1, width_px // 256 + 1, 1))
    cut = np.ascontiguousarray(tiled[:height_px, :width_px])
    kind = QtGui.QImage.Format.Format_RGB888
    return QtGui.QImage(cut.tobytes(), width_px, height_px, width_px * 3, kind).copy()


def _png(picture: Any) -> bytes:
    from neixiang_survey_plugin.qt import QtCore

    buffer = QtCore.QBuffer()
    buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data())


FRAME: tuple[Phase, ...] = (
    ("through the panels with 500 lines", _through_the_panels),
    ("layers off and on", _layers),
    ("everything in view, and back to a line", _look_about),
    ("the window and its panels in other sizes", _resize),
    ("the tour, help and keys", _read_about_it),
    ("settings", _settings),
    ("going to a road by its number", _to_a_road),
    ("a receiver's position", _position),
    ("map tiles below", _tiles_below),
    ("a photograph of 81 million pixels below", _photo_below),
)
