"""How long the window lets somebody wait, on a county of 200,000 roads, greens and mains each.

A program of its own opens the county twice, with nothing kept yet and with the layout kept, and
then works in it: pushes, zooms, draws, asks what is there, confirms a fact, brings lines in. A
timer that has nothing to do rings every 2 ms while the window is free; the longest silence of each
phase is printed, on the clock and of the processor in the window's own thread. Where the second is
small and the first is not, another thread held the interpreter, or other programs the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_DEADLINE_S = 600.0
_RINGS_MS = 2  # without a pause it would keep a processor from the work, and make it wait


class Silence:
    """Rings while the window is free, and remembers how long it could not."""

    def __init__(self) -> None:
        from neixiang_survey_plugin.qt import QtCore

        self.longest: dict[str, tuple[float, float]] = {}
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
        now, before = self._now(), self.longest.get(self.phase, (0.0, 0.0))
        gap = now[0] - self._rang[0], now[1] - self._rang[1]
        self.longest[self.phase] = max(before[0], gap[0]), max(before[1], gap[1])
        self._rang = now

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.thread_time()


def work_in(county: Path) -> dict[str, Any]:
    """Open a county and work in it; the seconds to the picture, the longest silences."""
    begun = time.perf_counter()
    from neixiang_survey_plugin.hosts.desktop.memory import Memory
    from neixiang_survey_plugin.hosts.desktop.plan import first_plan
    from neixiang_survey_plugin.hosts.desktop.program import new_application
    from neixiang_survey_plugin.hosts.desktop.shell import Shell
    from neixiang_survey_plugin.qt import QtCore

    application, silence = new_application(), Silence()

    def wait(true: Callable[[], bool]) -> None:
        until = time.perf_counter() + _DEADLINE_S
        application.processEvents()
        while not true():
            application.processEvents(QtCore.QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > until:
                raise RuntimeError(f"nothing happened while: {silence.phase}")

    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(Path(folder) / "window.ini")
        shell = Shell(memory, "bench")
        opening = shell.start(first_plan(memory, None, county))
        application.processEvents()  # the first look at it: fonts, the style sheet
        shown_s = time.perf_counter() - begun
        silence.enter("opening: reading, laying out, indexing")
        canvas: Any = opening.canvas
        wait(lambda: canvas.widget.picture.extent is not None)
        wait(lambda: canvas.widget.picture.is_whole(canvas.widget.view))
        picture_s = time.perf_counter() - begun
        opening.background.done.disconnect()
        opening.background.done.connect(lambda _: silence.enter("building the window"))
        opening.background.done.connect(opening._done)
        wait(lambda: shell.window is not None)
        wait(lambda: canvas.widget.picture.is_done(canvas.widget.view))
        opened_s = time.perf_counter() - begun
        _work(shell, silence, wait)
        window: Any = shell.window
        window.close()
    return {
        "shown_s": shown_s,
        "picture_s": picture_s,
        "opened_s": opened_s,
        "longest_ms": {key: [one * 1e3 for one in gap] for key, gap in silence.longest.items()},
    }


def _work(shell: Any, silence: Silence, wait: Callable[[Callable[[], bool]], None]) -> None:
    from datetime import date

    import shapely
    from shapely import LineString

    from neixiang_survey_plugin.app.map_host import Pointer
    from neixiang_survey_plugin.core.confirmed import ConfirmedFact
    from neixiang_survey_plugin.core.routes import Route

    window = shell.window
    widget, session, desk = window.canvas.widget, window.session, window.desk
    west, south, east, north = widget.picture.extent
    e_m, n_m = (west + east) / 2, (south + north) / 2

    def whole() -> None:
        wait(lambda: widget.picture.is_done(widget.view))

    silence.enter("zooming in and out")
    for factor in [2.0] * 9 + [0.5] * 5:
        window.canvas.zoom_by(factor)
        whole()
    window.canvas.zoom_to(shapely.box(e_m - 175, n_m - 110, e_m + 175, n_m + 110), 0.0)
    whole()
    silence.enter("pushing")
    for _ in range(20):
        widget.look_at(widget.view.moved(-60, 25))
        whole()
    e_m, n_m = widget.view.e_m, widget.view.n_m
    silence.enter("drawing a line of 8 vertices")
    window.draw("water")
    for step in range(8):
        for part in range(12):
            desk.move(Pointer(e_m + 18 * step + 1.5 * part, n_m + 9 * step, 0.25))
            wait(lambda: True)
            window.canvas.widget.repaint()
        desk.press(Pointer(e_m + 18 * step, n_m + 9 * step, 0.25))
    silence.enter("ending the line")
    desk.finish()
    wait(lambda: len(session.routes) == 1)
    silence.enter("asking what is there")
    desk.cancel()
    for step in range(10):
        desk.press(Pointer(e_m + 40 * step - 200, n_m + 60, 0.25))
        desk.release(Pointer(e_m + 40 * step - 200, n_m + 60, 0.25))
        wait(lambda: True)
    silence.enter("confirming a fact")
    road = str(session.county.layers["roads"].ids[0])
    session.confirm(
        ConfirmedFact("roads", road, "delivered_on", "2001-05-01", "a", "b", date(2026, 11, 22))
    )
    wait(lambda: not shell.jobs.busy)
    silence.enter("bringing 500 lines in")
    lines = [LineString([(e_m + n, n_m), (e_m + n, n_m + 40)]) for n in range(500)]
    session.bring_in(
        [Route(f"b{n}", "gas", line) for n, line in enumerate(lines)], "import", lambda _: None
    )
    wait(lambda: not shell.jobs.busy)
    silence.enter("the end")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", type=int, default=200_000, help="roads, greens, mains each")
    parser.add_argument("--county", type=Path, help="work in this county in this process")
    arguments = parser.parse_args()
    if arguments.county is not None:
        print(json.dumps(work_in(arguments.county)))
        return
    from benchmarks.map_views import town, write_town

    with tempfile.TemporaryDirectory() as name:
        folder = write_town(town(arguments.features), Path(name))
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(Path(__file__)), "--county", str(folder)]
        runs = []
        for _ in range(2):
            done = subprocess.run(
                command, env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
            runs.append(json.loads(done.stdout.splitlines()[-1]))
    print(f"{arguments.features:,} features a layer\n")
    print("| | nothing kept yet | layout kept |\n|---|---:|---:|")
    for key, words in (
        ("shown_s", "window shown"),
        ("picture_s", "first whole picture"),
        ("opened_s", "open for work"),
    ):
        print(f"| {words} | " + " | ".join(f"{run[key]:.1f} s" for run in runs) + " |")
    print("\n| longest silence | on the clock | in the window's thread |\n|---|---:|---:|")
    for phase in runs[1]["longest_ms"]:
        clock, processor = runs[1]["longest_ms"][phase]
        print(f"| {phase} | {clock:.0f} ms | {processor:.0f} ms |")


if __name__ == "__main__":
    main()
