"""The hand that works in a window while it is timed: what it takes hold of, how it waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shapely import LineString

from neixiang_survey_plugin.app.map_host import Pointer
from neixiang_survey_plugin.core.routes import Route

REST_S = 0.15  # for what a phase left to be painted
_PIXEL_M = 0.25  # of the views in which lines are worked on


@dataclass
class Hand:
    """The window of a shell, a place in the middle of its map, and how to wait for something."""

    shell: Any
    folder: Path
    wait: Callable[[Callable[[], bool]], None]
    begin: Callable[[], None]  # what was silent until now was preparing
    at: tuple[float, float] = field(init=False)
    ran: set[str] = field(default_factory=set)  # the commands of the phase that goes on

    def __post_init__(self) -> None:
        west, south, east, north = self.window.canvas.widget.picture.extent
        self.at = (west + east) / 2, (south + north) / 2

    @property
    def window(self) -> Any:
        """The window that is shown now."""
        return self.shell.window

    @property
    def session(self) -> Any:
        """Its survey."""
        return self.window.session

    @property
    def form(self) -> Any:
        """The form that is open."""
        return self.window.forms.open

    def rest(self, for_s: float = REST_S) -> None:
        """Leave the window alone for so many seconds."""
        until_s = time.perf_counter() + for_s
        self.wait(lambda: time.perf_counter() > until_s)

    def whole(self) -> None:
        """Wait for the map of the view."""
        widget = self.window.canvas.widget
        self.wait(lambda: widget.picture.is_done(widget.view))

    def idle(self) -> None:
        """Wait for the window's long work, and for the window that comes of it."""
        self.wait(lambda: not self.shell.jobs.busy and self.shell.succession.is_empty)
        self.rest()

    def run(self, command: str) -> None:
        """Carry out a command of the table, which can be done now: a click or a key by itself."""
        actions = self.window.actions_
        actions.refresh()
        if not actions[command].isEnabled():
            raise RuntimeError(f"{command}: cannot be done here")
        self.ran.add(command)
        actions.run(command)
        self.wait(lambda: True)

    def show(self, panel: str) -> None:
        """Look at a panel."""
        names = list(self.window.panels.by_name)
        self.window.tabs.setCurrentIndex(names.index(panel))
        self.rest(0.5)

    @contextmanager
    def choosing(self, *paths: Path) -> Iterator[None]:
        """Whoever is asked for files meanwhile chooses these."""
        from neixiang_survey_plugin.qt import QtWidgets

        dialog, names = QtWidgets.QFileDialog, [str(one) for one in paths]
        asked = "getOpenFileName", "getSaveFileName", "getOpenFileNames"
        before = [getattr(dialog, name) for name in asked]
        for name in asked:
            chosen = names if name.endswith("s") else names[0]
            setattr(dialog, name, lambda *_, one=chosen: (one, ""))
        try:
            yield
        finally:
            for name, own in zip(asked, before, strict=True):
                setattr(dialog, name, own)

    def lines(self, count: int, name: str, east_m: float = 0.0) -> list[Route]:
        """Gas lines of 40 m, one a metre, so far to the east of the middle."""
        e_m, n_m = self.at
        courses = (
            LineString([(e_m + east_m + n, n_m), (e_m + east_m + n, n_m + 40)])
            for n in range(count)
        )
        return [Route(f"{name}{n}", "gas", one) for n, one in enumerate(courses)]

    def stock(self, count: int, name: str = "b", east_m: float = 0.0) -> None:
        """Have so many lines of a name in the survey, brought in where they are not yet."""
        if f"{name}{count - 1}" not in self.session.routes:
            new = self.lines(count, name, east_m)
            self.session.bring_in(new, "import", lambda _: None)
            self.idle()

    def near(self, e_m: float, n_m: float) -> None:
        """Look at a place as somebody does who works on lines there."""
        import shapely

        self.window.canvas.zoom_to(shapely.box(e_m - 175, n_m - 110, e_m + 175, n_m + 110), 0.0)
        self.whole()

    def middle(self) -> tuple[float, float]:
        """The middle of the view."""
        view = self.window.canvas.widget.view
        return view.e_m, view.n_m

    def move(self, e_m: float, n_m: float) -> None:
        """The pointer goes there, and the frame is painted."""
        self.window.desk.move(Pointer(e_m, n_m, _PIXEL_M))
        self.wait(lambda: True)

    def click(self, e_m: float, n_m: float) -> None:
        """The main button goes down there, and up."""
        self.move(e_m, n_m)
        self.window.desk.press(Pointer(e_m, n_m, _PIXEL_M))
        self.window.desk.release(Pointer(e_m, n_m, _PIXEL_M))
        self.wait(lambda: True)

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 20) -> None:
        """From one place to another with the main button down."""
        self.move(*start)
        self.window.desk.press(Pointer(*start, _PIXEL_M))
        for step in range(1, steps + 1):
            share = step / steps
            self.move(*(a + (b - a) * share for a, b in zip(start, end, strict=True)))
        self.window.desk.release(Pointer(*end, _PIXEL_M))
        self.wait(lambda: True)


Do = Callable[[Hand], None]
Phase = tuple[str, Do]
COMMANDS: dict[Do, frozenset[str]] = {}


def runs(*commands: str) -> Callable[[Do], Do]:
    """Says which commands of the table a phase carries out; that it does is checked."""

    def mark(do: Do) -> Do:
        COMMANDS[do] = frozenset(commands)
        return do

    return mark


def each(phases: Sequence[Phase], hand: Hand) -> Iterator[tuple[str, Callable[[], None]]]:
    """The phases, each as a call that ends when nothing is left to be done."""

    def do(name: str, work: Do) -> None:
        hand.ran.clear()
        work(hand)
        said = COMMANDS.get(work, frozenset())
        if hand.ran != said:
            raise RuntimeError(f"{name}: runs other commands than it says: {hand.ran ^ said}")
        if hand.window is not None:
            hand.idle()

    for name, work in phases:
        yield name, lambda name=name, work=work: do(name, work)


def until(hand: Hand, ends: Any, call: Callable[[], object]) -> None:
    """Begin something, and wait until it says that it is done."""
    done: list[bool] = []
    before = call  # what is told while it begins is not its end
    before()
    ends.connect(lambda *_: done.append(True))
    hand.wait(lambda: bool(done))
    hand.rest()
