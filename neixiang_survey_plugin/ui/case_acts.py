"""What the page of a case may ask for: every act opens a form, or leads to another place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.supervision.inspections import Inspection


@dataclass(frozen=True)
class CaseActs:
    """The window's side of a case's page; ``packets`` and ``conflicts`` lead to their panels."""

    step: Callable[[State], None]
    back: Callable[[], None]
    edit: Callable[[], None]
    register: Callable[[], None]
    draw: Callable[[str], None]
    select: Callable[[str], None]
    way: Callable[[str], None]
    reading: Callable[[], None]
    survey: Callable[[], None]
    opinion: Callable[[str], None]
    photos: Callable[[], None]
    photo: Callable[[Photo], None]
    decision: Callable[[Decision | None], None]
    inspect: Callable[[], None]
    inspection: Callable[[Inspection], None]
    as_built: Callable[[], None]
    packets: Callable[[], None]
    conflicts: Callable[[], None]
