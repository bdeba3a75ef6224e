"""What is done with lines by hand while the window is timed: bent, split, bored, left, taken up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.window_hand import Hand, Phase, runs

_STEPS = 20  # of undo, one key after another
_SETTLED_S = 2.5  # more than the window waits after an edit before it puts its file in order


def _beside(hand: Hand) -> tuple[float, float]:
    """The foot of the first of 500 lines, which are in view; the line is chosen."""
    hand.stock(500)
    (e_m, n_m), *_ = hand.session.routes["b0"].line.coords
    hand.near(e_m + 60, n_m + 20)
    hand.window.desk.cancel()
    hand.session.select("b0")
    hand.rest()
    hand.begin()
    return e_m, n_m


@runs("reshape")
def _bend(hand: Hand) -> None:
    e_m, n_m = _beside(hand)
    hand.run("reshape")
    hand.drag((e_m, n_m + 20), (e_m - 30, n_m + 25))
    hand.drag((e_m, n_m + 40), (e_m - 10, n_m + 90))
    hand.window.desk.back()


@runs("select", "zoom_chosen")
def _choose(hand: Hand) -> None:
    e_m, n_m = _beside(hand)
    hand.run("select")
    for number in range(0, 60, 6):
        hand.click(e_m + number, n_m + 10)
    hand.run("zoom_chosen")
    hand.whole()


@runs("split")
def _split(hand: Hand) -> None:
    e_m, n_m = _beside(hand)
    hand.run("split")
    for number in (1, 2, 3):
        hand.click(e_m + number, n_m + 15.5)
        hand.rest()


@runs("reverse", "copy_water", "delete", "undo")
def _turn_and_copy(hand: Hand) -> None:
    _beside(hand)
    for command in ("reverse", "copy_water", "reverse", "delete", "undo"):
        hand.run(command)
        hand.rest()


@runs("trenchless")
def _bore(hand: Hand) -> None:
    e_m, n_m = _beside(hand)
    hand.run("trenchless")
    for number in (0, 4):
        hand.click(e_m + number, n_m + 5)
        for step in range(12):
            hand.move(e_m + number, n_m + 5 + 2 * step)
        hand.click(e_m + number, n_m + 30)
        hand.rest()


@runs("draw_power", "parallel")
def _beside_a_main(hand: Hand) -> None:
    """A parallel of what lies nearest, along three blocks of it."""
    mains = hand.session.county.layers["pipelines"].geometry
    (e_m, n_m), *_ = mains[len(mains) // 4].coords
    hand.near(e_m, n_m)
    hand.begin()
    hand.run("draw_power")
    hand.run("parallel")
    hand.click(e_m + 5, n_m)
    for step in range(24):
        hand.move(e_m + 5 + 5 * step, n_m + 1)
    hand.click(e_m + 120, n_m + 1)
    hand.window.desk.finish()
    hand.rest()


@runs("draw_telecom", "snap", "select", "resume_draft")
def _leave_and_resume(hand: Hand) -> None:
    (e_m, n_m), _ = hand.at, hand.near(*hand.at)
    hand.run("draw_telecom")
    hand.run("snap")
    for step in range(30):
        hand.click(e_m - 120 + 4 * step, n_m - 60 + 20 * (step % 2))
    hand.run("select")
    hand.rest()
    hand.run("resume_draft")
    hand.rest()
    hand.window.desk.finish()
    hand.run("snap")


@runs("undo", "redo")
def _undo_and_redo(hand: Hand) -> None:
    _beside(hand)
    for number in range(_STEPS):
        line = hand.lines(1, f"u{number}-", 700.0 + number)
        hand.session.put(*line, what="draw")
    hand.rest()
    hand.begin()
    for command in ("undo", "redo", "undo"):
        for _ in range(_STEPS):
            hand.run(command)
            hand.wait(lambda: True)
        hand.idle()


def _settle(hand: Hand) -> None:
    """An edit, what follows two seconds later, and another program in front and back."""
    hand.session.put(*hand.lines(1, "s", 900.0), what="draw")
    hand.rest(_SETTLED_S)
    from neixiang_survey_plugin.qt import QtCore

    states = QtCore.Qt.ApplicationState
    for state in (states.ApplicationInactive, states.ApplicationActive):
        hand.window._focus_changed(state)
        hand.rest()


@runs("draw_water", "undo")
def _beside_a_writer(hand: Hand) -> None:
    """A line is ended, turned, taken back and kept, while another program writes."""
    e_m, n_m = _beside(hand)
    at, desk, session = (e_m + 5, n_m - 30), hand.window.desk, hand.session
    hand.run("draw_water")
    hand.click(*at)
    hand.click(at[0] + 10, at[1] - 3)
    with _writing(session.store.path):
        hand.click(at[0] + 20, at[1])  # refused
        hand.rest(0.05)
        desk.finish()
        hand.rest()
        hand.window.desk.reverse()
        hand.rest()
        hand.run("undo")
        hand.rest()
        hand.window.attempt(lambda: session.record("note", lambda store: store.keep([], what="-")))
        hand.rest()
    hand.idle()
    desk.cancel()


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Another program is in the middle of writing into a file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@runs("facts")
def _fill_in(hand: Hand) -> None:
    _beside(hand)
    hand.run("facts")
    hand.rest()
    hand.form.reject()
    hand.begin()
    hand.run("facts")
    hand.form.result_route = None
    hand.form.accept()


LINES: tuple[Phase, ...] = (
    ("choosing lines by clicks", _choose),
    ("bending a line among 500", _bend),
    ("splitting lines", _split),
    ("turning, copying and deleting a line", _turn_and_copy),
    ("marking what is bored", _bore),
    ("a parallel of a main", _beside_a_main),
    ("a line left, and taken up again", _leave_and_resume),
    ("twenty steps back and forth", _undo_and_redo),
    ("the facts of a line", _fill_in),
    ("what follows an edit: the file, another program", _settle),
    ("drawing and undoing while another program writes", _beside_a_writer),
)
