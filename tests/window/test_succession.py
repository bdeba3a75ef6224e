"""Another window is put together while the one before is seen: nothing done meanwhile is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop import succession, window_making
from neixiang_survey_plugin.hosts.desktop.succession import Coming, Succession
from neixiang_survey_plugin.hosts.desktop.window import MainWindow
from neixiang_survey_plugin.hosts.windows import panels
from neixiang_survey_plugin.hosts.windows.work import Work, new_work
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.ending import ENDING
from neixiang_survey_plugin.ui.theme import Density
from tests.drawn import ON
from tests.window.hand import Hand, sample_ground
from tests.window.test_window import HERE, line, with_lines

E_M, N_M = HERE


@pytest.fixture(autouse=True)
def _one_step_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event loop turns a hundred times before a window is whole."""
    monkeypatch.setattr(succession, "_SLICE_S", 0.0)


def midway(hand: Hand, do: Callable[[], object]) -> MainWindow:
    """Do what brings another window; the one that is seen while that is half there."""
    before = hand.window
    do()
    hand.wait_for(lambda: hand.shell.succession._window is not None)
    assert hand.window is before
    assert before.isVisible()
    assert not hand.shell.succession._window.isVisible()
    return before


def arrived(hand: Hand, before: MainWindow) -> MainWindow:
    hand.wait_for(lambda: hand.window is not before and hand.shell.succession.is_empty)
    assert hand.window.isVisible()
    hand.wait_for_work()  # a survey that was left is closed
    return hand.window


def use(hand: Hand, **changed: Any) -> None:
    hand.window.use_settings(replace(hand.window.settings, **changed))


def another(folder: Path, name: str) -> Work:
    return new_work(sample_ground(), folder / f"{name}.survey.gpkg", "张工", ON)


def painters() -> int:
    """How many threads paint a map."""
    return sum(one.name == "tiles" for one in threading.enumerate())


def is_closed(work: Work) -> bool:
    try:
        work.session.store.routes()
    except SurveyError:
        return True
    return False


def test_lines_cases_and_records_of_meanwhile_are_in_the_window_that_comes(hand: Hand) -> None:
    with_lines(hand)
    moving = hand.window.desk.board.snapper.moving
    before = midway(hand, lambda: use(hand, theme=Theme.DARK))
    hand.session.put(line("late", (0, 40), (9, 40), case_id="C1"), what="draw")
    hand.session.delete("w1")
    hand.session.select("late")
    before.choose_case("C1")
    before.tabs.setCurrentWidget(before.conflicts)
    hand.look_at(E_M - 70, N_M - 45, E_M + 70, N_M + 45)
    e_m = before.canvas.widget.view.e_m
    window = arrived(hand, before)
    assert window.look.theme is Theme.DARK
    drawn = window.canvas.widget.picture._routes._rows
    assert set(drawn) == set(window.session.routes) >= {"late"}
    assert "w1" not in drawn
    assert "late" in window.desk.board.snapper.moving
    assert "w1" not in window.desk.board.snapper.moving
    assert window.desk.board.snapper.moving is moving  # of the same lines
    assert window.session.selected == "late"
    assert window.desk.board.kit.case_id == "C1"
    assert window.tabs.currentWidget() is window.conflicts
    assert window.canvas.widget.view.e_m == pytest.approx(e_m, abs=0.5)
    assert "C1" in window.book.ids()
    window.tabs.setCurrentWidget(window.survey)
    assert "late" in window.survey.lines.rows


def test_a_line_that_is_begun_meanwhile_waits_in_the_window_that_comes(hand: Hand) -> None:
    hand.look_at(E_M - 70, N_M - 45, E_M + 70, N_M + 45)
    before = midway(hand, lambda: use(hand, language=Language.ENGLISH))
    hand.key("1")
    hand.click((E_M, N_M), (E_M + 20, N_M))
    vertices = before.desk.drawing.vertices
    assert len(vertices) == 2
    window = arrived(hand, before)
    (draft,) = window.acts.other_drafts()
    assert list(draft.vertices) == list(vertices)
    assert "2" in hand.said()  # how it comes back is said
    window.acts.resume_draft()
    assert len(window.desk.drawing.vertices) == 2


def test_what_is_set_meanwhile_counts_in_the_window_that_comes(hand: Hand) -> None:
    before = midway(hand, lambda: use(hand, theme=Theme.DARK))
    use(hand, theme=Theme.HIGH_CONTRAST, density=Density.TOUCH, snap_px=33)
    before.use_keys({"undo": "Ctrl+U"})
    before.layers.set_hidden({"roads"})
    hand.wait_for(lambda: hand.window.look.theme is Theme.HIGH_CONTRAST)
    window = arrived(hand, before)
    assert window.look.density is Density.TOUCH
    assert window.desk.board.snapper.rules.tolerance_px == 33.0
    assert window.actions_.keys["undo"] == "Ctrl+U"
    assert window.layers.hidden == {"roads"}


