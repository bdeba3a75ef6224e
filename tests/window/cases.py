"""Cases in the window, and what somebody does with their forms."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.opening import open_cases
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind, State
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.qt import QtCore, QtGui
from tests.window.hand import Hand
from tests.window.test_window import line

LEFT = QtCore.Qt.MouseButton.LeftButton
NOW = datetime(2026, 11, 25, 10, 20)  # a Wednesday


def with_cases(hand: Hand) -> Hand:
    """Two cases: C1 with a water line, due today, and C2 for gas without one, due in a week."""
    hand.window.forms.now = lambda: NOW
    hand.session.put(line("w1", (0, 0), (-45, 0), case_id="C1", unit="water"), what="import")
    register(hand, "C1", "示例食品有限公司", NOW - timedelta(days=1), "water")
    register(hand, "C2", "示例酒店", NOW + timedelta(days=7), "gas")
    hand.window.tabs.setCurrentWidget(hand.window.cases)
    return hand


def register(hand: Hand, case_id: str, who: str, access: datetime, *utilities: str) -> None:
    at = NOW - timedelta(days=2)
    case = Case(case_id=case_id, applicant_name=who, received_at=at, agreed_access_at=access)
    services = tuple(Service(utility=one, service_kind=ServiceKind.NEW) for one in utilities)
    county = hand.session.county
    hand.session.step(
        "case",
        lambda store: open_cases(store, [Application(case, services)], Act("窗口", at), county),
        case_id,
    )


def click(hand: Hand, widget: Any) -> None:
    hand.bot.mouseClick(widget, LEFT)


def choose(hand: Hand, case_id: str) -> None:
    hand.click_row(hand.window.cases.cases.list, case_id)


def form(hand: Hand) -> Any:
    found = hand.window.forms.open
    assert found is not None
    assert found.isVisible()
    return found


def fill(hand: Hand, widget: Any, text: str) -> None:
    """Type a text into a field, in place of what was there."""
    widget.setFocus()
    widget.selectAll()
    if text.isascii():
        hand.bot.keyClicks(widget, text)
        return
    event = QtGui.QInputMethodEvent()  # as Chinese is typed
    event.setCommitString(text)
    QtCore.QCoreApplication.sendEvent(widget, event)


def pick(widget: Any, value: object) -> None:
    """Choose a word of a box by what it stands for."""
    data = [widget.itemData(row) for row in range(widget.count())]
    (row,) = (n for n, one in enumerate(data) if (one, type(one)) == (value, type(value)))
    widget.setCurrentIndex(row)


def state(hand: Hand, case_id: str) -> State | None:
    found: State | None = hand.window.book.case(case_id).state
    return found


def take(hand: Hand, target: State) -> None:
    """Click the button of a step, and Enter in its form."""
    click(hand, hand.window.cases.page.steps[target].button)
    shown = form(hand)
    hand.key("Return", shown["act_by"])
    assert not shown.isVisible(), shown.problem.text()
