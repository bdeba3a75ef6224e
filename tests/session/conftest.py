"""A survey that is open, with lanes beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.drawn import route
from tests.session.lanes import UNKNOWN, Queue
from tests.session.opened import opened


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Any]:
    """A survey with two lanes beside it that do nothing until somebody says so."""
    with opened(tmp_path, UNKNOWN) as session:
        session.put(route("0 50, 9 50", "r1"), what="draw")
        session.aside, session.writing = Queue(), Queue()
        yield session
