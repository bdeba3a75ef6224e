"""The command ``app``: the desktop window."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.hosts.desktop.screen import no_screen


def run_window(survey: Path | None, county: Path | None) -> int:
    """Show the window until it is closed; where there is no screen say why, and end well."""
    reason = no_screen()
    if reason is not None:
        print(reason)
        return 0
    from neixiang_survey_plugin.hosts.desktop.program import run_program

    return run_program(survey, county)
