"""Work in slices: one between two events, the next window before the lists, none for nobody."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from neixiang_survey_plugin.hosts.desktop import qt_words
from neixiang_survey_plugin.hosts.desktop.qt_words import speak
from neixiang_survey_plugin.hosts.desktop.succession import Coming, Succession
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.render import legend
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui import turns
from neixiang_survey_plugin.ui.growing import add_row
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.layer_panel import LayerPanel
from tests.window.hand import Hand
from tests.window.test_succession import use
from tests.window.test_window import line


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the turns take for the time: it stands still unless a test moves it."""
    now_s = [1_000.0]
    monkeypatch.setattr(turns, "now_s", lambda: now_s[0])
    for name in ("_until_s", "_held_until_s"):
        monkeypatch.setattr(turns.TURNS, name, 0.0)
    return now_s


def turn(qtbot: Any) -> None:
    """Let the event loop go round some times."""
    rang: list[int] = []
    timer = QtCore.QTimer()
    timer.timeout.connect(lambda: rang.append(1))
    timer.start(0)
    qtbot.waitUntil(lambda: len(rang) > 5)


def test_of_two_lists_one_goes_on_between_two_events(qtbot: Any, clock: list[float]) -> None:
    made: list[int] = []
    owner = QtCore.QObject()
    one, other = (InSteps(owner, first=1, then=1) for _ in range(2))
    one.begin(map(made.append, [1] * 4))
    other.begin(map(made.append, [2] * 40))
    turn(qtbot)
    assert made.count(1) == 1  # all this time is one turn, and the other has it
    other.stop()
    clock[0] += turns.SAME_TURN_S
    qtbot.waitUntil(lambda: not one.busy)
    assert made.count(1) == 4


