"""What is put together out of sight is seen when it is whole, and moves nothing until then."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, pairwise
from typing import Any

import pytest

from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui import in_steps
from neixiang_survey_plugin.ui.parts import column, label, scrolled
from neixiang_survey_plugin.ui.renewed import Renewed, dressed


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One step is done between two events."""
    clock: Iterator[int] = count()
    monkeypatch.setattr(in_steps, "now_s", lambda: float(next(clock)))


def parts(*texts: str) -> Iterator[Any]:
    yield from (label(f"{text} " * 30, wraps=True) for text in texts)


def seen(shown: Renewed) -> str:
    labels = (one for one in shown.findChildren(QtWidgets.QLabel) if one.isVisible())
    return "".join(one.text()[0] for one in labels)


@pytest.fixture
def shown(qtbot: Any) -> Renewed:
    made = Renewed(spacing=8)
    page = column(made)
    page.layout().addStretch(1)
    area = scrolled(page)
    area.setStyleSheet("QLabel { padding: 7px }")
    area.resize(200, 400)
    qtbot.addWidget(area)
    area.show()
    made.area = area  # which nobody else keeps
    return made


@pytest.mark.usefixtures("no_time")
def test_what_was_shown_stays_until_all_of_the_next_is_there(shown: Renewed, qtbot: Any) -> None:
    shown.begin(parts("a", "b"))
    assert seen(shown) == ""
    assert shown.is_empty
    qtbot.waitUntil(lambda: not shown.busy)
    assert seen(shown) == "ab"
    shown.begin(parts("c", "d"))
    assert (seen(shown), shown.busy) == ("ab", True)
    shown.begin(parts("e"))
    shown.area.hide()
    shown.area.show()
    assert seen(shown) == "ab"
    qtbot.waitUntil(lambda: not shown.busy)
    assert seen(shown) == "e"
    assert {one.text()[0] for one in shown.findChildren(QtWidgets.QLabel)} >= {"e"}


@pytest.mark.usefixtures("no_time")
def test_what_is_left_unfinished_or_cleared_leaves_nothing_behind(
    shown: Renewed, qtbot: Any
) -> None:
    shown.begin(parts("a"))
    qtbot.waitUntil(lambda: not shown.busy)
    shown.begin(parts("b", "c"))
    shown.stop()
    assert (seen(shown), shown.busy) == ("a", False)
    shown.clear()
    assert (seen(shown), shown.is_empty) == ("", True)
    QtWidgets.QApplication.sendPostedEvents(None, int(QtCore.QEvent.Type.DeferredDelete))
    assert shown.findChildren(QtWidgets.QLabel) == []


def test_parts_have_their_style_and_place_before_they_are_seen(
    shown: Renewed, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before: list[tuple[int, int]] = []
    real = Renewed._show

    def show(self: Renewed, coming: Any) -> None:
        before.extend((one.width(), one.height()) for one in coming.findChildren(QtWidgets.QLabel))
        real(self, coming)

    monkeypatch.setattr(Renewed, "_show", show)
    shown.begin(parts("a", "b"))
    qtbot.waitUntil(lambda: not shown.busy)
    QtWidgets.QApplication.processEvents()
    now = [(one.width(), one.height()) for one in shown.findChildren(QtWidgets.QLabel)]
    assert before == now
    line_px = shown.fontMetrics().height()
    assert min(height for _, height in now) >= 2 * line_px + 2 * 7  # two lines, and the padding
    one = label("z")
    one.setParent(shown)
    assert dressed(one).testAttribute(QtCore.Qt.WidgetAttribute.WA_WState_Polished)


class Asked(QtWidgets.QLabel):
    """A wrapped label that counts how often it is asked how high it will be."""

    times = 0

    def heightForWidth(self, width_px: int) -> int:
        Asked.times += 1
        return super().heightForWidth(width_px)


def test_the_rows_of_a_long_page_say_one_by_one_how_high_they_will_be(
    shown: Renewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [Asked(f"row {number} " * 9) for number in range(120)]
    for row in rows:
        row.setWordWrap(True)
    monkeypatch.setattr(Asked, "times", 0)
    *asked, last = [Asked.times for _ in shown._fill(iter(rows))]
    assert asked[-1] == len(rows)
    assert max(after - before for before, after in pairwise(asked)) == 1
    assert last <= 2 * len(rows)  # Qt 6 asks once more when it lays them out
