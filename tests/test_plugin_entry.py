"""What QGIS meets first: the file that it imports and the object that it starts and ends."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import neixiang_survey_plugin
from neixiang_survey_plugin import classFactory

ENTRY = Path(neixiang_survey_plugin.__file__)


class MessageBar:
    """QGIS's message bar as far as the plugin knows it: items are their own text."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def createMessage(self, title: str, text: str) -> str:
        return f"{title}: {text}"

    def pushWidget(self, item: str) -> None:
        self.shown.append(item)

    def popWidget(self, item: str) -> None:
        if item not in self.shown:
            raise RuntimeError("wrapped C/C++ object has been deleted")
        self.shown.remove(item)


class Iface:
    def __init__(self) -> None:
        self.bar = MessageBar()

    def messageBar(self) -> MessageBar:
        return self.bar


def test_the_entry_file_parses_on_python_3_7() -> None:
    ast.parse(ENTRY.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_importing_the_package_imports_nothing_of_it_and_nothing_foreign() -> None:
    script = (
        "import sys; before = set(sys.modules); import neixiang_survey_plugin;"
        "print(*sorted(set(sys.modules) - before))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=ENTRY.parent.parent, capture_output=True, check=True
    )
    assert set(result.stdout.decode().split()) <= {"__future__", "neixiang_survey_plugin"}


@pytest.fixture
def old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18, "final", 0))


@pytest.mark.usefixtures("old_python")
def test_nothing_is_shown_before_the_start() -> None:
    iface = Iface()
    classFactory(iface)
    assert iface.bar.shown == []


@pytest.mark.usefixtures("old_python")
def test_ending_takes_away_what_starting_showed() -> None:
    iface = Iface()
    plugin = classFactory(iface)
    plugin.initGui()
    plugin.unload()
    assert iface.bar.shown == []


@pytest.mark.usefixtures("old_python")
def test_ending_is_quiet_after_somebody_closed_the_message() -> None:
    iface = Iface()
    plugin = classFactory(iface)
    plugin.initGui()
    iface.bar.shown.clear()
    plugin.unload()
    assert iface.bar.shown == []


@pytest.mark.usefixtures("old_python")
def test_an_old_python_gets_a_sentence_with_both_versions() -> None:
    iface = Iface()
    classFactory(iface).initGui()
    [message] = iface.bar.shown
    assert "需要 Python 3.11" in message
    assert "3.9" in message
