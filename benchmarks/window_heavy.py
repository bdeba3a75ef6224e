"""What is done with things a hundred times as large as usual while the window is timed."""

from __future__ import annotations

from typing import Any

from benchmarks.heavy_county import CASE, CASE_M, CROSSED_M, GREEN_M, LONG, LONG_M, ROAD_M, place
from benchmarks.window_hand import Hand, Phase, runs, until
from benchmarks.window_mouse import middle_of, mouse, over_map, press, wheel
from neixiang_survey_plugin.qt import QtCore, QtWidgets

_FAR_M = 9_000.0  # from the middle of the view to its edge in which a line crosses everything


def _across(hand: Hand, start: tuple[float, float], by_m: tuple[float, float]) -> None:
    """A line drawn from a place in six steps, the pointer resting on nothing between them."""
    (e_m, n_m), steps = start, 6
    hand.near(e_m + steps * by_m[0] / 2, n_m + steps * by_m[1] / 2)
    hand.begin()
    hand.run("draw_water")
    for step in range(steps):
        for part in range(12):
            share = step + part / 12
            hand.move(e_m + share * by_m[0], n_m + share * by_m[1])
        hand.click(e_m + step * by_m[0], n_m + step * by_m[1])
    hand.window.desk.finish()
    hand.rest()


@runs("draw_water", "undo")
def _draw_over_road(hand: Hand) -> None:
    e_m, n_m = place(ROAD_M)
    for away_m in (5_000.0, 5_200.0):
        _across(hand, (e_m - 90, n_m + away_m), (40.0, 4.0))
    _across(hand, (e_m - 20, n_m + 9_000.0), (1.0, 30.0))
    hand.run("undo")


@runs("draw_water", "undo")
def _draw_over_green(hand: Hand) -> None:
    e_m, n_m = place(GREEN_M)
    _across(hand, (e_m - 160, n_m - 10), (50.0, 6.0))
    _across(hand, (e_m - 2_120, n_m), (40.0, 4.0))
    hand.run("undo")


@runs("draw_water", "undo")
def _draw_far(hand: Hand) -> None:
    """A line of 20 km and more drawn with the mouse in a far view."""
    import shapely

    widget, (e_m, n_m) = hand.window.canvas.widget, hand.at
    area = shapely.box(e_m - _FAR_M, n_m - _FAR_M, e_m + _FAR_M, n_m + _FAR_M)
    hand.window.canvas.zoom_to(area, 0.0)
    hand.whole()
    hand.begin()
    hand.run("draw_water")
    w, h = widget.width(), widget.height()
    shares = ((0.2, 0.9), (0.8, 0.1), (0.3, 0.2))
    over_map(hand, [(a * w, b * h) for a, b in shares], steps=30)
    hand.rest(0.5)
    left = QtCore.Qt.MouseButton.LeftButton
    mouse(hand, widget, QtCore.QEvent.Type.MouseButtonDblClick, (0.3 * w, 0.2 * h), left)
    hand.rest(1.0)
    hand.window.desk.cancel()
    hand.run("undo")
    hand.rest(0.5)


def _ask(hand: Hand) -> None:
    hand.window.desk.cancel()
    for where in (ROAD_M, GREEN_M):
        e_m, n_m = place(where)
        hand.near(e_m, n_m + 50)
        for step in range(10):
            hand.click(e_m + 8 * step, n_m + 50)


@runs("select")
def _over_the_long_line(hand: Hand) -> None:
    """The pointer over it, a click, and the chosen line followed by the wheel and a push."""
    e_m, n_m = place(LONG_M)
    hand.near(e_m + 200, n_m)
    hand.run("select")
    hand.begin()
    for step in range(60):
        hand.move(e_m + 150 + 2 * step, n_m - 40 + 1.5 * step)
    hand.session.select(LONG)
    hand.rest()
    widget = hand.window.canvas.widget
    wheel(hand, widget, middle_of(widget), -12)
    wheel(hand, widget, middle_of(widget), 12)
    for _ in range(20):
        widget.look_at(widget.view.moved(-30, 5))
        hand.wait(lambda: True)
    hand.whole()


@runs("reshape", "undo")
def _bend_the_long_line(hand: Hand) -> None:
    (e_m, n_m), *_ = hand.session.routes[LONG].line.coords[2_500:]
    hand.near(e_m, n_m)
    hand.session.select(LONG)
    hand.rest()
    hand.begin()
    hand.run("reshape")
    hand.drag((e_m, n_m), (e_m + 10, n_m + 30))
    hand.drag((e_m + 10, n_m + 30), (e_m - 5, n_m + 10))
    hand.rest()
    hand.run("undo")
    hand.rest()  # two keys
    hand.window.desk.back()


