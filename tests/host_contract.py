"""What every window's map does for the work, whoever draws it: inherit, and give a ``stage``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest
from shapely import LineString, Point, box

from neixiang_survey_plugin.app.map_host import Level, MapHost, Mark, Overlay, Pointer

# Nobody's place: empty ground in the county grid, so that a change of colour is the overlay's.
E_M, N_M = 600_000.0, 3_700_000.0


class Stage(Protocol):
    """A host on a screen, with a hand that moves its real mouse and presses its real keys."""

    host: MapHost

    def press(self, e_m: float, n_m: float, *, shift: bool = False, ctrl: bool = False) -> None:
        """The main button goes down at a place."""

    def move(self, e_m: float, n_m: float) -> None:
        """The pointer goes to a place."""

    def release(self, e_m: float, n_m: float) -> None:
        """The main button comes up at a place."""

    def double_click(self, e_m: float, n_m: float) -> None:
        """Twice quickly at a place, as a hand does it."""

    def right_click(self, e_m: float, n_m: float) -> None:
        """The other button goes down and comes up at a place."""

    def key(self, name: str) -> None:
        """Press Enter, Backspace or Escape."""

    def pixel_m(self) -> float:
        """The ground size of a pixel now."""

    def shown(self) -> tuple[float, float, float, float]:
        """What is in view: west, south, east, north."""

    def picture(self) -> bytes:
        """What is on the screen, as something that is equal when it looks equal."""

    def sentence(self) -> str:
        """What the notice bar says, empty when it is not there."""

    def wait_for(self, true: Callable[[], bool]) -> None:
        """Let events pass until it holds; fails after some seconds."""


class Recorder:
    """A tool that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.pointers: list[Pointer] = []

    def press(self, pointer: Pointer) -> None:
        self._hear("press", pointer)

    def move(self, pointer: Pointer) -> None:
        self._hear("move", pointer)

    def release(self, pointer: Pointer) -> None:
        self._hear("release", pointer)

    def finish(self) -> None:
        self.told.append("finish")

    def back(self) -> None:
        self.told.append("back")

    def cancel(self) -> None:
        self.told.append("cancel")

    def _hear(self, what: str, pointer: Pointer) -> None:
        self.told.append(what)
        self.pointers.append(pointer)


