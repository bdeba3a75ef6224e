"""Lists too long to be put together at once: whole in the end, and said not to be until then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from neixiang_survey_plugin.app.agenda.waiting import waiting_list
from neixiang_survey_plugin.core.conflicts.groups import group_conflicts
from neixiang_survey_plugin.ui import in_steps, line_rows
from neixiang_survey_plugin.ui.conflict_panel import SETTLED
from neixiang_survey_plugin.ui.states import state_of_verdict
from tests.window.cases import click, pick
from tests.window.hand import Hand
from tests.window.test_window import line


@pytest.fixture
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every list one step is done between two events."""
    clock: Iterator[int] = count()
    monkeypatch.setattr(in_steps, "now_s", lambda: float(next(clock)))


@pytest.fixture
def crowd(hand: Hand) -> Hand:
    """Gas and water lines a hand's breadth from each other."""
    hand.session.put(
        *(line(f"g{n}", (0, 40 * n), (-45, 40 * n), utility="gas") for n in range(4)),
        *(line(f"w{n}", (0, 40 * n + 0.3), (-45, 40 * n + 0.3)) for n in range(4)),
        what="import",
    )
    return hand


def expected(hand: Hand) -> list[object]:
    return list(group_conflicts(hand.session.followed_conflicts().open))


def listed(hand: Hand) -> list[object]:
    return [row.group for row in hand.window.conflicts.rows]


@pytest.mark.usefixtures("no_time")
def test_conflicts_are_said_to_be_gone_through_until_all_are_listed(crowd: Hand) -> None:
    panel = crowd.window.conflicts
    crowd.window.tabs.setCurrentWidget(panel)
    assert panel._busy.isVisible()
    assert not panel._count.isVisible()
    crowd.wait_for(lambda: not panel.busy)
    assert not panel._busy.isVisible()
    assert panel._count.isVisible()
    assert len(listed(crowd)) > 4
    assert listed(crowd) == expected(crowd)


@pytest.mark.usefixtures("no_time")
def test_a_line_that_goes_meanwhile_is_in_no_list_and_its_row_leads_nowhere(crowd: Hand) -> None:
    panel = crowd.window.conflicts
    crowd.window.tabs.setCurrentWidget(panel)
    crowd.wait_for(lambda: not panel.busy)
    (row,) = [one for one in panel.rows if one.conflict.a == "g0"][:1]
    crowd.session.delete("g0")
    assert panel._busy.isVisible()
    click(crowd, row)
    assert crowd.session.selected is None
    crowd.session.delete("w1")
    crowd.wait_for(lambda: not panel.busy)
    assert listed(crowd) == expected(crowd)
    assert all(one.isVisible() for one in panel.rows)
    pick(panel.filter, SETTLED)
    crowd.wait_for(lambda: not panel.busy)
    assert listed(crowd) == []


@pytest.mark.usefixtures("no_time")
def test_a_list_that_was_left_unfinished_is_finished_when_somebody_looks_again(crowd: Hand) -> None:
    panel = crowd.window.conflicts
    crowd.window.tabs.setCurrentWidget(panel)
    crowd.window.tabs.setCurrentWidget(crowd.window.survey)
    assert not panel.busy
    crowd.window.tabs.setCurrentWidget(panel)
    crowd.wait_for(lambda: not panel.busy)
    assert listed(crowd) == expected(crowd)


def test_of_very_many_causes_the_first_are_listed_and_it_is_said_that_there_are_more(
    crowd: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("neixiang_survey_plugin.ui.conflict_panel._MOST_GROUPS", 2)
    panel = crowd.window.conflicts
    crowd.window.tabs.setCurrentWidget(panel)
    assert listed(crowd) == expected(crowd)[:2]
    assert panel._more.isVisible()
    assert "2" in panel._more.text()


@pytest.mark.usefixtures("no_time")
def test_what_waits_today_is_listed_whole_for_whom_it_is_chosen(desk: Hand) -> None:
    casework = desk.window.casework
    today = casework.today
    with desk.bot.waitSignal(casework.background.done, timeout=20_000):
        desk.key("F4")
    assert today._at.text() == today._look.texts("today.busy")
    desk.wait_for(lambda: not today._filling.busy)
    every = waiting_list(today._agenda, desk.window.book.office)
    assert today.rows() == list(every)
    assert str(len(every)) in today._at.text()
    unit = next(row for row in range(today.whose.count()) if today.whose.itemData(row))
    today.whose.setCurrentIndex(unit)
    desk.wait_for(lambda: not today._filling.busy)
    assert 0 < len(today.rows()) < len(every)


def test_a_line_that_stands_in_the_list_as_it_is_is_left_alone(
    crowd: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = crowd.window.survey.lines.rows
    crowd.wait_for(lambda: len(rows) == 8)
    written: list[str] = []
    monkeypatch.setattr(
        line_rows, "state_of_verdict", lambda of: (written.append("a row"), state_of_verdict(of))[1]
    )
    for chosen, changed in (("g1", 1), ("g2", 2), (None, 1)):
        written.clear()
        crowd.session.select(chosen)
        assert len(written) == changed
        assert [key for key, row in rows.items() if row.property("chosen")] == (
            [] if chosen is None else [chosen]
        )
    written.clear()
    crowd.session.put(replace(crowd.session.routes["g1"], unit="gas"), what="draw")
    assert "示例燃气公司" in rows["g1"].accessibleName()
    assert len(written) == 1


@pytest.mark.usefixtures("no_time")
def test_the_lines_of_a_survey_are_all_listed_in_the_end(crowd: Hand) -> None:
    lines = crowd.window.survey.lines
    crowd.session.put(line("w9", (0, 300), (-45, 300)), what="draw")
    assert len(lines.rows) < 9
    crowd.wait_for(lambda: len(lines.rows) == 9)
    assert list(lines.rows) == list(crowd.session.routes)


@pytest.mark.usefixtures("no_time")
def test_what_a_packet_lacks_is_said_when_all_of_it_is_known_and_nothing_is_issued_before(
    desk: Hand,
) -> None:
    panel = desk.window.packets
    desk.window.choose_case("C1")
    desk.window.tabs.setCurrentWidget(panel)
    assert panel.busy
    assert (panel.rows, panel._empty.isVisible(), panel.issue.isEnabled()) == ([], False, False)
    desk.wait_for(lambda: not panel.busy)
    assert (len(panel.rows) > 1, panel._empty.isVisible(), panel.issue.isEnabled()) == (True,) * 3
    first, whole = panel.rows[0], [row.accessibleName() for row in panel.rows]
    desk.session.record("settle", lambda _: None)
    assert (panel.busy, first.isVisible()) == (True, True)
    asked = desk.window.forms.open
    click(desk, first)  # by now it may not be so any more
    assert desk.window.forms.open is asked
    desk.wait_for(lambda: not panel.busy)
    assert [row.accessibleName() for row in panel.rows] == whole
    desk.window.choose_case("C2")
    assert (panel.rows, panel.issue.isEnabled()) == ([], False)
