"""Drawing with real mouse and keys in the real window on the sample county."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.hosts.windows.work import open_work
from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.states import State
from tests.drawn import ON
from tests.survey.lines import new_survey
from tests.window.hand import Hand, sample_ground

VIEW = (581_540.0, 3_658_300.0, 581_660.0, 3_658_370.0)
# Open ground beside the sample's own case: nothing to cross, nothing to snap to.
AREA = (581_600.0, 3_658_325.0)


def at(east: float, north: float = 0.0) -> tuple[float, float]:
    return AREA[0] + east, AREA[1] + north


@pytest.fixture
def ready(hand: Hand) -> Hand:
    """The window near the sample's own case, in a case of a company, without snapping."""
    hand.begin_a_case(*VIEW)
    return hand


def drawn_courses() -> dict[str, list[tuple[float, float]]]:
    cases = places.sample_county() / "cases"
    routes = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    return {one.utility: list(one.line.coords) for one in routes}


hand_words = Texts(Language.CHINESE)


def test_five_lines_are_drawn_and_the_gauges_read_them(ready: Hand) -> None:
    courses = drawn_courses()
    for number, utility in enumerate(UTILITY, start=1):
        ready.draw(number, *courses[utility])
    results = ready.session.results
    assert list(results) == [f"T1-{utility}" for utility in UTILITY]
    assert len(ready.window.survey.lines.rows) == 5
    for utility in UTILITY:
        ready.session.select(f"T1-{utility}")
        result = results[f"T1-{utility}"]
        panel = ready.window.survey
        expected_m = sum(
            ((e - g) ** 2 + (n - h) ** 2) ** 0.5
            for (e, n), (g, h) in zip(courses[utility], courses[utility][1:], strict=False)
        )
        assert result.measures.length_m == pytest.approx(expected_m, abs=0.5)
        assert panel.gauges["length"].figures == f"{result.measures.length_m:.2f} m / 200 m"
        across_m = result.measures.roads.across.value
        assert across_m is not None
        assert panel.gauges["crossing"].figures == f"{across_m:.2f} m / 15 m"
        assert "20 m²" in panel.gauges["green"].figures
        assert panel.banner.way == hand_words(f"verdict.{result.verdict.way.value}")
        assert (panel.banner.state is State.FAIL) == (result.verdict.way is not Way.COMMITMENT)


def test_gauge_is_asked_by_a_whole_left_click_or_by_key(ready: Hand) -> None:
    ready.draw(1, at(0), at(10), at(10, 10))
    gauge = ready.window.survey.gauges["length"]
    asked: list[bool] = []
    gauge.activated.connect(lambda: asked.append(True))
    buttons = QtCore.Qt.MouseButton
    ready.bot.mouseClick(gauge, buttons.RightButton)
    ready.bot.mousePress(gauge, buttons.LeftButton)
    ready.bot.mouseRelease(gauge, buttons.LeftButton, pos=QtCore.QPoint(-20, -20))
    assert asked == []
    ready.bot.mouseClick(gauge, buttons.LeftButton)
    ready.key("Space", on=gauge)
    assert asked == [True, True]


def test_undo_goes_back_to_an_empty_survey_and_redo_forth(ready: Hand) -> None:
    ready.draw(1, at(0), at(10), at(10, 10))
    ready.draw(3, at(0, 20), at(10, 20))
    ready.key("2")
    ready.click(at(0, 30), at(5, 30))
    for _ in range(4):
        ready.key("Ctrl+Z")
    assert (ready.session.routes, ready.session.drafts) == ({}, ())
    assert ready.window.survey.gauges["length"].isVisible() is False
    ready.key("Ctrl+Z")
    assert not ready.window.actions_["undo"].isEnabled()
    ready.key("Ctrl+Y")
    ready.key("Ctrl+Y")
    assert list(ready.session.routes) == ["T1-water", "T1-gas"]


def test_enter_ends_escape_steps_back_and_backspace_takes_a_vertex(ready: Hand) -> None:
    ready.key("1")
    ready.click(at(0), at(10), at(10, 10))
    ready.key("Backspace")
    ready.key("Return")
    assert len(ready.session.routes["T1-water"].line.coords) == 2
    ready.click(at(0, 20), at(10, 20))
    ready.key("Esc")
    assert ready.session.drafts == ()
    ready.key("Esc")
    assert ready.window.desk.now.mode is Mode.SELECT


def test_figures_beside_the_pointer_follow_it_and_keep_inside_the_map(ready: Hand) -> None:
    ready.key("1")
    ready.click((581_575.0, 3_658_312.0))
    ready.move(581_575.0, 3_658_330.0)
    readout = ready.window.readout
    assert readout.isVisible()
    result = ready.window.survey.shown
    assert result is not None
    assert f"{result.measures.length_m:.1f} m" in readout.words
    west, south, east, north = ready.map.view.box
    for place in ((east - 0.5, south + 0.5), (west + 0.5, north - 0.5), (east - 0.5, north - 0.5)):
        ready.move(*place)
        assert ready.map.rect().contains(readout.geometry())
        assert not readout.geometry().contains(ready.pixel(*place))
    ready.key("Esc")
    assert not readout.isVisible()


def test_the_gauges_follow_the_pointer_before_the_line_is_kept(ready: Hand) -> None:
    ready.key("1")
    ready.click(at(0))
    ready.move(*at(20))
    panel = ready.window.survey
    first = panel.gauges["length"].figures
    ready.move(*at(30))
    assert panel.gauges["length"].figures != first
    assert ready.session.routes == {}


