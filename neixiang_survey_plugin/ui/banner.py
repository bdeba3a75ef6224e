"""The verdict in a banner: the way, its clause and promise, and the reading it rests on."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.wording.verdicts import readings_used
from neixiang_survey_plugin.core.judging.findings import Verdict
from neixiang_survey_plugin.core.policy import Policy
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import keep_room, label
from neixiang_survey_plugin.ui.states import State, StateMark, state_of_verdict


class Banner(QtWidgets.QWidget):
    """The way of one line in large letters."""

    def __init__(self, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self._look = look
        self._mark = StateMark(look.colours, 28)
        keep_room(self._mark)
        self._who = label("", "section")
        self._way = label("", "title", wraps=True)
        self._why = label("", "quiet", wraps=True)
        self._read = label("", "quiet", wraps=True)
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        top = QtCore.Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._mark, 0, 0, 4, 1, top)
        for row, widget in enumerate((self._who, self._way, self._why, self._read)):
            grid.addWidget(widget, row, 1)

    @property
    def way(self) -> str:
        """The way as it is shown."""
        return str(self._way.text())

    @property
    def reading(self) -> str:
        """How the limits that leave it open are read, as it is shown."""
        return str(self._read.text())

    @property
    def state(self) -> State:
        """The state of the mark."""
        return self._mark.state

    def show_result(self, result: RouteResult, policy: Policy, drawing: bool) -> None:
        """Show the verdict on a line; ``drawing`` while it is under the pointer."""
        verdict, texts, words = result.verdict, self._look.texts, self._look.words
        self._mark.show_state(state_of_verdict(verdict))
        self._mark.show()
        who = f"{words.utility(result.route.utility)} · {result.route.route_id}"
        self._who.setText(f"{texts('survey.drawing')} · {who}" if drawing else who)
        self._way.setText(texts(f"verdict.{verdict.way.value}"))
        self._why.setText(self._reasons(result, policy))
        self._why.setVisible(bool(self._why.text()))
        self._read.setText(self._reading(verdict))
        self._read.setVisible(bool(self._read.text()))
        readings = "\n".join(words.readings(verdict))
        self.setToolTip(f"{texts('survey.reading')}\n{readings}")
        self.setAccessibleName(f"{who}. {self._way.text()}. {self._why.text()}")

    def show_awaited(self, route: Route) -> None:
        """Say that a line is being measured: no verdict until then."""
        texts = self._look.texts
        who = f"{self._look.words.utility(route.utility)} · {route.route_id}"
        self._mark.hide()
        self._who.setText(f"{texts('survey.drawing')} · {who}")
        self._way.setText(texts("survey.measuring"))
        self._why.setText(texts("survey.measuring_next"))
        self._why.show()
        self._read.hide()
        self.setToolTip("")
        self.setAccessibleName(f"{who}. {self._way.text()}")

    def _reading(self, verdict: Verdict) -> str:
        """Each reading in a word or two; the whole sentences are in the tip."""
        texts = self._look.texts
        used = [texts(f"read.{one}") for _, one in readings_used(verdict)]
        said = texts("survey.read_as", readings=" · ".join(used)) if used else ""
        return f"△ {said} · {texts('survey.reading_decides')}" if verdict.reading_decides else said

    def _reasons(self, result: RouteResult, policy: Policy) -> str:
        tier, parts = result.verdict.tier, []
        if tier is not None:
            parts.append(tier.clause)
            clock = policy.known_clocks.get(tier.clock)
            if clock is not None and self._look.texts.language.value == "zh":
                parts.append(clock.text)
        if len(result.judged_with) > 1:
            texts = self._look.texts
            others = texts("list.comma").join(result.judged_with)
            parts.append(texts("survey.judged_together", ids=others))
        return " · ".join(parts)
