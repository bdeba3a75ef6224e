"""The plugin's page among QGIS's options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory

from neixiang_survey_plugin.hosts.qgis import memory, missing
from neixiang_survey_plugin.qt import QtWidgets

_QGISS_OWN = frozenset(("language",))  # the plugin speaks QGIS's language


class OptionsPages(QgsOptionsWidgetFactory):
    """Makes the page each time that QGIS shows its options; ``applied`` hears of new settings."""

    def __init__(self, title: str, icon: Any, applied: Callable[[], None]) -> None:
        super().__init__()
        self.setTitle(title)
        self.setIcon(icon)
        self._applied = applied

    def createWidget(self, parent: Any) -> Any:
        """The page."""
        return OptionsPage(parent, self._applied)


class OptionsPage(QgsOptionsPageWidget):
    """The settings as fields; they count when QGIS's dialog is accepted."""

    def __init__(self, parent: Any, applied: Callable[[], None]) -> None:
        missing.load_shapely()
        from neixiang_survey_plugin.ui.look import look_of
        from neixiang_survey_plugin.ui.settings_form import SettingsFields

        super().__init__(parent)
        self._applied = applied
        self._new = settings = memory.load_settings()
        self.fields = SettingsFields(settings, look_of(settings), self._change, _QGISS_OWN)
        box = QtWidgets.QVBoxLayout(self)
        box.addWidget(self.fields)
        box.addStretch(1)

    def apply(self) -> None:
        """Keep what was chosen."""
        memory.keep_settings(self._new)
        self._applied()

    def _change(self, settings: Any) -> None:
        self._new = settings
