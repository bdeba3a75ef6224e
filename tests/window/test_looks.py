"""Contrast that everybody can read, and marks that are told apart without colour."""

from __future__ import annotations

import re
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.qt import QtGui
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.hinted import HintedLine, HintedText
from neixiang_survey_plugin.ui.icons import has_icon
from neixiang_survey_plugin.ui.settings import Settings, as_texts, from_texts
from neixiang_survey_plugin.ui.states import State, paint_state
from neixiang_survey_plugin.ui.theme import COLOURS, Density, style_sheet
from tests.window.hand import Hand

AA = 4.5
INKS = (("color", "background"), ("selection-color", "selection-background-color"))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize(
    "name", ["text", "quiet", "accent", "passed", "failed", "unknown", "borderline"]
)
def test_every_word_is_readable_on_panel_and_window(theme: Theme, name: str) -> None:
    colours = COLOURS[theme]
    ink = getattr(colours, name)
    assert contrast(ink, colours.panel) >= AA
    assert contrast(colours.text, colours.chosen) >= AA
    assert contrast(colours.text, colours.hover) >= AA
    assert contrast(colours.on_accent, colours.accent) >= AA
    assert contrast(ink, colours.window) >= AA or name not in ("text", "quiet")


@pytest.mark.parametrize("theme", Theme)
def test_every_ink_of_the_style_sheet_is_readable_on_its_ground(theme: Theme) -> None:
    """Also what is disabled, a link, a chosen tab, a selection."""
    colours, found = COLOURS[theme], 0
    sheet = style_sheet(theme, Density.COMFORTABLE)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        looks = dict(re.findall(r"([a-z-]+):\s*(#[0-9a-f]{6})", body))
        for ink, ground in INKS:
            if ink in looks:
                found += 1
                grounds = {looks[ground]} if ground in looks else {colours.panel, colours.field}
                for one in grounds:
                    assert contrast(looks[ink], one) >= AA, (selector.strip(), looks[ink], one)
    assert found > 20


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("kind", [HintedLine, HintedText])
def test_the_hint_of_an_empty_field_is_readable(qtbot: Any, theme: Theme, kind: Any) -> None:
    colours = COLOURS[theme]
    edit = kind()
    edit.setStyleSheet(style_sheet(theme, Density.COMFORTABLE))
    qtbot.addWidget(edit)
    edit.show()
    ink = edit.palette().color(QtGui.QPalette.ColorRole.PlaceholderText)
    blended = "#" + "".join(
        f"{round(over * ink.alphaF() + under * (1 - ink.alphaF())):02x}"
        for over, under in zip(
            ink.getRgb()[:3], QtGui.QColor(colours.field).getRgb()[:3], strict=True
        )
    )
    assert contrast(blended, colours.field) >= AA
    assert blended not in (colours.text, colours.field)


def test_the_high_contrast_theme_is_read_in_the_sun() -> None:
    colours = COLOURS[Theme.HIGH_CONTRAST]
    assert min(contrast(one, colours.panel) for one in (colours.text, colours.quiet)) >= 7.0


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("density", Density)
def test_the_style_sheet_is_filled_in(theme: Theme, density: Density) -> None:
    sheet = style_sheet(theme, density)
    assert "$" not in sheet
    for path in re.findall(r'url\("(.+?)"\)', sheet):
        assert places.icons_folder().as_posix() in path
        assert has_icon(path.rpartition("/")[2].removesuffix(".svg"))


def shape(state: State) -> bytes:
    """The mark in one colour: its shape alone."""
    image = QtGui.QImage(32, 32, QtGui.QImage.Format.Format_Alpha8)
    image.fill(0)
    painter = QtGui.QPainter(image)
    paint_state(painter, state, COLOURS[Theme.LIGHT], 32)
    painter.end()
    return bytes(image.constBits().asstring(image.sizeInBytes()))


def test_the_four_states_are_told_apart_by_shape_and_by_colour(qapp: Any) -> None:
    assert len({shape(state) for state in State}) == len(State)
    colours = COLOURS[Theme.LIGHT]
    inks = {colours.passed, colours.failed, colours.unknown, colours.borderline}
    assert len(inks) == len(State)


def test_every_icon_is_a_square_of_one_stroke_in_the_colour_of_the_text() -> None:
    for path in places.icons_folder().glob("*.svg"):
        if path.stem in ("icon", "arrow", "tick", "tick_dark"):
            continue
        drawing = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 20 20"' in drawing, path
        assert set(re.findall(r'stroke-width="(.+?)"', drawing)) == {"1.5"}, path
        assert 'stroke="currentColor"' in drawing, path
        assert "<title>" in drawing, path


def test_every_command_has_an_icon_a_tooltip_and_a_name(hand: Hand) -> None:
    for command in hand.window.actions_.commands.values():
        action = hand.window.actions_[command.name]
        assert has_icon(command.icon), command.name
        assert not action.icon().isNull(), command.name
        assert action.text(), command.name
        assert len(action.toolTip()) > len(action.text()), command.name


def test_controls_are_large_enough_for_a_finger_where_that_is_asked_for(hand: Hand) -> None:
    hand.use(Settings(density=Density.TOUCH))
    hand.wait_for_the_keyboard()
    window = hand.window
    buttons = [window.cases.new, window.packets.issue, window.trenches.ask]
    assert min(one.sizeHint().height() for one in buttons) >= 44


def test_settings_come_back_from_their_texts_and_nonsense_is_their_default() -> None:
    settings = Settings(
        Language.ENGLISH, Theme.DARK, Density.TOUCH, False, 25, False, "李工", "a:1"
    )
    assert from_texts(as_texts(settings)) == settings
    nonsense = {"language": "xx", "theme": "", "snap_px": "4000", "snapping": "maybe", "odd": "1"}
    assert from_texts(nonsense) == Settings()


@pytest.mark.parametrize("language", Language)
def test_every_panel_is_in_sight_in_a_window_of_1280_pixels(hand: Hand, language: Language) -> None:
    hand.use(Settings(language=language))
    hand.window.resize(1280, 800)
    hand.wait_for(lambda: hand.window.width() == 1280)
    bar = hand.window.tabs.tabBar()
    assert bar.tabRect(bar.count() - 1).right() < hand.window.tabs.width()
