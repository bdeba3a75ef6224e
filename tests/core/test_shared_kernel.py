"""One kernel measures everything: a path that goes round it would agree only by luck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import pytest

from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.core.measuring import (
    crossings,
    green_columns,
    green_measures,
    road_columns,
)
from neixiang_survey_plugin.core.measuring.many import measure_figures
from neixiang_survey_plugin.io.screening import crew
from neixiang_survey_plugin.io.screening.stored_routes import stored
from tests.drawn import ON, county, green, road, route

TOWN = county([road((40, -50, 50, 50))], [green((60, -50, 70, 50))])
LINE = route("0 0, 100 0")
MOVED = route("0 0, 100 1")


def screened(checker: Checker) -> object:
    return crew.Screener(checker, ON).rows(stored([LINE]))


# Each asked of the town with one line; how often it measures it.
PATHS: dict[str, tuple[Callable[[Checker], object], int]] = {
    "check": (lambda checker: checker.check([LINE], ON), 1),
    "a line that is put": (lambda checker: LiveCheck(checker, [], ON).put(LINE), 1),
    "a line that is moved": (lambda checker: LiveCheck(checker, [LINE], ON).put(MOVED), 2),
    "screen": (screened, 1),
}


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Counts how often lines are held against roads and against green space."""
    asked: Counter[str] = Counter()
    kernels = (
        (crossings, "inside_intervals"),
        (road_columns, "inside_intervals"),
        (green_measures, "measure_occupation"),
        (green_columns, "swept_areas"),
        (green_columns, "occupy"),
    )
    with ExitStack() as stack:
        for module, name in kernels:
            stack.enter_context(patch.object(module, name, counted(getattr(module, name), asked)))
        yield asked


def counted(kernel: Callable[..., Any], asked: Counter[str]) -> Callable[..., Any]:
    def instead(*given: Any, **named: Any) -> Any:
        asked[kernel.__name__] += 1
        return kernel(*given, **named)

    return instead


@pytest.mark.parametrize("path", PATHS)
def test_every_path_measures_with_the_shared_kernel(path: str) -> None:
    ask, times = PATHS[path]
    checker = Checker(TOWN)
    with counting() as asked:
        ask(checker)
    assert asked == {"inside_intervals": times, "measure_occupation": times}


def test_many_lines_are_one_question() -> None:
    lines = [route(f"0 {north}, 100 {north}", f"r{north}") for north in range(40)]
    checker = Checker(TOWN)
    with counting() as asked:
        checker.check(lines, ON)
    assert asked == {"inside_intervals": 1, "measure_occupation": 1}


def test_figures_alone_come_from_the_same_kernel_and_strips_are_drawn_by_the_same_hand() -> None:
    crooked = route("0 0, 100 0, 100 2, 0 2", "r2")  # its strip overlaps itself: it is drawn
    checker = Checker(TOWN)
    with counting() as asked:
        found = measure_figures([LINE, crooked], checker.ground)
    assert asked == {"inside_intervals": 1, "swept_areas": 1, "occupy": 1}
    assert found.inside_m.tolist() == [10.0, 20.0]
    assert found.green_m2.tolist() == pytest.approx([20.0, 40.0])
