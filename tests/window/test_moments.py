"""What is mostly done in a moment: told at once, else later, and the newest alone counts."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.ui.moments import Moments


@pytest.fixture
def moments(qtbot: Any) -> Iterator[Moments]:
    made = Moments()
    yield made
    made.end()


def wait_at(gate: threading.Event, gives: str) -> Callable[[Progress], str]:
    return lambda _: gives if gate.wait(10) else "nobody came"


def test_what_is_done_within_a_moment_is_told_at_once(moments: Moments) -> None:
    told: list[object] = []
    moments.moment_s = 10.0
    moments.start(lambda _: threading.current_thread(), told.append)
    assert told
    assert told != [threading.current_thread()]


def test_the_window_waits_for_a_moment_and_no_longer(moments: Moments, qtbot: Any) -> None:
    told, gate = list[str](), threading.Event()
    begun_s = time.perf_counter()
    moments.start(wait_at(gate, "late"), told.append)
    assert time.perf_counter() - begun_s < 5.0
    assert told == []
    gate.set()
    qtbot.waitUntil(lambda: told == ["late"])


def test_of_what_is_asked_meanwhile_the_newest_alone_is_done(moments: Moments, qtbot: Any) -> None:
    told, done, gate = list[str](), list[str](), threading.Event()
    moments.start(wait_at(gate, "first"), told.append)
    moments.moment_s = 10.0  # nobody waits while the thread is busy
    for name in ("second", "third"):
        moments.start(lambda _, one=name: (done.append(one), one)[1], told.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(told))
    assert (told, done) == (["third"], ["third"])


def test_nothing_is_told_of_what_was_dropped(moments: Moments, qtbot: Any) -> None:
    told, gate = list[str](), threading.Event()
    moments.start(wait_at(gate, "first"), told.append)
    moments.start(wait_at(gate, "second"), told.append)
    moments.drop()
    gate.set()
    moments.start(lambda _: "new", told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["new"]


def test_who_waits_for_what_fails_is_told_and_the_fault_is_not_hidden(
    moments: Moments, qtbot: Any
) -> None:
    dropped, gate = list[bool](), threading.Event()

    def stumble(_: Progress) -> None:
        gate.wait(10)
        raise ValueError("odd")

    with qtbot.capture_exceptions() as raised:
        moments.start(stumble, lambda _: None, lambda: dropped.append(True))
        gate.set()
        qtbot.waitUntil(lambda: bool(dropped))
        qtbot.waitUntil(lambda: bool(raised))
    assert [kind for kind, *_ in raised] == [ValueError]
    told: list[str] = []
    moments.moment_s = 10.0
    moments.start(lambda _: "again", told.append)
    assert told == ["again"]
