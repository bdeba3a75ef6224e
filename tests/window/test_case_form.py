"""The form of a case, and how everybody reaches every control of every form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from tests.window.cases import (
    NOW,
    choose,
    fill,
    form,
    state,
)
from tests.window.hand import Hand


def test_a_new_case_is_filled_in_whole(hand: Hand) -> None:
    hand.window.forms.now = lambda: NOW
    hand.key("Ctrl+Shift+N")
    shown = form(hand)
    fill(hand, shown.applicant, "示例食品有限公司")
    fill(hand, shown.entries["credit_code"].widget, "91411325MA0000000X")
    fill(hand, shown.entries["agreed_access_at"].widget, "2026-12-01 09:00")
    fill(hand, shown.entries["land_area_m2"].widget, "5000.5")
    for utility in ("power", "heat", "telecom"):
        shown.services[utility].click()
    water = next(one for one in shown.details if one.utility == "water")
    fill(hand, water.entries["daily_water_t"].widget, "12.5")
    shown._construction()
    fill(hand, shown.details[-1].entries["remark"].widget, "施工")
    hand.key("Return", shown.applicant)
    assert not shown.isVisible(), shown.problem.text()
    dossier = hand.window.book.case("2026-0001").dossier
    assert dossier is not None
    case = dossier.case
    assert (case.state, case.land_area_m2) == (State.REGISTERED, 5000.5)
    assert case.agreed_access_at == datetime(2026, 12, 1, 9, 0)
    assert [one.utility for one in dossier.services].count("water") == 2
    assert 12.5 in [one.daily_water_t for one in dossier.services]
    hand.key("Ctrl+Z")
    assert hand.window.book.ids() == ()


def test_a_case_that_nobody_received_is_an_intent(hand: Hand) -> None:
    hand.window.forms.new_case()
    shown = form(hand)
    shown.entries["received_at"].widget.clear()
    shown.save()
    assert state(hand, shown.number.text()) is State.INTENT


def test_every_wrong_field_of_a_new_case_is_named_at_once(hand: Hand) -> None:
    hand.window.forms.new_case()
    shown = form(hand)
    fill(hand, shown.entries["works_start_on"].widget, "soon")
    fill(hand, shown.entries["land_area_m2"].widget, "large")
    gas = next(one for one in shown.details if one.utility == "gas")
    fill(hand, gas.entries["gas_m3_h"].widget, "much")
    shown.number.clear()
    shown.save()
    for word in ("soon", "large", "much", "案件编号"):
        assert word in shown.problem.text()
    assert hand.window.book.ids() == ()


def test_tab_reaches_every_control_of_every_form_and_each_has_a_name(desk: Hand) -> None:
    choose(desk, "C1")
    casework = desk.window.casework
    openings: list[Callable[[], object]] = [
        desk.window.forms.new_case,
        casework.survey,
        casework.inspect,
        lambda: casework._decision(None),
        lambda: casework._acts().back(),
        lambda: casework._step(State.ROUTED),
    ]
    for show in openings:
        show()
        shown = form(desk)
        controls = [one for one in shown.findChildren(QtWidgets.QWidget) if is_control(one)]
        nameless = [one for one in controls if not name_of(one)]
        assert nameless == []
        assert [one for one in controls if one not in chain(shown)] == []
        shown.close()


def is_control(widget: Any) -> bool:
    kinds = (
        QtWidgets.QLineEdit,
        QtWidgets.QPlainTextEdit,
        QtWidgets.QComboBox,
        QtWidgets.QAbstractButton,
    )
    inner = isinstance(widget.parent(), QtWidgets.QComboBox)  # the field of a box is the box
    in_tabs = isinstance(widget.parent(), QtWidgets.QTabBar)  # its arrows are for the mouse
    return isinstance(widget, kinds) and not inner and not in_tabs and widget.isEnabled()


def name_of(widget: Any) -> str:
    said = widget.text() if isinstance(widget, QtWidgets.QAbstractButton) else ""
    return str(widget.accessibleName() or said)


def chain(shown: Any) -> set[Any]:
    """What Tab leads through, once around."""
    tab = QtCore.Qt.FocusPolicy.TabFocus
    found, at = set(), shown
    while True:
        at = at.nextInFocusChain()
        if at is shown:
            return found
        if at.focusPolicy() & tab == tab:
            found.add(at)


def test_the_services_are_asked_for_once_the_form_is_there_and_before_it_is_kept(
    hand: Hand,
) -> None:
    hand.window.forms.new_case()
    shown = form(hand)
    assert shown._details == []
    hand.wait_for(lambda: len(shown._details) == len(UTILITY))
    shown.reject()
    hand.window.forms.new_case()
    shown = form(hand)
    shown.ask_for_alone(["gas"])
    assert [one.utility for one in shown.details] == ["gas"]
    shown.applicant.setText("示例公司")
    assert [one.utility for one in shown.application().services] == ["gas"]
    assert shown.tabs.isVisible()