def test_a_list_that_begins_right_after_another_does_one_step_at_first(
    qtbot: Any, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two lists of one panel took a slice each in the turn of the edit that they follow."""
    time_s = itertools.count(0.0, 0.001)
    monkeypatch.setattr("neixiang_survey_plugin.ui.in_steps.now_s", lambda: next(time_s))
    made: list[int] = []
    one, other, later = (InSteps(None, first=100, then=100, most_s=0.0045) for _ in range(3))
    one.begin(map(made.append, [1] * 40))
    other.begin(map(made.append, [2] * 40))
    assert (made.count(1), made.count(2)) == (5, 1)
    clock[0] += turns.SAME_TURN_S
    later.begin(map(made.append, [3] * 40))
    assert made.count(3) == 5
    for steps in (one, other, later):
        steps.stop()


class Window(QtWidgets.QWidget):
    """A window of so many steps, each a turn long, with a list in it that is being filled."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.rows: list[int] = []
        self.list = InSteps(self, first=1, then=1)
        self.making = self._make(steps)

    def _make(self, steps: int) -> Iterator[None]:
        self.list.begin(map(self.rows.append, range(500)))
        for _ in range(steps):
            yield

    def catch_up(self) -> None:
        """Nothing happened meanwhile."""


def test_the_lists_of_a_window_wait_until_it_is_shown(
    qtbot: Any, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the window before, which somebody sees, go on meanwhile."""
    monkeypatch.setattr("neixiang_survey_plugin.hosts.desktop.succession._SLICE_S", 0.0)
    before, window = Window(0), Window(40)
    qtbot.addWidget(before)
    before.show()
    for _ in before.making:
        pass
    succession, shown = Succession(), list[int]()
    succession.begin(Coming(lambda: window, lambda one: shown.append(len(one.rows))))
    qtbot.waitUntil(lambda: _later(clock, turns.SAME_TURN_S) and bool(shown))
    assert shown == [1]
    assert len(before.rows) > 1
    qtbot.waitUntil(lambda: _later(clock, turns.HELD_S) and len(window.rows) == 500)


def _later(clock: list[float], by_s: float) -> bool:
    clock[0] += by_s
    return True


def test_a_window_that_may_not_be_shown_yet_holds_no_list_up(
    qtbot: Any, clock: list[float]
) -> None:
    succession, window, may = Succession(), Window(1), [False]
    shown: list[object] = []
    succession.begin(Coming(lambda: window, shown.append, lambda: may[0]))
    qtbot.waitUntil(lambda: _later(clock, 0.001) and len(window.rows) == 500)
    assert shown == []
    may[0] = True
    qtbot.waitUntil(lambda: _later(clock, 0.001) and shown == [window])


def test_a_row_is_shown_and_laid_out_as_any_other(qtbot: Any) -> None:
    places: list[list[tuple[int, int]]] = []
    for put in (lambda box, row: box.addWidget(row), add_row):
        inner, outer = QtWidgets.QWidget(), QtWidgets.QWidget()
        box, around = QtWidgets.QVBoxLayout(inner), QtWidgets.QVBoxLayout(outer)
        around.addWidget(inner)
        around.addStretch(1)
        qtbot.addWidget(outer)
        outer.resize(200, 400)
        outer.show()
        qtbot.waitExposed(outer)
        rows = [QtWidgets.QLabel("外线 " * n) for n in (9, 1, 30)]
        for row in rows:
            row.setWordWrap(True)
            put(box, row)
        if put is add_row:
            assert all(row.isVisible() for row in rows)
        turn(qtbot)
        places.append([(row.y() + inner.y(), row.height()) for row in rows])
    assert places[0] == places[1]
    assert places[0][0][1] > 0


def test_a_row_is_added_where_it_belongs_and_not_shown_before_its_list(qtbot: Any) -> None:
    inner = QtWidgets.QWidget()
    qtbot.addWidget(inner)
    box = QtWidgets.QVBoxLayout(inner)
    last, first = QtWidgets.QLabel("b"), QtWidgets.QLabel("a")
    add_row(box, last)
    add_row(box, first, 0)
    assert [box.itemAt(n).widget() for n in range(2)] == [first, last]
    assert not first.isVisible()
    inner.show()
    assert first.isVisible()


def test_the_layers_of_a_window_to_come_are_painted_one_look_at_a_time(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, painted, swatch = hand.window.layers, list[str](), legend._swatch
    monkeypatch.setattr(
        legend, "_swatch", lambda name, *rest: (painted.append(name), swatch(name, *rest))[1]
    )
    panel = LayerPanel(hand.window.work.ground.layers, hand.window.look, lambda _: None)
    assert [len(painted) for _ in panel.filling] == list(range(len(painted) + 1))
    assert len(painted) > 10
    assert _rows(panel) == _rows(before)


def _rows(panel: Any) -> list[tuple[str, ...]]:
    return [
        (top.text(0), top.toolTip(0), *(top.child(n).text(0) for n in range(top.childCount())))
        for top in panel._tops()
    ]


def test_a_window_that_was_left_is_gone_row_by_row_and_says_nothing(hand: Hand) -> None:
    hand.session.put(*(line(f"w{n}", (0, 9 * n), (-45, 9 * n)) for n in range(45)), what="import")
    before = hand.window
    hand.wait_for(lambda: len(before.survey.findChildren(QtWidgets.QWidget)) > 100)
    timers = before.findChildren(QtCore.QTimer)
    gone: list[str] = []
    for name in ("survey", "conflicts"):
        getattr(before, name).destroyed.connect(lambda _=None, one=name: gone.append(one))
    before.destroyed.connect(lambda _=None: gone.append("window"))
    rows = list(before.survey.lines.rows.values())
    rows[0].destroyed.connect(lambda _=None: gone.append("row"))
    hand.replaced(lambda: use(hand, theme=Theme.DARK))
    hand.wait_for(lambda: "window" in gone)
    assert gone == ["row", "survey", "conflicts", "window"]
    assert timers
    assert hand.window.survey.lines.rows.keys() == {f"w{n}" for n in range(45)}


def test_widgets_hear_of_another_language_only_where_it_is_another(
    qapp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(Language.CHINESE)
    there = dict(qt_words._installed)
    monkeypatch.setattr(qapp, "installTranslator", lambda _: pytest.fail("installed again"))
    speak(Language.CHINESE)
    assert qt_words._installed == there
    speak(Language.ENGLISH)
    assert qt_words._installed == {}
