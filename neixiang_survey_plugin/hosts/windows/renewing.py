"""Letting a survey that is open stand on its county as it is now, read anew beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.hosts.windows.work import Work, open_work, read_ground
from neixiang_survey_plugin.io.memory import cycle_collector_off


@dataclass(frozen=True, eq=False)
class Renewed:
    """A survey that was opened anew; ``is_as_it_was`` says whether nobody edited it since."""

    work: Work
    is_as_it_was: Callable[[], bool]


def renew(shell: Any, drawn: bool, show: Callable[[Renewed], None]) -> None:
    """Read the county of the window of a shell anew beside it, and open its survey on that.

    ``drawn`` says whether our own map draws the county. What somebody does meanwhile is on disk,
    and the survey is then opened once more.
    """
    before = shell.window
    work, on, saved_at = before.work, before.session.on, before.session.saved_at

    def read(progress: Progress) -> Work:
        with cycle_collector_off():
            ground = read_ground(work.ground.folder, drawn, progress)
            return open_work(ground, work.path, before.who(), on, progress)

    def opened(work: Work) -> None:
        renewed = Renewed(work, lambda: bool(before.session.saved_at == saved_at))
        if renewed.is_as_it_was():
            show(renewed)
        else:
            work.session.close()
            renew(shell, drawn, show)

    shell.jobs.start(read, opened)
