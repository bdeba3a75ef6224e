"""Measuring and judging batches of lines on all cores, each process with the county of its own."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.screening import ScreenedRoute, screened
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.false_alarms import ignore_false_alarms
from neixiang_survey_plugin.core.policy import RuleKind
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.memory import cycle_collector_off
from neixiang_survey_plugin.io.own_process import end_with_parent
from neixiang_survey_plugin.io.policy_versions import read_policies
from neixiang_survey_plugin.io.screening.stored_routes import Stored, restored
from neixiang_survey_plugin.io.screening.work_file import Batch

_LAYERS = ("roads", "green_spaces", "control_areas")
_WAITING_EACH = 2  # batches that lie ready for each worker: enough for none to be idle

Screened = tuple[Batch, list[ScreenedRoute]]


def screened_layers(county: Path) -> tuple[str, ...]:
    """The layers of a county that its rules measure; surfaces only where a rule asks for them."""
    config = read_county_config(county)
    rules = read_policies(config.policies, config.path).known_rules
    asks = any(rule.kind is RuleKind.CARRIAGEWAY_SIDE for rule in rules)
    return (*_LAYERS, "surfaces") if asks else _LAYERS


def screen_batches(
    batches: Iterable[Batch], county: Path, on: date, workers: int
) -> Iterator[Screened]:
    """Every batch with its rows, in the order in which they are done.

    No more batches are taken than the workers have at hand. One worker is this process itself.
    SurveyError where a worker died.
    """
    if workers <= 1:
        here = Screener.of(county, on)
        for batch in batches:
            yield batch, here.rows(batch.rows)
        return
    start = multiprocessing.get_context("spawn")  # the same on Windows as here
    with ProcessPoolExecutor(workers, start, _begin, (county, on)) as pool:
        try:
            yield from _in_turn(pool, batches, workers * _WAITING_EACH)
        except BrokenProcessPool:
            raise SurveyError(
                "筛查用的一个进程意外结束（可能内存不足）；已完成的都在，重新运行同一命令会接着做，"
                "可用 --workers 1 减少内存"
            ) from None


def _in_turn(
    pool: ProcessPoolExecutor, batches: Iterable[Batch], at_hand: int
) -> Iterator[Screened]:
    waiting: dict[Future[list[ScreenedRoute]], Batch] = {}
    source = iter(batches)
    while True:
        while len(waiting) < at_hand and (batch := next(source, None)) is not None:
            waiting[pool.submit(_rows, batch.rows)] = batch
        if not waiting:
            return
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            yield waiting.pop(future), future.result()


class Screener:
    """One county, ready to judge batch after batch."""

    def __init__(self, checker: Checker, on: date) -> None:
        self._checker = checker
        self._on = on

    @classmethod
    def of(cls, county: Path, on: date) -> Screener:
        """On the county of a folder."""
        return cls(Checker(load_county(county, screened_layers(county))), on)

    def rows(self, stored: Sequence[Stored]) -> list[ScreenedRoute]:
        """The rows of some lines that belong together, in the order given."""
        with cycle_collector_off():
            return [screened(one) for one in self._checker.results(restored(stored), self._on)]


_at_work: list[Screener] = []  # of a worker's own process


def _begin(county: Path, on: date) -> None:
    threading.Thread(target=end_with_parent, daemon=True).start()
    ignore_false_alarms()
    _at_work[:] = [Screener.of(county, on)]
    gc.collect()
    gc.freeze()  # the county is never garbage: no collection has to walk it


def _rows(stored: Sequence[Stored]) -> list[ScreenedRoute]:
    return _at_work[0].rows(stored)
