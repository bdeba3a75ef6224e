"""What somebody does in the window while it is timed how long it lets him wait."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date

import shapely

from benchmarks.window_cases import CASES, register
from benchmarks.window_files import FILES
from benchmarks.window_frame import FRAME
from benchmarks.window_hand import Hand, Phase, until
from benchmarks.window_lines import LINES
from benchmarks.window_looks import LOOKS
from benchmarks.window_many import MANY
from benchmarks.window_mouse import MOUSE
from neixiang_survey_plugin.app.map_host import Pointer
from neixiang_survey_plugin.core.confirmed import ConfirmedFact

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
    (e_m, n_m), desk = hand.middle(), hand.window.desk
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
    (e_m, n_m), desk = hand.middle(), hand.window.desk
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
    register(hand, "K1", 1_000.0)


def _trench(hand: Hand) -> None:
    hand.show("trench")
    until(hand, hand.window.panels.trenches.background.rests, hand.window.trenches.propose)


def _packet(hand: Hand) -> None:
    hand.show("packet")
    maker = hand.window.panels.maker
    until(hand, maker.ended, hand.window.packets.issue.click)


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
    text = "\n".join(rows)
    hand.window.draw("water")
    hand.rest()
    hand.begin()
    hand.window.desk.type_in(text)
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


# On a survey that is new, and on one of 10,000 cases with 50,000 lines.
PHASES: Sequence[Phase] = (
    ("zooming the map in and out", _zoom),
    ("pushing the map", _push),
    ("drawing a line of 8 vertices", _draw),
    ("ending the line", _end_line),
    ("asking what is there", _ask),
    ("confirming a fact", _confirm),
    ("bringing 500 lines in", _bring_in),
    ("undoing 500 lines", _undo),
    ("500 lines again", _redo),
    ("an edit, and undoing it", _edit),
    ("the panel of conflicts", _conflicts),
    ("holding 500 lines against the plan", _plan),
    ("what waits today", _today),
    ("how good the data are", _quality),
    ("finding things by letters", _find),
    ("registering a case with five lines", _register),
    ("proposing a shared trench for it", _trench),
    ("making its packet", _packet),
    ("choosing cases", _choose),
    ("the list of cases, filtered", _cases),
    ("300 lines and 20 cases written elsewhere", _elsewhere),
    ("pasting 5,000 coordinates", _paste),
    ("dropping a DXF of 300 lines", _drop),
    *LOOKS,
    *LINES,
    *MANY,
    *FRAME,
    *CASES,
    *MOUSE,
    *FILES,
)

# The commands of the table that no phase carries out, and why there is nothing to time.
NOTHING_TO_TIME: Mapping[str, str] = {
    "quit": "closes the window, as the last phase does at work",
    "dark": "is set by its theme: another theme",
    "high_contrast": "is set by its theme: another theme",
    "new_case": "opens its form: registering a case",
    "copy_power": "is copy_water in another colour",
    "copy_gas": "is copy_water in another colour",
    "copy_heat": "is copy_water in another colour",
    "copy_telecom": "is copy_water in another colour",
}
