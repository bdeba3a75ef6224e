"""The program that opens the window: what it hands it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.hosts.desktop import program
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.io.own_process import in_own_process


def test_long_work_of_the_program_is_done_by_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    handed: list[Any] = []

    def shell(*given: Any) -> None:
        handed.extend(given)
        raise KeyboardInterrupt  # nothing is to be shown

    monkeypatch.setattr(program, "Shell", shell)
    monkeypatch.setattr(program, "new_application", lambda: None)
    monkeypatch.setattr(program, "usual_memory", lambda: Memory(tmp_path / "window.ini"))
    with pytest.raises(KeyboardInterrupt):
        program.run_program(None, None)
    assert handed[2] is in_own_process
