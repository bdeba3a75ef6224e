"""What the thread paints first, when it leaves the window alone, and that it ends all the same."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from shapely import LineString, box

from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.hosts.desktop import canvas_tiles
from neixiang_survey_plugin.hosts.desktop.canvas_tiles import TilePainter
from neixiang_survey_plugin.render import pictures
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.pictures import Content
from neixiang_survey_plugin.render.tiles import Tile, tiles_of
from neixiang_survey_plugin.render.view import View
from neixiang_survey_plugin.ui import giving_way
from tests.hosts.stage import CanvasStage
from tests.hosts.test_canvas import layer, route, where_painted


def test_nothing_is_painted_while_the_painter_is_to_hold_still(qtbot: Any) -> None:
    painter, painted = TilePainter(), []
    painter.painted.connect(lambda *one: painted.append(one))
    jobs = tiles_of(View(0.0, 0.0, 1.0, 300, 200))
    painter.hold_still(60.0)
    painter.ask(1, jobs, Content({}, (), LIGHT))
    qtbot.wait(50)
    assert painted == []
    painter.hold_still(0.0)
    qtbot.waitUntil(lambda: len(painted) == len(jobs))
    painter.hold_still(60.0)
    painter.ask(2, jobs, Content({}, (), LIGHT))
    begun = time.perf_counter()
    painter.end()
    assert time.perf_counter() - begun < 30.0


def test_without_a_layer_what_is_seen_is_painted_first_and_no_line_anew(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = CanvasStage(qtbot)
    far = layer("roads", "local", box(5_000, 0, 5_100, 50))
    stage.host.show_layers((layer("green_spaces", "park", box(0, 0, 100, 50)), far))
    stage.host.show_routes(
        [DrawnRoute(route(LineString([(n / 4, 0), (n / 4, 50)]))) for n in range(400)]
    )
    stage.settle()
    picture, jobs = stage.widget.picture, list[object]()
    stage.wait_for(lambda: picture._overview is not None)
    picture._painter.painted.connect(
        lambda number, job, _: jobs.append(job) if number == picture._number else None
    )
    lines = where_painted(monkeypatch, pictures, "route_steps")
    stage.host.hide_layers({"roads"})
    stage.wait_for(lambda: any(isinstance(job, pictures.Overview) for job in jobs))
    kinds = [type(job) for job in dict.fromkeys(jobs)]  # one may be asked for again on its way
    seen = len(tiles_of(stage.widget.view))
    assert kinds[: seen + 2] == [*[Tile] * seen, pictures.Words, pictures.Overview]
    assert lines == []
    done = picture.content
    stage.host.hide_layers({"roads"})
    assert picture.content is done  # as it was: nothing is painted anew


class Waited(threading.Event):
    """Tells when somebody begins to wait for it, and whether what he waited for came."""

    begun = threading.Semaphore(0)
    came: ClassVar[list[bool]] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.begun.release()
        self.came.append(super().wait(timeout))
        return self.came[-1]


def test_what_the_window_was_asked_for_goes_before_what_is_to_be_painted(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    slices: list[int] = []

    def start(*_: object) -> tuple[None, Iterator[None]]:
        return None, (slices.append(number) for number in range(5))

    monkeypatch.setattr(canvas_tiles, "start", start)
    monkeypatch.setattr(giving_way, "_EVERY_S", -1.0)
    monkeypatch.setattr(giving_way, "_AT_MOST_S", 60.0)
    monkeypatch.setattr(Waited, "begun", threading.Semaphore(0))
    monkeypatch.setattr(Waited, "came", [])
    monkeypatch.setattr(giving_way, "Event", Waited)
    painter, painted = TilePainter(), []
    painter.painted.connect(lambda *one: painted.append(one))
    (job,) = tiles_of(View(0.0, 0.0, 1.0, 10, 10))[:1]
    painter.ask(1, [job], Content({}, (), LIGHT))
    assert Waited.begun.acquire(timeout=30.0)  # while this test keeps the window's thread
    assert slices == [0]
    qtbot.waitUntil(lambda: len(painted) == 1)
    assert slices == [0, 1, 2, 3, 4]
    for _ in slices[1:]:
        assert Waited.begun.acquire(timeout=30.0)
    painter.ask(2, [job], Content({}, (), LIGHT))
    assert Waited.begun.acquire(timeout=30.0)
    painter.end()
    painter._thread.join(30.0)
    assert Waited.came == [True] * 6
