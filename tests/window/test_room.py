"""Nothing that the window shows is cut off: every panel, form and step, for mouse and finger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import shapely

from neixiang_survey_plugin.app.importing.where import Whereabouts
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.shell import Shell
from neixiang_survey_plugin.hosts.windows.work import sample_work
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.io.importing import offering, placing
from neixiang_survey_plugin.io.importing.where import Home, find_place
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.ending import ENDING
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.theme import Density, style_sheet
from tests.drawn import ON
from tests.window.hand import Hand
from tests.window.room import cut_off
from tests.window.test_access import out_of_reach
from tools.window_screens import SIZE_PX, screens

# The least and the largest: thin frames for a mouse, thick ones for a finger.
SHEETS = ((Theme.LIGHT, Density.COMFORTABLE), (Theme.HIGH_CONTRAST, Density.TOUCH))


def test_themes_differ_in_colours_and_in_the_thickness_of_frames_alone() -> None:
    for density in Density:
        light, dark, contrast = (
            re.sub(r"#[0-9a-f]{6}|tick_dark|tick", "", style_sheet(theme, density))
            for theme in (Theme.LIGHT, Theme.DARK, Theme.HIGH_CONTRAST)
        )
        assert light == dark
        assert light.replace("1px solid", "2px solid") == contrast.replace("1px solid", "2px solid")


@dataclass
class Walked:
    """What was found on a walk through everything that the window shows."""

    cut_off: list[str] = field(default_factory=list)
    out_of_reach: list[str] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)
    kinds: set[type] = field(default_factory=set)


@pytest.fixture(scope="module")
def placed_once() -> Iterator[None]:
    """Where the layer that comes in lies is found once: 4 s each time, in two languages."""
    known: dict[tuple[object, ...], Whereabouts] = {}

    def found(geometry: Geometries, declared: str | None, home: Home) -> Whereabouts:
        key = b"".join(shapely.to_wkb(geometry)), declared, home.epsg, home.box
        if key not in known:
            known[key] = find_place(geometry, declared, home)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        for module in (offering, placing):
            patch.setattr(module, "find_place", found)
        yield


@pytest.fixture(scope="module", params=Language, ids=lambda one: one.value)
def walked(
    request: pytest.FixtureRequest,
    qapp: Any,
    tmp_path_factory: pytest.TempPathFactory,
    placed_once: None,
) -> Walked:
    """The window for fingers, in which words are largest; its parts in every size and frame."""
    folder, found = tmp_path_factory.mktemp("walk"), Walked()
    memory = Memory(folder / "window.ini")
    memory.keep_settings(Settings(language=request.param, density=Density.TOUCH, who="张工"))
    shell = Shell(memory, "张工")
    work = sample_work(folder, "张工", ON)
    layers = frozenset(one.layer for one in work.ground.layers)
    memory.keep_hidden_layers(layers)  # nothing is to be painted
    for name, shown in screens(shell, work, qapp, folder):
        found.screens.append(name)
        found.kinds.add(type(shown))
        part = shell.window.tabs.currentWidget() if shown is shell.window else shown
        for theme, density in SHEETS:
            part.setStyleSheet(style_sheet(theme, density))
            where = f"{name} {theme.value} {density.value}"
            found.cut_off += [f"{where}: {one}" for one in still_cut_off(part, qapp)]
            if part.isWindow() and not fits(part):
                found.cut_off.append(f"{where}: {part.width()} x {part.height()} px")
        part.setStyleSheet("")
        found.out_of_reach += [f"{name}: {one}" for one in out_of_reach(part, shown)]
    shell.window.close()
    ENDING.wait()
    return found


def test_the_walk_passes_every_form_that_there_is(walked: Walked) -> None:
    forms = {kind for kind in subclasses(QtWidgets.QDialog) if ".ui." in kind.__module__}
    assert forms - walked.kinds == {KeptForm}  # of which others are made
    assert len(walked.screens) > 45


def subclasses(kind: type) -> set[type]:
    return {each for one in kind.__subclasses__() for each in (one, *subclasses(one))}


def test_no_word_of_any_panel_form_or_step_is_cut_off(walked: Walked) -> None:
    assert walked.cut_off == []


def test_the_keyboard_reaches_every_control_and_a_screen_reader_names_it(walked: Walked) -> None:
    assert walked.out_of_reach == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("density", Density)
def test_no_word_around_the_map_is_cut_off(
    hand: Hand, language: Language, density: Density
) -> None:
    for theme in (Theme.LIGHT, Theme.HIGH_CONTRAST):
        hand.use(Settings(language=language, theme=theme, density=density))
        hand.window.resize(*SIZE_PX)
        hand.window.show_tour()
        hand.wait_for(lambda: hand.window.width() == SIZE_PX[0])
        for name in ("draw_gas", "reshape", "trenchless", "parallel", "select"):
            hand.window.actions_.run(name)
            settle(QtWidgets.QApplication.instance())
            assert cut_off(hand.window) == [], (name, theme)
        for _ in range(3):
            assert cut_off(hand.window._tour) == []
            hand.window._tour.go_on()


def test_what_is_cut_off_is_found(qapp: Any) -> None:
    top = QtWidgets.QWidget()
    top.resize(300, 200)
    for text, width in (("a word", 200), ("words that have no room", 40)):
        made = QtWidgets.QLabel(text, top)
        made.setGeometry(0, 0, width, 30)
    box = QtWidgets.QComboBox(top)
    box.addItem("a choice that has no room")
    box.setGeometry(0, 60, 60, 30)
    QtWidgets.QPushButton("over the edge", top).setGeometry(250, 100, 200, 30)
    top.show()
    settle(qapp)
    label, box, button = cut_off(top)
    assert "'words that have no room'" in label
    assert "'a choice that has no room'" in box
    assert "'over the edge': reaches over the edge" in button
    top.close()


def fits(form: Any) -> bool:
    """Whether a form is no larger than the least screen."""
    return bool(form.width() <= SIZE_PX[0] and form.height() <= SIZE_PX[1])


def still_cut_off(part: Any, application: Any) -> list[str]:
    """What is cut off once every row is there: some are made one after another."""
    for _ in range(200):
        settle(application)
        found = cut_off(part)
        if not found:
            break
    return found


def settle(application: Any) -> None:
    """What was laid out may lay out something else."""
    for _ in range(3):
        application.processEvents()
