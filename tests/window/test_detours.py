"""Ways round the works come in with the case in hand, lie on the map and on the traffic sketch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString

from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.io.packet.sheets import DRAWINGS
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from tests.sheets.pdf_reading import text_of
from tests.window.hand import Hand, sample_ground
from tests.window.test_packets import CASES, CLEAR, click

Asked = Callable[..., None]


@pytest.fixture
def ready(hand: Hand) -> Hand:
    """A case of the sample of which nothing fails, in hand, its way to a packet in sight."""
    given = read_routes(CASES / "routes.gpkg", sample_ground().county).routes
    hand.session.put(*[one for one in given if one.case_id in (CLEAR, "C02")], what="import")
    hand.window.tabs.setCurrentWidget(hand.window.packets)
    hand.window.choose_case(CLEAR)
    return hand


@pytest.fixture
def picked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """The next file that somebody picks."""

    def picks(path: Path) -> None:
        asked = "getOpenFileNames"
        monkeypatch.setattr(QtWidgets.QFileDialog, asked, lambda *_: ([str(path)], ""))

    return picks


def way_round(hand: Hand, path: Path, name: str | None = "示例南街") -> Path:
    east_m, north_m = hand.session.results_of(CLEAR)[0].route.line.coords[0]
    line = LineString([(east_m - 40, north_m - 30), (east_m + 60, north_m - 30)])
    columns = {"detour_id": ["d1"], "name": [name]}
    gpd.GeoDataFrame(columns, geometry=[line], crs=4546).to_file(path, layer="detours")
    return path


def test_a_way_round_comes_in_for_the_case_in_hand_and_one_step_takes_it_back(
    ready: Hand, picked: Callable[[Path], None], tmp_path: Path
) -> None:
    picked(way_round(ready, tmp_path / "d.gpkg"))
    ready.key("Ctrl+Shift+D")
    ready.wait_for_work()
    (kept,) = ready.session.store.records(Detour)
    assert (kept.case_id, kept.name, kept.line.length) == (CLEAR, "示例南街", pytest.approx(100))
    assert [row.accessibleName() for row in ready.window.packets.detours.rows] == ["示例南街 100 m"]
    assert [one.label for one in ready.map._overlays["detours"]] == ["示例南街"]
    ready.window.actions_.run("detours")  # the same file again brings nothing new
    ready.wait_for_work()
    assert len(ready.session.store.records(Detour)) == 1
    ready.window.choose_case("C02")
    assert ready.window.packets.detours.rows == []
    assert not ready.map._overlays.get("detours")
    ready.window.choose_case(CLEAR)
    ready.key("Ctrl+Z")
    assert ready.session.store.records(Detour) == ()
    assert not ready.map._overlays.get("detours")


def test_the_packet_has_it_on_its_sketch(
    ready: Hand, picked: Callable[[Path], None], tmp_path: Path
) -> None:
    picked(way_round(ready, tmp_path / "d.gpkg"))
    click(ready, ready.window.packets.detours.bring)
    ready.wait_for_work()
    click(ready, ready.window.packets.issue)
    ready.wait_for(lambda: "资料包已写入" in ready.said())
    assert "绕行：示例南街" in text_of(tmp_path / "资料包" / CLEAR / DRAWINGS)


def test_a_click_looks_at_a_way_round_and_another_takes_it_away(
    ready: Hand, picked: Callable[[Path], None], tmp_path: Path
) -> None:
    picked(way_round(ready, tmp_path / "d.gpkg", None))
    click(ready, ready.window.packets.detours.bring)
    ready.wait_for_work()
    (row,) = ready.window.packets.detours.rows
    assert row.accessibleName() == "绕行路线 100 m"
    before = ready.map.view
    ready.bot.mouseClick(row, QtCore.Qt.MouseButton.LeftButton, pos=QtCore.QPoint(12, 12))
    assert ready.map.view != before
    click(ready, row.findChild(QtWidgets.QPushButton))
    assert ready.session.store.records(Detour) == ()
    assert ready.window.packets.detours.rows == []


def test_a_file_that_holds_no_lines_is_named_and_nothing_is_kept(
    ready: Hand, picked: Callable[[Path], None], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.geojson"
    bad.write_text("{not json")
    picked(bad)
    ready.key("Ctrl+Shift+D")
    ready.wait_for_work()
    assert "bad.geojson" in ready.said()
    assert ready.session.store.records(Detour) == ()
