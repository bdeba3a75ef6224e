"""What is done with the mouse, the wheel and single keys themselves while the window is timed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.window_hand import Hand, Phase, runs
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets

_NOTCH = 120
_Type, _Button = QtCore.QEvent.Type, QtCore.Qt.MouseButton
_PLAIN = QtCore.Qt.KeyboardModifier.NoModifier
At = tuple[float, float]  # pixels of a widget


def mouse(hand: Hand, widget: Any, kind: Any, at: At, button: Any = None, held: Any = None) -> None:
    """One event of the mouse, and what the window does on it."""
    no = _Button.NoButton
    place = QtCore.QPointF(*at)
    everywhere = QtCore.QPointF(widget.mapToGlobal(place.toPoint()))
    event = QtGui.QMouseEvent(kind, place, everywhere, button or no, held or no, _PLAIN)
    QtWidgets.QApplication.sendEvent(widget, event)
    hand.wait(lambda: True)


def press(hand: Hand, widget: Any, at: At, button: Any = _Button.LeftButton) -> None:
    """The button goes down, and up."""
    mouse(hand, widget, _Type.MouseMove, at)
    mouse(hand, widget, _Type.MouseButtonPress, at, button, button)
    mouse(hand, widget, _Type.MouseButtonRelease, at, button)


def wheel(hand: Hand, widget: Any, at: At, notches: int) -> None:
    """The wheel goes so many notches up, or down with a minus, one after another."""
    place = QtCore.QPointF(*at)
    everywhere = QtCore.QPointF(widget.mapToGlobal(place.toPoint()))
    turned = QtCore.QPoint(0, _NOTCH if notches > 0 else -_NOTCH)
    for _ in range(abs(notches)):
        phase = QtCore.Qt.ScrollPhase.NoScrollPhase
        event = QtGui.QWheelEvent(
            place, everywhere, QtCore.QPoint(), turned, _Button.NoButton, _PLAIN, phase, False
        )
        QtWidgets.QApplication.sendEvent(widget, event)
        hand.wait(lambda: True)


def key(hand: Hand, widget: Any, name: str, text: str = "") -> None:
    """A key goes down, and up."""
    code = getattr(QtCore.Qt.Key, f"Key_{name}")
    for kind in (_Type.KeyPress, _Type.KeyRelease):
        QtWidgets.QApplication.sendEvent(widget, QtGui.QKeyEvent(kind, code, _PLAIN, text))
    hand.wait(lambda: True)


def type_in(hand: Hand, widget: Any, text: str) -> None:
    """A text, letter by letter, and taken away again."""
    for letter in text:
        key(hand, widget, "A", letter)
        hand.rest(0.03)
    for _ in text:
        key(hand, widget, "Backspace")
        hand.rest(0.03)


def middle_of(widget: Any) -> At:
    """Where the pointer is put for it."""
    return widget.width() / 2, widget.height() / 2


def along(start: At, end: At, steps: int) -> Iterator[At]:
    """The places of the pointer from one to another."""
    for step in range(1, steps + 1):
        share = step / steps
        yield start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def over_map(hand: Hand, places: Sequence[At], steps: int = 12) -> None:
    """The pointer goes over the map from place to place, and clicks at each."""
    widget = hand.window.canvas.widget
    before = places[0]
    for place in places:
        for at in along(before, place, steps):
            mouse(hand, widget, _Type.MouseMove, at)
        press(hand, widget, place)
        before = place


def _push_and_turn(hand: Hand) -> None:
    """Pushed with the middle button, zoomed with the wheel, without waiting for the picture."""
    widget, middle = hand.window.canvas.widget, _Button.MiddleButton
    hand.near(*hand.at)
    hand.begin()
    start, end = (900.0, 600.0), (200.0, 150.0)
    for _ in range(2):
        mouse(hand, widget, _Type.MouseButtonPress, start, middle, middle)
        for at in along(start, end, 40):
            mouse(hand, widget, _Type.MouseMove, at, held=middle)
        mouse(hand, widget, _Type.MouseButtonRelease, end, middle)
        wheel(hand, widget, middle_of(widget), -24)
        wheel(hand, widget, middle_of(widget), 24)
    hand.whole()


@runs("draw_heat", "undo")
def _draw(hand: Hand) -> None:
    """A line drawn with the mouse, which is drawn to what lies near, in a near and a far view."""
    widget = hand.window.canvas.widget
    for half_m in (175.0, 1_500.0):
        hand.near(*hand.at)
        hand.window.canvas.zoom_by(175.0 / half_m)
        hand.whole()
        hand.run("draw_heat")
        w, h = widget.width(), widget.height()
        shares = ((0.2, 0.2), (0.5, 0.3), (0.4, 0.6), (0.8, 0.7), (0.6, 0.2))
        over_map(hand, [(a * w, b * h) for a, b in shares])
        mouse(hand, widget, _Type.MouseButtonDblClick, (0.6 * w, 0.2 * h), _Button.LeftButton)
        hand.rest()
        hand.window.desk.cancel()
    hand.run("undo")


def _turn_the_wheel(hand: Hand) -> None:
    """Every panel with 500 lines gone through with the wheel, and by its scroll bar."""
    hand.stock(500)
    hand.rest()
    hand.begin()
    gone_through = 0
    for name in hand.window.panels.by_name:
        hand.show(name)
        for area in _areas(hand.window.tabs.currentWidget()):
            wheel(hand, area.viewport(), middle_of(area.viewport()), -25)
            bar, gone_through = area.verticalScrollBar(), gone_through + 1
            for share in (1.0, 0.5, 0.9, 0.1, 0.0):
                bar.setSliderPosition(round(bar.maximum() * share))
                hand.wait(lambda: True)
    if not gone_through:
        raise RuntimeError("nothing is long enough")
    hand.show("survey")


def _areas(panel: Any) -> list[Any]:
    every = panel.findChildren(QtWidgets.QAbstractScrollArea)
    return [one for one in every if one.isVisible() and one.verticalScrollBar().maximum() > 0]


def _go_over_rows(hand: Hand) -> None:
    """The pointer goes over the rows of a list, each of which is marked on the map, and clicks."""
    hand.stock(500)
    hand.near(*hand.at)
    hand.show("conflict")
    hand.rest(1.0)
    rows, lines = hand.window.panels.conflicts.rows, hand.window.survey.lines.rows
    if not rows or not lines:
        raise RuntimeError("nothing is listed")
    hand.begin()
    for row in rows[:20]:
        row.hovered.emit(True)
        hand.wait(lambda: True)
        row.hovered.emit(False)
        hand.wait(lambda: True)
    hand.show("survey")
    for row in list(lines.values())[:10]:
        press(hand, row, middle_of(row))
        hand.rest(0.05)


def _keys_in_lists(hand: Hand) -> None:
    """Down, page after page and to the end in the list of cases; Tab through the whole window."""
    hand.window.panels.casework.show_cases()
    hand.rest(0.5)
    listed = hand.window.panels.cases.cases.list
    listed.setFocus()
    hand.begin()
    for name in (*["Down"] * 15, *["PageDown"] * 10, "End", "Home"):
        key(hand, listed, name)
    for _ in range(60):
        key(hand, QtWidgets.QApplication.focusWidget() or hand.window, "Tab")
    hand.show("survey")


def _letters(hand: Hand) -> None:
    """Letters typed into the search for cases and into the box that finds everything."""
    hand.window.panels.casework.show_cases()
    hand.rest(0.5)
    hand.begin()
    search = hand.window.panels.cases.cases.search
    search.setFocus()
    type_in(hand, search, "示例公司12")
    hand.window.forms.find()
    hand.rest()
    type_in(hand, hand.form.entry, "gas R1")
    hand.form.reject()


def _letters_in_forms(hand: Hand) -> None:
    """Letters typed into each box of the forms of a line and of a new case."""
    hand.stock(1)
    hand.session.select("b0")
    hand.rest()
    hand.begin()
    for show in (hand.window.forms.show_facts, hand.window.forms.new_case):
        show()
        hand.rest()
        for box in hand.form.findChildren(QtWidgets.QLineEdit)[:12]:
            if box.isVisible() and box.isEnabled():
                box.setFocus()
                type_in(hand, box, "12示例")
        hand.form.reject()
        hand.rest()


def _box_of_cases(hand: Hand) -> None:
    """The box of cases opened, gone through with the wheel, and a letter typed into it."""
    box = hand.window.case_box
    for _ in range(2):
        box.showPopup()
        hand.rest()
        view = box.view()
        wheel(hand, view.viewport(), middle_of(view.viewport()), -10)
        key(hand, view, "End")
        key(hand, view, "Home")
        box.hidePopup()
        hand.rest()
    box.setFocus()
    for letter in "KZ9":
        key(hand, box, letter, letter)
        hand.rest(0.1)
    hand.window.choose_case(None)
    hand.window.canvas.widget.setFocus()


def _borders(hand: Hand) -> None:
    """The borders of the layers and of the panels dragged, each panel in turn."""
    window = hand.window
    across = QtCore.Qt.Orientation.Horizontal
    for name in window.panels.by_name:
        hand.show(name)
        for width_px in (*range(360, 620, 20), *range(620, 360, -40)):
            window.resizeDocks([window.left, window.right], [width_px // 2, width_px], across)
            hand.wait(lambda: True)
    hand.show("survey")
    hand.whole()


def _menus(hand: Hand) -> None:
    """Every menu opened, one after another."""
    window = hand.window
    for menu in window.menuBar().findChildren(QtWidgets.QMenu):
        menu.popup(window.mapToGlobal(QtCore.QPoint(100, 60)))
        hand.rest(0.05)
        menu.close()
        hand.wait(lambda: True)


MOUSE: tuple[Phase, ...] = (
    ("pushing and zooming with the mouse", _push_and_turn),
    ("drawing a line with the mouse", _draw),
    ("the wheel in every panel", _turn_the_wheel),
    ("the pointer over rows, and clicks on them", _go_over_rows),
    ("arrows in the list of cases, Tab through the window", _keys_in_lists),
    ("letters typed into the searches", _letters),
    ("letters typed into forms", _letters_in_forms),
    ("the box of cases opened", _box_of_cases),
    ("the borders of layers and panels dragged", _borders),
    ("every menu opened", _menus),
)
