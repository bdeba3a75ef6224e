"""The early layout of a case's site in the panel 核对: a row a utility, its main and its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import shapely

from neixiang_survey_plugin.app.planning.layout import lay_out_site
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.wording import layout as wording
from neixiang_survey_plugin.core.casework.case import Case, Service
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.planning.layout import LayoutState, UtilityLayout
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, column, label, rule
from neixiang_survey_plugin.ui.states import State, StateMark

_STATES = {
    LayoutState.NEAR: State.PASS,
    LayoutState.NEARER: State.BORDERLINE,
    LayoutState.UNKNOWN: State.UNKNOWN,
}


class LayoutRow(Row):
    """One utility: whether its mains are near, what it needs, what has to come nearer."""

    def __init__(self, one: UtilityLayout, look: Look) -> None:
        super().__init__()
        self.layout_of = one
        texts, language = look.texts, look.texts.language
        state = texts(f"planning.layout_{one.state.value}")
        title = label(f"{look.words.utility(one.need.utility)} · {state}")
        said = label(in_language(wording.layout_sentence(one), language), wraps=True)
        need = in_language(wording.need_words(one.need), language)
        main = in_language(wording.main_words(one.enough or one.nearest), language)
        quiet = label(texts("planning.layout_needs", need=need, main=main), "quiet", wraps=True)
        mark = StateMark(look.colours)
        mark.show_state(_STATES[one.state])
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(mark, 0, 0)
        for row, part in enumerate((title, said, quiet)):
            grid.addWidget(part, row, 1)
        self.setAccessibleName(" ".join(part.text() for part in (title, said, quiet)))

    @property
    def place(self) -> Any:
        """The way along the plan, or the nearest main; None where there is neither."""
        one = self.layout_of
        if one.corridor is not None:
            return one.corridor.line
        main = one.enough or one.nearest
        return None if main is None else shapely.Point(main.at)


class SiteLayoutPart(QtWidgets.QWidget):
    """The early layout of one case; hidden for a case without an information sheet."""

    def __init__(self, look: Look, show: Callable[[Any], None]) -> None:
        super().__init__()
        self._look, self._show = look, show
        self.rows: list[LayoutRow] = []
        self._box = QtWidgets.QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    def show_case(self, session: Session, rules: PlanningRules, case_id: str | None) -> None:
        """Show the layout of a case's site, or why there is none."""
        while self._box.count():
            self._box.takeAt(0).widget().deleteLater()
        self.rows = []
        case = next(iter(session.store.records(Case, case_id=case_id)), None)
        services = session.store.records(Service, case_id=case_id)
        self.setVisible(case is not None and bool(services))
        if case is None or not services:
            return
        said = ""
        try:
            case = replace(case, site_id=case.site_id or _site_of_lines(session, case_id))
            found = lay_out_site(case, services, session.county, rules)
            self.rows = [LayoutRow(one, self._look) for one in found.utilities]
        except SurveyError as error:
            said = self._look.said(error)
        head = label(self._look.texts("planning.layout"), "section")
        parts = [rule(), head, *([label(said, "quiet", wraps=True)] if said else []), *self.rows]
        for row in self.rows:
            row.activated.connect(lambda one=row: self._show(one.place))
        self._box.addWidget(column(*parts, spacing=4))


def _site_of_lines(session: Session, case_id: str | None) -> str | None:
    """The site that the lines of a case are laid for, where its sheet names none."""
    lines = (one for one in session.routes.values() if one.case_id == case_id)
    return next((one.site_id for one in lines if one.site_id is not None), None)
