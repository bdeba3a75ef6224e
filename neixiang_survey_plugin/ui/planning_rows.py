"""Rows of the panel 核对: a line with how it stands, and below it what is remarked of it."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.planning.checking import PlanResult
from neixiang_survey_plugin.app.wording import figure as figure_words
from neixiang_survey_plugin.app.wording import planning as wording
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute, PlanOutcome, PlanRemark
from neixiang_survey_plugin.core.planning.review import PlanStanding
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, figure, label, set_flag
from neixiang_survey_plugin.ui.states import State, StateMark

_RIGHT = QtCore.Qt.AlignmentFlag.AlignRight
_TOP = QtCore.Qt.AlignmentFlag.AlignTop
_STATES = {
    PlanOutcome.AGAINST: State.FAIL,
    PlanOutcome.ASK: State.BORDERLINE,
    PlanOutcome.UNKNOWN: State.UNKNOWN,
}
_INDENT_PX, _MARK_PX = 32, 16


def plan_state(result: PlanResult, route: PlanOfRoute) -> State:
    """The state of a line: that of its gravest remark; unknown where a layer is missing."""
    for outcome, state in _STATES.items():
        if any(one.outcome is outcome for one in route.remarks):
            return state
    return State.PASS if result.all_held(route.route_id) else State.UNKNOWN


class PlannedLineRow(Row):
    """One line: how it agrees with the plan, what planning staff decided, its corridor metres."""

    def __init__(self, result: PlanResult, route: PlanOfRoute, look: Look) -> None:
        super().__init__()
        self.route_id = route.route_id
        texts, language = look.texts, look.texts.language
        decided = result.decided_on(route.route_id)
        standing = texts(f"planning.standing_{decided.standing.value}")
        title = label(f"{route.route_id} · {look.words.utility(route.utility)}", "section")
        right = figure(standing, "" if decided.standing is not PlanStanding.OPEN else "quiet")
        quiet = label(_figures(result, route, look), "quiet", wraps=True)
        mark = StateMark(look.colours)
        mark.show_state(plan_state(result, route))
        grid = _grid(self)
        grid.addWidget(mark, 0, 0)
        grid.addWidget(title, 0, 1)
        grid.addWidget(right, 0, 2, _RIGHT)
        grid.addWidget(quiet, 1, 1, 1, 2)
        said = [title.text(), standing, quiet.text()]
        if decided.review is not None:
            review = label(in_language(wording.review_sentence(decided), language), wraps=True)
            grid.addWidget(review, 2, 1, 1, 2)
            said.append(review.text())
        self.setAccessibleName(" ".join(said))

    def show_chosen(self, chosen: bool) -> None:
        """Look like the chosen line, or like any other."""
        set_flag(self, "chosen", chosen)


class RemarkRow(Row):
    """One remark: what was found, what would satisfy it, where, by which clause."""

    def __init__(self, remark: PlanRemark, look: Look) -> None:
        super().__init__()
        self.remark = remark
        texts, language = look.texts, look.texts.language
        found = in_language(wording.remark_sentence(remark), language)
        kind = texts(f"planning.kind_{remark.kind.value}")
        outcome = texts(f"planning.outcome_{remark.outcome.value}")
        title = label(f"{kind} · {found}", wraps=True)
        way_out = label(in_language(wording.remark_way_out(remark), language), wraps=True)
        place = texts("conflict.at", route=remark.route_id, place=wording.remark_place(remark))
        basis = in_language(wording.remark_basis(remark), language)
        quiet = label(f"{outcome} · {place} · {basis}", "quiet", wraps=True)
        grid = _grid(self, _INDENT_PX)
        grid.addWidget(_mark(remark.outcome, look), 0, 0, _TOP)
        for row, part in enumerate((title, way_out, quiet)):
            grid.addWidget(part, row, 1, 1, 2)
        self.setAccessibleName(" ".join((title.text(), way_out.text(), quiet.text())))


def _mark(outcome: PlanOutcome, look: Look) -> Any:
    """The mark of a remark; a note has none, and its place stays empty."""
    if outcome not in _STATES:
        empty = QtWidgets.QWidget()
        empty.setFixedWidth(_MARK_PX)
        return empty
    mark = StateMark(look.colours, _MARK_PX)
    mark.show_state(_STATES[outcome])
    return mark


def _figures(result: PlanResult, route: PlanOfRoute, look: Look) -> str:
    """What a line has of each outcome, and how much of it lies in its corridors."""
    texts = look.texts
    parts = []
    for outcome in PlanOutcome:
        count = sum(one.outcome is outcome for one in route.remarks)
        if count:
            parts.append(f"{texts(f'planning.outcome_{outcome.value}')} {count}")
    if not result.all_held(route.route_id):
        parts.append(texts("planning.not_all_held"))
    metres = route.corridor
    if metres.within_m is not None and (metres.within_m or metres.beside_m or metres.off_m):
        figures = (metres.within_m, metres.beside_m, metres.off_m)
        within, beside, off = (figure_words(one) for one in figures)
        parts.append(texts("planning.corridor", within=within, beside=beside, off=off))
    return " · ".join(parts) or texts("planning.agrees")


def _grid(row: Any, indent_px: int = 8) -> Any:
    grid = QtWidgets.QGridLayout(row)
    grid.setContentsMargins(indent_px, 6, 8, 6)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    return grid
