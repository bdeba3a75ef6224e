"""Results of another process that come in pieces."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.io import long_results
from neixiang_survey_plugin.io.long_results import LongResults, rest_of


@dataclass(frozen=True)
class Report:
    """As a report of an import."""

    name: str
    changes: tuple[Any, ...]
    repairs: tuple[tuple[int, str], ...]


NESTED = st.recursive(
    st.integers() | st.text(max_size=3) | st.none(),
    lambda some: st.lists(some, max_size=9) | st.lists(some, max_size=9).map(tuple),
    max_leaves=40,
)


def sent(result: Any, at_once: int) -> tuple[Any, list[int]]:
    """What arrives of a result, and how long each piece was."""
    arrived, lengths = LongResults(), list[int]()

    def send(number: int, piece: tuple[Any, ...]) -> None:
        lengths.append(len(piece))
        arrived.take(number, pickle.loads(pickle.dumps(piece)))

    with patch.object(long_results, "_AT_ONCE", at_once):
        return arrived.whole(rest_of(result, send)), lengths


@given(NESTED, st.integers(1, 4))
def test_whatever_is_sent_arrives_as_it_was(result: Any, at_once: int) -> None:
    arrived, lengths = sent(result, at_once)
    assert arrived == result
    assert all(1 <= one <= at_once for one in lengths)


def test_only_what_is_long_comes_in_pieces_and_each_in_its_place() -> None:
    report = Report("a", tuple(range(7)), ((1, "x"), (2, "y")))
    arrived, lengths = sent(report, 3)
    assert arrived == report
    assert lengths == [3, 3, 1]
