"""The commands of casework, for whichever window holds its panels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neixiang_survey_plugin.ui.commands import Command


def case_commands(window: Any) -> Iterator[Command]:
    """Today's list, the cases, and what is done with the case that is shown."""
    work, forms = window.casework, window.forms
    yield Command("today", "today", work.show_today, "case", "F4", bar=7)
    yield Command("cases", "cases", work.show_cases, "case", "F6", bar=7)
    yield Command("new_case", "new_case", forms.new_case, "case", "Ctrl+Shift+N")
    has, one = work.has_case, "case"
    yield Command("joint_survey", "joint_survey", work.survey, one, "Ctrl+J", enabled=has)
    yield Command("photos", "photos", work.add_photos, one, "Ctrl+Shift+P", enabled=has)
    yield Command("inspect", "inspect", work.inspect, one, "Ctrl+Shift+I", enabled=has)
    yield Command("detours", "detours", window.panels.detours.bring, one, "Ctrl+Shift+D")
    yield Command("as_built", "as_built", work.bring_as_built, one, "Ctrl+Shift+B")
