"""What a program keeps for good is not walked by Python's collector of cycles."""

from __future__ import annotations

import gc
from threading import Event

import pytest

from neixiang_survey_plugin.io import memory
from neixiang_survey_plugin.io.memory import keep_also, keep_for_good, kept_whole


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_KEEPS", Event())


def test_inside_another_program_nothing_is_kept_from_its_collector() -> None:
    before = gc.get_freeze_count()
    made = [[1]]
    keep_also()
    with kept_whole():
        pass
    assert gc.get_freeze_count() == before
    assert any(one is made for one in gc.get_objects())


def test_what_is_made_whole_is_walked_neither_meanwhile_nor_later() -> None:
    keep_for_good()  # as a window that keeps its county
    try:
        with kept_whole():
            assert not gc.isenabled()
            made = [[number] for number in range(9)]
        assert gc.isenabled()
        assert not any(one is made for one in gc.get_objects())
    finally:
        gc.unfreeze()
