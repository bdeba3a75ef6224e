"""The panel 案件: the applications with the verdict of each service, and a form for a new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.case_book import BookedCase, CaseBook, office_now
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import (
    EmptyState,
    Row,
    button,
    column,
    emptied,
    label,
    link,
    scrolled,
    set_flag,
)
from neixiang_survey_plugin.ui.states import StateMark, state_of_verdict


class CaseRow(Row):
    """One case: its number, and the state of each of its services."""

    def __init__(self, case: BookedCase, look: Look) -> None:
        super().__init__()
        self.case_id = case.case_id
        marks = QtWidgets.QHBoxLayout()
        marks.setSpacing(4)
        marks.addStretch(1)
        said = []
        for result in case.by_utility.values():
            mark = StateMark(look.colours)
            mark.show_state(state_of_verdict(result.verdict))
            words = look.words
            mark.setToolTip(
                f"{words.utility(result.route.utility)}: {words.way(result.verdict.way)}"
            )
            said.append(mark.toolTip())
            marks.addWidget(mark)
        name = case.case_id or look.texts("window.no_case")
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(name), 0, 0)
        grid.addLayout(marks, 0, 1)
        count = label(_beside(case, look), "quiet", wraps=True)
        grid.addWidget(count, 1, 0, 1, 2)
        self.setAccessibleName(f"{name} {count.text()} {' '.join(said)}")


class ServiceRow(Row):
    """One of the five services of a case: its line and verdict, or that it is not drawn yet."""

    def __init__(self, utility: str, result: RouteResult | None, look: Look) -> None:
        super().__init__()
        self.utility = utility
        row = QtWidgets.QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        mark = StateMark(look.colours)
        row.addWidget(mark)
        row.addWidget(label(look.words.utility(utility)))
        row.addStretch(1)
        if result is None:
            mark.setVisible(False)
            said = look.texts("case.no_line")
        else:
            mark.show_state(state_of_verdict(result.verdict))
            said = f"{look.words.way(result.verdict.way)}  {result.measures.length_m:.2f} m"
        row.addWidget(label(said, "quiet"))
        self.setAccessibleName(f"{look.words.utility(utility)} {said}")


class CasePanel(QtWidgets.QWidget):
    """Shows the cases of a survey; ``choose`` gets the case in which the work goes on.

    ``new_case`` is asked for a form; ``draw`` begins a line of a utility in the chosen case.
    """

    def __init__(
        self,
        session: Session,
        book: CaseBook,
        look: Look,
        choose: Callable[[str | None], None],
        new_case: Callable[[], None],
        draw: Callable[[str], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.chosen: str | None = None
        self._session = session
        self._book = book
        self._look = look
        self._choose = choose
        self._draw = draw
        texts = look.texts
        self.rows: dict[str | None, CaseRow] = {}
        self.services: dict[str, ServiceRow] = {}
        self._empty = EmptyState()
        self._empty.say(texts("case.empty"), texts("case.empty_next"))
        self._list = QtWidgets.QVBoxLayout()
        self._list.setSpacing(0)
        self._services = QtWidgets.QVBoxLayout()
        self._services.setSpacing(0)
        self._heading = label("", "title")
        self._all = link(texts("case.all_lines"), lambda: self._pick(None))
        self.new = button(texts("case.new"), new_case, primary=True)
        self._lay_out()
        self.refresh()

    def show_case(self, case_id: str | None) -> None:
        """Show one case with its services, or the list of all with None."""
        self.chosen = case_id
        self.refresh()

    def refresh(self) -> None:
        """Show the cases as they are now."""
        cases = self._book.cases(office_now())
        emptied(self._list)
        self.rows = {case.case_id: CaseRow(case, self._look) for case in cases}
        for row in self.rows.values():
            row.activated.connect(lambda one=row: self._pick(one.case_id))
            set_flag(row, "chosen", self.chosen is not None and row.case_id == self.chosen)
            self._list.addWidget(row)
        self._empty.setVisible(not cases)
        self._show_services(next((one for one in cases if one.case_id == self.chosen), None))

    def _show_services(self, case: BookedCase | None) -> None:
        emptied(self._services)
        self.services = {}
        shown = self.chosen is not None
        self._heading.setVisible(shown)
        self._all.setVisible(shown)
        if not shown:
            return
        self._heading.setText(str(self.chosen))
        drawn = {} if case is None else case.by_utility
        for utility in UTILITY if case is None else case.services:
            row = ServiceRow(utility, drawn.get(utility), self._look)
            row.activated.connect(lambda one=utility: self._service(one))
            self.services[utility] = row
            self._services.addWidget(row)

    def _service(self, utility: str) -> None:
        """Choose the service's line, or begin to draw it."""
        cases = {case.case_id: case for case in self._book.cases(office_now())}
        case = cases.get(self.chosen)
        result = None if case is None else case.by_utility.get(utility)
        if result is None:
            self._draw(utility)
        else:
            self._session.select(result.route.route_id)

    def _pick(self, case_id: str | None) -> None:
        self.show_case(case_id)
        self._choose(case_id)

    def _lay_out(self) -> None:
        content = column(self.new, self._heading, margin=12, spacing=8)
        box = content.layout()
        box.addLayout(self._services)
        box.addWidget(self._all)
        box.addWidget(self._empty)
        box.addLayout(self._list)
        box.addStretch(1)
        whole = QtWidgets.QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content))


def _beside(case: BookedCase, look: Look) -> str:
    """Who applied, where the case stands, what is due, how many lines."""
    parts = [case.applicant] if case.applicant else []
    if case.state is not None:
        parts.append(look.words.case_state(case.state))
    if case.next_due is not None:
        parts.append(look.words.clock(case.next_due))
    parts.append(look.texts("case.lines_of", count=len(case.results)))
    return " · ".join(parts)
