"""Today's list and the list of all cases."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta

import pytest

from neixiang_survey_plugin.app.agenda.waiting import Kind
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.casework.urgency import Urgency
from neixiang_survey_plugin.qt import QtCore
from tests.window.cases import (
    NOW,
    click,
    fill,
    pick,
    register,
)
from tests.window.hand import Hand
from tests.window.test_window import line


def test_the_list_has_the_first_due_on_top_and_its_clock_counts_down(desk: Hand) -> None:
    listed = desk.window.cases.cases.list
    assert list(listed.lines.keys) == ["C1", "C2"]
    first = desk.line(listed, "C1")
    assert (first.urgency, "已受理" in first.detail) == (Urgency.LATE, True)
    assert first.beside.startswith("超时")
    assert desk.line(listed, "C2").urgency is Urgency.LATER
    desk.window.forms.now = lambda: NOW + timedelta(days=6)
    desk.window.casework.tick()
    assert desk.line(listed, "C2").urgency is Urgency.NEXT_DAY
    assert desk.line(listed, "C2").beside == "未起算"


def test_an_edit_brings_up_to_date_what_is_shown_of_the_cases_once(
    desk: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = desk.window.cases
    desk.window.tabs.setCurrentWidget(cases)
    done: list[str] = []
    for part, name in ((cases.cases, "list"), (cases.page, "page")):
        real: Callable[[], None] = part.refresh
        monkeypatch.setattr(part, "refresh", lambda n=name, r=real: (done.append(n), r()))
    read = desk.window.book.read_ahead
    looked: list[bool] = []
    monkeypatch.setattr(
        desk.window.book, "read_ahead", lambda *of: (looked.append(True), read(*of))[1]
    )
    desk.session.put(line("w1", (0, 0), (-30, 0), case_id="C1", unit="water"), what="reshape")
    assert (done, looked) == (["list"], [True])
    desk.window.choose_case("C1")
    done.clear()
    desk.session.put(line("w1", (0, 0), (-20, 0), case_id="C1", unit="water"), what="reshape")
    assert done == ["page"]
    desk.window.choose_case(None)
    assert done == ["page", "list"]
    desk.window.choose_case("C1")
    desk.window.tabs.setCurrentWidget(desk.window.survey)
    done.clear()
    desk.window.casework.show_cases()
    assert done == ["list"]


def test_cases_on_record_stand_before_those_of_lines_alone(desk: Hand) -> None:
    desk.session.put(line("g7", (0, 9), (10, 9), utility="gas", case_id="C7"), what="import")
    cases = desk.window.cases.cases
    assert list(cases.list.lines.keys) == ["C1", "C2", "C7"]
    click(desk, cases.by_due)
    assert list(cases.list.lines.keys) == ["C2", "C1", "C7"]


def test_cases_are_searched_and_filtered_as_somebody_types(desk: Hand) -> None:
    cases = desk.window.cases.cases
    fill(desk, cases.search, "酒店")
    assert list(cases.list.lines.keys) == ["C2"]
    fill(desk, cases.search, "nothing")
    assert cases._empty.isVisibleTo(cases)
    cases.search.clear()
    pick(cases.unit, "water")
    assert list(cases.list.lines.keys) == ["C1"]
    pick(cases.unit, None)
    pick(cases.state, State.CLOSED)
    assert list(cases.list.lines.keys) == []
    pick(cases.state, None)
    way = desk.session.results["w1"].verdict.way
    pick(cases.verdict, way)
    assert list(cases.list.lines.keys) == ["C1"]


def test_a_case_is_opened_and_left_by_keyboard_alone(desk: Hand) -> None:
    listed = desk.window.cases.cases.list
    desk.key("F6")
    assert desk.window.cases.cases.search.hasFocus()
    listed.setFocus()
    listed.setCurrentIndex(listed.lines.index(0))
    desk.key("Down", listed)
    desk.key("Return", listed)
    assert desk.window.cases.chosen == "C2"
    back = desk.window.cases.to_list
    back.setFocus()
    desk.key("Space", back)
    assert desk.window.cases.chosen is None


def test_ten_thousand_cases_make_only_the_rows_that_are_seen(hand: Hand) -> None:
    hand.window.forms.now = lambda: NOW
    cases = [
        Case(case_id=f"{n:05d}", applicant_name=f"示例企业{n}", agreed_access_at=NOW)
        for n in range(10_000)
    ]
    ids = (one.case_id for one in cases)
    hand.session.record("import", lambda store: store.keep(cases, what="import"), *ids)
    hand.window.tabs.setCurrentWidget(hand.window.cases)
    listed = hand.window.cases.cases.list
    assert len(listed.lines.keys) == 10_000
    listed.viewport().repaint()
    seen = len(listed.lines._made)
    assert 0 < seen < 60
    timer = QtCore.QElapsedTimer()
    timer.start()
    listed.scrollToBottom()
    listed.viewport().repaint()
    assert timer.elapsed() < 500
    fill(hand, hand.window.cases.cases.search, "9999")
    hand.wait_for(lambda: list(listed.lines.keys) == ["09999"])  # when all are read


def test_today_lists_what_waits_and_a_click_goes_to_the_case_and_its_lines(desk: Hand) -> None:
    desk.key("F4")
    today = desk.window.casework.today
    desk.wait_for(lambda: bool(today.rows()))
    due = [one for one in today.rows() if one.kind is Kind.DUE]
    assert [one.case_id for one in due[:2]] == ["C1", "C1"]
    assert due[0].urgency is Urgency.LATE
    before = desk.map.view.box
    desk.click_row(today.list, due[0])
    assert desk.window.cases.chosen == "C1"
    assert desk.window.tabs.currentWidget() is desk.window.cases
    assert desk.map.view.box != before


def test_today_is_for_one_unit_or_one_department(desk: Hand) -> None:
    desk.key("F4")
    today = desk.window.casework.today
    desk.wait_for(lambda: bool(today.rows()))
    row = today.whose.findText(
        next(one.name for one in desk.session.county.units if one.unit_id == "gas")
    )
    today.whose.setCurrentIndex(row)
    assert {one.case_id for one in today.rows()} == {"C2"}
    today.whose.setCurrentIndex(today.whose.count() - 1)
    assert today.rows() == []
    assert today._empty.isVisibleTo(today)


def test_today_is_worked_out_again_after_a_change(desk: Hand) -> None:
    desk.key("F4")
    today = desk.window.casework.today
    desk.wait_for(lambda: len([one for one in today.rows() if one.kind is Kind.DUE]) == 4)
    register(desk, "C3", "示例学校", NOW, "heat")
    desk.wait_for(lambda: any(one.case_id == "C3" for one in today.rows()))


def test_opening_the_box_of_cases_asks_nothing_of_each_case(
    desk: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = tuple(f"K{number}" for number in range(3_000))
    monkeypatch.setattr(desk.window.book, "ids", lambda: ids)
    box, calls = desk.window.case_box, 0

    def counted(frame: object, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call"

    box.show_case("K2999")
    assert (box.count(), box.currentText(), box.case_id) == (3_002, "K2999", "K2999")
    sys.setprofile(counted)
    try:
        box.showPopup()
    finally:
        sys.setprofile(None)
    box.hidePopup()
    assert calls < 100
    box.show_case(None)
    assert box.case_id is None


def test_the_box_of_cases_opens_below_itself_and_shows_the_chosen_one(
    desk: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = tuple(f"K{number}" for number in range(3_000))
    monkeypatch.setattr(desk.window.book, "ids", lambda: ids)
    box = desk.window.case_box
    box.show_case("K1500")
    box.showPopup()
    view = box.view()
    assert view.isVisible()
    # on top of it and as high as the screen Qt looks for the place of each row
    assert view.mapToGlobal(QtCore.QPoint(0, 0)).y() >= box.mapToGlobal(box.rect().bottomLeft()).y()
    assert view.sizeHintForRow(0) >= desk.window.look.density.control_px
    assert view.visualRect(view.currentIndex()).bottom() < view.height()
    box.hidePopup()
