"""Conflicts followed to an outcome in the window: settled, counted, taken back, void again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from shapely import affinity

from neixiang_survey_plugin.core.conflicts.conflict import ConflictOutcome
from neixiang_survey_plugin.core.conflicts.settlement import Settled, Settlement
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.places import sample_county
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.conflict_row import ConflictRow
from neixiang_survey_plugin.ui.settings import Settings
from neixiang_survey_plugin.ui.settle_form import SettleForm
from tests.window.hand import Hand

_LEFT = QtCore.Qt.MouseButton.LeftButton


@pytest.fixture
def crowded(hand: Hand) -> Hand:
    """The sample's own case with the panel of its conflicts."""
    cases = sample_county() / "cases"
    routes = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    hand.session.put(*routes, what="import")
    hand.window.tabs.setCurrentWidget(hand.window.conflicts)
    return hand


def row_of(hand: Hand, outcome: ConflictOutcome) -> ConflictRow:
    rows = hand.window.conflicts.rows
    return next(one for one in rows if one.conflict.outcome is outcome)


def ask(hand: Hand, row: ConflictRow) -> SettleForm:
    hand.bot.mouseClick(row.settle, _LEFT)
    form = hand.window.forms.open
    assert isinstance(form, SettleForm)
    hand.wait_for(form.isVisible)
    return form


def fill_in(hand: Hand, form: SettleForm, outcome: Settled, reason: str = "") -> None:
    """Choose by keyboard, type the reason, and end with Enter."""
    form.outcome.setCurrentIndex(form.outcome.findData(outcome.value))
    form.reason.setFocus()
    hand.bot.keyClicks(form.reason, reason)
    hand.key("Return", form.reason)


def test_a_settled_conflict_leaves_the_list_and_counts_in_the_share(crowded: Hand) -> None:
    panel = crowded.window.conflicts
    before = panel.share.words.text()
    assert before.startswith("已了结 0/")
    row = row_of(crowded, ConflictOutcome.WAIVABLE)
    form = ask(crowded, row)
    fill_in(crowded, form, Settled.PROTECTED, "casing")
    assert not form.isVisible()
    kept = crowded.session.store.records(Settlement)
    assert len(kept) == len(form.chosen) == len(row.group.conflicts)
    assert {(one.outcome, one.reason, one.settled_by) for one in kept} == {
        (Settled.PROTECTED, "casing", "张工")
    }
    assert panel.share.words.text().startswith(f"已了结 {len(kept)}/")
    assert panel.share.bar.value() == len(kept)
    settled = {one.conflict_id for one in form.chosen}
    shown = {one.conflict_id for each in panel.rows for one in each.group.conflicts}
    assert not settled & shown
    crowded.wait_for_the_keyboard()
    crowded.key("Ctrl+Z")
    assert "处理冲突" in crowded.said()
    assert crowded.session.store.records(Settlement) == ()
    assert panel.share.words.text() == before


def test_what_was_settled_is_listed_with_its_reason_and_shown_on_the_map(crowded: Hand) -> None:
    panel = crowded.window.conflicts
    fill_in(
        crowded, ask(crowded, row_of(crowded, ConflictOutcome.UNKNOWN)), Settled.ACCEPTED, "hole"
    )
    panel.filter.setCurrentIndex(panel.filter.findData("settled"))
    assert panel.rows == []
    assert panel.settled_rows
    assert all(one.holds for one in panel.settled_rows)
    assert "同意" in panel.settled_rows[0].accessibleName()
    assert "hole" in panel.settled_rows[0].accessibleName()
    crowded.bot.mouseClick(panel.settled_rows[0], _LEFT)
    assert "marked" in crowded.map._overlays


def test_a_failing_conflict_cannot_be_agreed_away(crowded: Hand) -> None:
    heat = crowded.session.routes["MAIN-heat"]
    on_water = replace(heat, line=_water(crowded))
    crowded.session.put(on_water, what="reshape")
    form = ask(crowded, row_of(crowded, ConflictOutcome.FAIL))
    offered = {form.outcome.itemData(n) for n in range(form.outcome.count())}
    assert offered == {"moved", "deeper", "not_a_conflict"}


def test_without_a_reason_the_form_says_so_and_keeps_nothing(crowded: Hand) -> None:
    form = ask(crowded, row_of(crowded, ConflictOutcome.WAIVABLE))
    fill_in(crowded, form, Settled.ACCEPTED)
    assert form.isVisible()
    assert "理由" in form.problem.text()
    assert crowded.session.store.records(Settlement) == ()
    form.on.setText("tomorrow")
    fill_in(crowded, form, Settled.ACCEPTED, "agreed")
    assert "tomorrow" in form.problem.text()
    assert crowded.session.store.records(Settlement) == ()


def test_moved_counts_once_the_conflict_is_gone_and_not_before(crowded: Hand) -> None:
    panel, session = crowded.window.conflicts, crowded.session
    water = session.routes["MAIN-water"]
    beside = replace(session.routes["MAIN-heat"], line=affinity.translate(water.line, 0.4, 0.4))
    session.put(beside, what="reshape")
    before = panel.share.bar.value()
    form = ask(crowded, row_of(crowded, ConflictOutcome.FAIL))
    fill_in(crowded, form, Settled.MOVED)
    panel.filter.setCurrentIndex(panel.filter.findData("settled"))
    assert [one.holds for one in panel.settled_rows] == [False] * len(form.chosen)
    assert panel.share.bar.value() == before
    moved = affinity.translate(water.line, 5000.0, 5000.0)
    session.put(replace(beside, line=moved), what="reshape")
    assert [one.holds for one in panel.settled_rows] == [True] * len(form.chosen)
    assert panel.share.bar.value() == before + len(form.chosen)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_says_what_would_settle_it(crowded: Hand, language: Any) -> None:
    crowded.use(Settings(language=type(Settings().language)(language)))
    panel, words = crowded.window.conflicts, crowded.window.look.words
    said = [words.way_out(row.conflict) for row in panel.rows]
    assert said
    assert all(said)
    for row, way_out in zip(panel.rows, said, strict=True):
        assert way_out in row.accessibleName()


def _water(hand: Hand) -> Any:
    return hand.session.routes["MAIN-water"].line
