"""The bar that says what is done beside the work, how far it is, and stops it."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.progress import Step
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, label

_BAR_PX = 120


class WorkBar(QtWidgets.QWidget):
    """Shown while one of those that it watches works; its button cancels the one that is shown."""

    def __init__(self, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: Any = None
        self.words = label()
        self.bar = QtWidgets.QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(_BAR_PX)
        self.bar.setAccessibleName(look.texts("work.bar"))
        self.stop = button(look.texts("work.cancel"), self._cancel)
        self.stop.setToolTip(look.texts("work.cancel_tip"))
        box = QtWidgets.QHBoxLayout(self)
        box.setContentsMargins(8, 0, 8, 0)
        box.setSpacing(8)
        box.addWidget(self.words, 1)
        box.addWidget(self.bar)
        box.addWidget(self.stop)
        self.hide()

    def watch(self, work: Background) -> None:
        """Show what this does, from now on."""
        work.went.connect(self._show)  # methods of a widget: they end with it
        work.rests.connect(self._rest)

    def _show(self, step: Step) -> None:
        self._shown = self.sender()
        self.words.setText(step_words(step, self._look))
        self.bar.setRange(0, step.of)  # of nothing: it moves to and fro
        self.bar.setValue(step.done)
        self.show()

    def _rest(self) -> None:
        if self.sender() is self._shown:
            self._shown = None
            self.hide()

    def _cancel(self) -> None:
        if self._shown is not None:
            self._shown.cancel()


def step_words(step: Step, look: Look) -> str:
    """What a job does now, in a few words."""
    layer = "" if step.layer is None else look.words.layer(step.layer)
    return look.texts(f"work.{step.what}", layer=layer, done=step.done, of=step.of)
