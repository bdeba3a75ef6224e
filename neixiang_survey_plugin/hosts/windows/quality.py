"""The panel 数据 of a window, and what it asks of the window."""

from __future__ import annotations

import functools
from typing import Any

from neixiang_survey_plugin.app.quality.quality import Task
from neixiang_survey_plugin.io.county_days import file_days
from neixiang_survey_plugin.io.memory import cycle_collector_off
from neixiang_survey_plugin.ui.fact_form import FactForm
from neixiang_survey_plugin.ui.quality_panel import QualityPanel


def quality_panel(window: Any) -> QualityPanel:
    """The panel; the window has ``session``, ``work``, ``look``, ``forms``, ``asks``, ``who``."""

    def fill(task: Task) -> None:
        objects = {task.object_id: task.object_id}
        confirm = window.session.confirm
        form = FactForm(task.layer, objects, task.field, window.who(), window.look, confirm, window)
        window.forms.show(form)

    folder, session = window.work.ground.folder, window.session
    days = functools.partial(file_days, folder)
    return QualityPanel(session, days, window.look, window.asks, fill, cycle_collector_off)
