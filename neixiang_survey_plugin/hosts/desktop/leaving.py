"""Windows that another one took the place of: destroyed, and all that they showed is let go."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore

_DESTROYED = QtCore.QEvent.Type.DeferredDelete


def leave(window: Any) -> None:
    """Destroy a window that was closed with all its parts, and let go of what they refer to.

    Widgets and what they ask refer to each other: such a circle would keep the survey, and perhaps
    its county, until a collection of cycles walks as far as that.
    """
    parts = [window, *window.findChildren(QtCore.QObject)]
    window.deleteLater()
    QtCore.QCoreApplication.sendPostedEvents(window, _DESTROYED)
    for one in parts:
        vars(one).clear()
