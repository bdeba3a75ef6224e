"""Joint survey of water, power, gas, heat and telecom lines; in QGIS everything starts here.

The file parses on Python 3.7, so that an old QGIS shows a sentence instead of a syntax error,
and imports nothing of the package until it is called.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TITLE = "内乡联合踏勘"
_OLD_PYTHON = (
    "需要 Python 3.11 或更新的版本，此 QGIS 带的是 %d.%d，请换用较新的 QGIS。 "
    "Python 3.11 or newer is needed; please use a newer QGIS."
)


class _Notice:
    """A plugin that shows one sentence on QGIS's message bar and takes it away again."""

    def __init__(self, message_bar: Any, sentence: str) -> None:
        self._message_bar = message_bar
        self._sentence = sentence
        self._item: Any = None

    def initGui(self) -> None:
        """Show the sentence until somebody closes it."""
        self._item = self._message_bar.createMessage(_TITLE, self._sentence)
        self._message_bar.pushWidget(self._item)

    def unload(self) -> None:
        """Take the sentence away, if it is still there."""
        from contextlib import suppress

        with suppress(RuntimeError):  # closed by hand: Qt has deleted the item behind its name
            self._message_bar.popWidget(self._item)
        self._item = None


def classFactory(iface: Any) -> Any:
    """Return the plugin object that QGIS starts with initGui and ends with unload."""
    import sys

    if sys.version_info < (3, 11):
        return _Notice(iface.messageBar(), _OLD_PYTHON % tuple(sys.version_info[:2]))
    from neixiang_survey_plugin.hosts.qgis.plugin import SurveyPlugin

    return SurveyPlugin(iface)
