"""The panel of the plan check: looked at, decided, taken back, looked at again after a change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shapely import LineString, affinity

from neixiang_survey_plugin.core.casework.case import Case, Service, State
from neixiang_survey_plugin.core.planning.review import PlanReview, PlanStanding
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.parts import Row
from neixiang_survey_plugin.ui.planning_panel import PlanningPanel
from neixiang_survey_plugin.ui.planning_rows import PlannedLineRow
from tests.survey.lines import new_survey
from tests.window.hand import Hand

_LEFT = QtCore.Qt.MouseButton.LeftButton
# On the sample county: in the yellow line of the substation; in the heat corridor L09.
YELLOW = Route("yellow", "telecom", LineString([(582230, 3657400), (582230, 3657430)]))
GOOD = Route("good", "heat", LineString([(581934.6, 3659506), (581934.6, 3659546)]), "C9")


@pytest.fixture
def looked(hand: Hand) -> Hand:
    """Two lines, and the panel that holds them against the plan."""
    facts = {"working_width_m": 1.0, "diameter_mm": 300.0}
    hand.session.put(replace(YELLOW, **facts), replace(GOOD, **facts), what="import")
    hand.window.tabs.setCurrentWidget(panel(hand))
    hand.wait_for(lambda: panel(hand).result is not None)
    return hand


def panel(hand: Hand) -> PlanningPanel:
    found: PlanningPanel = hand.window.panels.planning
    return found


def standing(hand: Hand, route_id: str) -> PlanStanding:
    result = panel(hand).result
    assert result is not None
    return result.decided_on(route_id).standing


def words(widget: QtWidgets.QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QtWidgets.QLabel))


def line(hand: Hand, route_id: str) -> PlannedLineRow:
    return next(one for one in panel(hand).lines if one.route_id == route_id)


def click(hand: Hand, row: Row) -> None:
    hand.bot.mouseClick(row, _LEFT)


def test_before_there_is_a_line_the_panel_says_what_it_will_show(hand: Hand) -> None:
    hand.window.tabs.setCurrentWidget(panel(hand))
    assert "还没有外线" in words(panel(hand))
    assert not panel(hand).approve.isEnabled()


def test_each_line_is_listed_with_its_remarks(looked: Hand) -> None:
    assert [one.route_id for one in panel(looked).lines] == ["yellow", "good"]
    (remark,) = panel(looked).remarks
    said = words(remark)
    assert "进入示例变电站黄线（K06） 30.00 m" in said
    assert "征求示例自然资源局意见" in said
    assert "没有规划用地图层" in words(panel(looked))


def test_a_click_on_a_remark_chooses_its_line_and_shows_the_place(looked: Hand) -> None:
    click(looked, panel(looked).remarks[0])
    assert looked.session.selected == "yellow"
    west, south, east, north = looked.map.view.box
    assert west < 582230 < east
    assert south < 3657415 < north
    (marked,) = looked.map._overlays["marked"]
    assert marked.geometry.length == pytest.approx(30.0, abs=0.01)


def test_a_line_that_agrees_is_approved_and_that_is_taken_back(looked: Hand) -> None:
    click(looked, line(looked, "good"))
    looked.bot.mouseClick(panel(looked).approve, _LEFT)
    (kept,) = looked.session.store.records(PlanReview)
    assert (kept.route_id, kept.case_id, kept.reviewed_by) == ("good", "C9", "张工")
    assert standing(looked, "good") is PlanStanding.APPROVED
    looked.window.acts.undo()
    assert looked.session.store.records(PlanReview) == ()
    assert standing(looked, "good") is PlanStanding.OPEN


def test_what_departs_is_approved_only_with_a_reason_and_returned_only_with_a_remark(
    looked: Hand,
) -> None:
    click(looked, line(looked, "yellow"))
    looked.bot.mouseClick(panel(looked).approve, _LEFT)
    looked.bot.mouseClick(panel(looked).send_back, _LEFT)
    assert looked.session.store.records(PlanReview) == ()
    looked.bot.keyClicks(panel(looked).remark, "ask first")
    looked.bot.mouseClick(panel(looked).send_back, _LEFT)
    assert standing(looked, "yellow") is PlanStanding.RETURNED
    assert panel(looked).remark.text() == ""
    assert "退回：ask first（张工" in words(line(looked, "yellow"))


def test_a_line_that_is_changed_afterwards_is_looked_at_again(looked: Hand) -> None:
    click(looked, line(looked, "good"))
    looked.bot.mouseClick(panel(looked).approve, _LEFT)
    moved = looked.session.routes["good"]
    moved = replace(moved, line=affinity.translate(moved.line, 5.0))
    looked.session.put(moved, what="reshape")
    looked.wait_for(lambda: any(one.remark.route_id == "good" for one in panel(looked).remarks))
    assert standing(looked, "good") is PlanStanding.CHANGED
    assert "外线此后改过" in words(line(looked, "good"))


def test_the_list_is_narrowed_to_a_case_and_to_what_is_wanted(looked: Hand) -> None:
    shown = panel(looked)
    shown.filter.setCurrentIndex(shown.filter.findData("remarked"))
    assert [one.route_id for one in shown.lines] == ["yellow"]
    shown.show_case("C9")
    assert shown.lines == []
    assert "没有这样的外线" in words(shown)
    shown.filter.setCurrentIndex(shown.filter.findData("open"))
    assert [one.route_id for one in shown.lines] == ["good"]


def test_lines_of_a_closed_case_are_held_when_it_is_looked_at(qtbot: Any, tmp_path: Path) -> None:
    path = new_survey(tmp_path)
    store = open_survey(path, "before")
    closed = Case(case_id="C9", state=State.CLOSED)
    store.edit([YELLOW, replace(GOOD, case_id="C9")], records=[closed])
    store.close()
    hand = Hand(qtbot, tmp_path, path)
    shown = panel(hand)
    hand.window.tabs.setCurrentWidget(shown)
    hand.wait_for(lambda: shown.result is not None)
    assert [one.route_id for one in shown.lines] == ["yellow"]
    hand.session.select("good")
    shown.show_case("C9")
    hand.wait_for(lambda: [one.route_id for one in shown.lines] == ["good"])
    shown.show_case(None)
    assert [one.route_id for one in shown.lines] == ["yellow"]
    hand.close()


def test_what_nobody_sees_is_not_made_and_is_right_when_somebody_looks(looked: Hand) -> None:
    shown = panel(looked)
    rows = shown.lines
    looked.window.tabs.setCurrentWidget(looked.window.survey)
    shown.show_case("C9")
    looked.session.select("good")
    looked.session.record("elsewhere", lambda store: None)
    assert shown.lines is rows
    looked.window.tabs.setCurrentWidget(shown)
    assert [one.route_id for one in shown.lines] == ["good"]
    assert shown.approve.isEnabled()


def test_a_case_with_an_information_sheet_shows_which_mains_are_near(looked: Hand) -> None:
    case = Case(case_id="C9", applicant_name="示例", site_id="Z003")
    asked = Service(case_id="C9", utility="gas", pressure_class="medium_b")
    looked.session.step("case", lambda store: store.keep([case, asked], what="case"), "C9")
    shown = panel(looked)
    assert not shown.site.isVisible()
    shown.show_case("C9")
    (row,) = shown.site.rows
    assert "燃气 · 已到附近" in words(row)
    assert "所需 中压B及以上" in words(row)
    click(looked, row)
    (marked,) = looked.map._overlays["marked"]
    assert marked.geometry.equals(row.place)
