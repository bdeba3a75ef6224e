"""The panel 数据: the county is assessed, a row leads to its place, a fact counts at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from neixiang_survey_plugin.app.quality.quality import LayerQuality, Task
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.ui import quality_panel, quality_rows
from neixiang_survey_plugin.ui.quality_panel import QualityPanel
from tests.window.hand import Hand


def looked_at(hand: Hand) -> QualityPanel:
    panel: QualityPanel = hand.window.panels.quality
    hand.window.tabs.setCurrentWidget(panel)
    hand.wait_for(lambda: panel.quality is not None)
    return panel


def test_the_panel_says_what_cannot_be_judged_and_leads_there(hand: Hand) -> None:
    panel = looked_at(hand)
    keys = panel.list.lines.keys
    assert sum(isinstance(key, LayerQuality) for key in keys) == 9
    first = next(key for key in keys if isinstance(key, Task))
    assert not panel.fill.isEnabled()
    panel.list.chosen.emit(first)
    assert panel.fill.isEnabled()
    (marked,) = hand.map._overlays["marked"]
    assert (marked.geometry.x, marked.geometry.y) == first.at


def test_a_fact_from_the_site_counts_at_once_and_stands_in_the_list(hand: Hand) -> None:
    panel = looked_at(hand)
    assert panel.quality is not None
    before = len(panel.quality.probed.doubts)
    fact = ConfirmedFact(
        "roads", "R161", "delivered_on", "2010-05-01", "竣工档案", "张工", date(2026, 11, 20)
    )
    hand.session.confirm(fact)
    hand.wait_for(lambda: panel.quality is not None and bool(panel.quality.confirmed))
    assert len(panel.quality.probed.doubts) == before - 1
    assert any(isinstance(key, ConfirmedFact) for key in panel.list.lines.keys)
    tasks = [key.object_id for key in panel.list.lines.keys if isinstance(key, Task)]
    assert "R161" not in tasks


def test_of_very_many_tasks_the_first_are_listed_and_it_says_how_many_follow(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality_rows, "_MOST", 2)
    monkeypatch.setattr(quality_panel, "_AT_ONCE", 1)
    panel = looked_at(hand)
    quality = panel.quality
    assert quality is not None
    tasks, keys = quality.tasks, panel.list.lines.keys
    assert [key for key in keys if isinstance(key, Task)] == [*tasks[:2]]
    last = panel.list.lines.line(len(keys) - 1)
    assert last.heading
    assert f" {len(tasks) - 2} " in last.title
    panel.show_quality(replace(quality, tasks=tasks[:2]))
    assert panel.list.lines.keys[-1] is tasks[1]
    held = [*tasks]
    next(quality_panel._forgetting(held))
    assert held == [*tasks[:-1]]  # a piece at a time
