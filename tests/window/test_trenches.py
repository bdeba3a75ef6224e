"""Proposals to dig together: asked for beside the window, shown, decided, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.map_host import Mark
from neixiang_survey_plugin.core.trenching.review import ReviewVerdict, TrenchReview
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from tests.window.hand import Hand


@pytest.fixture
def proposed(hand: Hand) -> Hand:
    """The sample's own case, its proposals found."""
    cases = places.sample_county() / "cases"
    routes = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    hand.session.put(*routes, what="import")
    hand.window.choose_case("MAIN")
    hand.window.tabs.setCurrentWidget(hand.window.trenches)
    click(hand, hand.window.trenches.ask)
    assert not hand.window.trenches.ask.isEnabled()
    hand.wait_for(lambda: bool(hand.window.trenches.cards))
    return hand


def click(hand: Hand, button: QtWidgets.QPushButton) -> None:
    hand.bot.mouseClick(button, QtCore.Qt.MouseButton.LeftButton)


def button(card: QtWidgets.QWidget, words: str) -> QtWidgets.QPushButton:
    return next(b for b in card.findChildren(QtWidgets.QPushButton) if b.text() == words)


def test_a_card_shows_who_shares_what_is_saved_and_the_section(proposed: Hand) -> None:
    card = proposed.window.trenches.cards[0]
    words = [one.text() for one in card.findChildren(QtWidgets.QLabel)]
    assert any("同沟" in text for text in words)
    assert {"之前", "之后", "节省", "沟槽 m"} <= set(words)
    pictures = [p for one in card.findChildren(QtWidgets.QLabel) if (p := one.pixmap())]
    assert any(not picture.isNull() for picture in pictures)


def test_both_courses_are_shown_on_the_map(proposed: Hand) -> None:
    card = proposed.window.trenches.cards[0]
    click(proposed, button(card, "在图上看改线前后"))
    marks = {one.mark for one in proposed.map._overlays["courses"]}
    assert marks == {Mark.BEFORE, Mark.AFTER}


def test_an_accepted_proposal_is_one_step_that_undo_takes_back(proposed: Hand) -> None:
    before = {key: one.line for key, one in proposed.session.routes.items()}
    card = next(one for one in proposed.window.trenches.cards if not one.proposal.own_failures)
    click(proposed, button(card, "同意"))
    after = {key: one.line for key, one in proposed.session.routes.items()}
    assert any(after[key] != before[key] for key in before)
    assert all(after[one.route_id] == one.line for one in card.proposal.routes)
    (review,) = proposed.session.store.records(TrenchReview)
    assert (review.verdict, review.reviewed_by) == (ReviewVerdict.ACCEPTED, "张工")
    assert "已同意" in proposed.said()
    assert proposed.window.trenches.cards == []
    proposed.key("Ctrl+Z")
    assert {key: one.line for key, one in proposed.session.routes.items()} == before
    assert proposed.session.store.records(TrenchReview) == ()


def test_returning_a_proposal_asks_for_a_remark(proposed: Hand) -> None:
    card = proposed.window.trenches.cards[0]
    click(proposed, button(card, "退回"))
    assert "要写明意见" in proposed.said()
    card.remark.setText("先补管径")
    click(proposed, button(card, "退回"))
    (review,) = proposed.session.store.records(TrenchReview)
    assert (review.verdict, review.remark) == (ReviewVerdict.RETURNED, "先补管径")


def test_proposals_for_lines_that_changed_are_gone(proposed: Hand) -> None:
    proposed.session.delete("MAIN-heat")
    assert proposed.window.trenches.cards == []
    assert proposed.window.trenches.ask.isEnabled()


def test_the_window_closes_while_proposals_are_looked_for(hand: Hand, tmp_path: Path) -> None:
    cases = places.sample_county() / "cases"
    routes = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    hand.session.put(*routes, what="import")
    hand.window.trenches.propose()
    hand.close()
    assert hand.shell.window is None
