"""The panel 冲突: what lies too near, brought together by cause; a click shows the place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.places_of import place_of_conflict
from neixiang_survey_plugin.app.session.events import (
    LinesChanged,
    RecordsChanged,
    Selected,
    SurveyEvent,
)
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup, group_conflicts
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import (
    EmptyState,
    Row,
    column,
    emptied,
    figure,
    label,
    rule,
    scrolled,
)
from neixiang_survey_plugin.ui.states import StateMark, state_of_conflict

_MOST_GROUPS = 200  # more rows than anybody reads; the filters lead to the rest


class ConflictRow(Row):
    """One group of conflicts: what, how near, where."""

    def __init__(self, group: ConflictGroup, look: Look) -> None:
        super().__init__()
        self.conflict = gravest(group)
        self.group = group
        texts, words = look.texts, look.words
        mark = StateMark(look.colours)
        mark.show_state(state_of_conflict(self.conflict))
        self._title = label(_title(group, self.conflict, look), wraps=True)
        figures = figure(_figures(self.conflict, look))
        place = texts(
            "conflict.at", route=self.conflict.a, place=wording.conflict_place(self.conflict)
        )
        more = len(group.conflicts) - 1
        tail = f" · {texts('conflict.more', count=more)}" if more else ""
        quiet = label(f"{words.conflict_outcome(self.conflict)} · {place}{tail}", "quiet", True)
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(mark, 0, 0)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(figures, 1, 1)
        grid.addWidget(quiet, 2, 1)
        figures.setAlignment(quiet.alignment())
        self.setToolTip(self.conflict.clause)
        self.setAccessibleName(f"{self._title.text()} {figures.text()} {quiet.text()}")


class ConflictPanel(QtWidgets.QWidget):
    """Shows the conflicts of a survey."""

    def __init__(self, session: Session, look: Look, asks: Asks, parent: Any = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._asks = asks
        texts = look.texts
        self.filter = QtWidgets.QComboBox()
        self.filter.setAccessibleName(texts("conflict.title"))
        for name in ("all", *(one.value for one in ConflictOutcome)):
            self.filter.addItem(texts(f"conflict.filter_{name}"), name)
        self.only_chosen = QtWidgets.QCheckBox(texts("conflict.only_chosen"))
        self.filter.currentIndexChanged.connect(lambda _: self.refresh())
        self.only_chosen.toggled.connect(lambda _: self.refresh())
        self._count = label("", "section")
        self._empty = EmptyState()
        self._missed = label("", "quiet", wraps=True)
        self._missed_part = column(
            rule(), label(texts("conflict.not_judged"), "section"), self._missed, spacing=8
        )
        self.rows: list[ConflictRow] = []
        self._box = QtWidgets.QVBoxLayout()
        self._box.setSpacing(0)
        self._lay_out()
        self.refresh()

    def follow(self, event: SurveyEvent) -> None:
        """Show what changed."""
        chosen = isinstance(event, Selected) and self.only_chosen.isChecked()
        if isinstance(event, LinesChanged | RecordsChanged) or chosen:
            self.refresh()

    def refresh(self) -> None:
        """Show the conflicts as they are now."""
        groups = group_conflicts(self._wanted())
        emptied(self._box)
        self.rows = [ConflictRow(group, self._look) for group in groups[:_MOST_GROUPS]]
        for row in self.rows:
            row.activated.connect(lambda one=row: self._show(one.conflict))
            row.hovered.connect(lambda on, one=row: self._mark(one.conflict if on else None))
            self._box.addWidget(row)
        self._say_what_there_is(groups)

    def _say_what_there_is(self, groups: tuple[ConflictGroup, ...]) -> None:
        texts, lines = self._look.texts, bool(self._session.routes)
        total = sum(len(group.conflicts) for group in groups)
        self._count.setText(texts("conflict.count", groups=len(groups), total=total))
        self._count.setVisible(bool(groups))
        self._empty.setVisible(not groups)
        kind = "none" if lines else "empty"
        self._empty.say(texts(f"conflict.{kind}"), texts(f"conflict.{kind}_next"))
        missed = [self._look.words.not_judged(one) for one in self._session.not_judged()]
        self._missed.setText("\n".join(missed))
        self._missed_part.setVisible(bool(missed))

    def _wanted(self) -> Iterable[Conflict]:
        session, outcome = self._session, self.filter.currentData()
        found: Iterable[Conflict] = session.open_conflicts()
        if self.only_chosen.isChecked() and session.selected is not None:
            found = [one for one in found if one.is_of({session.selected})]
        return [one for one in found if outcome in ("all", one.outcome.value)]

    def _show(self, conflict: Conflict) -> None:
        self._session.select(conflict.a)
        place = self._place(conflict)
        self._asks.zoom(place)
        self._asks.mark(place)

    def _mark(self, conflict: Conflict | None) -> None:
        self._asks.mark(None if conflict is None else self._place(conflict))

    def _place(self, conflict: Conflict) -> Any:
        route = self._session.routes[conflict.a]
        return place_of_conflict(conflict, route, self._session.county.grid)

    def _lay_out(self) -> None:
        chosen = QtWidgets.QHBoxLayout()
        chosen.addWidget(self.filter)
        chosen.addWidget(self.only_chosen)
        chosen.addStretch(1)
        content = column(self._empty, margin=12, spacing=8)
        box = content.layout()
        box.insertLayout(0, chosen)
        box.addWidget(self._count)
        box.addLayout(self._box)
        box.addWidget(self._missed_part)
        box.addStretch(1)
        whole = QtWidgets.QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content))


def gravest(group: ConflictGroup) -> Conflict:
    """The conflict of a group that has its outcome and is shortest of the figure."""
    same = [one for one in group.conflicts if one.outcome is group.outcome]
    return max(same, key=lambda one: one.short_m)


def _title(group: ConflictGroup, conflict: Conflict, look: Look) -> str:
    texts, words = look.texts, look.words
    fact = words.cause_fact(group)
    if fact:
        other = words.conflict_other(conflict)
        object_words = conflict.a if group.cause.layer == "routes" else other
        return texts("conflict.fact_missing", other=object_words, fact=fact)
    return texts(
        "conflict.too_near",
        route=conflict.a,
        kind=words.conflict_kind(conflict),
        other=words.conflict_other(conflict),
    )


def _figures(conflict: Conflict, look: Look) -> str:
    measured, required = wording.conflict_figures(conflict)
    if conflict.required_m is None:
        return look.words.conflict_kind(conflict)
    if conflict.measured_m is None:
        return look.texts("conflict.figures_unknown", required=required)
    return look.texts("conflict.figures", measured=measured, required=required)
