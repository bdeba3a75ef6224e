"""Python's collector of cycles, set going by the window alone, in doses that nobody notices."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.io.memory import MUCH, collect_a_little, collect_by_hand
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.long_calls import LONG_CALLS

_EVERY_MS = 50


class Collecting(QtCore.QObject):
    """Collects in the window's own thread between two events, for as long as the program runs.

    Of its own accord it would collect in whichever thread makes the next thing, and destroy there
    widgets that belong to the window's thread.
    """

    def __init__(self, application: Any) -> None:
        super().__init__(application)
        collect_by_hand()
        self._clock = QtCore.QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(_collect)
        self._clock.start()


def _collect() -> None:
    if LONG_CALLS.any_since():
        MUCH.comes_and_goes()
    collect_a_little()
