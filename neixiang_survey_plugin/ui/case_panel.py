"""The panel 案件: every case with its state and clocks, or the page of the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.session.events import RecordsChanged, SurveyEvent
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.case_acts import CaseActs
from neixiang_survey_plugin.ui.case_list import CaseList
from neixiang_survey_plugin.ui.case_page import CasePage
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import as_panel, button, link, scrolled
from neixiang_survey_plugin.ui.seen_panel import SeenPanel


class CasePanel(SeenPanel):
    """Shows the cases of a survey; ``choose`` gets the case in which the work goes on.

    ``new_case`` is asked for a form; ``acts`` is what the page of a case asks for.
    """

    def __init__(
        self,
        session: Session,
        book: CaseBook,
        look: Look,
        choose: Callable[[str | None], None],
        new_case: Callable[[], None],
        acts: CaseActs,
        now: Callable[[], datetime],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._choose = choose
        as_panel(self)
        texts = look.texts
        self.new = button(texts("case.new"), new_case, primary=True)
        self.to_list = link(texts("case.to_list"), self._back, texts("case.to_list_tip"))
        self.cases = CaseList(book, session.county, look, choose, now)
        self.page = CasePage(session, book, look, acts, now)
        self._stack = QtWidgets.QStackedWidget()
        self._stack.addWidget(self.cases)
        self.scrolled = scrolled(self.page)
        self._stack.addWidget(self.scrolled)
        self._lay_out()

    @property
    def chosen(self) -> str | None:
        """The case whose page is shown; None while the list is."""
        return self.page.case_id

    def show_case(self, case_id: str | None) -> None:
        """Show the page of a case, or the list of all with None."""
        self.page.case_id = case_id
        self._stack.setCurrentIndex(0 if case_id is None else 1)
        self.to_list.setVisible(case_id is not None)
        self.new.setVisible(case_id is None)
        self.bring_up_to_date()

    def follow(self, event: SurveyEvent) -> None:
        """Show the cases as they are now, after the book has heard of what changed."""
        self.page.stop()
        if isinstance(event, RecordsChanged):
            self.page.pictures.forget()
        self.bring_up_to_date()

    def refresh(self) -> None:
        """Show the list, or the page of the case that is chosen."""
        shown = self.cases if self.chosen is None else self.page
        shown.refresh()

    def tick(self) -> None:
        """Let the clocks count down to this moment."""
        self.cases.tick()
        self.page.tick()

    def _back(self) -> None:
        """To the list; the lines of every case are shown again."""
        self._choose(None)
        self.cases.list.setFocus()

    def _lay_out(self) -> None:
        head = QtWidgets.QVBoxLayout()
        head.setContentsMargins(12, 12, 12, 8)
        head.addWidget(self.new)
        head.addWidget(self.to_list)
        self.to_list.hide()
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self._stack, 1)
