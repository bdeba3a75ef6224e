"""A window of QGIS's for tests, and the plugin in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication

from neixiang_survey_plugin import classFactory
from neixiang_survey_plugin.hosts.qgis import memory
from neixiang_survey_plugin.ui import moments
from neixiang_survey_plugin.ui.settings import Settings
from tests.qgis.iface import Iface, flush


@pytest.fixture
def iface(
    qgis_app: QgsApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Iface]:
    """A window of QGIS's with a profile of its own."""
    monkeypatch.setattr(moments, "_MOMENT_S", 10.0)  # also on a machine that has much to do
    monkeypatch.setattr(memory, "profile_folder", lambda: tmp_path / "profile")
    memory.keep_settings(Settings())
    iface = Iface()
    yield iface
    iface.close()


@pytest.fixture
def plugin(iface: Iface) -> Iterator[Any]:
    """The plugin in that window, unloaded afterwards."""
    plugin = classFactory(iface)
    plugin.initGui()
    yield plugin
    plugin.unload()
    flush()
