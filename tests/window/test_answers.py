"""Nothing long is ever done in the window's own thread: what is counted is where, not how long."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.app import case_book, checking
from neixiang_survey_plugin.app.planning.checking import PlanChecker
from neixiang_survey_plugin.app.progress import CancelledError, Progress
from neixiang_survey_plugin.app.session import ready as making_ready
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop import files
from neixiang_survey_plugin.hosts.windows import packets
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui import in_steps, trench_panel
from neixiang_survey_plugin.ui.findable import Found, shelf_of
from neixiang_survey_plugin.ui.finder import Finder
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.jobs import Jobs
from tests.drawn import ON
from tests.window.hand import Hand
from tests.window.test_window import line, with_lines


def watched(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[bool]:
    """Whether each call of a function of a module came from the window's own thread."""
    calls: list[bool] = []
    real: Callable[..., Any] = getattr(module, name)

    def called(*values: Any, **named: Any) -> Any:
        calls.append(threading.current_thread() is threading.main_thread())
        return real(*values, **named)

    monkeypatch.setattr(module, name, called)
    return calls


def test_a_fact_is_worked_into_the_county_beside_the_window(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_lines(hand)
    indexed = watched(monkeypatch, making_ready, "Checker")
    searched = watched(monkeypatch, making_ready, "ConflictSearch")
    roads = hand.session.county.layers["roads"]
    road_id = str(roads.ids[0])
    fact = ConfirmedFact("roads", road_id, "delivered_on", "2001-05-01", "移交单", "张工", ON)
    hand.session.confirm(fact)
    hand.wait_for_work()
    assert (indexed, searched) == ([False], [False])
    assert fact in hand.session.county.confirmed


def test_lines_are_read_and_judged_beside_the_window(
    hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = watched(monkeypatch, files, "lines_or_none")
    judged = watched(monkeypatch, checking, "measure_routes")
    table = tmp_path / "many.csv"
    rows = [f"n{n},gas,{3658330 + n},{e}" for n in range(40) for e in (581600, 581620)]
    table.write_text("name,utility,X,Y\n" + "\n".join(rows), encoding="utf-8")
    hand.window.files.take([table])
    hand.wait_for_work()
    assert len(hand.session.routes) == 40
    assert read == [False]
    assert set(judged) == {False}
    for key, left in (("Ctrl+Z", 0), ("Ctrl+Y", 40), ("Ctrl+Z", 0)):
        judged.clear()
        hand.key(key)
        hand.wait_for_work()
        assert len(hand.session.routes) == left
        assert True not in judged


def test_ending_a_line_measures_that_line_alone(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.session.put(*(line(f"r{n}", (0, n), (9, n)) for n in range(30)), what="import")
    measured: list[int] = []
    real = checking.measure_routes

    def counted(routes: Any, ground: Any) -> Any:
        measured.append(len(routes))
        return real(routes, ground)

    monkeypatch.setattr(checking, "measure_routes", counted)
    hand.session.preview(line("new", (0, 40), (9, 40)))
    hand.session.end_preview()
    hand.session.put(line("new", (0, 40), (9, 40)), what="draw")
    hand.session.delete("r3")
    assert max(measured) == 1


def test_a_packet_is_written_beside_the_window_and_can_be_stopped(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_lines(hand)
    hand.window.choose_case("C1")
    written = watched(monkeypatch, packets, "PacketMaker")
    maker = hand.window.panels.maker
    with hand.bot.waitSignal(maker.ended, timeout=60_000):
        maker.issue("C1")
    assert written == [False]
    steps: list[str] = []
    maker.background.went.connect(lambda step: steps.append(step.what))
    with hand.bot.waitSignal(maker.ended, timeout=60_000):
        maker.issue("C1")
        hand.wait_for(hand.window.status.work.isVisible)
        hand.bot.mouseClick(hand.window.status.work.stop, QtCore.Qt.MouseButton.LeftButton)
    assert not hand.window.status.work.isVisible()
    assert steps[:1] == ["check"]


def test_jobs_are_done_in_turn_and_each_has_its_end(qtbot: Any) -> None:
    jobs, told = Jobs(), []
    go_on = threading.Event()
    jobs.start(lambda _: go_on.wait(10) and "first", told.append)
    jobs.start(lambda _: "second", told.append)

    def refuse(_: Progress) -> None:
        raise SurveyError("没有外线")

    refused: list[SurveyError] = []
    jobs.refused.connect(refused.append)
    jobs.start(refuse, told.append, lambda: told.append("dropped"))
    jobs.start(lambda _: "last", told.append)
    go_on.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told == ["first", "second", "dropped", "last"]
    assert [one.problems for one in refused] == [("没有外线",)]
    jobs.end()


def test_verdicts_are_called_outdated_until_they_are_judged_again(hand: Hand) -> None:
    with_lines(hand)
    notice = hand.window.survey.outdated
    assert not notice.isVisibleTo(hand.window.survey)
    road = str(hand.session.county.layers["roads"].ids[0])
    hand.session.confirm(ConfirmedFact("roads", road, "delivered_on", "2001-05-01", "a", "b", ON))
    hand.shell.jobs.background.cancel()
    hand.wait_for_work()
    assert notice.isVisibleTo(hand.window.survey)
    (again,) = notice.findChildren(QtWidgets.QPushButton)
    again.click()
    hand.wait_for_work()
    assert not notice.isVisibleTo(hand.window.survey)
    assert hand.session.county.confirmed


def test_a_job_that_is_cancelled_lets_the_next_one_begin(qtbot: Any) -> None:
    jobs, told = Jobs(), []
    begun = threading.Event()

    def endless(progress: Progress) -> None:
        begun.set()
        while True:
            progress.step("file")

    jobs.start(endless, told.append, lambda: told.append("dropped"))
    begun.wait(10)
    jobs.start(lambda _: "next", told.append)
    jobs.background.cancel()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told == ["dropped", "next"]
    jobs.end()


def test_the_bar_says_what_is_done_and_stops_it(hand: Hand) -> None:
    bar, told = hand.window.status.work, []
    begun = threading.Event()

    def endless(progress: Progress) -> None:
        while True:
            progress.step("judge", done=3, of=9)
            begun.set()

    hand.shell.jobs.start(endless, told.append, lambda: told.append("dropped"))
    hand.wait_for(bar.isVisible)
    assert bar.words.text() == "正在量测判定：第 3 条，共 9 条"
    assert (bar.bar.value(), bar.bar.maximum()) == (3, 9)
    assert bar.stop.focusPolicy() != QtCore.Qt.FocusPolicy.NoFocus
    hand.bot.keyClick(bar.stop, QtCore.Qt.Key.Key_Space)
    hand.wait_for(lambda: told == ["dropped"])
    assert not bar.isVisible()


def test_of_very_many_lines_a_hundred_are_listed_and_the_chosen_one(hand: Hand) -> None:
    hand.session.put(*(line(f"r{n}", (0, n), (9, n)) for n in range(130)), what="import")
    rows = hand.window.survey.lines
    assert 0 < len(rows.rows) < 100  # the window answers before all are there
    hand.wait_for(lambda: len(rows.rows) == 100)
    assert "30" in rows.more.text()
    hand.session.select("r129")
    assert "r129" in rows.rows
    hand.session.delete(*(f"r{n}" for n in range(60)))
    hand.wait_for(lambda: len(rows.rows) == 70)
    assert not rows.more.isVisibleTo(rows)


PANELS = ("survey", "conflict", "packet", "case")


@pytest.mark.parametrize("seen", PANELS)
def test_an_edit_brings_the_panel_that_is_seen_up_to_date_once_and_no_other(
    hand: Hand, monkeypatch: pytest.MonkeyPatch, seen: str
) -> None:
    with_lines(hand)
    panels, done = hand.window.panels, []
    hand.window.tabs.setCurrentWidget(panels.by_name[seen])
    for name in PANELS:
        real: Callable[[], None] = panels.by_name[name].refresh
        again = functools.partial(lambda n, r: (done.append(n), r()), name, real)
        monkeypatch.setattr(panels.by_name[name], "refresh", again)
    followed = watched(monkeypatch, hand.session, "conflict_overview")
    hand.session.put(line("w1", (0, 0), (-30, 0), case_id="C1"), what="reshape")
    assert done == [seen]
    assert len(followed) == (seen == "conflict")
    other = PANELS[PANELS.index(seen) - 1]
    hand.window.tabs.setCurrentWidget(panels.by_name[other])
    assert done == [seen, other]
    hand.window.tabs.setCurrentWidget(panels.by_name[seen])
    assert done == [seen, other]  # nothing changed since


def test_proposing_a_shared_trench_indexes_the_county_beside_the_window(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_lines(hand)
    indexed = watched(monkeypatch, trench_panel, "TrenchPlanner")
    panel = hand.window.trenches
    hand.window.tabs.setCurrentWidget(panel)
    steps: list[str] = []
    panel.background.went.connect(lambda step: steps.append(step.what))
    with hand.bot.waitSignal(panel.background.done, timeout=20_000):
        panel.propose()
    assert indexed == [False]
    assert set(steps) == {"propose"}


def test_what_waits_today_is_put_together_beside_the_window(
    desk: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_together = watched(monkeypatch, case_book, "_with_lines")
    casework = desk.window.casework
    with desk.bot.waitSignal(casework.background.done, timeout=20_000):
        desk.window.tabs.setCurrentWidget(casework.today)
    assert put_together == [False, False]


def test_what_waits_is_not_begun_again_by_the_clock_once_somebody_has_stopped_it(
    desk: Hand,
) -> None:
    casework, texts = desk.window.casework, desk.window.look.texts
    background = casework.background
    with desk.bot.waitSignal(background.done, timeout=20_000):
        desk.window.tabs.setCurrentWidget(casework.today)
    assert background in desk.window.panels.backgrounds  # the bar shows it, its button stops it
    casework.ask()
    background.cancel()
    begun: list[object] = []
    background.rests.connect(lambda: begun.append(None))
    casework.tick()
    assert not begun
    said = [one.text() for one in casework.today.findChildren(QtWidgets.QLabel)]
    assert any(one.startswith(texts("today.stopped_old", time="|").split("|")[0]) for one in said)
    with desk.bot.waitSignal(background.done, timeout=20_000):
        casework.today.again.click()


def test_another_theme_does_not_wait_for_what_a_panel_does(hand: Hand) -> None:
    go_on, begun, before = threading.Event(), threading.Event(), hand.window

    def endless(_: Progress) -> None:
        begun.set()
        go_on.wait(20)

    before.panels.planning.background.start(endless)
    begun.wait(10)
    hand.replaced(lambda: hand.window.acts.use_theme(Theme.DARK))
    assert not go_on.is_set()
    assert hand.window is not before
    go_on.set()


def test_holding_lines_against_the_plan_says_how_far_it_is_and_can_be_stopped(hand: Hand) -> None:
    with_lines(hand)
    ground = hand.window.work.ground
    checker = PlanChecker(ground.county, ground.planning_rules, hand.session.checker.ground)
    steps: list[tuple[int, int]] = []
    progress = Progress(lambda step: steps.append((step.done, step.of)))
    checker.check(hand.session.judged_routes, ON, progress=progress)
    assert steps == [(0, 2), (1, 2)]
    progress.cancel()
    with pytest.raises(CancelledError):
        checker.check(hand.session.judged_routes, ON, progress=progress)


def test_of_many_rows_the_first_are_made_at_once_and_the_newest_work_counts(qtbot: Any) -> None:
    made: list[int] = []
    owner = QtCore.QObject()
    steps = InSteps(owner, first=3, then=2, done=lambda: made.append(-1))
    steps.begin(map(made.append, range(100, 200)))
    steps.begin(map(made.append, range(6)))
    assert made == [100, 101, 102, 0, 1, 2]
    qtbot.waitUntil(lambda: -1 in made)
    assert made == [100, 101, 102, 0, 1, 2, 3, 4, 5, -1]


def test_no_more_rows_are_made_at_once_than_there_is_time_for(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    time_s = [0.0]
    monkeypatch.setattr(in_steps, "now_s", lambda: time_s[0])
    made: list[int] = []

    def make(n: int) -> None:
        time_s[0] += 0.004
        made.append(n)

    steps = InSteps(None, first=50, then=50, done=lambda: made.append(-1))
    steps.begin(map(make, range(5)))
    assert (made, steps.busy) == ([0, 1, 2], True)
    steps.finish()
    assert (made, steps.busy) == ([0, 1, 2, 3, 4, -1], False)
    steps.begin(map(make, range(9)))
    steps.stop()
    assert (made[6:], steps.busy) == ([0, 1, 2], False)


def test_steps_of_which_one_fails_are_over_and_nobody_takes_them_for_done(qtbot: Any) -> None:
    def fails() -> Iterator[None]:
        yield
        raise SurveyError("unreadable")

    made: list[str] = []
    steps = InSteps(None, first=1, done=lambda: made.append("done"))
    steps.begin(fails())
    with pytest.raises(SurveyError, match="unreadable"):
        steps.finish()
    assert (made, steps.busy) == ([], False)


def test_the_finder_is_there_before_a_large_county_is_read_and_then_finds_all(hand: Hand) -> None:
    taken: list[int] = []

    def things() -> Iterator[Found]:
        for n in range(9_000):
            taken.append(n)
            yield Found(f"路 {n}", "road", taken.clear, f"R{n}")

    finder = Finder([shelf_of("road", things())], hand.window.look)
    assert 0 < len(taken) < 5_000
    assert finder.note.isVisibleTo(finder)
    finder.entry.setText("路 8999")
    hand.wait_for(lambda: finder.list.topLevelItemCount() == 1)
    assert not finder.note.isVisibleTo(finder)
    finder.entry.setText("r8999 路")
    assert finder.list.topLevelItem(0).text(0) == "路 8999"
    finder.go()
    assert taken == []
