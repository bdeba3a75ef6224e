"""The window for every test of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.ui import in_steps
from tests.window.cases import with_cases
from tests.window.hand import Hand


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many rows are there at once does not depend on what else the machine does."""
    monkeypatch.setattr(in_steps, "now_s", lambda: 0.0)


@pytest.fixture
def hand(qtbot: Any, tmp_path: Path) -> Iterator[Hand]:
    found = Hand(qtbot, tmp_path)
    yield found
    found.close()


@pytest.fixture
def desk(hand: Hand) -> Hand:
    return with_cases(hand)
