"""Proposals to dig together: asked for beside the window, shown, decided, taken back."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from shapely import affinity

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.map_host import Mark
from neixiang_survey_plugin.core.trenching.partitions import Variant
from neixiang_survey_plugin.core.trenching.review import ReviewVerdict, TrenchReview
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui import in_steps, trench_card, trench_panel
from tests.window.hand import Hand
from tests.window.test_answers import watched


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


def test_sections_are_painted_beside_the_window_and_the_cards_are_seen_when_all_are_there(
    proposed: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, clock = proposed.window.trenches, count()
    before = [card.proposal.proposal_id for card in panel.cards]
    painted = watched(monkeypatch, trench_card, "drawing_image")
    monkeypatch.setattr(in_steps, "now_s", lambda: float(next(clock)))
    with proposed.bot.waitSignal(panel.background.done, timeout=20_000):
        click(proposed, panel.ask)
    assert (panel.cards, panel._busy.isVisible(), panel.ask.isEnabled()) == ([], True, False)
    proposed.wait_for(lambda: bool(panel.cards))
    assert [card.proposal.proposal_id for card in panel.cards] == before
    assert all(card.isVisible() for card in panel.cards)
    assert (panel._busy.isVisible(), panel._empty.isVisible()) == (False, False)
    assert len(painted) >= 1
    assert not any(painted)


def test_a_click_on_the_section_shows_it_large_enough_to_read(proposed: Hand) -> None:
    card = proposed.window.trenches.cards[0]
    small = card.section.findChild(QtWidgets.QLabel).pixmap()
    panel = proposed.window.trenches
    # until the card has its place: a click on what is about to move is none
    proposed.wait_for(lambda: small.height() <= card.section.height() < panel.height())
    proposed.wait_for(lambda: card.width() < panel.width())
    click(proposed, card.section)
    form = proposed.window.forms.open
    assert form is not None
    assert form.isVisible()
    assert "同沟" in form.windowTitle()
    large = form.picture.pixmap()
    assert large.width() >= 2.5 * small.width()
    form.close()
    proposed.key("Return", card.section)
    assert proposed.window.forms.open.isVisible()


def shown(hand: Hand) -> list[Mark]:
    return sorted((one.mark for one in hand.map._overlays.get("courses", ())), key=str)


def test_the_map_is_switched_between_before_and_after(proposed: Hand) -> None:
    card, other = proposed.window.trenches.cards[:2]
    count = len(card.proposal.members)
    click(proposed, button(card, "之前"))
    assert shown(proposed) == [Mark.STRIP] * count
    click(proposed, button(card, "之后"))
    assert shown(proposed).count(Mark.STRIP) == 1
    assert shown(proposed).count(Mark.AFTER) == count
    after = {o.geometry.wkt for o in proposed.map._overlays["courses"] if o.mark is Mark.AFTER}
    assert after == {one.line.wkt for one in card.proposal.routes}
    faded = {o.geometry.wkt for o in proposed.map._overlays["courses"] if o.mark is Mark.BEFORE}
    assert faded == {
        one.route.line.wkt for one in card.proposal.members if one.route.line != one.after.line
    }
    click(proposed, button(card, "对比"))
    assert shown(proposed).count(Mark.STRIP) == count + 1
    assert [view.value for view, made in card.views.items() if made.isChecked()] == ["both"]
    click(proposed, button(other, "之后"))
    assert not any(made.isChecked() for made in card.views.values())
    click(proposed, button(other, "之后"))
    assert shown(proposed) == []


def test_a_card_says_plainly_where_digging_apart_is_better(proposed: Hand) -> None:
    panel = proposed.window.trenches
    cards = {one.proposal.variant: one for one in panel.cards}
    words = [one.text() for one in cards[Variant.ALL].findChildren(QtWidgets.QLabel)]
    assert any("比各自施工：费用多" in text and "审批方式变严" in text for text in words)
    assert any("由来" in text and "净距" in text for text in words)
    words = [one.text() for one in cards[Variant.IN_PLACE].findChildren(QtWidgets.QLabel)]
    assert not any("比各自施工" in text for text in words)
    words = [one.text() for one in panel.findChildren(QtWidgets.QLabel)]
    assert any(text.startswith("不合并（各自施工）也可选") for text in words)


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


def test_to_look_for_proposals_and_to_accept_one_few_rows_are_read_in_the_window(
    proposed: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, asked = proposed.session.store, list[object]()
    records, routes = store.records, store.routes

    def read_records(kind: type, *more: Any, **where: Any) -> Any:
        asked.append(kind)
        return records(kind, *more, **where)

    def read_routes(**where: Any) -> Any:
        asked.append(where.get("route_ids"))
        return routes(**where)

    monkeypatch.setattr(store, "records", read_records)
    monkeypatch.setattr(store, "routes", read_routes)
    panel = proposed.window.trenches
    panel.propose()
    assert asked == []
    proposed.wait_for(lambda: bool(panel.cards))
    card = next(one for one in panel.cards if not one.proposal.own_failures)
    asked.clear()
    click(proposed, button(card, "同意"))
    assert card.proposal.route_ids in asked
    assert None not in asked


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


def test_of_very_many_proposals_no_more_are_listed_than_anybody_reads(
    proposed: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trench_panel, "_MOST", 0)
    panel = proposed.window.trenches
    click(proposed, panel.ask)
    proposed.wait_for(panel.ask.isEnabled)
    assert panel.cards  # all that the case has
    proposed.window.choose_case(None)
    click(proposed, panel.ask)
    proposed.wait_for(panel.ask.isEnabled)
    assert panel.cards == []
    words = [one.text() for one in panel.findChildren(QtWidgets.QLabel) if one.isVisibleTo(panel)]
    assert any(text.startswith("还有 1 组外线") for text in words)
    assert "没有可以合并的外线" not in words


def test_a_line_of_another_open_case_joins_and_a_street_opened_twice_is_named(hand: Hand) -> None:
    cases = places.sample_county() / "cases"
    routes = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    mine, other, far = routes[0], replace(routes[1], case_id="C9"), replace(routes[2], case_id="C8")
    far = replace(far, line=affinity.translate(far.line, 0.0, 4000.0))
    hand.session.put(mine, other, far, what="import")
    hand.window.choose_case("MAIN")
    hand.window.tabs.setCurrentWidget(hand.window.trenches)
    panel = hand.window.trenches
    click(hand, panel.ask)
    hand.wait_for(lambda: bool(panel.cards))
    shared = {route_id for card in panel.cards for route_id in card.proposal.route_ids}
    assert shared == {mine.route_id, other.route_id}
    words = [one.text() for one in panel.findChildren(QtWidgets.QLabel)]
    assert any("30 天以内不止一次开挖" in text and other.route_id in text for text in words)
    assert not any(far.route_id in text for text in words)


def test_a_diameter_that_is_missing_for_the_section_is_one_click_away(proposed: Hand) -> None:
    session = proposed.session
    chosen = next(iter(session.routes))
    session.put(replace(session.routes[chosen], diameter_mm=None), what="facts")
    click(proposed, proposed.window.trenches.ask)
    proposed.wait_for(lambda: bool(proposed.window.trenches.cards))
    words = proposed.window.look.texts("survey.confirm", what="")
    links = proposed.window.trenches.findChildren(QtWidgets.QPushButton)
    (ask,) = [one for one in links if one.text().startswith(words) and chosen in one.text()]
    click(proposed, ask)
    form = proposed.window.forms.open
    assert form is not None
    assert session.selected == chosen
    proposed.wait_for(lambda: form.focusWidget() is not None)
    proposed.bot.keyClicks(form.focusWidget(), "110")
    proposed.key("Return", form.focusWidget())
    assert session.routes[chosen].diameter_mm == 110
