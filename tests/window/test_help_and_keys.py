"""Help for every panel, shortcuts that can be changed, and a background that comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.i18n import Language, table
from neixiang_survey_plugin.qt import QtGui, QtWidgets
from neixiang_survey_plugin.ui.help_form import PAGES
from neixiang_survey_plugin.ui.settings import Settings
from tests.window.hand import Hand


def test_every_panel_has_its_page_and_f1_opens_the_one_about_what_has_the_keyboard(
    hand: Hand,
) -> None:
    window = hand.window
    assert set(window.panels.by_name) <= set(PAGES)
    hand.key("F1")
    assert window.forms.open.shown == "draw"
    window.forms.open.accept()
    for name in window.panels.by_name:
        window.tabs.setCurrentWidget(window.panels.by_name[name])
        window.tabs.setFocus()
        hand.key("F1", window.tabs)
        assert window.forms.open.shown == name
        window.forms.open.accept()
    window.layers.setFocus()
    hand.key("F1", window.layers)
    assert window.forms.open.shown == "layers"
    window.forms.open.accept()


@pytest.mark.parametrize("language", Language)
def test_a_page_is_chosen_by_keyboard_and_says_something_of_its_own(
    hand: Hand, language: Language
) -> None:
    hand.use(Settings(language=language))
    hand.wait_for_the_keyboard()
    hand.key("F1")
    form = hand.window.forms.open
    form.pages.setCurrentRow(0)
    read = []
    for _ in PAGES:
        read.append((form.title.text(), form.text.text()))
        hand.key("Down", form.pages)
    assert len(set(read)) == len(PAGES)
    assert read[0][1] == table(language)["page.start"].strip()
    form.accept()


def changed(hand: Hand, name: str, key: str) -> str:
    """Change a key in the form; what the form says to it."""
    hand.window.actions_.run("shortcuts")
    form = hand.window.forms.open
    form.edits[name].setKeySequence(QtGui.QKeySequence(key))
    form.edits[name].editingFinished.emit()
    said = str(form.problem.text())
    form.accept()
    return said


def test_a_key_is_changed_at_once_and_remembered(hand: Hand) -> None:
    assert changed(hand, "draw_water", "W") == ""
    hand.wait_for_the_keyboard()
    hand.key("W")
    assert (hand.window.desk.now.mode, hand.window.desk.now.utility) == (Mode.DRAW, "water")
    assert hand.memory.shortcuts == {"draw_water": "W"}
    assert "(W)" in hand.window.actions_["draw_water"].toolTip()
    hand.replaced(lambda: hand.window.actions_.run("dark"))
    hand.wait_for_the_keyboard()
    hand.window.desk.enter(Mode.SELECT)
    hand.key("1")
    assert hand.window.desk.now.mode is Mode.SELECT
    hand.key("W")
    assert hand.window.desk.now.utility == "water"


def test_a_key_that_is_taken_or_the_maps_own_is_refused_with_its_reason(hand: Hand) -> None:
    assert "选择" in changed(hand, "draw_water", "V")
    assert "Esc" in changed(hand, "draw_water", "Esc")
    assert hand.memory.shortcuts == {}
    assert hand.window.actions_.keys["draw_water"] == "1"


def test_all_keys_are_put_back_as_they_were(hand: Hand) -> None:
    changed(hand, "draw_water", "W")
    changed(hand, "undo", "")
    assert hand.window.actions_.keys["undo"] == ""
    hand.window.actions_.run("shortcuts")
    hand.window.forms.open._reset()
    assert hand.memory.shortcuts == {}
    assert hand.window.actions_.keys["undo"] == "Ctrl+Z"
    hand.window.forms.open.accept()


def test_the_background_of_last_time_is_there_again_until_it_is_taken_away_or_gone(
    hand: Hand, tmp_path: Path
) -> None:
    picture = QtGui.QImage(20, 20, QtGui.QImage.Format.Format_RGB32)
    picture.fill(QtGui.QColor("red"))
    photo = tmp_path / "photo.png"
    picture.save(str(photo))
    (tmp_path / "photo.pgw").write_text("100\n0\n0\n-100\n579000\n3660000\n")

    def has_background() -> bool:
        return hand.map.picture.content.background is not None

    hand.window.files.take([photo])
    hand.wait_for_work()
    hand.replaced(lambda: hand.window.actions_.run("dark"))
    hand.wait_for_work()
    assert has_background()
    (tmp_path / "photo.pgw").unlink()
    hand.replaced(lambda: hand.window.actions_.run("light"))
    hand.wait_for_work()
    assert not has_background()
    assert "photo.pgw" in hand.said()
    assert hand.memory.background(hand.window.work.ground.folder) is None


def test_the_keys_that_come_below_are_made_meanwhile_and_reached_before_the_buttons(
    hand: Hand,
) -> None:
    hand.window.actions_.run("shortcuts")
    form = hand.window.forms.open
    names = list(hand.window.actions_.commands)
    assert len(form._edits) < len(names)
    hand.wait_for(lambda: len(form._edits) == len(names))
    reached: list[str] = []
    one = form.nextInFocusChain()
    while one is not form:
        reached += [name for name in names if form.edits[name].isAncestorOf(one)]
        reached += [one.text()] if isinstance(one, QtWidgets.QPushButton) else []
        one = one.nextInFocusChain()
    assert list(dict.fromkeys(reached))[:-2] == names
    form.accept()
