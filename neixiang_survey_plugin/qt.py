"""The one place that chooses a Qt binding: QGIS's own inside QGIS, else PyQt5, else PyQt6.

Everything else writes ``from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets`` and
scoped enums, which are the same under Qt 5 and Qt 6.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

_CHOICE = "NEIXIANG_QT"  # PyQt5 or PyQt6, for tests and for offices that have both


def _binding() -> str:
    """The package to take Qt from; ImportError with a way out when there is none."""
    if "qgis.core" in sys.modules:
        return "qgis.PyQt"
    wanted = os.environ.get(_CHOICE)
    for name in (wanted,) if wanted else ("PyQt5", "PyQt6"):
        try:
            importlib.import_module(f"{name}.QtCore")
        except ImportError:
            continue
        return name
    raise ImportError(
        "窗口需要 PyQt5：pip install 'neixiang-survey-plugin[desktop]'；命令行不需要它"
    )


BINDING = _binding()

# Typed as anything: the two bindings publish different stubs, QGIS's none.
QtCore: Any = importlib.import_module(f"{BINDING}.QtCore")
QtGui: Any = importlib.import_module(f"{BINDING}.QtGui")
QtSvg: Any = importlib.import_module(f"{BINDING}.QtSvg")
QtWidgets: Any = importlib.import_module(f"{BINDING}.QtWidgets")
QtPrintSupport: Any = importlib.import_module(f"{BINDING}.QtPrintSupport")
