"""Whatever the window does is timed: "within 50 ms always" is claimed of nothing else."""

from __future__ import annotations

from benchmarks.window_hand import COMMANDS
from benchmarks.window_heavy import HEAVY
from benchmarks.window_work import NOTHING_TO_TIME, PHASES
from tests.window.hand import Hand


def test_every_command_is_timed_or_it_is_said_why_there_is_nothing_to_time(hand: Hand) -> None:
    timed = {name for _, do in PHASES for name in COMMANDS.get(do, ())}
    assert not timed & set(NOTHING_TO_TIME)
    assert timed | set(NOTHING_TO_TIME) == set(hand.window.actions_.commands)


def test_no_two_phases_have_one_name() -> None:
    names = [name for name, _ in (*PHASES, *HEAVY)]
    assert sorted(names) == sorted(set(names))
