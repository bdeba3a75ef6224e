"""What several threads ask of the same layer at once is answered as one thread's questions are."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import shapely
from shapely import LineString, box

from neixiang_survey_plugin.core.measuring.nearby import own_where_many
from neixiang_survey_plugin.core.measuring.patchwork import Patchwork

ROOT = Path(__file__).resolve().parents[2]
PREPARES_ITS_OWN = {"nearby.py", "as_built.py", "frames.py", "conflict_layers.py"}

# A prepared geometry keeps the question: without a lock this ends in a crash of the process.
ASKING = """
import threading
import numpy as np, shapely
from neixiang_survey_plugin.core.measuring.nearby import covered, prepared

turn = np.linspace(0.0, 2 * np.pi, 400)
ground = prepared(shapely.Polygon(np.c_[np.cos(turn), np.sin(turn)] * 100))
number = np.random.default_rng(1)
begin = number.uniform(-100, 100, (2_000, 1, 2))
end = begin + number.uniform(-20, 20, begin.shape)
lines = shapely.linestrings(np.concatenate([begin, end], axis=1))
wanted = shapely.covers(shapely.from_wkb(shapely.to_wkb(ground)), lines)
wrong = []

def ask():
    for _ in range(30):
        wrong.extend(np.nonzero(covered(ground, lines) != wanted)[0].tolist())

threads = [threading.Thread(target=ask) for _ in range(3)]
for one in threads:
    one.start()
for one in threads:
    one.join()
print("wrong", len(wrong))
"""


def test_threads_that_ask_at_once_what_a_layer_maps_are_answered_rightly() -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASKING], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (asked.returncode, asked.stdout) == (0, "wrong 0\n"), asked.stderr


def test_a_line_that_is_asked_much_is_copied_and_itself_not_prepared() -> None:
    lines = np.array([LineString([(0, 0), (9, 0)]), LineString([(0, 5), (9, 5)])], dtype=object)
    own = own_where_many(lines, np.array([0] * 13 + [1]))
    assert not shapely.is_prepared(lines).any()
    assert shapely.is_prepared(own).tolist() == [True, False]
    assert own[1] is lines[1]
    assert shapely.equals_exact(own, lines).all()
    near = shapely.dwithin(own, box(0, 1, 1, 2), 1.0)
    assert near.tolist() == shapely.dwithin(lines, box(0, 1, 1, 2), 1.0).tolist()


def test_the_ground_of_a_line_without_a_width_is_the_line_and_stays_unprepared() -> None:
    line = LineString([(0, 0), (9, 0)])
    ground = Patchwork(np.array([line], dtype=object), {})
    row, areas = np.zeros(13, dtype=np.intp), np.full(13, box(0, 1, 1, 2), dtype=object)
    assert ground.within(row, areas, 1.0).all()
    assert shapely.equals_exact(ground.near(row, areas, 1.0), line).all()
    assert not shapely.is_prepared(line)


def test_nobody_prepares_or_asks_a_layer_otherwise() -> None:
    for path in (ROOT / "neixiang_survey_plugin").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not ast.unparse(call.func).startswith("shapely."):
                continue
            name = ast.unparse(call.func).removeprefix("shapely.")
            first = ast.unparse(call.args[0]) if call.args else ""
            if name == "prepare":
                assert path.name in PREPARES_ITS_OWN, path
            elif name == "covers":
                assert path.name == "nearby.py" or "coverage" not in first, path
