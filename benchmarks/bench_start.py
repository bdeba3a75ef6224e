"""How long people wait for the program to start: help, a check, the window, each command's imports.

Each figure is the least of some runs in processes of their own, from the start of the process to
its end, or to the window's first whole picture: other work on the machine only adds.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import os
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from benchmarks.tables import Table
from neixiang_survey_plugin import places
from neixiang_survey_plugin.hosts.cli.main import app

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = (sys.executable, "-m", "neixiang_survey_plugin")
HELP_S, CHECK_S, PICTURE_S = 0.3, 1.5, 2.0  # the aims, on two processors
_DEADLINE_S = 60.0


def first_picture() -> None:
    """Open the window on the sample county and end at its first whole picture."""
    from neixiang_survey_plugin.hosts.desktop.memory import Memory
    from neixiang_survey_plugin.hosts.desktop.plan import first_plan
    from neixiang_survey_plugin.hosts.desktop.program import new_application
    from neixiang_survey_plugin.hosts.desktop.shell import Shell

    application = new_application()
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(Path(folder) / "window.ini")
        shell = Shell(memory, "bench")
        canvas: Any = shell.start(first_plan(memory, None, places.sample_county())).canvas
        until = time.perf_counter() + _DEADLINE_S
        while True:
            application.processEvents()
            picture, view = canvas.widget.picture, canvas.widget.view
            if picture.extent is not None and picture.is_whole(view):
                break
            if time.perf_counter() > until:
                raise SystemExit("the window showed no picture")
        sys.stdout.flush()
        os._exit(0)  # nobody waits for the window to close


def least_s(command: tuple[str, ...], times: int) -> float:
    """Seconds of a process, the least of some."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        found.append(time.perf_counter() - begin)
    return min(found)


def commands(one: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every command with the modules that it imports when it is called."""
    for name, part in getattr(one, "commands", {}).items():
        yield from commands(part, (*words, name))
    if not hasattr(one, "commands"):
        source = textwrap.dedent(inspect.getsource(inspect.unwrap(one.callback)))
        imports = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom)]
        yield " ".join(words), tuple(str(node.module) for node in imports)


def waiting_table(times: int) -> Table:
    """What the aims are set for."""
    county = places.sample_county()
    check = (*PROGRAM, "check", str(county / "cases" / "routes.gpkg"), "--county", str(county))
    asked = (
        ("`--help`", (*PROGRAM, "--help"), HELP_S),
        ("`check` on the sample county", check, CHECK_S),
        ("the window's first picture of it", (sys.executable, __file__, "--picture"), PICTURE_S),
    )
    table = Table("start", ("start", "seconds", "aim"))
    for title, command, aim_s in asked:
        table.row(title, f"{least_s(command, times):.2f} s", f"{aim_s:.1f} s")
    return table


def import_table(times: int) -> Table:
    """Each command's imports, Python's own start included."""
    table = Table("imports", ("command", "importing"))
    for name, modules in commands(typer.main.get_command(app)):
        code = "; ".join(
            f"import {one}" for one in ("neixiang_survey_plugin.hosts.cli.main", *modules)
        )
        table.row(f"`{name}`", f"{least_s((sys.executable, '-c', code), times):.2f} s")
    return table


def run(times: int) -> list[Table]:
    """Both tables."""
    return [waiting_table(times), import_table(times)]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--picture", action="store_true", help="open the window in this process")
    options = parser.parse_args()
    if options.picture:
        first_picture()
    print(*run(options.times), sep="\n")


if __name__ == "__main__":
    main()
