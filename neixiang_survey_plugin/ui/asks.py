"""What a panel may ask of the window that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shapely import Geometry

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.results import RouteResult


@dataclass(frozen=True)
class Asks:
    """The window's side of a panel: to look at a place, to mark one, to do, to say.

    ``names`` gives the names of the objects that results mention; ``run`` carries out a command
    of the table; ``attempt`` an edit, and says what stands in its way.
    """

    zoom: Callable[[Geometry], None]
    mark: Callable[[Geometry | None], None]
    run: Callable[[str], None]
    say: Callable[[str, Level], None]
    attempt: Callable[[Callable[[], object]], bool]
    names: Callable[[Sequence[RouteResult]], Mapping[str, str]]
