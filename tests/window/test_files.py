"""Files of the window: surveys that are opened, begun and copied, lines that are dropped."""

from __future__ import annotations

import pickle
import warnings
from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely import LineString

from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.io import dropped_lines
from neixiang_survey_plugin.qt import QtCore, QtGui
from tests.io.test_backgrounds import E_M, N_M, write_mbtiles
from tests.window.hand import Hand
from tests.window.test_window import with_lines


def test_recent_surveys_are_remembered_and_opened(hand: Hand, tmp_path: Path) -> None:
    indexed = hand.session.search.layers.pipelines, hand.session.checker.ground.roads.tree
    hand.shell.new_path(tmp_path / "b.survey.gpkg")
    hand.wait_for_work()
    assert hand.memory.recent[0].name == "b.survey.gpkg"
    hand.window._open_recent(hand.path)
    hand.wait_for_work()
    assert hand.window.work.path == hand.path
    assert hand.session.search.layers.pipelines is indexed[0]  # the county is the same
    assert hand.session.checker.ground.roads.tree is indexed[1]
    assert [one.name for one in hand.memory.recent] == ["a.survey.gpkg", "b.survey.gpkg"]


def test_a_survey_that_cannot_be_opened_leaves_the_one_that_is_open(
    hand: Hand, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.survey.gpkg"
    bad.write_bytes(b"this is no survey")
    hand.window.files.take([bad])
    hand.wait_for_work()
    assert "bad.survey.gpkg" in hand.said()
    assert hand.window.work.path == hand.path
    with_lines(hand)


def test_a_copy_is_saved_while_the_survey_is_open(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_lines(hand)
    out = tmp_path / "copy"
    monkeypatch.setattr(hand.window.files, "ask", lambda *_, **__: out)
    hand.key("Ctrl+Shift+S")
    hand.wait_for_work()
    assert (tmp_path / "copy.survey.gpkg").exists()
    assert "copy.survey.gpkg" in hand.said()


@pytest.mark.parametrize(("bytes_", "apart"), [(10, ["lines_or_none"]), (10_000, [])])
def test_a_large_file_of_lines_is_read_where_it_does_not_hold_the_window(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bytes_: int, apart: list[str]
) -> None:
    monkeypatch.setattr(dropped_lines, "_LARGE_BYTES", bytes_)
    done: list[str] = []

    def read(job: Any, progress: Any) -> Any:
        done.append(job.func.__name__)
        return pickle.loads(pickle.dumps(job))(progress)  # as another process gets it

    hand.shell.apart = read
    path = tmp_path / "a.csv"
    path.write_text("name,utility,X,Y\na,gas,3658330,581600\na,gas,3658330,581620\n", "utf-8")
    hand.window.files.take([path])
    hand.wait_for_work()
    assert len(hand.session.routes) == 1
    assert done == apart


def drop(hand: Hand, *paths: Path) -> None:
    drop_urls(hand, *(QtCore.QUrl.fromLocalFile(str(path)) for path in paths))


def drop_urls(hand: Hand, *urls: Any) -> None:
    data = QtCore.QMimeData()
    data.setUrls(list(urls))
    copy = QtCore.Qt.DropAction.CopyAction
    left, none = QtCore.Qt.MouseButton.LeftButton, QtCore.Qt.KeyboardModifier.NoModifier
    enter = QtGui.QDragEnterEvent(QtCore.QPoint(50, 50), copy, data, left, none)
    QtCore.QCoreApplication.sendEvent(hand.window, enter)
    assert enter.isAccepted()
    QtCore.QCoreApplication.sendEvent(
        hand.window, QtGui.QDropEvent(QtCore.QPointF(50, 50), copy, data, left, none)
    )
    hand.wait_for_work()


def test_an_address_that_is_dropped_is_said_to_be_no_file(hand: Hand) -> None:
    drop_urls(hand, QtCore.QUrl("https://example.org/line.gpx"))
    assert "不是本机上的文件" in hand.said()


def test_a_table_that_is_dropped_brings_its_lines_in_as_one_step(
    hand: Hand, tmp_path: Path
) -> None:
    table = tmp_path / "points.csv"
    table.write_text(
        "name,utility,X,Y\n"
        "a,给水,3658330,581600\na,给水,3658330,581620\n"
        "b,gas,3658340,581600\nb,gas,3658340,581620\n",
        encoding="utf-8",
    )
    hand.window.use_kit(Kit("T1"))
    drop(hand, table)
    assert {key: list(one.line.coords) for key, one in hand.session.routes.items()} == {
        "T1-water": [(581600, 3658330), (581620, 3658330)],
        "T1-gas": [(581600, 3658340), (581620, 3658340)],
    }
    assert hand.session.selected == "T1-water"
    hand.key("Ctrl+Z")
    assert hand.session.routes == {}


def test_a_line_that_came_in_and_went_before_it_was_shown_is_not_chosen(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "points.csv"
    table.write_text("a,给水,3658330,581600\na,给水,3658330,581620\n", encoding="utf-8")
    waiting: list[Any] = []
    with monkeypatch.context() as later:
        later.setattr(hand.window.canvas, "run_later", lambda call: waiting.append(call))
        hand.window.files.take([table])
        hand.wait_for(lambda: bool(waiting))
    hand.session.undo()
    waiting.pop()()
    assert hand.session.selected is None
    assert "points.csv" in hand.said()


def test_two_files_that_are_dropped_together_both_bring_their_lines_in(
    hand: Hand, tmp_path: Path
) -> None:
    tables = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for table, x in zip(tables, (3658330, 3658340), strict=True):
        rows = f"a,给水,{x},581600\na,给水,{x},581620\n"
        table.write_text(f"name,utility,X,Y\n{rows}", encoding="utf-8")
    hand.window.use_kit(Kit("T1"))
    drop(hand, *tables)
    assert {key: one.line.coords[0][1] for key, one in hand.session.routes.items()} == {
        "T1-water": 3658330,
        "T1-water-2": 3658340,
    }
    assert hand.session.selected == "T1-water-2"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.dwg", b"AC1032", "DXF"),
        ("notes.docx", b"PK", "不认识"),
        ("broken.geojson", b"{not json", "broken.geojson"),
        ("empty.csv", b"", "空"),
        ("words.csv", "没有,坐标\n".encode(), "没有线"),
    ],
)
def test_a_file_that_brings_nothing_is_answered_in_one_sentence(
    hand: Hand, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with_lines(hand)
    drop(hand, path)
    assert said in hand.said()
    assert name in hand.said()
    assert list(hand.session.routes) == ["w1", "g1"]


@pytest.mark.parametrize(
    ("name", "crs", "driver"),
    [
        ("water.geojson", "EPSG:4326", "GeoJSON"),
        ("water.kml", "EPSG:4326", "LIBKML"),
        ("water.gpkg", "EPSG:4546", "GPKG"),
        ("water.shp", "EPSG:4546", "ESRI Shapefile"),
        ("water.dxf", "EPSG:4546", "DXF"),
    ],
)
def test_a_file_of_every_kind_that_is_dropped_brings_its_lines_in(
    hand: Hand, tmp_path: Path, name: str, crs: str, driver: str
) -> None:
    course = LineString([(581_600, 3_658_330), (581_620, 3_658_330), (581_620, 3_658_345)])
    columns = {"Layer": ["water"]} if driver == "DXF" else {"note": ["a"]}
    frame = geopandas.GeoDataFrame(columns, geometry=[course], crs="EPSG:4546").to_crs(crs)
    with warnings.catch_warnings():  # a drawing has no system, and says so
        warnings.simplefilter("ignore")
        frame.to_file(tmp_path / name, engine="pyogrio", driver=driver)
    drop(hand, tmp_path / name)
    (taken,) = hand.session.routes.values()
    assert taken.utility == "water"
    assert taken.line.equals_exact(course, 0.02)
    assert name in hand.said()
    assert hand.session.selected == taken.route_id


def test_lines_whose_utility_nobody_says_wait_for_a_choice(hand: Hand, tmp_path: Path) -> None:
    path = tmp_path / "track.gpx"
    path.write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
        '<trkpt lat="33.05" lon="111.87"/><trkpt lat="33.051" lon="111.87"/>'
        "</trkseg></trk></gpx>",
        encoding="utf-8",
    )
    drop(hand, path)
    assert hand.session.routes == {}
    assert "1–5" in hand.said()
    hand.key("4")
    drop(hand, path)
    (taken,) = hand.session.routes.values()
    assert taken.utility == "heat"
    assert taken.line.length == pytest.approx(110.9, abs=0.5)


def test_a_photograph_that_is_dropped_lies_below_the_layers_until_it_is_taken_away(
    hand: Hand, tmp_path: Path
) -> None:
    picture = QtGui.QImage(20, 20, QtGui.QImage.Format.Format_RGB32)
    picture.fill(QtGui.QColor("red"))
    picture.save(str(tmp_path / "photo.png"))
    (tmp_path / "photo.pgw").write_text("100\n0\n0\n-100\n579000\n3660000\n")
    drop(hand, tmp_path / "photo.png")
    hand.look_at(579_000, 3_658_000, 581_000, 3_660_000)
    hand.wait_for(lambda: reds(hand) > 100)
    hand.window.actions_.run("no_background")
    hand.wait_for(lambda: reds(hand) == 0)


def reds(hand: Hand) -> int:
    """How many of the map's pixels are red, which no layer is: every tenth one is looked at."""
    image = hand.map.grab().toImage()
    places = ((x, y) for x in range(0, image.width(), 10) for y in range(0, image.height(), 10))
    return sum(_is_red(image.pixelColor(*place)) for place in places)


def _is_red(seen: Any) -> bool:
    """Also where an area of a layer lies thinly over it."""
    return bool(seen.red() > 240 and seen.green() < 16 and seen.blue() < 16)


def red_tile() -> bytes:
    picture = QtGui.QImage(256, 256, QtGui.QImage.Format.Format_RGB32)
    picture.fill(QtGui.QColor("red"))
    kept = QtCore.QBuffer()
    kept.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    picture.save(kept, "PNG")
    return bytes(kept.data())


def test_map_tiles_that_are_dropped_lie_below_the_layers_also_the_next_time(
    hand: Hand, tmp_path: Path
) -> None:
    write_mbtiles(tmp_path / "底图.mbtiles", range(15, 16), 2, picture=red_tile())
    drop(hand, tmp_path / "底图.mbtiles")
    assert "底图.mbtiles" in hand.said()
    hand.look_at(E_M - 500, N_M - 500, E_M + 500, N_M + 500)
    hand.wait_for(lambda: reds(hand) > 100)
    hand.replaced(hand.shell.show_anew)
    hand.look_at(E_M - 500, N_M - 500, E_M + 500, N_M + 500)
    hand.wait_for(lambda: reds(hand) > 100)


def test_a_file_of_tiles_that_is_none_is_said_on_the_bar_and_nothing_lies_below(
    hand: Hand, tmp_path: Path
) -> None:
    (tmp_path / "a.mbtiles").write_bytes(b"no database at all")
    drop(hand, tmp_path / "a.mbtiles")
    assert "a.mbtiles" in hand.said()
    assert hand.map.picture.content.background is None
    assert hand.memory.background(hand.window.work.ground.folder) is None


def test_a_photograph_without_its_world_file_is_said_on_the_bar(hand: Hand, tmp_path: Path) -> None:
    QtGui.QImage(20, 20, QtGui.QImage.Format.Format_RGB32).save(str(tmp_path / "photo.png"))
    drop(hand, tmp_path / "photo.png")
    assert "photo.pgw" in hand.window.canvas.widget.notice.sentence
