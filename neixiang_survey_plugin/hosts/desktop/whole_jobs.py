"""Work that makes very many small things to be kept, such as the results of 5,000 lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.progress import Aside, Progress, nothing
from neixiang_survey_plugin.io.memory import kept_whole


def whole(aside: Aside) -> Aside:
    """The same for jobs whose results no collection of cycles has to walk, then or later.

    Judging a survey of years anew made a million things; each full collection took 0.1 to 0.5 s.
    """

    def start(
        job: Callable[[Progress], Any],
        then: Callable[[Any], None],
        dropped: Callable[[], None] = nothing,
    ) -> None:
        def kept(progress: Progress) -> Any:
            with kept_whole():
                return job(progress)

        aside(kept, then, dropped)

    return start
