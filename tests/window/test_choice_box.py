"""A box of choices has no list before somebody opens it, and then one in which words are whole."""

from __future__ import annotations

from typing import Any

import pytest

from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.choice_box import ChoiceBox
from neixiang_survey_plugin.ui.theme import Density, style_sheet
from tests.window.hand import Hand

LONG = "a choice that is a good deal longer than the box has room for"


@pytest.fixture
def form(qtbot: Any) -> Any:
    made = QtWidgets.QWidget()
    qtbot.addWidget(made)
    made.setStyleSheet(style_sheet(Theme.LIGHT, Density.COMFORTABLE))
    QtWidgets.QVBoxLayout(made)
    made.resize(200, 100)
    return made


def box_in(form: Any, narrow: bool) -> ChoiceBox:
    box = ChoiceBox(narrow)
    box.addItems(["a", LONG])
    form.layout().addWidget(box)
    return box


def test_the_form_of_a_case_makes_no_list_of_choices_before_one_is_opened(hand: Hand) -> None:
    hand.window.forms.new_case()
    hand.wait_for(lambda: not hand.window.forms.open._asking.busy)  # its parts come one by one
    boxes = hand.window.forms.open.findChildren(ChoiceBox)
    assert len(boxes) > 15
    closed = [one for one in boxes if not one.isEditable()]
    plain = QtWidgets.QComboBox()
    plain.addItem("a")  # Qt 6 makes the list with the first choice
    made_anyway = plain.findChild(QtWidgets.QListView) is not None
    assert {one.findChild(QtWidgets.QListView) is not None for one in closed} == {made_anyway}
    hand.window.forms.open.reject()


@pytest.mark.parametrize("narrow", [True, False])
def test_the_list_that_opens_shows_every_word_whole(form: Any, qtbot: Any, narrow: bool) -> None:
    box = box_in(form, narrow)
    form.show()
    qtbot.waitExposed(form)
    box.showPopup()
    words_px = box.view().fontMetrics().horizontalAdvance(LONG)
    assert (box.view().width() >= words_px) or not narrow
    assert box.view().fontMetrics().height() == box.fontMetrics().height()  # styled like the box
    box.hidePopup()


def test_a_narrow_box_asks_for_less_room_than_its_words_and_another_for_as_much(form: Any) -> None:
    narrow, wide = box_in(form, True), box_in(form, False)
    words_px = narrow.fontMetrics().horizontalAdvance(LONG)
    assert narrow.sizeHint().width() < words_px < wide.sizeHint().width()
    assert narrow.minimumSizeHint() == narrow.sizeHint()
    assert narrow.sizeHint().height() == wide.sizeHint().height()


def test_a_box_that_was_styled_before_it_was_seen_has_the_size_of_its_style(
    form: Any, qtbot: Any
) -> None:
    box = box_in(form, False)
    before = box.sizeHint().height()
    form.setStyleSheet(style_sheet(Theme.LIGHT, Density.TOUCH))
    form.show()
    qtbot.waitExposed(form)
    assert box.sizeHint().height() > before
    assert box.height() > before
