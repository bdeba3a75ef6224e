"""A window at once, the map filling while a county is read, and a way out of whatever fails."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.map_layers import extent
from neixiang_survey_plugin.app.progress import CancelledError, Progress, Step
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop import window_making
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.plan import Plan, first_plan, sample_plan
from neixiang_survey_plugin.hosts.desktop.shell import Shell
from neixiang_survey_plugin.hosts.windows.work import new_work, read_ground
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.ending import ENDING
from tests.window.hand import sample_ground


@pytest.fixture
def shell(qtbot: Any, tmp_path: Path) -> Iterator[Shell]:
    made = Shell(Memory(tmp_path / "window.ini"), "张工")
    yield made
    for window in (made.opening, made.window):
        if window is not None:
            window.close()
    ENDING.wait()


def test_the_window_is_there_before_anything_is_read_and_the_map_fills(
    shell: Shell, qtbot: Any
) -> None:
    opening = shell.start(sample_plan(shell.memory))
    assert opening.isVisible()
    assert opening.canvas is not None
    assert opening.canvas.widget.picture.extent is None
    picture, sizes = opening.canvas.widget.picture, []
    opening._arrived.connect(lambda layers: sizes.append(len({one.layer for one in layers})))
    said: list[str] = []
    opening.background.went.connect(lambda _: said.append(opening.words.text()))
    qtbot.waitUntil(lambda: shell.window is not None, timeout=60_000)
    assert sizes == list(range(1, 10))  # one layer more each time
    assert "正在读道路…" in said
    assert shell.window is not None
    assert shell.window.canvas.widget.picture is picture  # the map went over as it was
    assert picture.extent == extent(sample_ground().layers)
    assert shell.window.session.routes
    assert shell.window._tour is not None  # at somebody's first start
    assert "M" in shell.window.desk.board.kit.case_id
    known = shell.window.session.routes.values()
    assert set(shell.window.book.ids()) == {one.case_id for one in known}


def test_the_map_is_pushed_while_the_county_is_read_and_stays_there(
    shell: Shell, qtbot: Any
) -> None:
    opening = shell.start(sample_plan(shell.memory))
    qtbot.waitUntil(lambda: opening.canvas.widget.picture.extent is not None, timeout=60_000)
    qtbot.keyClick(opening.canvas.widget, QtCore.Qt.Key.Key_Right)
    assert opening.was_moved
    e_m = opening.canvas.widget.view.e_m
    qtbot.waitUntil(lambda: shell.window is not None, timeout=60_000)
    assert shell.window is not None
    assert shell.window.canvas.widget.view.e_m == pytest.approx(e_m, abs=1.0)


def test_opening_is_cancelled_and_begun_again(shell: Shell, qtbot: Any) -> None:
    opening = shell.start(sample_plan(shell.memory))
    qtbot.mouseClick(opening.stop, QtCore.Qt.MouseButton.LeftButton)
    assert opening.words.text() == "已取消，什么也没有改变。"
    assert not opening.stop.isVisible()
    again = opening._out[0]
    assert opening.focusWidget() is again
    qtbot.keyClick(again, QtCore.Qt.Key.Key_Space)
    assert shell.opening is not opening
    qtbot.waitUntil(lambda: shell.window is not None, timeout=60_000)


def test_a_survey_that_cannot_be_opened_is_said_and_the_sample_is_offered(
    shell: Shell, qtbot: Any, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.survey.gpkg"
    broken.write_bytes(b"SQLite format 3\x00 and nothing more")
    opening = shell.start(Plan(broken, places.sample_county()))
    qtbot.waitUntil(lambda: opening._out[0].isVisible(), timeout=60_000)
    assert "broken.survey.gpkg" in opening.words.text()
    assert opening._out[0].text() == "打开示例县"
    qtbot.mouseClick(opening._out[0], QtCore.Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=60_000)


def test_a_survey_that_cannot_be_shown_at_the_start_is_said_with_the_ways_out(
    shell: Shell, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: Any) -> None:
        raise RuntimeError("kaputt")

    with monkeypatch.context() as patched, qtbot.captureExceptions() as raised:
        patched.setattr(window_making, "StatusBar", cannot)
        opening = shell.start(sample_plan(shell.memory))
        qtbot.waitUntil(lambda: opening._out[0].isVisible(), timeout=60_000)
    assert len(raised) == 1
    assert "意外的错误（RuntimeError: kaputt）" in opening.words.text()
    qtbot.mouseClick(opening._out[0], QtCore.Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shell.window is not None, timeout=60_000)
    assert shell.window is not None
    assert shell.window.canvas.widget.picture.extent == extent(sample_ground().layers)


def test_what_can_be_known_at_once_is_refused_before_a_window_is_shown(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.ini")
    note = tmp_path / "note.gpkg"
    note.write_text("no survey")
    with pytest.raises(SurveyError, match=r"note\.gpkg"):
        first_plan(memory, note, None)
    with pytest.raises(SurveyError, match="--county"):
        first_plan(memory, tmp_path / "new.survey.gpkg", None)
    with pytest.raises(SurveyError, match=r"county\.toml"):
        first_plan(memory, tmp_path / "new.survey.gpkg", tmp_path)


def test_the_survey_of_last_time_comes_before_the_sample(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "window.ini")
    assert first_plan(memory, None, None) == sample_plan(memory)
    county = shutil.copytree(places.sample_county(), tmp_path / "county")
    survey = tmp_path / "a.survey.gpkg"
    survey.touch()
    memory.keep_county(county)
    memory.keep_recent(survey)
    assert first_plan(memory, None, None) == Plan(survey, county)
    assert first_plan(memory, None, county).survey == tmp_path / "county.survey.gpkg"


def test_whether_a_survey_is_still_there_is_looked_up_beside_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, names = Memory(tmp_path / "window.ini"), ("a", "b", "c")
    kept = [tmp_path / f"{name}.survey.gpkg" for name in names]
    for one in kept:
        one.touch()
    looked, is_file = list[bool](), Path.is_file

    def watched(path: Path) -> bool:
        looked.append(threading.current_thread() is threading.main_thread())
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", watched)
    for one in kept:
        memory.keep_recent(one)
    assert memory.recent == (kept[2], kept[1], kept[0])
    kept[1].unlink()
    memory.keep_recent(kept[0])
    memory.be_written()
    assert memory.recent == (kept[0], kept[2])
    assert Memory(tmp_path / "window.ini").recent == (kept[0], kept[2])
    assert set(looked) == {False}


def test_reading_tells_each_layer_and_stops_when_asked() -> None:
    told: list[Step] = []
    read_ground(places.sample_county(), progress=Progress(told.append))
    assert [one.layer for one in told if one.what == "read"][:2] == ["roads", "surfaces"]

    def until_the_second(step: Step) -> None:
        if step.layer == "surfaces":
            progress.cancel()

    progress = Progress(until_the_second)
    with pytest.raises(CancelledError):
        read_ground(places.sample_county(), progress=progress)


def test_a_new_survey_whose_opening_is_cancelled_leaves_no_file(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        new_work(sample_ground(), tmp_path / "n.survey.gpkg", "张工", None, progress)
    assert list(tmp_path.iterdir()) == []


def test_the_window_is_put_together_in_steps_while_the_one_before_is_seen_and_has_the_map(
    shell: Shell, qtbot: Any
) -> None:
    opening = shell.start(sample_plan(shell.memory))
    seen: list[tuple[object, ...]] = []
    opening.opened.connect(
        lambda _: seen.append((shell.window, opening.isVisible(), opening.canvas is not None))
    )
    qtbot.waitUntil(lambda: shell.window is not None, timeout=60_000)
    assert seen == [(None, True, True)]
    assert shell.window is not None
    assert shell.window.isVisible()
    assert shell.opening is None
    assert next(shell.window.making, None) is None


def test_who_closes_the_window_while_the_next_is_put_together_has_closed_the_survey(
    shell: Shell, qtbot: Any
) -> None:
    opening = shell.start(sample_plan(shell.memory))
    works: list[Any] = []
    opening.opened.connect(lambda work: (works.append(work), opening.close()))
    qtbot.waitUntil(lambda: bool(works), timeout=60_000)

    def is_closed() -> bool:
        try:
            works[0].session.store.routes()
        except SurveyError:
            return True
        return False

    qtbot.waitUntil(is_closed)
    assert shell.window is None