@runs("split", "reverse", "undo", "trenchless")
def _work_on_the_long_line(hand: Hand) -> None:
    """Turned, bored, split, and all of it taken back."""
    hand.session.select(LONG)
    coords = hand.session.routes[LONG].line.coords
    hand.near(*coords[2_000])
    hand.begin()
    hand.run("reverse")
    hand.rest()
    hand.run("trenchless")
    hand.click(*coords[1_990])
    hand.move(*coords[2_000])
    hand.click(*coords[2_010])
    hand.rest()
    hand.run("split")
    hand.click(*coords[2_100])
    hand.rest()
    for _ in range(3):
        hand.run("undo")
        hand.rest()


def _many_conflicts(hand: Hand) -> None:
    """Listed, gone through with the wheel, each kind of them, and one line of them moved."""
    hand.near(*place(CROSSED_M))
    hand.begin()
    hand.show("conflict")
    panel = hand.window.panels.conflicts
    hand.wait(lambda: bool(panel.rows) and not panel.busy)
    _wheel_through(hand, panel)
    for row in (1, 2, 3, 0):
        panel.filter.setCurrentIndex(row)
        hand.wait(lambda: not panel.busy)
        hand.rest()
    for row in panel.rows[:3]:
        row.hovered.emit(True)
        hand.wait(lambda: True)
        row.activated.emit()
        hand.rest()
    for chosen in (True, False):
        panel.only_chosen.setChecked(chosen)
        hand.wait(lambda: not panel.busy)


@runs("reshape", "undo")
def _move_one_of_many(hand: Hand) -> None:
    """One line of those with 5,000 conflicts bent while they are listed."""
    hand.show("conflict")
    hand.session.select("x30")
    (e_m, n_m), *_ = hand.session.routes["x30"].line.coords
    hand.near(e_m, n_m + 60)
    hand.begin()
    hand.run("reshape")
    hand.drag((e_m, n_m), (e_m + 3, n_m - 10))
    hand.rest(0.5)
    hand.run("undo")
    hand.rest(0.5)
    hand.window.desk.cancel()
    hand.show("survey")


def _choose_the_case(hand: Hand) -> None:
    """A case of 300 lines and 200 photographs: its page, its lines, its packet, today."""
    hand.near(*place(CASE_M))
    hand.begin()
    hand.window.go_to_case(CASE)
    hand.rest(0.5)
    hand.window.panels.casework._choose(CASE)
    for name in ("case", "survey", "packet", "today", "case"):
        hand.show(name)
        hand.rest(1.0)
        _wheel_through(hand, hand.window.tabs.currentWidget())
    hand.show("survey")
    for row in list(hand.window.survey.lines.rows.values())[:5]:
        press(hand, row, middle_of(row))
        hand.rest()


@runs("draw_water", "undo")
def _draw_in_the_case(hand: Hand) -> None:
    """A line more in it, with the page of the case in sight."""
    hand.window.choose_case(CASE)
    hand.show("case")
    e_m, n_m = place(CASE_M)
    _across(hand, (e_m, n_m - 40), (20.0, 0.0))
    hand.show("packet")
    hand.run("undo")
    hand.rest(0.5)
    hand.show("survey")


def _all_of_the_case(hand: Hand) -> None:
    """What lies together in it, and every line held against the plan."""
    hand.window.choose_case(CASE)
    hand.show("trench")
    hand.begin()
    until(hand, hand.window.trenches.background.rests, hand.window.trenches.propose)
    hand.rest(0.5)
    _wheel_through(hand, hand.window.trenches)
    hand.show("planning")
    hand.rest(1.0)
    hand.show("survey")


def _wheel_through(hand: Hand, panel: Any) -> None:
    for area in panel.findChildren(QtWidgets.QAbstractScrollArea):
        if area.isVisible() and area.verticalScrollBar().maximum() > 0:
            wheel(hand, area.viewport(), middle_of(area.viewport()), -25)
            area.verticalScrollBar().setSliderPosition(area.verticalScrollBar().maximum())
            hand.rest()


# In a survey of its own, on a county of its own.
HEAVY: tuple[Phase, ...] = (
    ("a line drawn over a road of 100,000 vertices", _draw_over_road),
    ("a line drawn over a park with 2,000 holes", _draw_over_green),
    ("a line of 20 km drawn in a far view", _draw_far),
    ("asking what is there on both", _ask),
    ("a line of 5,000 vertices chosen and looked at", _over_the_long_line),
    ("a line of 5,000 vertices bent", _bend_the_long_line),
    ("a line of 5,000 vertices turned, bored, split", _work_on_the_long_line),
    ("5,000 conflicts gone through", _many_conflicts),
    ("a line with conflicts moved, 5,000 listed", _move_one_of_many),
    ("a case of 300 lines and 200 photographs", _choose_the_case),
    ("a line more in a case of 300", _draw_in_the_case),
    ("shared trenches and the plan, 300 lines", _all_of_the_case),
)
