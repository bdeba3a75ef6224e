"""The way to a packet: what is lacking, where each thing is put right, the packet itself."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.packet_fields import Holder, MissingField
from neixiang_survey_plugin.app.session.events import RecordsChanged
from neixiang_survey_plugin.app.session.judging import JudgedLines
from neixiang_survey_plugin.core.casework.case import Case, Move, Service, State, StateChange
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.conflicts.settlement import Settled, settle
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.qt import QtCore, QtGui, QtPrintSupport, QtWidgets
from neixiang_survey_plugin.ui.packet_filling import PacketFilling
from tests.drawn import ON
from tests.packet.test_golden import text_of
from tests.window.cases import pick
from tests.window.hand import Hand, sample_ground

CLEAR = "C04"  # of the sample: nothing of it fails against anything
CASES = places.sample_county() / "cases"


@pytest.fixture
def ready(hand: Hand) -> Hand:
    """Some cases of the sample: one that lacks a date, one that is borderline, its own."""
    given = read_routes(CASES / "routes.gpkg", sample_ground().county).routes
    drawn = read_drawn_routes(CASES / "drawn_points.csv", CASES / "drawn_routes.toml")
    wanted = [one for one in given if one.case_id in ("C02", "C04", "C22", "C42")]
    hand.session.put(*drawn, *wanted, what="import")
    hand.window.tabs.setCurrentWidget(hand.window.packets)
    return hand


def click(hand: Hand, widget: Any) -> None:
    hand.bot.mouseClick(widget, QtCore.Qt.MouseButton.LeftButton)


def rows(hand: Hand, case_id: str) -> list[str]:
    hand.window.choose_case(case_id)
    return [row.accessibleName() for row in hand.window.packets.rows]


def test_what_a_case_lacks_is_listed_and_leads_to_where_it_is_put_right(ready: Hand) -> None:
    listed = rows(ready, "C22")
    assert any("交付使用日期" in row and "示例安居街" in row for row in listed)
    number = next(n for n, row in enumerate(listed) if "交付使用日期" in row)
    click(ready, ready.window.packets.rows[number])
    form = ready.window.forms.open
    assert form.isVisible()
    form.value.setText("2001-05-01")
    form.evidence.setText("移交单")
    form.who.setText("张工")
    form.save()
    ready.wait_for_work()
    assert not any("交付使用日期" in row.accessibleName() for row in ready.window.packets.rows)


def test_a_borderline_figure_and_a_failing_conflict_are_zoomed_to(ready: Hand) -> None:
    assert any("实测" in row for row in rows(ready, "C02"))
    before = ready.map.view
    click(ready, next(r for r in ready.window.packets.rows if "实测" in r.accessibleName()))
    assert ready.map.view != before
    assert any("垂直净距" in row for row in rows(ready, "C42"))
    click(ready, next(r for r in ready.window.packets.rows if "净距" in r.accessibleName()))
    assert ready.session.selected == "C42-heat"
    assert "marked" in ready.map._overlays


def test_a_failing_conflict_that_nobody_settled_blocks_the_packet(ready: Hand) -> None:
    assert any("垂直净距" in row for row in rows(ready, "C42"))
    assert not ready.window.packets.issue.isEnabled()
    assert "还不能出" in ready.window.packets._empty.accessibleName()
    conflict = next(
        one
        for one in ready.session.followed_conflicts().open
        if one.a == "C42-heat" and one.short_m > 0.5
    )
    settled = settle(conflict, Settled.NOT_A_CONFLICT, "探坑证明标高有误", "李科", ON)
    ready.session.record("settle", lambda store: store.keep([settled], what="settle"))
    assert conflict not in ready.session.followed_conflicts().open
    assert not any(conflict.b in row for row in rows(ready, "C42"))


def test_a_packet_is_written_beside_the_survey_and_recorded(ready: Hand, tmp_path: Path) -> None:
    ready.window.choose_case(CLEAR)
    click(ready, ready.window.packets.issue)
    assert not ready.window.packets.issue.isEnabled()
    ready.wait_for(lambda: "资料包已写入" in ready.said())
    folder = tmp_path / "资料包" / CLEAR
    assert any(path.suffix == ".docx" for path in folder.iterdir())
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["draft"] is False
    kept = ready.session.store.records(PacketIssued, case_id=CLEAR)
    assert [one.utility for one in kept] == ["water"]
    assert ready.window.packets.issue.isEnabled()
    assert "张工" in ready.window.packets._issued.text()


def test_while_something_is_missing_the_packet_is_a_draft_and_not_recorded(
    ready: Hand, tmp_path: Path
) -> None:
    failing = [one for one in ready.session.followed_conflicts().open if one.a == "C22-gas"]
    settled = [settle(one, Settled.NOT_A_CONFLICT, "探坑", "李科", ON) for one in failing]
    ready.session.record("settle", lambda store: store.keep(settled, what="settle"))
    ready.window.choose_case("C22")  # all that it lacks is a road's delivery date
    click(ready, ready.window.packets.issue)
    ready.wait_for(lambda: "草稿已写入" in ready.said())
    manifest = json.loads((tmp_path / "资料包" / "C22" / "manifest.json").read_text("utf-8"))
    assert manifest["draft"] is True
    assert ready.session.store.records(PacketIssued) == ()
    panel = ready.window.packets
    assert panel.folder.isVisibleTo(panel)  # where the draft lies is still found later
    ready.window.choose_case("C02")
    assert not panel.folder.isVisibleTo(panel)


def fields(hand: Hand, words: str) -> Any:
    """The form that a click on the row with these words opens."""
    click(hand, next(r for r in hand.window.packets.rows if words in r.accessibleName()))
    return hand.window.forms.open


def test_what_the_forms_may_not_leave_empty_leads_to_the_field_of_the_line(ready: Hand) -> None:
    bare = replace(ready.session.routes["C04-water"], contractor=None, diameter_mm=None)
    ready.session.put(bare, what="facts")
    (row,) = rows(ready, CLEAR)  # one for all that the line lacks
    assert "施工单位" in row
    assert "管径" in row
    form = (rows(ready, CLEAR), fields(ready, "施工单位"))[1]
    form.edits["contractor"].setText("示例公司")
    form.edits["diameter_mm"].setText("100")
    form.save()
    assert ready.session.routes["C04-water"].contractor == "示例公司"
    assert rows(ready, CLEAR) == []


def test_what_is_said_of_a_unit_is_filled_in_once(ready: Hand) -> None:
    units = tuple(replace(one, phone=None) for one in ready.session.county.units)
    ready.session.know_units(units)
    kept: dict[str, Any] = {}

    def keep(unit_id: str, facts: Any) -> None:
        kept[unit_id] = facts
        ready.session.know_units(sample_ground().county.units)

    PacketFilling(ready.window, keep).fill(MissingField(Holder.UNIT, "water", "phone"))
    assert any("联系电话" in row for row in rows(ready, CLEAR))
    form = ready.window.forms.open
    form["phone"].setText("0377-1")
    form["reinstated_by"].clear()
    form.save()
    assert kept["water"]["phone"] == "0377-1"
    assert kept["water"]["reinstatement"] == "self"
    assert kept["water"]["reinstated_by"] == ""  # what is empty is taken out of the county's file
    assert rows(ready, CLEAR) == []


def test_how_a_unit_reinstates_is_chosen_by_nobody_but_who_fills_it_in(ready: Hand) -> None:
    units = tuple(replace(one, reinstatement=None) for one in ready.session.county.units)
    ready.session.know_units(units)
    kept: dict[str, Any] = {}
    filling = PacketFilling(ready.window, lambda unit_id, facts: kept.update({unit_id: facts}))
    filling.fill(MissingField(Holder.UNIT, "water", "phone"))
    form = ready.window.forms.open
    assert form.focusWidget() is form["phone"]
    form.save()
    assert kept["water"]["reinstatement"] == ""


def registered(hand: Hand, case_id: str, **facts: Any) -> None:
    case = Case(case_id=case_id, applicant_name="示例公司", state=State.REGISTERED, **facts)
    water = Service(case_id=case_id, utility="water")
    hand.session.record("case", lambda store: store.keep([case, water], what="case"), case_id)


def test_a_registered_case_moves_on_with_its_packet(ready: Hand, tmp_path: Path) -> None:
    registered(ready, CLEAR, project_name="示例食品厂")
    ready.window.choose_case(CLEAR)
    click(ready, ready.window.packets.issue)
    ready.wait_for(lambda: "资料包已写入" in ready.said())
    (case,) = ready.session.store.records(Case, case_id=CLEAR)
    assert case.state is State.PACKET_ISSUED
    assert ready.session.store.records(PacketIssued, case_id=CLEAR)
    (form,) = (tmp_path / "资料包" / CLEAR).glob("*.docx")
    assert "示例食品厂" in text_of(form)
    click(ready, ready.window.packets.issue)  # once more: back to judged, and out again
    ready.wait_for(lambda: ready.window.packets.issue.isEnabled())
    changes = ready.session.store.records(StateChange, case_id=CLEAR)
    assert [one.reason for one in changes if one.move is Move.BACK] == ["重新出资料包"]


def test_the_case_of_a_joint_approval_is_filled_in_and_its_survey_asked_for(ready: Hand) -> None:
    given = read_routes(CASES / "routes.gpkg", sample_ground().county).routes
    ready.session.put(next(one for one in given if one.case_id == "C05"), what="import")
    registered(ready, "C05", project_name="示例食品厂")
    listed = rows(ready, "C05")
    assert any("联合踏勘" in row for row in listed)
    form = fields(ready, "受理时间")
    form["received_at"].setText("昨天")
    form.save()
    assert form.isVisible()
    form["received_at"].setText("2026-11-20 09:10")
    pick(form["lead_unit"], "water")
    form["first_received_by"].setText("示例窗口")
    form.save()
    (case,) = ready.session.store.records(Case, case_id="C05")
    assert (case.received_at, case.lead_unit) == (datetime(2026, 11, 20, 9, 10), "water")
    ready.session.undo()  # the form was one step of its own
    (case,) = ready.session.store.records(Case, case_id="C05")
    assert (case.received_at, case.lead_unit) == (None, None)
    ready.session.redo()
    (row,) = rows(ready, "C05")
    assert "联合踏勘" in row
    click(ready, ready.window.packets.rows[0])
    assert ready.window.tabs.currentWidget() is ready.window.cases


def test_who_decided_on_a_reading_is_asked_for_and_kept(ready: Hand) -> None:
    given = read_routes(CASES / "routes.gpkg", sample_ground().county).routes
    ready.session.put(next(one for one in given if one.case_id == "C10"), what="import")
    rows(ready, "C10")
    form = fields(ready, "读法")
    assert form.number.text() == "C10"  # nothing can be kept of a case that nobody registered
    form.reject()
    case = Case(case_id="C10", applicant_name="示例公司", state=State.REGISTERED)
    services = [Service(case_id="C10", utility="telecom")]
    ready.session.record("case", lambda store: store.keep([case, *services], what="case"), "C10")
    rows(ready, "C10")
    form = fields(ready, "读法")
    form["who"].setText("")
    form.save()
    assert form.isVisible()
    form["who"].setText("示例钱科")
    form.save()
    (kept,) = ready.session.store.records(Service, case_id="C10")
    assert kept.reading_decided_by == "示例钱科"
    assert not any("读法" in row for row in rows(ready, "C10"))
    ready.session.undo()
    assert any("读法" in row for row in rows(ready, "C10"))


def test_an_intent_that_is_given_its_moment_is_registered_and_keeps_what_came_meanwhile(
    ready: Hand,
) -> None:
    given = read_routes(CASES / "routes.gpkg", sample_ground().county).routes
    ready.session.put(next(one for one in given if one.case_id == "C05"), what="import")
    registered(ready, "C05", lead_unit="water")
    (case,) = ready.session.store.records(Case, case_id="C05")
    intent = replace(case, state=State.INTENT)
    ready.session.record("case", lambda store: store.keep([intent], what="case"), "C05")
    rows(ready, "C05")
    form = fields(ready, "受理时间")
    later = replace(intent, project_name="示例食品厂", lead_unit="gas")
    ready.session.record("case", lambda store: store.keep([later], what="case"), "C05")
    form["received_at"].setText("2026-11-20 09:10")
    form.save()
    (kept,) = ready.session.store.records(Case, case_id="C05")
    assert (kept.state, kept.received_at) == (State.REGISTERED, datetime(2026, 11, 20, 9, 10))
    assert (kept.project_name, kept.lead_unit) == ("示例食品厂", "gas")
    (change,) = ready.session.store.records(StateChange, case_id="C05")
    assert change.to_state is State.REGISTERED


def test_all_cases_of_a_day_are_made_one_after_another_and_recorded(
    ready: Hand, tmp_path: Path
) -> None:
    day = ready.session.routes["C04-water"].applied_on
    same = [one for one in ready.session.routes.values() if one.applied_on == day]
    cases = {one.case_id for one in same}
    click(ready, ready.window.packets.day)
    form = ready.window.forms.open
    for wrong, said in (("gestern", "不是日期"), ("1999-01-01", "没有受理的案件")):
        form["day"].setText(wrong)
        form.save()
        assert form.isVisible()
        assert said in form.problem.text()
    form["day"].setText(day.isoformat())
    form.save()
    ready.wait_for(lambda: ready.window.packets.day.isEnabled())
    folders = {path.name for path in (tmp_path / "资料包").iterdir() if path.is_dir()}
    assert folders == cases
    drafts = {
        name
        for name in folders
        if json.loads((tmp_path / "资料包" / name / "manifest.json").read_text("utf-8"))["draft"]
    }
    kept = {one.case_id for one in ready.session.store.records(PacketIssued)}
    assert kept == cases - drafts
    assert CLEAR in kept


def test_a_packet_of_one_case_judges_no_line_that_nobody_asked_for(
    ready: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    every: list[str] = []
    monkeypatch.setattr(JudgedLines, "judge_all", lambda _: every.append("all"))
    making = ready.window.panels.maker.making([CLEAR])
    assert making.routes == ready.session.lines_around([CLEAR])
    ready.window.panels.maker.issue_day(date(1999, 1, 1))
    assert every == []


def test_recording_a_packet_reads_its_own_case_again_and_no_other(
    ready: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(ready, CLEAR, project_name="示例食品厂")
    ready.window.choose_case(CLEAR)
    told: list[object] = []
    ready.session.listen(told.append)
    click(ready, ready.window.packets.issue)
    ready.wait_for(lambda: "资料包已写入" in ready.said())
    assert [one for one in told if isinstance(one, RecordsChanged)] == [
        RecordsChanged("packet", (CLEAR,))
    ]
    assert ready.window.book.case(CLEAR).state is State.PACKET_ISSUED


def test_a_batch_that_is_stopped_keeps_what_was_written(ready: Hand, tmp_path: Path) -> None:
    maker = ready.window.panels.maker
    maker.background.went.connect(
        lambda step: (
            maker.background.cancel() if step.what == "packets" and step.done == 2 else None
        )
    )
    maker._issue([CLEAR, "C02", "C22"])
    ready.wait_for(lambda: "已停下" in ready.said())
    maker.background.end()
    written = {path.name for path in (tmp_path / "资料包").iterdir() if path.is_dir()}
    assert CLEAR in written
    assert [one.case_id for one in ready.session.store.records(PacketIssued)] == [CLEAR]


def test_the_pages_of_a_packet_are_looked_at_before_it_is_issued(
    ready: Hand, tmp_path: Path
) -> None:
    ready.window.choose_case(CLEAR)
    click(ready, ready.window.packets.preview)
    ready.wait_for(lambda: ready.window.packets.preview.isEnabled())
    form = ready.window.forms.open
    titles = [form.names.item(row).text() for row in range(form.names.count())]
    assert "图纸" in titles
    assert "LibreOffice" in ready.said()  # this run has none: the forms are for Word
    assert not (tmp_path / "资料包").exists()
    assert ready.session.store.records(PacketIssued) == ()
    form.names.setCurrentRow(titles.index("现场单"))
    pages = [child for child in form.pages.findChildren(QtWidgets.QLabel) if child.pixmap()]
    assert pages
    printer = QtPrintSupport.QPrinter()
    printer.setOutputFormat(QtPrintSupport.QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    form.print_to(printer)
    said = subprocess.run(
        ["pdfinfo", str(tmp_path / "printed.pdf")], check=True, capture_output=True, text=True
    ).stdout
    width_pt, height_pt = (
        float(one) for one in re.findall(r"[\d.]+", said.split("Page size:")[1])[:2]
    )
    assert (width_pt, height_pt) == pytest.approx((595.3, 841.9), abs=1.5)  # A4, true to scale


def test_the_folder_of_the_packets_is_opened(
    ready: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QtGui.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile())
    )
    ready.window.choose_case(CLEAR)
    ready.window.packets._open_folder()
    (tmp_path / "资料包" / CLEAR).mkdir(parents=True)
    ready.window.packets._open_folder()
    assert opened == [str(tmp_path / "资料包"), str(tmp_path / "资料包" / CLEAR)]


def test_a_packet_that_cannot_be_written_is_said_in_one_sentence(
    ready: Hand, tmp_path: Path
) -> None:
    (tmp_path / "资料包").write_text("a file where a folder should be", encoding="utf-8")
    ready.window.choose_case(CLEAR)
    click(ready, ready.window.packets.issue)
    ready.wait_for(lambda: ready.window.packets.issue.isEnabled())
    assert "资料包" in ready.said()
    assert ready.session.store.records(PacketIssued) == ()


def test_without_a_case_the_panel_says_what_comes_first(ready: Hand) -> None:
    ready.window.choose_case(None)
    assert not ready.window.packets.issue.isEnabled()
    assert "案件" in ready.window.packets._empty.accessibleName()
