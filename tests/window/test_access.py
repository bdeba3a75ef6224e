"""Everything in reach of a keyboard, named for who cannot see it, large enough for a finger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.render.palette import PALETTES, Theme
from neixiang_survey_plugin.ui.parts import Clickable
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import Density
from tests.window.hand import Hand
from tests.window.test_looks import AA, contrast
from tests.window.test_window import with_lines

CONTROLS = (
    QtWidgets.QAbstractButton,
    QtWidgets.QComboBox,
    QtWidgets.QLineEdit,
    QtWidgets.QAbstractSpinBox,
    QtWidgets.QAbstractItemView,
    QtWidgets.QKeySequenceEdit,
    QtWidgets.QPlainTextEdit,
    Clickable,
)
FORMS = ("show_settings", "show_facts", "new_case", "find", "show_guide", "show_shortcuts")


def controls(top: Any) -> Iterator[Any]:
    """The controls that are seen, but for those that are a part of another one."""
    for one in top.findChildren(QtWidgets.QWidget):
        own = isinstance(one, CONTROLS) and not one.objectName().startswith("qt_")
        if own and one.isVisible() and not isinstance(one.parent(), CONTROLS):
            yield one


def out_of_reach(part: Any, window: Any) -> list[str]:
    """A sentence for each control of a part that Tab does not lead to, or that has no name."""
    reached = in_turn(window)
    found = []
    for one in controls(part):
        choices = one.group().buttons() if isinstance(one, QtWidgets.QRadioButton) else [one]
        if one.isEnabled() and reached.isdisjoint(choices):  # arrows go on among choices
            found.append(f"{type(one).__name__} {name_of(one)!r}: Tab does not lead there")
        if not name_of(one):
            found.append(f"{type(one).__name__} {one.toolTip()!r}: has no name")
    return found


def name_of(one: Any) -> str:
    """What a screen reader says of a control: its name, else its words."""
    words = getattr(one, "text", str)()
    return str(
        one.accessibleName() or (words if isinstance(one, QtWidgets.QAbstractButton) else "")
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_control_of_a_form_is_reached_by_tab_and_has_a_name(hand: Hand, form: str) -> None:
    with_lines(hand)
    hand.session.select("w1")
    getattr(hand.window.forms, form)()
    shown = hand.window.forms.open
    hand.wait_for(shown.isVisible)
    found = list(controls(shown))
    assert found
    for one in found:
        assert one.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus, (form, one, name_of(one))
        assert name_of(one), (form, one)
    shown.close()


def in_turn(window: Any) -> set[Any]:
    """What has the keyboard, one after another, as somebody presses Tab."""
    first = one = window.focusWidget() or window
    reached = set()
    while True:
        if one.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus:
            reached.add(one)
        one = one.nextInFocusChain()
        if one is first:
            break
    return reached


@pytest.mark.parametrize(
    "panel", ["survey", "conflict", "trench", "planning", "packet", "case", "today", "quality"]
)
def test_tab_leads_to_every_control_of_every_panel(hand: Hand, panel: str) -> None:
    with_lines(hand)
    hand.session.select("w1")
    window = hand.window
    window.tabs.setCurrentWidget(window.panels.by_name[panel])
    reached = in_turn(window)
    for one in controls(window.panels.by_name[panel]):
        assert one in reached, (panel, name_of(one))
        assert name_of(one), (panel, one)


@pytest.mark.parametrize("theme", Theme)
def test_every_word_on_the_map_is_readable(theme: Theme) -> None:
    palette = PALETTES[theme]
    halo = f"#{palette.halo[-6:]}"  # lies around every word
    for ink in (palette.text, palette.text_quiet, palette.passed, palette.failed, palette.unknown):
        assert contrast(ink, halo) >= AA
    assert contrast(palette.text, palette.land) >= AA


def test_a_finger_hits_every_button_of_the_toolbar_and_every_tab(hand: Hand) -> None:
    hand.use(Settings(density=Density.TOUCH))
    hand.wait_for_the_keyboard()
    bar = hand.window.findChild(QtWidgets.QToolBar, "tools")
    buttons: list[Any] = [one for one in bar.findChildren(QtWidgets.QToolButton) if one.isVisible()]
    own = [one for one in buttons if not one.objectName().startswith("qt_")]
    assert min(min(one.width(), one.height()) for one in own) >= 44
    assert hand.window.tabs.tabBar().sizeHint().height() >= 36
