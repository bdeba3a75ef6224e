"""The list of cases with the clock that is due first; filters by unit, state, verdict; search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.booked_case import BookedCase
from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.casework.listing import Wanted
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.urgency import urgency_of_clock
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.line_list import KEY, LineList, ListLine
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import EmptyState, label
from neixiang_survey_plugin.ui.states import state_of_way
from neixiang_survey_plugin.ui.words.clocks import due_words, left_words

_SLICE_S = 0.006  # of reading cases ahead, between two events; the first is one of showing the list


class CaseList(QtWidgets.QWidget):
    """Shows the cases of a book; ``choose`` gets the one that was chosen."""

    def __init__(
        self,
        book: CaseBook,
        county: County,
        look: Look,
        choose: Callable[[str | None], None],
        now: Callable[[], datetime],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._book, self._look, self._now = book, look, now
        texts = look.texts
        self.search = HintedLine()
        self.search.setPlaceholderText(texts("cases.search"))
        self.search.setAccessibleName(texts("cases.search"))
        self.search.setClearButtonEnabled(True)
        self.unit = self._choice("unit", [(one.name, one.unit_id) for one in county.units])
        words = look.words
        self.state = self._choice("state", [(words.case_state(one), one) for one in State])
        self.verdict = self._choice("verdict", [(words.way(one), one) for one in Way])
        self.by_due = QtWidgets.QCheckBox(texts("cases.by_due"))
        self.by_due.setToolTip(texts("cases.by_due_tip"))
        self.by_due.setChecked(True)
        self._count = label("", "quiet")
        self._empty = EmptyState()
        self.list = LineList(look, texts("case.title"))
        self.list.chosen.connect(choose)
        self._ahead = QtCore.QTimer(self)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._read_ahead)
        self._lay_out()
        self.search.textChanged.connect(lambda _: self.refresh())
        self.by_due.toggled.connect(lambda _: self.refresh())

    def refresh(self) -> None:
        """Show the cases as they are now; those not read yet are read when there is time."""
        all_read = self._reads_all()
        if all_read or not self._asks:
            self._show(all_read)
        if not all_read:
            self._count.setText(self._look.texts("cases.reading"))
            self._ahead.start()

    def tick(self) -> None:
        """Let the clocks count down to this moment."""
        self.list.lines.make_anew()

    def _show(self, all_read: bool) -> None:
        """Show what is looked for: the newest first, once all are read by due time."""
        found, total = self._book.find(self._wanted(), self.search.text()), len(self._book.ids())
        by_due = self.by_due.isChecked() and all_read
        texts, book = self._look.texts, self._book
        key = self.list.currentIndex().data(KEY) if self.list.currentIndex().isValid() else None
        keys = book.in_due_order(found) if by_due else book.newest_first(found)
        self.list.lines.show(keys, self._line)
        self.list.show_chosen(key)
        self._count.setText(texts("cases.count", shown=len(found), total=total))
        self._empty.setVisible(not found)
        self.list.setVisible(bool(found))
        kind = "cases.none" if total else "case.empty"
        self._empty.say(texts(kind), texts(f"{kind}_next"))

    def _line(self, case_id: str | None) -> ListLine:
        case, now, look = self._book.case(case_id), self._now(), self._look
        reading = self._book.next_due(case_id, now)
        beside = "" if reading is None else left_words(reading, look.words, look.texts)
        parts = [] if case.state is None else [look.words.case_state(case.state)]
        if reading is not None:
            parts.append(due_words(reading, now, look.texts))
        parts += [case.applicant] if case.applicant else []
        if case.state is None:
            parts.append(look.texts("case.lines_of", count=len(case.results)))
        states = tuple(state_of_way(way) for way in case.ways.values())
        return ListLine(
            title=case_id or look.texts("window.no_case"),
            detail=" · ".join(parts),
            beside=beside,
            urgency=urgency_of_clock(reading, self._book.office, now),
            states=states,
            says=self._ways(case),
        )

    def _ways(self, case: BookedCase) -> str:
        words = self._look.words
        return self._look.texts("list.comma").join(
            f"{words.utility(utility)} {words.way(way)}" for utility, way in case.ways.items()
        )

    def _read_ahead(self) -> None:
        """Read some cases more; once all are read, show what is looked for, by due time."""
        if self._reads_all():
            self._ahead.stop()
            self._show(all_read=True)

    def _reads_all(self) -> bool:
        """Whether every case is read, after a moment of reading some more."""
        timer = QtCore.QElapsedTimer()
        timer.start()
        return self._book.read_ahead(lambda: timer.elapsed() < 1_000 * _SLICE_S)

    @property
    def _asks(self) -> bool:
        """Whether not every case is looked for."""
        return bool(self.search.text().strip()) or self._wanted() != Wanted()

    def _wanted(self) -> Wanted:
        return Wanted(
            state=self.state.currentData(),
            unit=self.unit.currentData(),
            verdict=self.verdict.currentData(),
        )

    def _choice(self, name: str, choices: list[tuple[str, Any]]) -> Any:
        made = QtWidgets.QComboBox()
        made.addItem(self._look.texts(f"cases.any_{name}"), None)
        for words, value in choices:
            made.addItem(words, value)
        made.setAccessibleName(self._look.texts(f"cases.{name}"))
        made.setToolTip(self._look.texts(f"cases.{name}_tip"))
        made.setMinimumWidth(60)
        made.setSizePolicy(QtWidgets.QSizePolicy.Policy.Ignored, QtWidgets.QSizePolicy.Policy.Fixed)
        made.view().setMinimumWidth(made.view().sizeHintForColumn(0) + 24)
        made.currentIndexChanged.connect(lambda _: self.refresh())
        return made

    def _lay_out(self) -> None:
        filters = QtWidgets.QHBoxLayout()
        filters.setSpacing(4)
        for one in (self.unit, self.state, self.verdict):
            filters.addWidget(one, 1)
        below = QtWidgets.QHBoxLayout()
        below.addWidget(self._count)
        below.addStretch(1)
        below.addWidget(self.by_due)
        top = QtWidgets.QVBoxLayout()
        top.setContentsMargins(12, 0, 12, 4)
        top.setSpacing(4)
        top.addWidget(self.search)
        top.addLayout(filters)
        top.addLayout(below)
        top.addWidget(self._empty)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.list, 1)
        box.addStretch(0)
