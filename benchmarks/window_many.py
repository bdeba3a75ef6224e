"""What is done with very many lines at once while the window is timed."""

from __future__ import annotations

from benchmarks.window_hand import Hand, Phase

_MANY = 5_000
_WEST_M = -6_000.0  # of the middle, where no other phase has lines


def _delete(hand: Hand) -> None:
    hand.stock(500)
    hand.rest()
    hand.begin()
    hand.session.delete(*(f"b{number}" for number in range(500)))
    hand.idle()
    hand.window.acts.undo()


def _bring_in(hand: Hand) -> None:
    lines = hand.lines(_MANY, "many", _WEST_M)
    hand.rest()
    hand.begin()
    hand.session.bring_in(lines, "import", lambda _: None)


def _undo(hand: Hand) -> None:
    hand.window.acts.undo()


def _again_and_back(hand: Hand) -> None:
    hand.window.acts.redo()
    hand.idle()
    hand.window.acts.undo()


def _keep_undoing(hand: Hand) -> None:
    """Ctrl+Z again and again, without waiting, while very many lines are among what goes."""
    hand.session.put(*hand.lines(3, "before", 800.0), what="draw")
    hand.session.bring_in(hand.lines(500, "among", -700.0), "import", lambda _: None)
    hand.idle()
    hand.session.put(*hand.lines(3, "after", 820.0), what="draw")
    hand.rest()
    hand.begin()
    for act in (hand.window.acts.undo, hand.window.acts.redo, hand.window.acts.undo):
        for _ in range(3):
            act()
            hand.wait(lambda: True)
        hand.idle()


def _end_a_line_at_once(hand: Hand) -> None:
    """A line drawn and ended while very many are still being taken back."""
    hand.stock(_MANY, "many", _WEST_M)
    (e_m, n_m), desk = hand.middle(), hand.window.desk
    hand.rest()
    hand.begin()
    before = len(hand.session.routes)
    hand.window.acts.undo()
    hand.wait(lambda: True)
    hand.window.draw("water")
    for step in range(3):
        desk.type_in(f"{n_m + 10 * step:.2f} {e_m + 5 * step:.2f}")
        hand.wait(lambda: True)
    desk.finish()
    hand.idle()
    if len(hand.session.routes) != before - _MANY + 1:
        raise RuntimeError(f"{len(hand.session.routes)} lines, there were {before}")
    desk.cancel()
    hand.window.acts.undo()


MANY: tuple[Phase, ...] = (
    ("500 lines deleted, and undoing it", _delete),
    ("three steps at once, 500 lines among them", _keep_undoing),
    (f"{_MANY:,} lines brought in", _bring_in),
    (f"undoing {_MANY:,} lines", _undo),
    (f"{_MANY:,} lines again, and back", _again_and_back),
    (f"a line ended while {_MANY:,} are undone", _end_a_line_at_once),
)
