from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from neixiang_survey_plugin.qt import QtCore
from tests.host_contract import Recorder
from tests.hosts.stage import CanvasStage

_TYPE = QtCore.QEvent.Type


@pytest.fixture
def stage(qtbot: Any) -> CanvasStage:
    return CanvasStage(qtbot)


@dataclass
class Touch:
    """A touch event: neither binding can make one that has fingers."""

    kind: Any
    places: tuple[tuple[float, float], ...]
    at_ms: int
    accepted: bool = False

    def type(self) -> Any:
        return self.kind

    def points(self) -> list[Any]:
        return [SimpleNamespace(position=partial(QtCore.QPointF, *at)) for at in self.places]

    def timestamp(self) -> int:
        return self.at_ms

    def accept(self) -> None:
        self.accepted = True


class Hand:
    """Fingers on the canvas, in pixels of the widget."""

    def __init__(self, stage: CanvasStage) -> None:
        self._stage = stage
        self.now_ms = 1_000

    def send(self, kind: Any, *places: tuple[float, float]) -> None:
        touch = Touch(kind, places, self.now_ms)
        widget = self._stage.widget
        assert widget.gestures.eventFilter(widget, touch)
        assert touch.accepted  # or no finger would be followed

    def drag(self, *ways: tuple[tuple[float, float], ...]) -> None:
        """Each way is the places of one moment."""
        self.send(_TYPE.TouchBegin, *ways[0])
        for places in ways[1:]:
            self.send(_TYPE.TouchUpdate, *places)
        self.send(_TYPE.TouchEnd, *ways[-1])

    def tap(self, place: tuple[float, float]) -> None:
        self.drag((place,))


def test_one_finger_pushes_where_no_tool_draws(stage: CanvasStage) -> None:
    Hand(stage).drag(((300, 200),), ((320, 190),), ((340, 190),))
    assert (stage.widget.view.e_m, stage.widget.view.n_m) == pytest.approx((-40, -10))


def test_two_fingers_zoom_and_keep_the_place_between_them(stage: CanvasStage) -> None:
    Hand(stage).drag(((250, 200), (350, 200)), ((200, 200), (400, 200)))
    assert stage.pixel_m() == pytest.approx(0.5)
    assert stage.widget.view.e_m == pytest.approx(0.0, abs=1)


def test_two_fingers_push_also_while_a_tool_draws_and_place_nothing(stage: CanvasStage) -> None:
    tool = Recorder()
    stage.host.use_tool(tool)
    hand = Hand(stage)
    hand.send(_TYPE.TouchBegin, (250, 200))
    hand.send(_TYPE.TouchUpdate, (250, 200), (350, 200))
    hand.send(_TYPE.TouchUpdate, (270, 200), (370, 200))
    hand.send(_TYPE.TouchEnd, (270, 200))
    assert tool.told == []
    assert stage.widget.view.e_m == pytest.approx(-20)


def test_a_tap_is_a_click_and_two_are_the_finish(stage: CanvasStage) -> None:
    tool = Recorder()
    stage.host.use_tool(tool)
    hand = Hand(stage)
    hand.tap((350, 150))
    assert tool.told == ["press", "release"]
    assert tool.pointers[0].at == pytest.approx((50, 50))
    hand.now_ms += 200
    hand.tap((352, 150))
    assert tool.told[2:] == ["finish"]


def test_two_taps_apart_in_time_or_place_are_two_clicks(stage: CanvasStage) -> None:
    tool = Recorder()
    stage.host.use_tool(tool)
    hand = Hand(stage)
    hand.tap((350, 150))
    hand.now_ms += 2_000
    hand.tap((350, 150))
    hand.now_ms += 100
    hand.tap((450, 150))
    assert tool.told == ["press", "release"] * 3


def test_a_finger_that_moves_drags_what_lay_under_it(stage: CanvasStage) -> None:
    tool = Recorder()
    stage.host.use_tool(tool)
    Hand(stage).drag(((300, 200),), ((302, 200),), ((340, 200),), ((380, 200),))
    assert tool.told == ["press", "move", "move", "release"]
    assert [pointer.e_m for pointer in tool.pointers] == pytest.approx([0, 40, 80, 80])


def test_the_widget_asks_for_touches(stage: CanvasStage) -> None:
    assert stage.widget.testAttribute(QtCore.Qt.WidgetAttribute.WA_AcceptTouchEvents)
