"""The way to a packet: what is lacking, where each thing is put right, the packet itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.conflicts.settlement import Settled, settle
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.qt import QtCore
from tests.drawn import ON
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
        one for one in ready.session.open_conflicts() if one.a == "C42-heat" and one.short_m > 0.5
    )
    settled = settle(conflict, Settled.NOT_A_CONFLICT, "探坑证明标高有误", "李科", ON)
    ready.session.record("settle", lambda store: store.keep([settled], what="settle"))
    assert conflict not in ready.session.open_conflicts()
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
    failing = [one for one in ready.session.open_conflicts() if one.a == "C22-gas"]
    settled = [settle(one, Settled.NOT_A_CONFLICT, "探坑", "李科", ON) for one in failing]
    ready.session.record("settle", lambda store: store.keep(settled, what="settle"))
    ready.window.choose_case("C22")  # all that it lacks is a road's delivery date
    click(ready, ready.window.packets.issue)
    ready.wait_for(lambda: "草稿已写入" in ready.said())
    manifest = json.loads((tmp_path / "资料包" / "C22" / "manifest.json").read_text("utf-8"))
    assert manifest["draft"] is True
    assert ready.session.store.records(PacketIssued) == ()


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