class MapHostContract:
    """The laws of ``app.map_host``. A subclass has a fixture ``stage`` that gives a Stage."""

    @pytest.fixture
    def at_home(self, stage: Stage) -> Stage:
        stage.host.zoom_to(box(E_M - 100, N_M - 100, E_M + 100, N_M + 100))
        return stage

    def test_what_is_zoomed_to_is_in_view_with_its_margin(self, stage: Stage) -> None:
        stage.host.zoom_to(box(E_M, N_M, E_M + 400, N_M + 100), margin=0.2)
        west, south, east, north = stage.shown()
        assert west <= E_M - 79
        assert east >= E_M + 479
        assert south <= N_M - 19
        assert north >= N_M + 119

    def test_a_point_that_is_zoomed_to_is_in_the_middle_at_a_scale_that_one_can_work_at(
        self, stage: Stage
    ) -> None:
        stage.host.zoom_to(Point(E_M, N_M))
        west, south, east, north = stage.shown()
        assert (west + east) / 2 == pytest.approx(E_M, abs=2 * stage.pixel_m())
        assert (south + north) / 2 == pytest.approx(N_M, abs=2 * stage.pixel_m())
        assert 0 < stage.pixel_m() < 1

    def test_a_line_straight_north_fills_the_view(self, stage: Stage) -> None:
        stage.host.zoom_to(LineString([(E_M, N_M), (E_M, N_M + 200)]), margin=0.1)
        _, south, _, north = stage.shown()
        assert south <= N_M - 19
        assert north >= N_M + 219
        assert north - south < 300

    def test_nothing_to_zoom_to_leaves_the_view(self, at_home: Stage) -> None:
        before = at_home.shown()
        at_home.host.zoom_to(LineString())
        assert at_home.shown() == before

    @pytest.mark.parametrize("mark", list(Mark))
    def test_an_overlay_of_every_mark_is_seen_until_it_is_hidden(
        self, at_home: Stage, mark: Mark
    ) -> None:
        before = at_home.picture()
        pointed = mark in (Mark.VERTEX, Mark.SNAP)
        geometry = Point(E_M, N_M) if pointed else LineString([(E_M, N_M), (E_M + 50, N_M)])
        at_home.host.show_overlay("here", [Overlay(mark, geometry, utility="gas")])
        at_home.wait_for(lambda: at_home.picture() != before)
        at_home.host.hide_overlay("here")
        at_home.wait_for(lambda: at_home.picture() == before)

    def test_an_overlay_takes_the_place_of_the_one_of_its_name(self, at_home: Stage) -> None:
        first = Overlay(Mark.DRAFT, LineString([(E_M, N_M), (E_M + 50, N_M)]))
        second = Overlay(Mark.DRAFT, LineString([(E_M, N_M), (E_M, N_M + 50)]))
        blank = at_home.picture()
        at_home.host.show_overlay("here", [second])
        at_home.wait_for(lambda: at_home.picture() != blank)
        alone = at_home.picture()
        at_home.host.show_overlay("here", [first])
        at_home.wait_for(lambda: at_home.picture() not in (alone, blank))
        at_home.host.show_overlay("here", [second])
        at_home.wait_for(lambda: at_home.picture() == alone)

    def test_hiding_a_name_that_shows_nothing_is_no_error(self, stage: Stage) -> None:
        stage.host.hide_overlay("never shown")

    def test_a_tool_is_told_of_the_button_in_grid_metres(self, at_home: Stage) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.press(E_M, N_M)
        at_home.move(E_M + 30, N_M + 10)
        at_home.release(E_M + 30, N_M + 10)
        assert tool.told == ["press", "move", "release"]
        near = 1.5 * at_home.pixel_m()
        for pointer, (e_m, n_m) in zip(
            tool.pointers,
            [(E_M, N_M), (E_M + 30, N_M + 10), (E_M + 30, N_M + 10)],
            strict=True,
        ):
            assert pointer.e_m == pytest.approx(e_m, abs=near)
            assert pointer.n_m == pytest.approx(n_m, abs=near)
            assert pointer.pixel_m == pytest.approx(at_home.pixel_m())

    def test_a_tool_hears_where_the_pointer_is_also_without_a_button(self, at_home: Stage) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.move(E_M + 5, N_M)
        assert set(tool.told) == {"move"}

    @pytest.mark.parametrize(("shift", "ctrl"), [(True, False), (False, True), (False, False)])
    def test_shift_constrains_and_ctrl_adds(self, at_home: Stage, shift: bool, ctrl: bool) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.press(E_M, N_M, shift=shift, ctrl=ctrl)
        assert (tool.pointers[0].constrained, tool.pointers[0].added) == (shift, ctrl)

    @pytest.mark.parametrize(
        ("key", "told"), [("Enter", "finish"), ("Backspace", "back"), ("Escape", "cancel")]
    )
    def test_keys_tell_the_tool_once(self, at_home: Stage, key: str, told: str) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.key(key)
        assert tool.told == [told]

    def test_a_double_click_is_one_press_and_then_the_finish(self, at_home: Stage) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.double_click(E_M, N_M)
        assert [word for word in tool.told if word != "move"] == ["press", "release", "finish"]

    def test_a_click_of_the_right_button_is_the_finish_and_no_press(self, at_home: Stage) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.right_click(E_M, N_M)
        assert [word for word in tool.told if word != "move"] == ["finish"]

    def test_after_a_double_click_the_next_press_is_heard_again(self, at_home: Stage) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.double_click(E_M, N_M)
        at_home.press(E_M + 40, N_M)
        at_home.release(E_M + 40, N_M)
        assert [word for word in tool.told if word != "move"][-2:] == ["press", "release"]

    def test_a_tool_that_is_put_away_hears_cancel_and_then_nothing(self, at_home: Stage) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.host.use_tool(None)
        at_home.move(E_M, N_M)
        at_home.key("Enter")
        assert tool.told == ["cancel"]

    def test_a_tool_that_is_handed_the_pointer_again_is_not_cancelled(self, at_home: Stage) -> None:
        tool = Recorder()
        at_home.host.use_tool(tool)
        at_home.host.use_tool(tool)
        assert tool.told == []

    @pytest.mark.parametrize("level", list(Level))
    def test_a_sentence_is_shown_without_stopping_anybody(self, stage: Stage, level: Level) -> None:
        stage.host.notify("示例东路的交付日期缺失", level)
        stage.wait_for(lambda: stage.sentence() == "示例东路的交付日期缺失")

    def test_a_picture_is_a_png_of_the_size_asked_for(self, at_home: Stage) -> None:
        png = at_home.host.render(320, 200)
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (320, 200)

    def test_a_picture_holds_the_overlays(self, at_home: Stage) -> None:
        plain = at_home.host.render(320, 200)
        at_home.host.show_overlay("here", [Overlay(Mark.CONFLICT, Point(E_M, N_M))])
        assert at_home.host.render(320, 200) != plain

    def test_a_call_for_later_comes_once_and_after_this_one(self, stage: Stage) -> None:
        calls: list[Any] = []
        stage.host.run_later(lambda: calls.append("later"))
        calls.append("now")
        stage.host.run_later(lambda: calls.append("last"), after_ms=30)
        stage.wait_for(lambda: "last" in calls)
        assert calls == ["now", "later", "last"]
