"""A run in QGIS ends badly when a test was skipped, as any other run does."""

from __future__ import annotations

import os
from pathlib import Path

from tests.conftest import pytest_sessionfinish, pytest_terminal_summary

__all__ = ["pytest_sessionfinish", "pytest_terminal_summary"]

pytest_plugins = ["tests.qgis.window"]  # after what is set below

# In a virtual environment Debian's pyproj looks for its data beside the environment's Python.
if Path("/usr/share/proj/proj.db").exists():
    os.environ.setdefault("PROJ_DATA", "/usr/share/proj")