def test_the_form_of_settings_stays_open_over_the_window_that_comes(hand: Hand) -> None:
    hand.window.forms.show_settings()
    before = midway(hand, lambda: use(hand, theme=Theme.DARK))
    window = arrived(hand, before)
    assert window.forms.open.isVisible()
    window.forms.open.close()


def test_who_closes_the_window_meanwhile_has_closed_all_of_it(hand: Hand, tmp_path: Path) -> None:
    own, coming = hand.window.work, another(tmp_path, "b")
    midway(hand, lambda: hand.shell.take(coming))
    hand.close()
    assert hand.shell.window is None
    assert hand.shell.succession.is_empty
    assert is_closed(own)
    assert is_closed(coming)


def test_of_two_surveys_that_are_opened_the_last_is_shown_in_the_look_of_the_settings(
    hand: Hand, tmp_path: Path
) -> None:
    own, first, last = hand.window.work, another(tmp_path, "b"), another(tmp_path, "c")
    before = midway(hand, lambda: use(hand, theme=Theme.DARK))
    hand.shell.take(first)
    told: list[bool] = []
    hand.shell.take(last, lambda: told.append(hand.window.work is last))
    window = arrived(hand, before)
    assert (window.work, window.look.theme, told) == (last, Theme.DARK, [True])
    assert is_closed(own)
    assert is_closed(first)
    assert not is_closed(last)


def test_another_survey_waits_until_a_form_is_filled_in_and_a_job_is_done(
    hand: Hand, tmp_path: Path
) -> None:
    before = hand.window
    before.forms.new_case()
    hand.shell.take(another(tmp_path, "b"))
    hand.wait_for(lambda: hand.shell.succession._window is not None)
    coming = hand.shell.succession._window
    hand.wait_for(lambda: next(coming.making, None) is None)
    hand.bot.wait(80)
    assert hand.window is before
    form = before.forms.open
    form.applicant.setText("示例厂")
    form.save()
    assert [one for one in before.book.ids() if one]
    arrived(hand, before)


def test_what_is_drawn_while_the_county_is_read_anew_is_in_the_survey_that_comes(
    hand: Hand,
) -> None:
    with_lines(hand)
    own, told = hand.window.work, list[Any]()
    before = midway(hand, lambda: hand.shell.renew(lambda: told.append(hand.window)))
    hand.session.put(line("late", (0, 40), (9, 40)), what="draw")
    window = arrived(hand, before)
    assert "late" in window.session.routes
    assert "late" in window.survey.lines.rows or window.session.selected != "late"
    assert told == [window]
    assert is_closed(own)


def test_a_panel_comes_into_the_place_that_the_window_has_for_it(
    hand: Hand, tmp_path: Path
) -> None:
    work = another(tmp_path, "b")
    window = MainWindow(work, hand.memory, hand.shell, at_once=False)
    steps = iter(window.making)
    while not hasattr(window, "panels") or not window.panels.tabs.count():
        next(steps)
    assert window.right.isAncestorOf(window.panels.survey)  # once: it has its style from there
    assert window.panels.tabs.count() == 1
    window.let_go()
    window.leave()
    work.session.close()


def test_a_survey_that_waits_to_be_closed_is_closed_with_the_window(
    hand: Hand, tmp_path: Path
) -> None:
    left, goes_on = another(tmp_path, "b"), threading.Event()
    hand.shell.jobs.start(lambda _: goes_on.wait(), lambda _: None)
    hand.shell._close_beside(left.session)
    assert not is_closed(left)
    goes_on.set()
    hand.close()
    assert is_closed(left)


def test_a_survey_whose_closing_is_cancelled_is_closed_all_the_same(
    hand: Hand, tmp_path: Path
) -> None:
    left = another(tmp_path, "b")
    hand.shell._close_beside(left.session)
    hand.shell.jobs.background.cancel()
    ENDING.wait()
    assert is_closed(left)
    assert not hand.shell._left


@dataclass
class Fake:
    """A window that is not whole before it may be."""

    name: str
    told: list[str]
    may_end: Callable[[], bool]
    fails: Exception | None = None
    making: Iterator[None] = field(init=False)

    def __post_init__(self) -> None:
        self.making = self.steps()

    def steps(self) -> Iterator[None]:
        self.told.append(f"{self.name} begun")
        while not self.may_end():
            yield
        if self.fails is not None:
            raise self.fails
        self.told.append(f"{self.name} whole")

    def catch_up(self) -> None:
        self.told.append(f"{self.name} caught up")

    def let_go(self) -> None:
        self.told.append(f"{self.name} let go")

    def leave(self) -> None:
        self.told.append(f"{self.name} left")


