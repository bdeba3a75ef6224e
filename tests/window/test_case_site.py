"""A case on site: the joint survey, its photos on the map, inspections."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pytest

from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.site import OpinionKind
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt, ClauseOutcome
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
)
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.hosts.windows import case_files
from neixiang_survey_plugin.qt import QtWidgets
from tests.photos import picture
from tests.window.cases import (
    NOW,
    choose,
    click,
    fill,
    form,
    pick,
    state,
)
from tests.window.hand import Hand
from tests.window.test_answers import watched


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """The next time somebody is asked for files, these are picked."""

    def picks(*paths: Path) -> None:
        monkeypatch.setattr(
            QtWidgets.QFileDialog,
            "getOpenFileNames",
            lambda *_: ([str(one) for one in paths], ""),
        )

    return picks


def marks(hand: Hand) -> Any:
    """What the map shows where pictures were taken."""
    return hand.map._overlays.get("photos", ())


def test_a_joint_survey_is_recorded_with_opinions_and_photos_on_the_map(
    desk: Hand, camera: Callable[..., None], tmp_path: Path
) -> None:
    choose(desk, "C1")
    desk.key("Ctrl+J")
    shown = form(desk)
    water, police = (
        shown.guests[0],
        next(one for one in shown.guests if "交通警察" in one.entries["who"].widget.currentText()),
    )
    assert police.entries["came"].widget.isChecked()
    fill(desk, water.entries["person"].widget, "王工")
    pick(water.entries["opinion"].widget, OpinionKind.AGREE)
    pick(police.entries["opinion"].widget, OpinionKind.DISAGREE)
    shown.save()
    assert "不同意" in shown.problem.text()
    fill(desk, police.entries["why"].widget, "夜间施工")
    pick(police.entries["opinion"].widget, OpinionKind.AGREE_WITH_CONDITIONS)
    camera(picture(tmp_path), picture(tmp_path, "plain.jpg", None, None))
    shown.add_photos()
    assert not shown.primary.isEnabled()  # what is still read would be left out
    desk.wait_for_work()
    desk.key("Return", shown.seen["place"].widget)
    shown.reject()
    assert shown.isVisible()  # until it is on disk
    assert not shown.isEnabled()
    desk.wait_for_work()
    assert not shown.isVisible(), shown.problem.text()
    assert state(desk, "C1") is State.SURVEYED
    photos = desk.session.store.records(Photo, case_id="C1")
    assert [one.file_name for one in photos] == ["site.jpg", "plain.jpg"]
    assert photos[0].easting_m == pytest.approx(578_457.541, abs=0.01)
    (mark,) = marks(desk)
    assert mark.geometry.x == pytest.approx(578_457.541, abs=0.01)
    row = desk.window.cases.page.services["water"]
    assert "踏勘意见 同意" in row.accessibleName()
    desk.wait_for_the_keyboard()
    desk.key("Ctrl+Z")
    assert state(desk, "C1") is State.REGISTERED
    assert marks(desk) == ()


def test_who_has_not_said_anything_says_it_later(desk: Hand) -> None:
    choose(desk, "C1")
    desk.key("Ctrl+J")
    form(desk).save()
    desk.wait_for_work()
    desk.window.casework._opinion("water")
    shown = form(desk)
    shown.save()
    assert "意见" in shown.problem.text()
    pick(shown["opinion"], OpinionKind.AGREE)
    desk.key("Return", shown["given_by"])
    dossier = desk.window.book.case("C1").dossier
    assert dossier is not None
    assert "water" not in dossier.waiting_for_opinions


def test_a_file_that_is_no_picture_is_named_and_nothing_is_kept(
    desk: Hand, camera: Callable[..., None], tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("x", encoding="utf-8")
    choose(desk, "C1")
    camera(picture(tmp_path), notes)
    desk.key("Ctrl+Shift+P")
    desk.wait_for_work()
    assert "notes.txt" in desk.said()
    assert desk.session.store.records(Photo) == ()


def test_a_picture_is_shown_large_and_its_place_is_looked_at(
    desk: Hand, camera: Callable[..., None], tmp_path: Path
) -> None:
    choose(desk, "C1")
    camera(picture(tmp_path))
    desk.key("Ctrl+Shift+P")
    desk.wait_for_work()
    assert "1 张" in desk.said()
    (photo,) = desk.session.store.records(Photo)
    desk.window.casework._photo(photo)
    form(desk)
    box = desk.map.view.box
    assert box[0] < 578_457.5 < box[2]


@pytest.fixture
def promised(desk: Hand) -> Hand:
    """The water line of C1 was promised."""
    promise = Promise(
        case_id="C1", route_id="w1", utility="water", unit="water", promised_on=NOW.date()
    )
    desk.session.record("packet", lambda store: store.keep([promise], what="packet"), "C1")
    choose(desk, "C1")
    return desk


def test_an_inspection_records_clauses_and_orders_what_is_broken(promised: Hand) -> None:
    desk = promised
    desk.key("Ctrl+Shift+I")
    desk.key("Return", form(desk)["inspected_by"])
    desk.wait_for(lambda: hasattr(desk.window.forms.open, "clauses"))
    sheet = form(desk)
    clauses = list(sheet.clauses.values())
    pick(clauses[0].outcome.widget, ClauseOutcome.KEPT)
    pick(clauses[1].outcome.widget, ClauseOutcome.BROKEN)
    sheet.save()
    assert "依据" in sheet.problem.text()
    assert not clauses[0].due.widget.isEnabled()
    fill(desk, clauses[1].evidence.widget, "路面沉陷，照片 3")
    fill(desk, clauses[1].due.widget, "2026-12-01")
    desk.key("Return", clauses[1].due.widget)
    assert not sheet.isVisible(), sheet.problem.text()
    outcomes = [one.outcome for one in desk.session.store.records(InspectionItem)]
    assert outcomes.count(ClauseOutcome.KEPT) == outcomes.count(ClauseOutcome.BROKEN) == 1
    (order,) = desk.session.store.records(Rectification)
    assert (str(order.due_on), order.done_on) == ("2026-12-01", None)
    (inspection,) = desk.session.store.records(Inspection)
    desk.window.casework._show_inspection(inspection)
    done = next(
        one for one in form(desk).findChildren(QtWidgets.QPushButton) if one.text() == "整改已完成"
    )
    click(desk, done)
    (order,) = desk.session.store.records(Rectification)
    assert order.done_on == NOW.date()
    desk.wait_for_the_keyboard()
    desk.key("Ctrl+Z")
    (order,) = desk.session.store.records(Rectification)
    assert order.done_on is None


def test_an_inspection_of_lines_that_promised_nothing_says_what_to_do(desk: Hand) -> None:
    choose(desk, "C1")
    desk.key("Ctrl+Shift+I")
    shown = form(desk)
    shown.save()
    assert "没有承诺记录" in shown.problem.text()


def test_lines_as_built_come_in_beside_the_window_and_are_held_against_the_promise(
    promised: Hand, camera: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, path = promised, tmp_path / "built.geojson"
    built = desk.session.routes["w1"].line
    columns = {"route_id": ["w1"], "surveyed_on": ["2026-11-24"]}
    frame = geopandas.GeoDataFrame(columns, geometry=[built], crs="EPSG:4546")
    frame.to_crs("EPSG:4326").to_file(path, engine="pyogrio", driver="GeoJSON")
    camera(path)
    read = watched(monkeypatch, case_files, "read_as_built")
    links = desk.window.cases.page.findChildren(QtWidgets.QPushButton)
    click(desk, next(one for one in links if one.text().startswith("导入竣工线")))
    desk.wait_for_work()
    assert read == [False]
    assert "1" in desk.said()
    (kept,) = desk.session.store.records(AsBuilt)
    assert (kept.route_id, str(kept.surveyed_on)) == ("w1", "2026-11-24")
    desk.window.actions_.run("as_built")  # the same file again brings nothing new
    desk.wait_for_work()
    assert len(desk.session.store.records(AsBuilt)) == 1
    desk.key("Ctrl+Shift+I")
    desk.key("Return", form(desk)["inspected_by"])
    desk.wait_for(lambda: hasattr(desk.window.forms.open, "clauses"))
    words = [one.text() for one in form(desk).findChildren(QtWidgets.QLabel)]
    assert any(one.startswith("竣工测量") for one in words), words
    form(desk).close()


def test_a_file_of_lines_as_built_that_cannot_be_read_is_named(
    promised: Hand, camera: Callable[..., None], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.geojson"
    bad.write_text("{not json")
    camera(bad)
    promised.window.actions_.run("as_built")
    promised.wait_for_work()
    assert "bad.geojson" in promised.said()
    assert promised.session.store.records(AsBuilt) == ()


def test_a_sheet_that_cannot_be_written_stays_filled_in_and_says_why(desk: Hand) -> None:
    choose(desk, "C1")
    desk.key("Ctrl+J")
    shown = form(desk)
    fill(desk, shown.seen["place"].widget, "东街")
    with sqlite3.connect(desk.session.store.path) as other:
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON joint_surveys"
            " BEGIN SELECT RAISE(FAIL, 'disk full'); END"
        )
    shown.save()
    desk.wait_for_work()
    assert shown.isVisible()
    assert shown.isEnabled()
    assert not shown.problem.isHidden()
    assert shown.seen["place"].widget.text() == "东街"
    assert state(desk, "C1") is State.REGISTERED
    other.execute("DROP TRIGGER full")
    other.commit()
    other.close()
    shown.save()
    desk.wait_for_work()
    assert not shown.isVisible()
    assert state(desk, "C1") is State.SURVEYED
