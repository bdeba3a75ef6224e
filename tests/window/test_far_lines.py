"""A line over very much, drawn with the real mouse: it is measured beside the window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from neixiang_survey_plugin.app.report import route_report
from neixiang_survey_plugin.i18n import Language, Texts
from tests.window.hand import Hand

VIEW = (581_540.0, 3_658_300.0, 581_660.0, 3_658_370.0)
A, B, C, D = [
    (581_560.0 + e_m, 3_658_310.0 + n_m) for e_m, n_m in ((0, 0), (60, 9), (40, 40), (8, 44))
]
SAID = Texts(Language.CHINESE)


@pytest.fixture
def ready(hand: Hand) -> Hand:
    hand.begin_a_case(*VIEW)
    return hand


@contextmanager
def slow(hand: Hand) -> Iterator[Callable[[], None]]:
    """Whatever is measured takes long, until the call that comes back."""
    gate, moments = threading.Event(), hand.shell.jobs.moments
    moments.moment_s = 0.0
    moments.start(lambda _: gate.wait(60), lambda _: None)
    try:
        yield gate.set
    finally:
        gate.set()


def says_that_it_is_measured(hand: Hand) -> bool:
    panel, readout = hand.window.survey, hand.window.readout
    return (
        panel.banner.way == SAID("survey.measuring")
        and all(one.figures == SAID("readout.measuring") for one in panel.gauges.values())
        and not any(row.isVisible() for row in panel.rules.values())
        and "measured" not in hand.map._overlays
        and SAID("readout.measuring") in readout.words
        and panel.shown is None
    )


def test_until_it_is_measured_nothing_old_is_shown_and_then_the_newest(ready: Hand) -> None:
    ready.key("1")
    ready.click(A)
    ready.move(*B)
    before = ready.window.survey.banner.way
    assert before != SAID("survey.measuring")
    with slow(ready) as go_on:
        for place in (C, D, B, C):
            ready.move(*place)
            assert says_that_it_is_measured(ready)
        go_on()
        ready.wait_for(lambda: not ready.session.is_measuring)
    shown = ready.window.survey.shown
    assert shown is not None
    at = ready.map.view.to_grid(*_device(ready, C))
    assert tuple(shown.route.line.coords[-1]) == pytest.approx(at, abs=0.2)
    assert SAID("readout.measuring") not in ready.window.readout.words
    at_once = ready.session.checker.results([shown.route], ready.session.on)[0]
    assert route_report(shown) == route_report(at_once)
    found = *shown.measures.roads.crossings, *shown.measures.green.occupations
    assert len(ready.map._overlays["measured"]) == len(found)


def test_a_line_ended_while_it_is_measured_is_kept_and_judged_whole(ready: Hand) -> None:
    with slow(ready) as go_on:
        ready.draw(1, A, B, C)
        go_on()
        ready.wait_for(lambda: "T1-water" in ready.session.routes)
    ready.wait_for_work()
    assert ready.session.selected == "T1-water"
    assert not ready.session.is_measuring
    kept = ready.session.results["T1-water"]
    again = ready.session.checker.results([kept.route], ready.session.on)[0]
    assert route_report(kept) == route_report(again)
    assert ready.window.survey.banner.way == SAID(f"verdict.{kept.verdict.way.value}")
    assert ready.session.begun == ()
    ready.key("Ctrl+Z")
    assert "T1-water" not in ready.session.routes


def test_a_vertex_let_go_while_it_is_measured_is_one_step(ready: Hand) -> None:
    ready.draw(1, A, B, C)
    before = ready.session.routes["T1-water"].line
    ready.window.run_command("reshape")
    with slow(ready) as go_on:
        ready.drag(B, D)
        go_on()
        ready.wait_for(lambda: ready.session.routes["T1-water"].line != before)
    ready.wait_for_work()
    kept = ready.session.results["T1-water"]
    again = ready.session.checker.results([kept.route], ready.session.on)[0]
    assert route_report(kept) == route_report(again)
    ready.key("Ctrl+Z")
    assert ready.session.routes["T1-water"].line == before


def _device(hand: Hand, place: tuple[float, float]) -> tuple[float, float]:
    pixel = hand.pixel(*place)
    ratio = hand.map.view.point_px
    return pixel.x() * ratio, pixel.y() * ratio
