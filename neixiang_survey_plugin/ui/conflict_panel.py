"""The panel 冲突: what lies too near, brought together by cause; a click shows the place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import shapely

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
from neixiang_survey_plugin.core.conflicts.settlement import FollowedConflicts, Settlement
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.conflict_row import ConflictRow, SettledRow, ShareResolved
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import EmptyState, column, emptied, label, rule, scrolled
from neixiang_survey_plugin.ui.seen_panel import SeenPanel

_MOST_GROUPS = 200  # more rows than anybody reads; the filters lead to the rest
SETTLED = "settled"
_Settled = tuple[Settlement, Conflict | None, bool]  # and whether it still holds


class ConflictPanel(SeenPanel):
    """Shows the conflicts of a survey; ``settle`` asks what became of some of them."""

    def __init__(
        self,
        session: Session,
        look: Look,
        asks: Asks,
        settle: Callable[[ConflictGroup], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._asks = asks
        self._settle = settle
        texts = look.texts
        self.filter = QtWidgets.QComboBox()
        self.filter.setAccessibleName(texts("conflict.title"))
        for name in ("all", *(one.value for one in ConflictOutcome), SETTLED):
            self.filter.addItem(texts(f"conflict.filter_{name}"), name)
        self.only_chosen = QtWidgets.QCheckBox(texts("conflict.only_chosen"))
        self.filter.currentIndexChanged.connect(lambda _: self.refresh())
        self.only_chosen.toggled.connect(lambda _: self.refresh())
        self.share = ShareResolved(look)
        self._count = label("", "section")
        self._empty = EmptyState()
        self._missed = label("", "quiet", wraps=True)
        self._missed_part = column(
            rule(), label(texts("conflict.not_judged"), "section"), self._missed, spacing=8
        )
        self.rows: list[ConflictRow] = []
        self.settled_rows: list[SettledRow] = []
        self._box = QtWidgets.QVBoxLayout()
        self._box.setSpacing(0)
        self._in_steps = InSteps(self)
        self._lay_out()

    def follow(self, event: SurveyEvent) -> None:
        """Show what changed."""
        chosen = isinstance(event, Selected) and self.only_chosen.isChecked()
        if isinstance(event, LinesChanged | RecordsChanged) or chosen:
            self.bring_up_to_date()

    def refresh(self) -> None:
        """Show the conflicts as they are now."""
        followed = self._session.followed_conflicts()
        self.share.show_share(followed.settled_count, followed.count)
        emptied(self._box)
        self.rows, self.settled_rows = [], []
        groups: tuple[ConflictGroup, ...] = ()
        settled: list[_Settled] = []
        if self.filter.currentData() == SETTLED:
            settled = self._settled(followed)
            self._in_steps.begin(self._list_settled(settled))
        else:
            groups = group_conflicts(self._wanted(followed.open))
            self._in_steps.begin(self._list_open(groups))
        self._say_what_there_is(groups, bool(settled))

    def _list_open(self, groups: tuple[ConflictGroup, ...]) -> Iterator[None]:
        for group in groups[:_MOST_GROUPS]:
            row = ConflictRow(group, self._look, self._settle)
            row.activated.connect(lambda one=row: self._show(one.conflict))
            row.hovered.connect(lambda on, one=row: self._mark(one.conflict if on else None))
            self.rows.append(row)
            self._box.addWidget(row)
            yield

    def _list_settled(self, wanted: Sequence[_Settled]) -> Iterator[None]:
        for one in wanted:
            row = SettledRow(one[0], self._look, *one[1:])
            row.activated.connect(lambda shown=row: self._show_settled(shown))
            self.settled_rows.append(row)
            self._box.addWidget(row)
            yield

    def _settled(self, followed: FollowedConflicts) -> list[_Settled]:
        """First what does not hold any more, then what does."""
        every: list[_Settled] = [(one, None, False) for one in followed.void]
        every += [(kept, one, True) for one, kept in followed.settled]
        every += [(one, None, True) for one in followed.gone]
        return [one for one in every if self._is_wanted(one[0])]

    def _is_wanted(self, kept: Settlement) -> bool:
        chosen = self._session.selected
        return (
            not self.only_chosen.isChecked()
            or chosen is None
            or kept.route_id == chosen
            or (kept.other_layer == "routes" and kept.other_id == chosen)
        )

    def _say_what_there_is(self, groups: tuple[ConflictGroup, ...], settled: bool) -> None:
        texts, lines = self._look.texts, bool(self._session.routes)
        total = sum(len(group.conflicts) for group in groups)
        self._count.setText(texts("conflict.count", groups=len(groups), total=total))
        self._count.setVisible(bool(groups))
        self._empty.setVisible(not groups and not settled)
        kind = "none" if lines else "empty"
        if lines and self.filter.currentData() == SETTLED:
            kind = "none_settled"
        self._empty.say(texts(f"conflict.{kind}"), texts(f"conflict.{kind}_next"))
        missed = [self._look.words.not_judged(one) for one in self._session.not_judged()]
        self._missed.setText("\n".join(missed))
        self._missed_part.setVisible(bool(missed))

    def _wanted(self, found: Iterable[Conflict]) -> Iterable[Conflict]:
        session, outcome = self._session, self.filter.currentData()
        if self.only_chosen.isChecked() and session.selected is not None:
            found = [one for one in found if one.is_of({session.selected})]
        return [one for one in found if outcome in ("all", one.outcome.value)]

    def _show_settled(self, row: SettledRow) -> None:
        """Where it is, or was."""
        kept = row.settlement
        if row.conflict is not None:
            self._show(row.conflict)
        elif kept.easting_m is not None and kept.northing_m is not None:
            place = shapely.Point(kept.easting_m, kept.northing_m)
            self._asks.zoom(place)
            self._asks.mark(place)

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
        box.insertWidget(0, self.share)
        box.insertLayout(1, chosen)
        box.addWidget(self._count)
        box.addLayout(self._box)
        box.addWidget(self._missed_part)
        box.addStretch(1)
        whole = QtWidgets.QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content))
