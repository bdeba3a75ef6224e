"""A panel that is brought up to date when somebody sees it: what is hidden costs nothing."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtWidgets


class SeenPanel(QtWidgets.QWidget):
    """``refresh`` shows everything anew; it is called when something changed and is seen.

    After an edit one panel of seven is: with all of them at work, 500 lines that came in kept the
    window waiting for 130 ms.
    """

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._is_stale = True

    def refresh(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def bring_up_to_date(self) -> None:
        """Show everything as it is now, at once or when somebody looks."""
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self.refresh()

    def be_ready(self) -> None:
        """Be up to date, before anybody looks."""
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def setVisible(self, visible: bool) -> None:
        """Be up to date before anybody looks: what is made while one looks is seen to be made."""
        if visible and self.window().isVisible():
            self.be_ready()
        super().setVisible(visible)

    def showEvent(self, event: Any) -> None:
        """Be seen with the window, of which nothing was told before."""
        super().showEvent(event)
        self.be_ready()
