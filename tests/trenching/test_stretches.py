"""The stretches that lines can share: found once, and the same as by trying every line anew."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.core.trenching import stretches
from neixiang_survey_plugin.core.trenching.stretches import SharedStretches, Stretch, run_beside
from tests.drawn import ON
from tests.trenching.towns import line, planner

REACH_M, ALONG_M = 4.0, 10.0
places = st.tuples(st.integers(0, 12).map(float), st.integers(0, 8).map(lambda n: 5.0 * n))
courses = st.lists(places, min_size=2, max_size=3, unique=True).map(LineString)


def tried_anew(lines: Mapping[int, LineString]) -> Stretch | None:
    """By the definition: every line as the spine, from every beginning to every end of a run."""
    found = []
    for spine, axis in lines.items():
        runs = {spine: (0.0, axis.length, False)}
        for row, other in lines.items():
            run = None if row == spine else run_beside(axis, other, REACH_M)
            if run is not None:
                runs[row] = (run.from_m, run.to_m, run.turned)
        begins, ends = (sorted({run[place] for run in runs.values()}) for place in (0, 1))
        ways = []
        for from_m, to_m in itertools.product(begins, ends):
            beside = [row for row, run in runs.items() if run[0] <= from_m and run[1] >= to_m]
            if to_m - from_m >= ALONG_M and len(beside) > 1:
                turned = frozenset(row for row in beside if runs[row][2])
                ways.append(Stretch(spine, from_m, to_m, tuple(sorted(beside)), turned))
        if ways:
            found.append(max(ways, key=lambda one: one.shared_m))  # the first of several
    return max(found, key=lambda one: (one.shared_m, -one.spine), default=None)


@settings(max_examples=150)
@given(st.lists(courses, min_size=1, max_size=7))
def test_what_is_left_shares_what_trying_every_line_anew_finds(drawn: list[LineString]) -> None:
    left = dict(enumerate(drawn))
    shared = SharedStretches(left, REACH_M, ALONG_M)
    while (found := shared.best()) is not None:
        assert found == tried_anew(left)
        shared.take_out(found.rows)
        left = {row: line for row, line in left.items() if row not in found.rows}
    assert tried_anew(left) is None


def row_of(count: int) -> dict[int, LineString]:
    return {row: LineString([(row, 0), (row, 40)]) for row in range(count)}


def test_only_lines_that_are_near_are_held_against_each_other_and_once() -> None:
    within = stretches._run_within
    with patch.object(stretches, "_run_within", side_effect=within) as held:
        shared = SharedStretches(row_of(60), REACH_M, ALONG_M)
        while (found := shared.best()) is not None:
            shared.take_out(found.rows)
    assert held.call_count <= 60 * 2 * REACH_M


class StoppedError(Exception):
    """Somebody cancelled."""


@pytest.mark.parametrize("after", [0, 20, 60, 70])
def test_the_search_ends_between_any_two_lines(after: int) -> None:
    calls: list[tuple[int, int]] = []

    def pause() -> None:
        calls.append((0, 0))
        if len(calls) > after:
            raise StoppedError

    with pytest.raises(StoppedError):
        SharedStretches(row_of(60), REACH_M, ALONG_M, pause).best()
    assert len(calls) == after + 1


@pytest.mark.parametrize("after", range(9))
def test_proposing_ends_wherever_it_is_cancelled(after: int) -> None:
    lines = [line(f"-60 {n}, 60 {n}", utility) for n, utility in ((2, "water"), (4, "telecom"))]
    calls: list[tuple[int, int]] = []

    def tick(done: int, of: int) -> None:
        calls.append((done, of))
        if len(calls) > after:
            raise StoppedError

    with pytest.raises(StoppedError):
        planner().propose(lines, ON, tick=tick)
    assert len(calls) == after + 1