def coming(
    name: str,
    told: list[str],
    may_end: Callable[[], bool] = lambda: True,
    fails: Exception | None = None,
    **more: Any,
) -> Coming:
    return Coming(
        lambda: Fake(name, told, may_end, fails),
        lambda window: told.append(f"{window.name} shown"),
        dropped=lambda: told.append(f"{name} dropped"),
        failed=lambda error: told.append(f"{name} failed: {error}"),
        **more,
    )


def test_what_is_said_while_another_window_is_put_together_is_said_there_too(hand: Hand) -> None:
    before = midway(hand, lambda: use(hand, theme=Theme.DARK))
    before.say("资料包未能写入：磁盘已满", Level.ERROR)
    arrived(hand, before)
    assert hand.said() == "资料包未能写入：磁盘已满"


def test_a_window_that_is_overtaken_is_let_go_before_the_next_begins(qtbot: Any) -> None:
    told: list[str] = []
    windows = Succession()
    windows.begin(coming("a", told, lambda: False))
    qtbot.waitUntil(lambda: "a begun" in told)
    windows.begin(coming("b", told))
    windows.begin(coming("c", told))  # nobody began b
    qtbot.waitUntil(lambda: windows.is_empty)
    told.remove("b dropped")
    assert told == [
        *("a begun", "a let go", "a left", "a dropped"),
        *("c begun", "c whole", "c caught up", "c shown"),
    ]


def test_a_window_that_may_not_be_shown_yet_waits_and_at_the_end_all_are_let_go(
    qtbot: Any,
) -> None:
    told: list[str] = []
    windows = Succession()
    windows.begin(coming("a", told, may_be_shown=lambda: False))
    qtbot.waitUntil(lambda: "a whole" in told)
    qtbot.wait(60)
    assert "a shown" not in told
    windows.begin(coming("b", told))
    windows.end()
    assert windows.is_empty
    assert sorted(told[2:]) == ["a dropped", "a left", "a let go", "b dropped"]


def test_a_window_that_nobody_wants_before_it_is_begun_is_never_made(qtbot: Any) -> None:
    told: list[str] = []
    windows = Succession()
    windows.begin(coming("a", told, wanted=lambda: False))
    qtbot.waitUntil(lambda: windows.is_empty)
    assert told == ["a dropped"]


def test_after_a_window_that_cannot_be_made_the_next_one_comes(qtbot: Any) -> None:
    told: list[str] = []
    windows = Succession()
    with qtbot.captureExceptions() as raised:  # which go to the terminal, and are said
        windows.begin(coming("a", told, fails=ValueError("x")))
        qtbot.waitUntil(lambda: windows.is_empty)
    assert [str(error) for _, error, _ in raised] == ["x"]
    windows.begin(coming("b", told, fails=SurveyError("县里没有道路")))
    qtbot.waitUntil(lambda: windows.is_empty)
    windows.begin(coming("c", told))
    qtbot.waitUntil(lambda: windows.is_empty)
    assert told == [
        *("a begun", "a let go", "a left", "a dropped", "a failed: ValueError: x"),
        *("b begun", "b let go", "b left", "b dropped", "b failed: 县里没有道路"),
        *("c begun", "c whole", "c caught up", "c shown"),
    ]


@pytest.mark.parametrize("part", ["Board", "quality_panel", "StatusBar", "catch_up"])
def test_a_survey_whose_window_cannot_be_made_is_closed_and_the_one_before_says_so(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def cannot(*_: Any, **__: Any) -> None:
        raise RuntimeError("kaputt")

    before, lost = hand.window, another(tmp_path, "b")
    rooms = {"quality_panel": panels, "catch_up": MainWindow}
    painting = painters()
    with monkeypatch.context() as patched, hand.bot.captureExceptions() as raised:
        patched.setattr(rooms.get(part, window_making), part, cannot)
        hand.shell.take(lost)
        hand.wait_for(lambda: hand.shell.succession.is_empty)
    assert len(raised) == 1
    assert hand.window is before
    assert "kaputt" in hand.said()
    hand.wait_for(lambda: is_closed(lost))
    assert not is_closed(before.work)
    hand.wait_for(lambda: painters() <= painting)  # none paints for what is gone
    hand.shell.take(another(tmp_path, "c"))
    arrived(hand, before)
