"""A rest for other threads between many short calls, and none where nobody else has to wait."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from neixiang_survey_plugin.core import breathing as breathing_
from neixiang_survey_plugin.core.breathing import breathing
from neixiang_survey_plugin.core.in_pieces import pausing


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The rests taken, on a clock that goes half a millisecond at each look."""
    taken, ticks = list[float](), count()
    monkeypatch.setattr(breathing_.time, "perf_counter", lambda: next(ticks) * 0.0005)
    monkeypatch.setattr(breathing_.time, "sleep", taken.append)
    return taken


def test_a_thread_rests_now_and_then_and_gives_every_thing(rests: list[float]) -> None:
    got: list[int] = []
    thread = threading.Thread(target=lambda: got.extend(breathing(range(9))))
    thread.start()
    thread.join()
    assert got == list(range(9))
    assert 1 < len(rests) < 9


def test_the_first_thread_of_the_program_never_rests(rests: list[float]) -> None:
    assert list(breathing(range(9))) == list(range(9))
    assert rests == []


def test_pauses_come_before_so_many_things() -> None:
    paused: list[int] = []
    things = iter(range(1_001))
    assert list(pausing(things, lambda: paused.append(0))) == list(range(1_001))
    assert len(paused) == 3
