"""How long the window lets somebody wait, on a county of 200,000 roads, greens and mains each.

A program of its own starts for the first time, with the sample; others open the county twice, with
nothing kept yet and with the layout kept, and then work in it (`window_work.py`), in a new survey
and in one of 10,000 cases with 50,000 lines; another works with a few things that are a hundred
times as large as usual (`window_heavy.py`).
A timer that has nothing to do rings every 2 ms while the window is free; the longest silence of
each phase is printed: on the clock, of the processor in the window's own thread, and of the
processor in all threads of the program. Where the second is small and the third is not, another
thread held the interpreter; where both are and the first is not, other programs held the machine.
With ``--runs N`` all of that is done N times, and the worst of each figure is printed.
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.tables import Table
from benchmarks.window_table import over_aim, silences_table, worst

ROOT = Path(__file__).resolve().parents[1]
_DEADLINE_S = 600.0
_OPENINGS, _SURVEYS = ("first start", "nothing kept yet"), ("new survey", "survey of years")
_LARGE = ("large things",)
_RINGS_MS = 2  # without a pause it would keep a processor from the work, and make it wait


class Silence:
    """Rings while the window is free, and remembers how long it could not."""

    def __init__(self) -> None:
        from neixiang_survey_plugin.qt import QtCore

        self.longest: dict[str, tuple[float, ...]] = {}
        self.phase = "showing the window"
        self._rang = self._now()
        self._timer = QtCore.QTimer()
        self._timer.timeout.connect(self._ring)
        self._timer.start(_RINGS_MS)

    def enter(self, phase: str) -> None:
        """What is silent from now on belongs to another phase."""
        self._ring()
        self.phase = phase

    def _ring(self) -> None:
        now = self._now()
        gap = tuple(one - other for one, other in zip(now, self._rang, strict=True))
        before = self.longest.get(self.phase, (0.0,) * len(gap))
        self.longest[self.phase] = tuple(map(max, before, gap))
        self._rang = now

    def begin(self) -> None:
        """What this phase was silent for until now was its preparing."""
        self.longest.pop(self.phase, None)
        self._rang = self._now()

    @staticmethod
    def _now() -> tuple[float, ...]:
        return time.perf_counter(), time.thread_time(), time.process_time()


def work_in(
    county: Path | None, survey: Path | None, only: str | None, heavy: bool = False
) -> dict[str, Any]:
    """Open a county, or the sample, and work in it; the seconds to the picture, the silences.

    Of the phases, or those of ``heavy`` things, those are done in whose name ``only`` stands, none
    with None: it is looked at then.
    """
    begun = time.perf_counter()
    from benchmarks.window_hand import Hand, each
    from benchmarks.window_heavy import HEAVY
    from benchmarks.window_work import PHASES
    from neixiang_survey_plugin.hosts.desktop.memory import Memory
    from neixiang_survey_plugin.hosts.desktop.plan import first_plan
    from neixiang_survey_plugin.hosts.desktop.program import new_application
    from neixiang_survey_plugin.hosts.desktop.shell import Shell
    from neixiang_survey_plugin.io.own_process import in_own_process
    from neixiang_survey_plugin.ui.ending import ENDING

    application, silence = new_application(), Silence()
    wait = functools.partial(_wait, application, silence)
    with tempfile.TemporaryDirectory(dir=None if county is None else county.parent) as folder:
        own = None if survey is None else Path(shutil.copy(survey, folder))
        if only is not None and county is not None:
            county = _own_county(county, Path(folder))
        silence.begin()  # copying 150 MB is none of the window's work
        memory = Memory(Path(folder) / "window.ini")
        shell = Shell(memory, "bench", in_own_process)
        opening = shell.start(first_plan(memory, own, county))
        application.processEvents()  # the first look at it: fonts, the style sheet
        shown_s = time.perf_counter() - begun
        picture_s, opened_s = (at - begun for at in _opened(shell, opening, silence, wait))
        hand = Hand(shell, Path(folder), wait, silence.begin)
        if only is None:
            silence.enter("the first second of the window")
            hand.rest(1.0)
        for name, do in each(HEAVY if heavy else PHASES, hand):
            if only is not None and only in name:
                silence.enter(name)
                _timed(name, do, silence)
        silence.enter("the end")
        if shell.window is not None:
            shell.window.close()
        ENDING.wait()
        memory.be_written()  # before its folder goes
    return {
        "shown_s": shown_s,
        "picture_s": picture_s,
        "opened_s": opened_s,
        "longest_ms": {key: [one * 1e3 for one in gap] for key, gap in silence.longest.items()},
    }


def _opened(
    shell: Any, opening: Any, silence: Silence, wait: Callable[[Callable[[], bool]], None]
) -> tuple[float, float]:
    """Wait until a county can be worked in; when its first picture was there, and when that was."""
    silence.enter("opening: reading, laying out, indexing")
    widget = opening.canvas.widget
    wait(lambda: widget.picture.extent is not None)
    wait(lambda: widget.picture.is_whole(widget.view))
    picture_at = time.perf_counter()
    opening.background.done.disconnect()
    opening.background.done.connect(lambda _: silence.enter("building the window"))
    opening.background.done.connect(opening._done)
    wait(lambda: shell.window is not None)
    wait(lambda: widget.picture.is_done(widget.view))
    return picture_at, time.perf_counter()


def _wait(application: Any, silence: Silence, true: Callable[[], bool]) -> None:
    """Let the window work until something is true; RuntimeError after ten minutes."""
    from neixiang_survey_plugin.qt import QtCore

    until_s = time.perf_counter() + _DEADLINE_S
    gone = QtCore.QEvent.Type.DeferredDelete  # only a loop of the program's own lets it go
    application.processEvents()
    while not true():
        application.processEvents(QtCore.QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        application.sendPostedEvents(None, gone.value if hasattr(gone, "value") else gone)
        if time.perf_counter() > until_s:
            raise RuntimeError(f"nothing happened while: {silence.phase}")


def _timed(name: str, do: Callable[[], None], silence: Silence) -> None:
    """Do a phase, and say at once how it was: the whole takes minutes."""
    since_s = time.perf_counter()
    do()
    took_s = time.perf_counter() - since_s
    gap_ms = " / ".join(f"{one * 1e3:.0f}" for one in silence.longest[name])
    print(f"{name}: {gap_ms} ms of {took_s:.1f} s", file=sys.stderr, flush=True)


def _own_county(county: Path, folder: Path) -> Path:
    """The same files in a folder into which a layer may be brought; what is kept is found there."""

    def link(source: str, target: str) -> str:
        if source.endswith(".toml"):
            return shutil.copy2(source, target)
        os.link(source, target)
        return target

    return shutil.copytree(county, folder / county.name, copy_function=link)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=int, default=200_000, help="roads, greens, mains each")
    parser.add_argument("--cases", type=int, default=10_000, help="of the survey of years")
    parser.add_argument("--only", default="", help="the phases in whose name this stands")
    parser.add_argument("--runs", type=int, default=1, help="of each survey; the worst counts")
    parser.add_argument("--county", type=Path, help="work in this county in this process")
    parser.add_argument("--sample", action="store_true", help="start for the first time, likewise")
    parser.add_argument("--opening", action="store_true", help="open it and do nothing more")
    parser.add_argument("--heavy", action="store_true", help="work with its large things")
    parser.add_argument("--survey", type=Path, help="and in a copy of this survey")
    arguments = parser.parse_args()
    if arguments.sample or arguments.county is not None:
        only = None if arguments.opening or arguments.sample else arguments.only
        done = work_in(arguments.county, arguments.survey, only, arguments.heavy)
        print(json.dumps(done))
        return
    print(f"{arguments.features:,} features a layer, {arguments.cases:,} cases in years")
    found = _runs(arguments)
    _print_openings(found)
    surveys = {name: worst([one["longest_ms"] for one in runs]) for name, runs in found.items()}
    print(f"the worst of so many runs: {arguments.runs}\n")
    for names in (_OPENINGS, _SURVEYS, _LARGE):
        print(silences_table({name: surveys[name] for name in names}))
    print(over_aim(surveys))


def _runs(arguments: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    """What every run says, by what was opened."""
    from neixiang_survey_plugin.io.map_cache import FOLDER

    found: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as name:
        town, years, heavy = _written(Path(name), arguments.features, arguments.cases)
        os.environ.update(_ordinary_office(Path(name)))
        for number in range(arguments.runs):
            for title, given in (
                (_OPENINGS[0], ("--sample",)),
                (_OPENINGS[1], ("--county", town, "--opening")),
                (_SURVEYS[0], ("--county", town)),
                (_SURVEYS[1], ("--county", town, "--survey", years)),
                (_LARGE[0], ("--county", heavy[0], "--survey", heavy[1], "--heavy")),
            ):
                print(f"{title}, run {number + 1}", file=sys.stderr, flush=True)
                if "--opening" in given:
                    shutil.rmtree(town / FOLDER, ignore_errors=True)
                found.setdefault(title, []).append(_run(arguments.only, *map(str, given)))
    return found


def _written(folder: Path, features: int, cases: int) -> tuple[Path, Path, tuple[Path, Path]]:
    """A county, a survey of years on it, and a county with a survey of large things."""
    from benchmarks.bench_survey_file import filled
    from benchmarks.heavy_county import write_heavy
    from benchmarks.map_views import town, write_town
    from benchmarks.town import BLOCK_M, ORIGIN

    county = write_town(town(features), folder / "town")
    side_m = BLOCK_M * math.sqrt(features / 2) - 1_000
    square = (*ORIGIN.tolist(), max(side_m, 1_000.0))
    return county, filled(folder / "years.survey.gpkg", cases, square), write_heavy(folder)


def _ordinary_office(folder: Path) -> dict[str, str]:
    """The variable that names LibreOffice, so that it has the priority of any program.

    With the real-time priority that this one may have it would keep a processor to itself for
    0.8 s, and the window, whose thread shares the other one, would wait for that.
    """
    from neixiang_survey_plugin.io.packet.pdf import OFFICE_VARIABLE

    office, chrt = shutil.which("soffice"), shutil.which("chrt")
    if office is None or chrt is None:
        return {}
    script = folder / "office"
    script.write_text(f'#!/bin/sh\nexec {chrt} --other 0 {office} "$@"\n', encoding="ascii")
    script.chmod(0o755)
    return {OFFICE_VARIABLE: str(script)}


def _run(only: str, *given: str) -> dict[str, Any]:
    """What a program of its own says of its work."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(Path(__file__)), "--only", only, *given]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _print_openings(found: dict[str, list[dict[str, Any]]]) -> None:
    """The seconds until one can work, the longest of all runs."""
    table = Table("opening", ("", *found))
    for key, words in (
        ("shown_s", "window shown"),
        ("picture_s", "first whole picture"),
        ("opened_s", "open for work"),
    ):
        table.row(words, *(f"{max(run[key] for run in runs):.1f} s" for runs in found.values()))
    print(f"\n{table}")


if __name__ == "__main__":
    main()
