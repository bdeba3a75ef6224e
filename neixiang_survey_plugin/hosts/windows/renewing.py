"""Letting a survey that is open stand on its county as it is now, read anew beside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.hosts.windows.work import Work, open_work, read_ground


def renew(shell: Any, drawn: bool, show: Callable[[Work], None]) -> None:
    """Read the county of the window of a shell anew beside it, and open its survey on that.

    ``drawn`` says whether our own map draws the county. What somebody does meanwhile is on disk,
    and the survey is then opened once more.
    """
    before = shell.window
    work, on, saved_at = before.work, before.session.on, before.session.saved_at

    def read(progress: Progress) -> Work:
        ground = read_ground(work.ground.folder, drawn, progress)
        return open_work(ground, work.path, before.who(), on, progress)

    def opened(renewed: Work) -> None:
        if before.session.saved_at != saved_at:
            renewed.session.close()
            renew(shell, drawn, show)
        else:
            show(renewed)

    shell.jobs.start(read, opened)
