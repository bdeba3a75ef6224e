"""What a window showed is gone when another one takes its place: no collection is waited for."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.hosts.desktop import leaving
from neixiang_survey_plugin.hosts.desktop.leaving import Remains
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.render.palette import Theme
from tests.window.cases import with_cases
from tests.window.hand import Hand

PANELS = "survey", "conflict", "trench", "planning", "packet", "case", "today", "quality"


@pytest.fixture
def worked(hand: Hand) -> Iterator[Hand]:
    """A window in which every panel was looked at, a form opened, a line drawn."""
    with_cases(hand)
    for name in PANELS:
        hand.window.panels.tabs.setCurrentWidget(hand.window.panels.by_name[name])
        hand.bot.wait(1)
    hand.window.forms.find()
    hand.window.forms.open.reject()
    gc.collect()
    gc.disable()  # as the program has it: what goes now goes by itself
    try:
        yield hand
    finally:
        gc.enable()


def _shown(hand: Hand) -> dict[str, Callable[[], Any]]:
    """What a window shows, without keeping it."""
    window = hand.window
    parts = window, window.session, window.book, window.desk, window.panels.survey
    return {type(one).__name__: weakref.ref(one) for one in parts}


def _left(hand: Hand, parts: dict[str, Callable[[], Any]]) -> None:
    """Wait until the window that was left is destroyed."""
    hand.wait_for_work()
    hand.bot.waitUntil(lambda: parts["MainWindow"]() is None and not hand.shell.remains.busy)


def test_a_survey_is_gone_with_its_window_once_another_is_shown(
    worked: Hand, tmp_path: Path
) -> None:
    parts = _shown(worked)
    worked.replaced(lambda: worked.shell.new_path(tmp_path / "new.survey.gpkg"))
    _left(worked, parts)
    assert [name for name, one in parts.items() if one() is not None] == []


def test_a_window_in_another_look_leaves_the_survey_and_nothing_else_of_the_one_before(
    worked: Hand,
) -> None:
    parts, session = _shown(worked), worked.session
    dark = replace(worked.window.settings, theme=Theme.DARK)
    worked.replaced(lambda: worked.window.use_settings(dark))
    _left(worked, parts)
    assert {name for name, one in parts.items() if one() is not None} == {"Session", "CaseBook"}
    assert worked.session is session
    assert session.routes
    assert any(worked.window.book.is_on_record(one) for one in worked.window.book.ids())


def test_a_county_that_was_read_anew_leaves_nothing_of_the_one_before(worked: Hand) -> None:
    for _ in range(2):  # the first one is that of all tests
        parts = _shown(worked)
        county = weakref.ref(worked.session.county)
        worked.replaced(lambda: worked.shell.renew(lambda: None))
        _left(worked, parts)
    assert [name for name, one in parts.items() if one() is not None] == []
    assert county() is None


def test_what_is_still_being_closed_is_held_until_that_is_done(qtbot: Any) -> None:
    closed, asked = [], []

    def may_begin() -> bool:
        asked.append(True)
        return bool(closed)

    remains, window = Remains(may_begin), QtWidgets.QWidget()
    window.survey = {"lines": QtCore.QObject()}
    lines = weakref.ref(window.survey["lines"])
    remains.take(window)
    qtbot.waitUntil(lambda: len(asked) > 1)
    assert remains.busy
    assert lines() is not None
    closed.append(True)
    qtbot.waitUntil(lambda: not remains.busy)
    assert lines() is None


def test_a_window_that_was_left_goes_a_few_parts_at_a_time(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, panel = QtWidgets.QMainWindow(), QtWidgets.QWidget()
    window.tabs = QtWidgets.QTabWidget()
    window.setCentralWidget(window.tabs)
    window.tabs.addTab(panel, "panel")
    grid = QtWidgets.QGridLayout(panel)
    kinds = QtWidgets.QLabel, QtWidgets.QComboBox, QtWidgets.QSpinBox, QtWidgets.QScrollArea
    for row in range(40):  # those that Qt makes of several go whole
        grid.addWidget(kinds[row % len(kinds)](), row, 0)
    went, destroy, gone = [], leaving._destroy, []
    window.destroyed.connect(lambda: gone.append(True))

    def counted(widget: Any) -> None:
        went.append(len(widget.findChildren(QtWidgets.QWidget)))
        destroy(widget)

    monkeypatch.setattr(leaving, "_destroy", counted)
    remains = Remains(lambda: True)
    remains.take_shown(window)
    qtbot.waitUntil(lambda: not remains.busy)
    assert gone
    assert len(went) > 40
    assert max(went) < 20
