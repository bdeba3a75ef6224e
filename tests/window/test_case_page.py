"""The page of a case: its steps and what blocks them, its services, its decisions."""

from __future__ import annotations

from datetime import datetime

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.core.casework.case import Service, State
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.qt import QtWidgets
from tests.window.cases import (
    NOW,
    choose,
    click,
    fill,
    form,
    pick,
    state,
    take,
)
from tests.window.hand import Hand
from tests.window.test_window import line


def test_the_next_step_is_taken_and_undone(desk: Hand) -> None:
    choose(desk, "C1")
    take(desk, State.ROUTED)
    assert state(desk, "C1") is State.ROUTED
    take(desk, State.JUDGED)
    page = desk.window.cases.page
    assert state(desk, "C1") is State.JUDGED
    (service,) = desk.session.store.records(Service, case_id="C1")
    assert service.verdict is desk.session.results["w1"].verdict.way
    assert list(page.steps) == [State.PACKET_ISSUED]
    desk.key("Ctrl+Z")
    assert state(desk, "C1") is State.ROUTED
    assert desk.said().startswith("已撤销：办理案件")
    desk.key("Ctrl+Y")
    assert state(desk, "C1") is State.JUDGED


def test_what_blocks_a_step_is_said_and_a_click_leads_to_it(desk: Hand) -> None:
    choose(desk, "C2")
    card = desk.window.cases.page.steps[State.ROUTED]
    assert not card.button.isEnabled()
    (lack,) = card.lacks
    assert lack.accessibleName() == "燃气还没有画线"
    click(desk, lack)
    assert (desk.window.desk.now.mode, desk.window.desk.now.utility) == (Mode.DRAW, "gas")


def test_a_step_without_a_name_or_with_a_wrong_moment_is_refused_in_the_form(desk: Hand) -> None:
    choose(desk, "C1")
    click(desk, desk.window.cases.page.steps[State.ROUTED].button)
    shown = form(desk)
    fill(desk, shown["act_at"], "yesterday")
    shown["act_by"].clear()
    shown.save()
    assert shown.isVisible()
    assert "经办人" in shown.problem.text()
    assert "yesterday" in shown.problem.text()
    fill(desk, shown["act_at"], "2026-11-01 09:00")
    fill(desk, shown["act_by"], "李工")
    shown.save()
    assert "早于上一次办理" in shown.problem.text()
    assert state(desk, "C1") is State.REGISTERED
    shown.reject()


def test_a_case_goes_back_with_a_reason_that_stands_in_its_course(desk: Hand) -> None:
    choose(desk, "C1")
    take(desk, State.ROUTED)
    desk.window.casework._acts().back()
    shown = form(desk)
    pick(shown["target"], State.REGISTERED)
    shown.save()
    assert "理由" in shown.problem.text()
    fill(desk, shown["act_reason"], "改线")
    desk.key("Return", shown["act_reason"])
    assert state(desk, "C1") is State.REGISTERED
    texts = [one.text() for one in desk.window.cases.page.findChildren(QtWidgets.QLabel)]
    assert any("改线" in text for text in texts)


def test_a_unit_takes_a_stricter_way_and_the_row_says_so(desk: Hand) -> None:
    choose(desk, "C1")
    take(desk, State.ROUTED)
    take(desk, State.JUDGED)
    desk.window.casework._way("water")
    shown = form(desk)
    pick(shown["way"], Way.JOINT_GOVERNMENT)
    fill(desk, shown["act_reason"], "路口施工")
    desk.key("Return", shown["act_reason"])
    row = desk.window.cases.page.services["water"]
    assert "改走" in row.accessibleName()
    assert "路口施工" in row.accessibleName()


def test_facts_of_a_case_are_changed_and_what_is_left_empty_stays(desk: Hand) -> None:
    choose(desk, "C1")
    desk.window.casework._acts().edit()
    shown = form(desk)
    assert not shown.number.isEnabled()
    fill(desk, shown.entries["project_name"].widget, "示例冷链")
    shown.save()
    dossier = desk.window.book.case("C1").dossier
    assert dossier is not None
    assert dossier.case.project_name == "示例冷链"
    assert dossier.case.applicant_name == "示例食品有限公司"
    assert len(dossier.services) == 1


def test_a_department_is_told_receives_and_decides(desk: Hand) -> None:
    choose(desk, "C1")
    desk.window.casework._decision(None)
    shown = form(desk)
    pick(shown["matter"], Matter.EXCAVATION)
    fill(desk, shown["notified_at"], "2026-11-24 08:40")
    desk.key("Return", shown["notified_at"])
    (row,) = desk.session.store.records(Decision)
    assert (row.matter, row.notified_at) == (Matter.EXCAVATION, datetime(2026, 11, 24, 8, 40))
    desk.window.casework._decision(row)
    shown = form(desk)
    fill(desk, shown["received_at"], "2026-11-24 08:00")
    shown.save()
    assert "早于" in shown.problem.text()
    fill(desk, shown["received_at"], "2026-11-24 09:10")
    pick(shown["outcome"], DecisionOutcome.GRANTED)
    fill(desk, shown["document_number"], "示例规〔2026〕3号")
    desk.key("Return", shown["document_number"])
    (row,) = desk.session.store.records(Decision)
    assert (row.outcome, row.decided_at) == (DecisionOutcome.GRANTED, NOW)
    assert row.notified_at == datetime(2026, 11, 24, 8, 40)
    desk.key("Ctrl+Z")
    (row,) = desk.session.store.records(Decision)
    assert row.outcome is None


def test_two_steps_within_one_minute_follow_each_other(desk: Hand) -> None:
    choose(desk, "C1")
    desk.window.forms.now = lambda: NOW.replace(second=20)
    take(desk, State.ROUTED)
    desk.window.forms.now = lambda: NOW.replace(second=40)
    take(desk, State.JUDGED)
    assert state(desk, "C1") is State.JUDGED
    desk.key("Ctrl+Z")
    assert state(desk, "C1") is State.ROUTED


def test_a_case_that_only_lines_speak_of_is_registered_under_its_number(desk: Hand) -> None:
    desk.session.put(line("g7", (0, 9), (10, 9), utility="gas", case_id="C7"), what="import")
    choose(desk, "C7")
    (register,) = (
        one
        for one in desk.window.cases.page.findChildren(QtWidgets.QPushButton)
        if one.text() == "登记这个案件…"
    )
    click(desk, register)
    shown = form(desk)
    assert (shown.number.text(), [one.utility for one in shown.details]) == ("C7", ["gas"])
    desk.key("Return", shown.applicant)
    assert state(desk, "C7") is State.REGISTERED
    assert list(desk.window.cases.page.steps) == [State.SURVEYED, State.ROUTED]
