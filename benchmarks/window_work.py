"""What somebody does in the window while it is timed how long it lets him wait."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.map_host import Pointer
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.render.palette import Theme

_REST_S = 0.15  # for what a phase left to be painted
_AT = datetime(2026, 11, 20, 9)
# Another program, such as QGIS, in another process: lines and cases written into the survey.
_ELSEWHERE = """
import sys
from pathlib import Path
from shapely import LineString
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.opening import open_survey
path, e_m, n_m = Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
store = open_survey(path, "elsewhere")
lines = [LineString([(e_m + n, n_m + 100), (e_m + n, n_m + 140)]) for n in range(300)]
store.edit(
    [Route(f"o{n}", "gas", line) for n, line in enumerate(lines)],
    records=[Case(case_id=f"O{n}", applicant_name="x") for n in range(20)],
)
store.close()
"""


@dataclass
class Hand:
    """The window of a shell, a place in the middle of its map, and how to wait for something."""

    shell: Any
    folder: Path
    wait: Callable[[Callable[[], bool]], None]
    begin: Callable[[], None]  # what was silent until now was preparing
    at: tuple[float, float] = field(init=False)

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

    def rest(self, for_s: float = _REST_S) -> None:
        """Leave the window alone for so many seconds."""
        until = time.perf_counter() + for_s
        self.wait(lambda: time.perf_counter() > until)

    def whole(self) -> None:
        """Wait for the map of the view."""
        widget = self.window.canvas.widget
        self.wait(lambda: widget.picture.is_done(widget.view))

    def show(self, panel: str) -> None:
        """Look at a panel."""
        names = list(self.window.panels.by_name)
        self.window.tabs.setCurrentIndex(names.index(panel))
        self.rest(0.5)

    def lines(self, count: int, name: str, east_m: float = 0.0) -> list[Route]:
        """Gas lines of 40 m, one a metre, so far to the east of the middle."""
        e_m, n_m = self.at
        courses = (
            LineString([(e_m + east_m + n, n_m), (e_m + east_m + n, n_m + 40)])
            for n in range(count)
        )
        return [Route(f"{name}{n}", "gas", one) for n, one in enumerate(courses)]


def _zoom(hand: Hand) -> None:
    for factor in [2.0] * 9 + [0.5] * 5:
        hand.window.canvas.zoom_by(factor)
        hand.whole()
    e_m, n_m = hand.at
    hand.window.canvas.zoom_to(shapely.box(e_m - 175, n_m - 110, e_m + 175, n_m + 110), 0.0)
    hand.whole()


def _push(hand: Hand) -> None:
    widget = hand.window.canvas.widget
    for _ in range(20):
        widget.look_at(widget.view.moved(-60, 25))
        hand.whole()


def _draw(hand: Hand) -> None:
    (e_m, n_m), desk = _middle(hand), hand.window.desk
    hand.window.draw("water")
    for step in range(8):
        for part in range(12):
            desk.move(Pointer(e_m + 18 * step + 1.5 * part, n_m + 9 * step, 0.25))
            hand.wait(lambda: True)
            hand.window.canvas.widget.repaint()
        desk.press(Pointer(e_m + 18 * step, n_m + 9 * step, 0.25))


def _end_line(hand: Hand) -> None:
    before = len(hand.session.routes)
    hand.window.desk.finish()
    hand.wait(lambda: len(hand.session.routes) > before)


def _ask(hand: Hand) -> None:
    (e_m, n_m), desk = _middle(hand), hand.window.desk
    desk.cancel()
    for step in range(10):
        desk.press(Pointer(e_m + 40 * step - 200, n_m + 60, 0.25))
        desk.release(Pointer(e_m + 40 * step - 200, n_m + 60, 0.25))
        hand.wait(lambda: True)


def _confirm(hand: Hand) -> None:
    road = str(hand.session.county.layers["roads"].ids[0])
    day = date(2026, 11, 22)
    hand.session.confirm(ConfirmedFact("roads", road, "delivered_on", "2001-05-01", "a", "b", day))


def _bring_in(hand: Hand) -> None:
    hand.session.bring_in(hand.lines(500, "b"), "import", lambda _: None)


def _undo(hand: Hand) -> None:
    hand.window.acts.undo()


def _redo(hand: Hand) -> None:
    hand.window.acts.redo()


def _edit(hand: Hand) -> None:
    for one in hand.lines(3, "e", 700.0):
        hand.session.put(one, what="draw")
        hand.rest()
    hand.window.acts.undo()


def _conflicts(hand: Hand) -> None:
    hand.show("conflict")


def _plan(hand: Hand) -> None:
    hand.show("planning")


def _today(hand: Hand) -> None:
    hand.show("today")


def _quality(hand: Hand) -> None:
    hand.show("quality")
    hand.show("survey")


def _find(hand: Hand) -> None:
    hand.window.forms.find()
    hand.rest()
    for text in ("r", "r1", "gas", "zz"):
        hand.window.forms.open.entry.setText(text)
        hand.rest(0.02)
    hand.rest(1.0)
    hand.window.forms.open.reject()


def _register(hand: Hand) -> None:
    hand.window.forms.new_case()
    hand.rest()
    hand.window.forms.open.reject()
    case = Case(case_id="K1", applicant_name="示例", received_at=_AT)
    case = replace(case, agreed_access_at=_AT + timedelta(days=5))
    services = tuple(Service(utility=one, service_kind=ServiceKind.NEW) for one in UTILITY)
    hand.window.book.register(Application(case, services), "x", _AT)
    e_m, n_m = hand.at
    courses = [
        LineString([(e_m + 1_000 + 30 * n, n_m + 1_000), (e_m + 1_000 + 30 * n, n_m + 1_180)])
        for n in range(len(UTILITY))
    ]
    lines = [
        Route(f"K1-{utility}", utility, line, case_id="K1", unit=utility)
        for utility, line in zip(UTILITY, courses, strict=True)
    ]
    hand.session.put(*lines, what="import")
    hand.window.choose_case("K1")


def _trench(hand: Hand) -> None:
    hand.show("trench")
    _until(hand, hand.window.panels.trenches.background.rests, hand.window.trenches.propose)


def _packet(hand: Hand) -> None:
    hand.show("packet")
    maker = hand.window.panels.maker
    _until(hand, maker.ended, hand.window.packets.issue.click)


def _cases(hand: Hand) -> None:
    hand.window.panels.casework.show_cases()
    hand.rest(0.5)
    shown = hand.window.panels.cases.cases
    for text in ("9", "示例公司12", ""):
        shown.search.setText(text)
        hand.rest(0.05)
    for box in (shown.state, shown.verdict):
        for row in (2, 0):
            box.setCurrentIndex(row)
            hand.rest(0.05)


def _choose(hand: Hand) -> None:
    for case_id in [one for one in hand.window.book.ids() if one][:3]:
        hand.window.panels.casework._choose(case_id)
        hand.rest(0.2)
    hand.window.choose_case(None)


def _elsewhere(hand: Hand) -> None:
    e_m, n_m = hand.at
    given = [str(hand.window.work.path), str(e_m), str(n_m)]
    subprocess.run([sys.executable, "-c", _ELSEWHERE, *given], check=True)
    hand.begin()
    hand.session.take_over()


def _paste(hand: Hand) -> None:
    e_m, n_m = hand.at
    rows = [f"{n_m + 50 * math.sin(k / 40):.3f} {e_m + k * 0.5:.3f}" for k in range(5_000)]
    hand.window.draw("water")
    hand.window.desk.type_in("\n".join(rows))
    hand.rest()
    hand.window.desk.cancel()
    hand.window.desk.cancel()


def _drop(hand: Hand) -> None:
    import ezdxf

    e_m, n_m = hand.at
    document, path = ezdxf.new(), hand.folder / "dropped.dxf"
    for number in range(300):
        course = [(e_m + 20 * number, n_m - 900 + 8 * k) for k in range(60)]
        document.modelspace().add_lwpolyline(course, dxfattribs={"layer": "water"})
    document.saveas(path)
    hand.window.draw("water")
    hand.rest()
    hand.begin()
    hand.window.files.take([path])


def _theme(hand: Hand) -> None:
    for one in (Theme.DARK, Theme.LIGHT):
        hand.window.acts.use_theme(one)
        hand.rest(0.6)


def _language(hand: Hand) -> None:
    for one in (Language.ENGLISH, Language.CHINESE):
        hand.window.use_settings(replace(hand.window.settings, language=one))
        hand.rest(0.6)


Phase = tuple[str, Callable[[Hand], None]]
# On a survey that is new, and on one of 10,000 cases with 50,000 lines.
PHASES: Sequence[Phase] = (
    ("zooming in and out", _zoom),
    ("pushing", _push),
    ("drawing a line of 8 vertices", _draw),
    ("ending the line", _end_line),
    ("asking what is there", _ask),
    ("confirming a fact", _confirm),
    ("bringing 500 lines in", _bring_in),
    ("undoing that", _undo),
    ("doing it again", _redo),
    ("an edit, and undoing it", _edit),
    ("the panel of conflicts", _conflicts),
    ("holding 500 lines against the plan", _plan),
    ("what waits today", _today),
    ("how good the data are", _quality),
    ("finding something", _find),
    ("registering a case with five lines", _register),
    ("proposing a shared trench for it", _trench),
    ("making its packet", _packet),
    ("300 lines and 20 cases written elsewhere", _elsewhere),
    ("pasting 5,000 coordinates", _paste),
    ("dropping a DXF of 300 lines", _drop),
    ("another theme", _theme),
    ("another language", _language),
)
PHASES_OF_YEARS: Sequence[Phase] = (
    ("zooming in and out", _zoom),
    ("pushing", _push),
    ("an edit, and undoing it", _edit),
    ("bringing 500 lines in", _bring_in),
    ("undoing that", _undo),
    ("choosing cases", _choose),
    ("the list of cases, filtered", _cases),
    ("registering a case with five lines", _register),
    ("the panel of conflicts", _conflicts),
    ("what waits today", _today),
    ("finding something", _find),
    ("300 lines and 20 cases written elsewhere", _elsewhere),
)


def each(phases: Sequence[Phase], hand: Hand) -> Iterator[tuple[str, Callable[[], None]]]:
    """The phases, each as a call that ends when nothing is left to be done."""

    def do(work: Callable[[Hand], None]) -> None:
        work(hand)
        hand.wait(lambda: not hand.shell.jobs.busy)
        hand.rest()

    for name, work in phases:
        yield name, lambda work=work: do(work)


def _middle(hand: Hand) -> tuple[float, float]:
    view = hand.window.canvas.widget.view
    return view.e_m, view.n_m


def _until(hand: Hand, ends: Any, call: Callable[[], object]) -> None:
    """Begin something, and wait until it says that it is done."""
    done: list[bool] = []
    before = call  # what is told while it begins is not its end
    before()
    ends.connect(lambda *_: done.append(True))
    hand.wait(lambda: bool(done))
    hand.rest()
