from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, box

from neixiang_survey_plugin.app.background import Piece
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Pointer, Snap
from neixiang_survey_plugin.app.map_layers import DrawnRoute, MapLayer, RouteState
from neixiang_survey_plugin.app.map_shapes import shapes_of
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.hosts.desktop import canvas_routes
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render import pictures
from neixiang_survey_plugin.render.palette import DARK, LIGHT, Theme
from tests.host_contract import MapHostContract, Recorder
from tests.hosts.stage import CanvasStage

_KEYS = QtCore.Qt.Key
_NONE = QtCore.Qt.KeyboardModifier.NoModifier


@pytest.fixture
def stage(qtbot: Any) -> CanvasStage:
    return CanvasStage(qtbot)


class TestTheDesktopsCanvas(MapHostContract):
    """Real mouse and key events on the real widget."""

    @pytest.fixture
    def stage(self, qtbot: Any) -> CanvasStage:
        return CanvasStage(qtbot)


def layer(name: str, look: str, *areas: shapely.Geometry) -> MapLayer:
    return MapLayer(name, look, shapes_of(np.array(areas, dtype=object)))


def wheel(stage: CanvasStage, notches: float, e_m: float, n_m: float) -> None:
    at = QtCore.QPointF(stage.at(e_m, n_m))
    event = QtGui.QWheelEvent(
        at,
        at,
        QtCore.QPoint(),
        QtCore.QPoint(0, round(120 * notches)),
        QtCore.Qt.MouseButton.NoButton,
        _NONE,
        QtCore.Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QtCore.QCoreApplication.sendEvent(stage.widget, event)


def drag(
    stage: CanvasStage, button: Any, from_m: tuple[float, float], by_px: tuple[int, int]
) -> None:
    first = stage.at(*from_m)
    stage.bot.mousePress(stage.widget, button, _NONE, first)
    last = first + QtCore.QPoint(*by_px)
    stage.move_to(last)
    stage.bot.mouseRelease(stage.widget, button, _NONE, last)


def test_the_county_is_drawn_where_it_lies(stage: CanvasStage) -> None:
    stage.host.show_layers((layer("green_spaces", "park", box(0, 0, 100, 50)),))
    stage.settle()
    assert stage.colour_at(50, 25) == LIGHT.park
    assert stage.colour_at(50, 52) == LIGHT.land


def test_a_layer_that_is_hidden_is_not_drawn(stage: CanvasStage) -> None:
    stage.host.show_layers((layer("green_spaces", "park", box(0, 0, 100, 50)),))
    stage.host.hide_layers({"green_spaces"})
    stage.settle()
    assert stage.colour_at(50, 25) == LIGHT.land
    stage.host.hide_layers(())
    stage.settle()
    assert stage.colour_at(50, 25) == LIGHT.park


def test_a_theme_changes_every_colour_of_the_map(stage: CanvasStage) -> None:
    stage.host.show_layers((layer("green_spaces", "park", box(0, 0, 100, 50)),))
    stage.host.use_theme(Theme.DARK)
    stage.settle()
    assert stage.colour_at(50, 25) == DARK.park
    assert stage.colour_at(50, 52) == DARK.land


def test_while_tiles_are_made_the_picture_before_is_shown_in_its_place(stage: CanvasStage) -> None:
    areas = (box(0, 150, 4, 154), box(100_000, 0, 100_010, 10))  # too small for the overview
    stage.host.show_layers((layer("green_spaces", "park", *areas),))
    stage.widget.look_at(replace(stage.widget.view, e_m=2, n_m=152, pixel_m=0.05))
    stage.settle()
    wheel(stage, 1, 2, 152)
    assert not stage.widget.picture.is_whole(stage.widget.view)
    assert stage.colour_at(2, 152) == LIGHT.park
    assert stage.colour_at(2, 156) == LIGHT.land


def test_where_nothing_was_shown_before_the_overview_is_seen(stage: CanvasStage) -> None:
    areas = (box(0, 0, 100, 50), box(3000, 0, 3100, 50))
    stage.host.show_layers((layer("green_spaces", "park", *areas),))
    # At once, so that no picture of the whole county is at hand but the overview.
    stage.widget.look_at(replace(stage.widget.view, e_m=50, n_m=25, pixel_m=0.2))
    stage.settle()
    stage.widget.look_at(replace(stage.widget.view, e_m=3050))
    assert not stage.widget.picture.is_whole(stage.widget.view)
    assert stage.colour_at(3050, 25) == LIGHT.park


class Painted(QtCore.QObject):
    """Notes the region of every paint event of a widget."""

    def __init__(self, widget: Any) -> None:
        super().__init__(widget)
        self.region = QtGui.QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if event.type() == QtCore.QEvent.Type.Paint:
            self.region |= event.region()
        return False


def test_only_where_an_overlay_was_and_is_the_map_is_painted_again(stage: CanvasStage) -> None:
    stage.settle()
    stage.host.show_overlay("here", [Overlay(Mark.SNAP, Point(-200, 100))])
    stage.bot.waitSignal(stage.widget.painted).wait()
    stage.settle()
    QtCore.QCoreApplication.processEvents()  # the last tile in view painted the whole map
    painted = Painted(stage.widget)
    stage.host.show_overlay("here", [Overlay(Mark.SNAP, Point(200, -100))])
    stage.wait_for(lambda: not painted.region.isEmpty())
    assert painted.region.contains(stage.at(-200, 100))
    assert painted.region.contains(stage.at(200, -100))
    assert not painted.region.contains(stage.at(0, 0))


def test_the_wheel_zooms_and_keeps_the_place_under_the_pointer(stage: CanvasStage) -> None:
    before = stage.at(120, 80)
    wheel(stage, 2, 120, 80)
    assert stage.pixel_m() == pytest.approx(0.5)
    assert (stage.at(120, 80) - before).manhattanLength() <= 2
    wheel(stage, -2, 120, 80)
    assert stage.pixel_m() == pytest.approx(1.0)


def test_plus_and_minus_zoom_and_arrows_push(stage: CanvasStage) -> None:
    stage.bot.keyClick(stage.widget, _KEYS.Key_Plus)
    assert stage.pixel_m() == pytest.approx(0.5**0.5)
    stage.bot.keyClick(stage.widget, _KEYS.Key_Minus)
    assert stage.pixel_m() == pytest.approx(1.0)
    stage.bot.keyClick(stage.widget, _KEYS.Key_Right)
    assert stage.widget.view.e_m == pytest.approx(75)
    stage.bot.keyClick(stage.widget, _KEYS.Key_Up)
    assert stage.widget.view.n_m == pytest.approx(50)


def test_home_shows_the_whole_county(stage: CanvasStage) -> None:
    stage.host.show_layers((layer("green_spaces", "park", box(0, 0, 1000, 50)),))
    stage.widget.look_at(replace(stage.widget.view, e_m=9_000))
    stage.bot.keyClick(stage.widget, _KEYS.Key_Home)
    west, _, east, _ = stage.shown()
    assert west < 0
    assert east > 1000


def test_the_middle_button_pushes_the_map_also_while_a_tool_draws(stage: CanvasStage) -> None:
    tool = Recorder()
    stage.host.use_tool(tool)
    drag(stage, QtCore.Qt.MouseButton.MiddleButton, (0, 0), (40, 30))
    assert (stage.widget.view.e_m, stage.widget.view.n_m) == pytest.approx((-40, 30))
    assert tool.told == []


def test_space_lends_the_main_button_to_pushing_until_it_is_let_go(stage: CanvasStage) -> None:
    tool = Recorder()
    stage.host.use_tool(tool)
    stage.bot.keyPress(stage.widget, _KEYS.Key_Space)
    drag(stage, QtCore.Qt.MouseButton.LeftButton, (0, 0), (40, 0))
    stage.bot.keyRelease(stage.widget, _KEYS.Key_Space)
    assert stage.widget.view.e_m == pytest.approx(-40)
    assert tool.told == []
    stage.press(0, 0)
    assert tool.told == ["press"]


def test_without_a_tool_the_main_button_pushes(stage: CanvasStage) -> None:
    drag(stage, QtCore.Qt.MouseButton.LeftButton, (0, 0), (-20, 0))
    assert stage.widget.view.e_m == pytest.approx(20)


def test_the_status_bar_hears_of_view_and_pointer(stage: CanvasStage) -> None:
    views: list[Any] = []
    places: list[tuple[float, float]] = []
    stage.widget.view_changed.connect(views.append)
    stage.widget.pointer_moved.connect(lambda e_m, n_m: places.append((e_m, n_m)))
    stage.host.zoom_by(2.0)
    assert views[-1].denominator == pytest.approx(0.5 / 0.0254 * 96)
    stage.move(10, 20)
    assert places[-1] == pytest.approx((10, 20), abs=0.6)


def test_a_snapper_comes_between_the_pointer_and_everybody(stage: CanvasStage) -> None:
    tool = Recorder()
    stage.host.use_tool(tool)
    stage.host.use_snapper(lambda pointer: Pointer(7.0, 8.0, pointer.pixel_m, Snap.VERTEX, "P1"))
    stage.move(10, 20)
    assert (tool.pointers[0].at, tool.pointers[0].snapped_to) == ((7.0, 8.0), "P1")


def route(line: LineString, **facts: Any) -> Route:
    return Route("r", facts.pop("utility", "gas"), line, **facts)


@pytest.mark.parametrize("state", list(RouteState))
def test_a_route_has_the_colour_of_its_utility_and_a_dark_casing(
    stage: CanvasStage, state: RouteState
) -> None:
    line = LineString([(-50, -0.5), (50, -0.5)])  # through the middle of a row of pixels
    stage.host.show_routes([DrawnRoute(route(line), state)])
    image = stage.image()
    column = [image.pixelColor(300, y) for y in range(190, 210)]
    assert "#ff00ff" in [colour.name() for colour in column]
    assert min(colour.lightness() for colour in column) < 80


def coloured(stage: CanvasStage) -> int:
    image = stage.image()
    return sum(image.pixelColor(x, 200).name() == "#ff00ff" for x in range(250, 350))


def test_a_planned_route_is_dashed_and_a_bored_stretch_dotted(stage: CanvasStage) -> None:
    line = LineString([(-50, 0), (50, 0)])
    stage.host.show_routes([DrawnRoute(route(line))])
    solid = coloured(stage)
    stage.host.show_routes([DrawnRoute(route(line), RouteState.PLANNED)])
    dashed = coloured(stage)
    stage.host.show_routes([DrawnRoute(route(line, trenchless=(Bore(0.0, 100.0),)))])
    dotted = coloured(stage)
    assert solid > 95
    assert 0 < dotted < dashed < solid


def test_a_selected_route_is_thicker_and_its_vertices_are_squares(stage: CanvasStage) -> None:
    drawn = DrawnRoute(route(LineString([(-50, -0.5), (50, -0.5)])))
    stage.host.show_routes([drawn])
    plain = stage.image()
    stage.host.show_routes([drawn._replace(selected=True)])
    chosen = stage.image()
    assert plain.pixelColor(300, 202).name() != "#ff00ff"
    assert chosen.pixelColor(300, 202).name() == "#ff00ff"
    assert chosen.pixelColor(250, 200).name() == LIGHT.paper


def where_painted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[bool]:
    """For each painting of routes, whether the window's own thread did it."""
    here, real = [], getattr(module, name)

    def painted(*values: Any) -> Any:
        here.append(threading.current_thread() is threading.main_thread())
        return real(*values)

    monkeypatch.setattr(module, name, painted)
    return here


def test_of_a_survey_of_years_the_thread_paints_the_lines_and_the_window_those_in_hand(
    stage: CanvasStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        DrawnRoute(route(LineString([(-250, n / 2 - 100), (-200, n / 2 - 100)])))
        for n in range(400)
    ]
    thread_painted = where_painted(monkeypatch, pictures, "route_steps")
    of_window: list[int] = []
    real = canvas_routes.paint_routes
    monkeypatch.setattr(
        canvas_routes,
        "paint_routes",
        lambda painter, routes, *rest: (
            of_window.append(len(routes)),
            real(painter, routes, *rest),
        ),
    )
    stage.host.show_routes(many)
    stage.settle()
    assert stage.colour_at(-225, -0.5) == "#ff00ff"
    assert thread_painted == [False]
    new = DrawnRoute(route(LineString([(-50, -0.5), (50, -0.5)])))
    stage.host.show_routes([many[0]._replace(selected=True), *many[1:], new])
    assert stage.colour_at(0, -0.5) == "#ff00ff"  # before the thread has painted it
    assert stage.colour_at(-225, 0.5) == "#ff00ff"
    assert stage.colour_at(-250, -100) == LIGHT.paper
    stage.settle()
    assert stage.colour_at(0, -0.5) == "#ff00ff"
    assert max(of_window) <= 2
    assert set(thread_painted) == {False}
    painted = len(thread_painted)
    stage.widget.look_at(stage.widget.view.zoomed(8.0, 300, 200))  # near by there are few
    assert stage.colour_at(0, -0.5) == "#ff00ff"
    stage.settle()
    assert len(thread_painted) == painted


def test_another_chosen_line_has_nothing_painted_anew_by_the_thread(
    stage: CanvasStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [DrawnRoute(route(LineString([(n / 4, 0), (n / 4, 50)]))) for n in range(400)]
    stage.host.show_routes(many)
    stage.settle()
    painted = where_painted(monkeypatch, pictures, "route_steps")
    for chosen in (3, 9):
        shown = [one._replace(selected=n == chosen) for n, one in enumerate(many)]
        stage.host.show_routes(shown)
        stage.settle()
    assert painted == []


def test_calls_for_later_may_come_from_another_thread(stage: CanvasStage) -> None:
    seen: list[bool] = []
    here = threading.get_ident()
    call = lambda: seen.append(threading.get_ident() == here)  # noqa: E731
    thread = threading.Thread(target=lambda: stage.host.run_later(call))
    thread.start()
    thread.join()
    stage.wait_for(lambda: seen == [True])


class RedGround:
    """A background that is red wherever it is asked."""

    def pieces(self, box: tuple[float, ...], pixel_m: float) -> list[Piece]:
        west, south, east, north = box
        corners = ((west, north), (east, north), (east, south), (west, south))
        image = QtGui.QImage(8, 8, QtGui.QImage.Format.Format_RGB32)
        image.fill(QtGui.QColor("red"))
        buffer = QtCore.QBuffer()
        buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        return [Piece(box, corners, lambda: bytes(buffer.data()))]


def test_an_offline_background_comes_and_goes(stage: CanvasStage) -> None:
    stage.host.use_background(RedGround())
    stage.settle()
    assert stage.colour_at(100, 50) == "#ff0000"
    stage.host.use_background(None)
    stage.settle()
    assert stage.colour_at(100, 50) == LIGHT.land


class LostGround:
    """A background whose file is no longer there."""

    def pieces(self, box: tuple[float, ...], pixel_m: float) -> list[Piece]:
        raise SurveyError("底图.mbtiles: 已损坏")


def test_a_background_that_is_lost_is_said_and_left_out_and_the_map_goes_on(
    stage: CanvasStage,
) -> None:
    stage.host.show_layers((layer("green_spaces", "park", box(0, 0, 100, 50)),))
    stage.host.use_background(LostGround())
    stage.wait_for(lambda: "底图.mbtiles: 已损坏" in stage.sentence())
    stage.settle()
    assert stage.colour_at(50, 25) == LIGHT.park


def test_a_picture_of_the_map_is_made_of_what_is_painted_and_makes_no_map_anew(
    stage: CanvasStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.host.show_layers((layer("green_spaces", "park", box(0, 0, 100, 100)),))
    stage.settle()

    def painted_again(*_: object) -> None:
        raise AssertionError("a large county would keep the window waiting")

    monkeypatch.setattr("neixiang_survey_plugin.render.pictures.ground_steps", painted_again)
    picture = QtGui.QImage.fromData(stage.host.render(300, 300))
    assert (picture.width(), picture.height()) == (300, 300)
    assert picture.pixelColor(150, 150).name() == LIGHT.park
    assert picture.pixelColor(150, 4).name() == LIGHT.land
