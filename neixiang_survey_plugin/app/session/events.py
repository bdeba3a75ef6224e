"""What an open survey tells its listeners, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True, slots=True)
class LinesChanged:
    """Lines were put or taken away and are on disk; ``judged`` are those with new results.

    ``what`` names the step: draw, reshape, delete, undo ...
    """

    what: str
    put: tuple[str, ...]
    gone: tuple[str, ...]
    judged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selected:
    """Another line is the chosen one, or none."""

    route_id: str | None


@dataclass(frozen=True, slots=True)
class Previewed:
    """The line under the pointer as it would be judged; None when there is none any more.

    ``awaited`` is that line while it is being measured beside the window: what was said of it
    before is not of where it lies now.
    """

    result: RouteResult | None
    awaited: Route | None = None


@dataclass(frozen=True, slots=True)
class DraftKept:
    """A vertex of a line that is being drawn is on disk; ``vertices`` 0 when it was dropped."""

    draft_id: str
    vertices: int


@dataclass(frozen=True, slots=True)
class RecordsChanged:
    """What is kept beside the lines changed: cases, decisions, participants ...

    ``case_ids`` are the cases of whose records some changed.
    """

    what: str
    case_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outdated:
    """Judging the lines anew failed or was cancelled: their results are those of before."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Whatever was told before is on disk since this moment, local time."""

    at: datetime


SurveyEvent = LinesChanged | Selected | Previewed | DraftKept | RecordsChanged | Outdated | Saved
