"""The thread that paints leaves a window alone that is being shown, and ends all the same."""

from __future__ import annotations

import time
from typing import Any

from neixiang_survey_plugin.hosts.desktop.canvas_tiles import TilePainter
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.pictures import Content
from neixiang_survey_plugin.render.tiles import tiles_of
from neixiang_survey_plugin.render.view import View


def test_nothing_is_painted_while_the_painter_is_to_hold_still(qtbot: Any) -> None:
    painter, painted = TilePainter(), []
    painter.painted.connect(lambda *one: painted.append(one))
    jobs = tiles_of(View(0.0, 0.0, 1.0, 300, 200))
    painter.hold_still(60.0)
    painter.ask(1, jobs, Content({}, (), LIGHT))
    qtbot.wait(50)
    assert painted == []
    painter.hold_still(0.0)
    qtbot.waitUntil(lambda: len(painted) == len(jobs))
    painter.hold_still(60.0)
    painter.ask(2, jobs, Content({}, (), LIGHT))
    begun = time.perf_counter()
    painter.end()
    assert time.perf_counter() - begun < 30.0