def test_every_tool_works_by_mouse(ready: Hand) -> None:
    ready.draw(1, at(0), at(20))
    route = ready.session.routes["T1-water"].line.coords
    ready.key("R")
    ready.drag(route[1], at(20, 10))
    assert ready.session.routes["T1-water"].line.coords[1][1] > route[1][1] + 9
    ready.key("Ctrl+Z")
    ready.key("X")
    ready.click(at(10))
    assert sorted(ready.session.routes) == ["T1-water", "T1-water-2"]
    ready.key("Ctrl+Z")
    ready.key("T")
    ready.click(at(5), at(15))
    (bore,) = ready.session.routes["T1-water"].trenchless
    assert (bore.from_m, bore.to_m) == (pytest.approx(5, abs=0.2), pytest.approx(15, abs=0.2))
    ready.key("3")
    ready.key("P")
    ready.click(at(2), at(18, 3))
    ready.key("Return")
    assert ready.session.routes["T1-gas"].line.distance(
        ready.session.routes["T1-water"].line
    ) == pytest.approx(1.0, abs=0.05)
    ready.key("V")
    ready.click(at(10))
    assert ready.session.selected == "T1-water"


def test_length_azimuth_and_coordinates_are_typed(ready: Hand) -> None:
    ready.key("1")
    ready.click(at(0))
    ready.key("L")
    entry = ready.window.strip.entry
    for text in ("25 90", "10 <90", "3658330 581650"):
        ready.bot.keyClicks(entry, text)
        ready.key("Return", entry)
    ready.map.setFocus()
    ready.key("Return")
    course = list(ready.session.routes["T1-water"].line.coords)
    assert course[1] == (pytest.approx(course[0][0] + 25), pytest.approx(course[0][1]))
    assert course[2] == (pytest.approx(course[1][0]), pytest.approx(course[1][1] - 10))
    assert course[3] == (581_650, 3_658_330)


def test_a_line_is_chosen_turned_copied_and_deleted_by_command(ready: Hand) -> None:
    ready.draw(1, at(0), at(20))
    start = ready.session.routes["T1-water"].line.coords[0]
    run = ready.window.actions_.run
    run("reverse")
    assert ready.session.routes["T1-water"].line.coords[-1] == start
    run("copy_gas")
    assert ready.session.selected == "T1-gas"
    ready.key("Del")
    assert list(ready.session.routes) == ["T1-water"]
    assert "T1-gas" in ready.said()
    ready.key("Ctrl+Z")
    assert list(ready.session.routes) == ["T1-water", "T1-gas"]


def test_a_line_that_is_killed_while_it_is_drawn_can_be_gone_on_with(
    qtbot: Any, ready: Hand, tmp_path: Path
) -> None:
    ready.key("3")
    ready.click(at(0), at(10), at(10, 10))
    copied = tmp_path / "killed"
    copied.mkdir()
    for part in tmp_path.glob("a.survey.gpkg*"):  # as the disk has it now: nothing was closed
        (copied / part.name).write_bytes(part.read_bytes())
    again = Hand(qtbot, copied, copied / "a.survey.gpkg")
    assert "3 个点" in again.said()
    again.look_at(*VIEW)
    again.window.actions_.run("resume_draft")
    assert again.window.desk.now.utility == "gas"
    again.click(at(20, 10))
    again.key("Return")
    (route,) = again.session.routes.values()
    assert (len(route.line.coords), route.utility, route.route_id) == (4, "gas", "T1-gas")
    again.close()


def test_what_was_drawn_is_there_when_the_survey_is_opened_again(ready: Hand) -> None:
    ready.draw(1, at(0), at(20))
    ready.close()
    work = open_work(sample_ground(), ready.path, "张工", ON)
    assert list(work.session.routes) == ["T1-water"]
    assert work.session.notes == ()
    work.session.close()
    assert not ready.path.with_name(ready.path.name + "-wal").exists()


KILLED_WHILE_DRAWING = """
import os, signal, sys
from pathlib import Path
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot
from neixiang_survey_plugin import qt
from neixiang_survey_plugin.hosts.desktop.program import new_application

qt_api.set_qt_api(qt.BINDING.lower())
application = new_application()
from tests.window.hand import Hand
from tests.window.test_drawing import VIEW, at
hand = Hand(QtBot(None), Path(sys.argv[1]).parent, Path(sys.argv[1]))
hand.wait_for_the_keyboard()
hand.look_at(*VIEW)
hand.window.choose_case("K7")
hand.key("S")
hand.key("4")
hand.click(at(0, 20), at(10, 20), at(20, 20))
hand.move(*at(30, 20))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_program_has_kept_every_click_and_one_key_goes_on_in_the_same_case(
    qtbot: Any, tmp_path: Path
) -> None:
    survey = new_survey(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_DRAWING, str(survey)],
        cwd=places.sample_county().parent,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    again = Hand(qtbot, tmp_path, survey)
    (draft,) = again.session.drafts
    assert (len(draft.vertices), draft.utility, draft.case_id) == (3, "heat", "K7")
    assert "3 个点" in again.said()
    assert "接着画未完成的线 (C)" in again.said()
    again.wait_for_the_keyboard()
    again.key("C")
    west, _, east, _ = again.map.view.box
    assert west < AREA[0] < east < west + 200  # near enough to go on clicking
    assert again.window.case_box.currentText() == "K7"
    again.click(at(20, 30))
    again.key("Return")
    (route,) = again.session.routes.values()
    assert (route.route_id, route.case_id, len(route.line.coords)) == ("K7-heat", "K7", 4)
    again.close()
