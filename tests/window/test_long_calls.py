"""What takes long beside the window is known while it runs, and once more when it has ended."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest

from neixiang_survey_plugin.hosts.desktop import collecting
from neixiang_survey_plugin.io.memory import MUCH
from neixiang_survey_plugin.ui import long_calls
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.long_calls import LongCalls


def test_a_call_is_long_once_it_has_run_for_long_and_is_told_once_more_when_it_ends() -> None:
    now_s = [0.0]
    calls = LongCalls(lambda: now_s[0])
    with calls.noted():
        assert not calls.any_since()
        now_s[0] = long_calls._LONG_S
        assert calls.any_since()
        assert calls.any_since()
    assert calls.any_since()
    assert not calls.any_since()


def test_short_calls_are_not_long_however_many_there_are() -> None:
    now_s = [0.0]
    calls = LongCalls(lambda: now_s[0])
    for _ in range(5):
        with calls.noted():
            now_s[0] += long_calls._LONG_S / 2
    assert not calls.any_since()


def test_what_a_long_call_made_beside_the_window_is_not_walked(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_calls, "_LONG_S", 0.0)
    monkeypatch.setattr(collecting, "collect_a_little", told := Mock())
    MUCH.taken()
    long_calls.LONG_CALLS.any_since()
    work = Background()
    try:
        with qtbot.waitSignal(work.done):
            work.ask(object)
    finally:
        work.end()
    collecting._collect()
    assert (MUCH.taken(), told.call_count) == (True, 1)
    monkeypatch.setattr(long_calls, "_LONG_S", 100.0)
    collecting._collect()
    assert not MUCH.taken()
