"""The window for every test of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.window.cases import with_cases
from tests.window.hand import Hand


@pytest.fixture
def hand(qtbot: Any, tmp_path: Path) -> Iterator[Hand]:
    found = Hand(qtbot, tmp_path)
    yield found
    found.close()


@pytest.fixture
def desk(hand: Hand) -> Hand:
    return with_cases(hand)
