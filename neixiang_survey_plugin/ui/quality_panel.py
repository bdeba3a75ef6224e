"""The panel 数据: how good the county's data are, what cannot be judged, what to find out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any

import shapely

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.quality.quality import AtRest, Quality, Task, assess
from neixiang_survey_plugin.app.session.events import SurveyEvent
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.line_list import LineList
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import EmptyState, as_panel, button, label
from neixiang_survey_plugin.ui.quality_rows import QualityRows

_STEPS = 1_000  # of forgetting: the time that they take is what ends them
_AT_ONCE = 5_000  # tasks, 0.5 ms


class QualityPanel(QtWidgets.QWidget):
    """Assesses the county as it is judged now, facts from the site included, beside the window.

    It is done when somebody first looks, and again when a fact was confirmed since. In
    ``at_rest`` it makes what may be very many objects.
    """

    def __init__(
        self,
        session: Session,
        file_days: Callable[[], Mapping[str, date]],
        look: Look,
        asks: Asks,
        fill: Callable[[Task], None],
        at_rest: AtRest = nullcontext,
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        as_panel(self)
        self.quality: Quality | None = None
        self._session, self._file_days, self._look = session, file_days, look
        self._asks, self._fill_in, self._at_rest = asks, fill, at_rest
        self._assessed: County | None = None
        self.background = Background(self)
        self.background.done.connect(self.show_quality)
        texts = look.texts
        self._said = label("", "quiet", wraps=True)
        self.background.failed.connect(lambda error: self._said.setText(look.said(error)))
        self._empty = EmptyState()
        self._empty.say(texts("quality.nothing"), texts("quality.nothing_next"))
        self.list = LineList(look, texts("quality.title"))
        self.list.chosen.connect(self._chosen)
        self.again = button(texts("quality.again"), self.ask)
        self.again.setToolTip(texts("quality.again_tip"))
        self.fill = button(texts("quality.fill"), self._fill, primary=True)
        self.fill.setToolTip(texts("quality.fill_tip"))
        self.fill.setEnabled(False)
        self._task: Task | None = None
        self._forgetting = InSteps(self, 1, _STEPS)
        self._lay_out()

    def showEvent(self, event: Any) -> None:
        """Somebody looks at the panel."""
        super().showEvent(event)
        self.follow()

    def follow(self, _: SurveyEvent | None = None) -> None:
        """Assess again where the county is another than the one that was assessed."""
        if self.isVisible() and self._session.county is not self._assessed:
            self.ask()

    def ask(self) -> None:
        """Assess the county as it is now."""
        checker, on = self._session.checker, self._session.on
        self._assessed = self._session.county
        self._said.setText(self._look.texts("quality.busy"))
        days, rest = self._file_days, self._at_rest
        self.background.start(lambda progress: _assessed(checker, on, days, rest, progress))

    def show_quality(self, quality: Quality) -> None:
        """Show what was found."""
        before, self.quality = self.quality, quality
        if before is not None:
            self._forgetting.begin(_forgetting([*before.tasks]))
            del before
        rows = QualityRows(self._look, quality)
        self._said.setText(rows.summary())
        self._empty.hide()
        self._task = None
        self.fill.setEnabled(False)
        self.list.lines.show(rows.keys(), rows.line)
        self.list.show()

    def _chosen(self, key: object) -> None:
        self._task = key if isinstance(key, Task) else None
        self.fill.setEnabled(self._task is not None)
        if self._task is not None and self._task.at is not None:
            place = shapely.Point(self._task.at)
            self._asks.zoom(place)
            self._asks.mark(place)

    def _fill(self) -> None:
        if self._task is not None:
            self._fill_in(self._task)
            self.follow()

    def _lay_out(self) -> None:
        head = QtWidgets.QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 4)
        head.setSpacing(8)
        head.addWidget(self._said)
        head.addWidget(self._empty)
        foot = QtWidgets.QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self.again)
        foot.addStretch(1)
        foot.addWidget(self.fill)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.list, 1)
        box.addLayout(foot)
        self.list.hide()
        box.addStretch(0)


def _forgetting(tasks: list[Task]) -> Iterator[None]:
    """Let go of what nobody looks at any more: 600,000 tasks at once took 60 ms."""
    while tasks:
        del tasks[-_AT_ONCE:]
        yield


def _assessed(
    checker: Checker,
    on: date,
    file_days: Callable[[], Mapping[str, date]],
    at_rest: AtRest,
    progress: Progress,
) -> Quality:
    tick = progress.seldom("quality")
    return assess(checker.county, on, file_days(), tick, at_rest, checker)
