"""The panel 冲突: what lies too near, brought together by cause; a click shows the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import shapely

from neixiang_survey_plugin.app.conflict_overview import ConflictOverview
from neixiang_survey_plugin.app.places_of import place_of_conflict
from neixiang_survey_plugin.app.session.events import (
    LinesChanged,
    RecordsChanged,
    Selected,
    SurveyEvent,
)
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup
from neixiang_survey_plugin.core.conflicts.settlement import FollowedConflicts, Settlement
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.conflict_row import ConflictRow, SettledRow, ShareResolved
from neixiang_survey_plugin.ui.growing import add_row
from neixiang_survey_plugin.ui.in_steps import ROWS_S, InSteps
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import EmptyState, column, label, rule, scrolled
from neixiang_survey_plugin.ui.seen_panel import SeenPanel

_MOST_GROUPS = 200  # more rows than anybody reads; the filters lead to the rest
SETTLED = "settled"
_STEPS = 1_000  # the time that they take is what ends them
_Settled = tuple[Settlement, Conflict | None, bool]  # and whether it still holds


def _nothing(_: Conflict) -> bool:
    return False


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
        self._busy = label(texts("conflict.busy"), "quiet")
        self._empty = EmptyState()
        self._missed = label("", "quiet", wraps=True)
        self._missed_part = column(
            rule(), label(texts("conflict.not_judged"), "section"), self._missed, spacing=8
        )
        self.rows: list[ConflictRow] = []
        self.settled_rows: list[SettledRow] = []
        self._is_known = False  # how many there are
        self._more = label("", "quiet", wraps=True)
        self._box = QtWidgets.QVBoxLayout()
        self._box.setSpacing(0)
        self._filling = InSteps(self, _STEPS, _STEPS)
        self._listing = InSteps(self, _STEPS, _STEPS, most_s=ROWS_S)
        self._lay_out()
        for part in (self.share, self._count, self._more, self._empty, self._missed_part):
            part.hide()  # until it is known what there is

    def follow(self, event: SurveyEvent) -> None:
        """Show what changed."""
        changed = isinstance(event, LinesChanged | RecordsChanged)
        if changed:
            self._stop()  # it goes through what was there before
        if changed or (isinstance(event, Selected) and self.only_chosen.isChecked()):
            self.bring_up_to_date()

    def refresh(self) -> None:
        """Show the conflicts as they are now, at once or as soon as all are gone through."""
        self._is_known = False
        self._listing.stop()
        self._filling.begin(self._fill())
        if not self._is_known:
            self._busy.show()
            self._count.hide()

    def hideEvent(self, event: Any) -> None:
        """Leave off while nobody looks, and begin again when somebody does."""
        super().hideEvent(event)
        if self.busy:
            self._stop()
            self._is_stale = True

    @property
    def busy(self) -> bool:
        """Whether not everything is listed yet."""
        return self._filling.busy or self._listing.busy

    def _stop(self) -> None:
        self._filling.stop()
        self._listing.stop()

    def _fill(self) -> Iterator[None]:
        is_settled = self.filter.currentData() == SETTLED
        wanted = _nothing if is_settled else self._wanted()
        for found in self._session.conflict_overview(wanted, _MOST_GROUPS):
            yield
            if found is not None:
                settled = self._settled(found.followed) if is_settled else []
                self._say_what_there_is(found, bool(settled))
                self._listing.begin(self._list(found.groups, settled))

    def _list(
        self, groups: tuple[ConflictGroup, ...], settled: Sequence[_Settled]
    ) -> Iterator[None]:
        yield from self._list_open(groups)
        yield from self._list_settled(settled)

    def _list_open(self, groups: tuple[ConflictGroup, ...]) -> Iterator[None]:
        """Let the rows that are there show these, and make what is missing, or take it away."""
        for row, group in zip(self.rows, groups, strict=False):
            row.show_group(group)
            yield
        for group in groups[len(self.rows) :]:
            row = ConflictRow(self._look, self._settle)
            row.show_group(group)
            row.activated.connect(lambda one=row: self._show(one.conflict))
            row.hovered.connect(lambda on, one=row: self._mark(one.conflict if on else None))
            self.rows.append(row)
            add_row(self._box, row)
            yield
        yield from self._take_away(self.rows, len(groups))

    def _list_settled(self, wanted: Sequence[_Settled]) -> Iterator[None]:
        yield from self._take_away(self.settled_rows, 0)
        for one in wanted:
            row = SettledRow(one[0], self._look, *one[1:])
            row.activated.connect(lambda shown=row: self._show_settled(shown))
            self.settled_rows.append(row)
            add_row(self._box, row)
            yield

    def _take_away(self, rows: list[Any], but: int) -> Iterator[None]:
        """Let go of the last rows, but so many."""
        while len(rows) > but:
            row = rows.pop()
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
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

    def _say_what_there_is(self, found: ConflictOverview, settled: bool) -> None:
        texts, lines = self._look.texts, bool(self._session.routes)
        self._is_known = True
        self._busy.hide()
        self.share.show_share(found.followed.settled_count, found.followed.count)
        self._count.setText(texts("conflict.count", groups=found.group_count, total=found.total))
        self._count.setVisible(bool(found.groups))
        self._more.setText(texts("conflict.more_groups", count=len(found.groups)))
        self._more.setVisible(len(found.groups) < found.group_count)
        self._empty.setVisible(not found.groups and not settled)
        kind = "none" if lines else "empty"
        if lines and self.filter.currentData() == SETTLED:
            kind = "none_settled"
        self._empty.say(texts(f"conflict.{kind}"), texts(f"conflict.{kind}_next"))
        missed = [self._look.words.not_judged(one) for one in self._session.not_judged()]
        self._missed.setText("\n".join(missed))
        self._missed_part.setVisible(bool(missed))

    def _wanted(self) -> Callable[[Conflict], bool]:
        """Which of the open conflicts are listed."""
        session, outcome = self._session, self.filter.currentData()
        of = {session.selected} if self.only_chosen.isChecked() and session.selected else None
        return lambda one: (of is None or one.is_of(of)) and outcome in ("all", one.outcome.value)

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
        place = self._place(conflict)
        if place is not None:
            self._session.select(conflict.a)
            self._asks.zoom(place)
            self._asks.mark(place)

    def _mark(self, conflict: Conflict | None) -> None:
        self._asks.mark(None if conflict is None else self._place(conflict))

    def _place(self, conflict: Conflict) -> Any:
        """Where it is; None where its line went while the list was being gone through again."""
        route = self._session.routes.get(conflict.a)
        if route is None:
            return None
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
        box.addWidget(self._busy)
        box.addWidget(self._count)
        box.addLayout(self._box)
        box.addWidget(self._more)
        box.addWidget(self._missed_part)
        box.addStretch(1)
        whole = QtWidgets.QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content))
