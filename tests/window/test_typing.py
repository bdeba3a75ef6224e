"""Lengths, directions and coordinates that are typed or pasted, and other ways to end a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.hosts.desktop.window_parts import first_size
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from tests.window.hand import Hand
from tests.window.test_drawing import AREA, VIEW, at

ROWS = "J1\t3658340.5\t581600\nJ2\t3658340.5\t581620\nJ3\t3658350.25\t581625\n"
COURSE = [(581_600.0, 3_658_340.5), (581_620.0, 3_658_340.5), (581_625.0, 3_658_350.25)]


@pytest.fixture
def ready(hand: Hand) -> Iterator[Hand]:
    hand.look_at(*VIEW)
    hand.window.use_kit(Kit("T1"))
    hand.key("S")
    yield hand
    QtWidgets.QApplication.clipboard().clear()


def copy(text: str = "", *paths: Path) -> None:
    """Copy a text, or files, as in another program."""
    copied = QtCore.QMimeData()
    if paths:
        copied.setUrls([QtCore.QUrl.fromLocalFile(str(path)) for path in paths])
    else:
        copied.setText(text)
    QtWidgets.QApplication.clipboard().setMimeData(copied)


def course(hand: Hand, route_id: str = "T1-water") -> list[Any]:
    return list(hand.session.routes[route_id].line.coords)


def test_a_line_is_typed_from_its_first_vertex_to_its_end_without_the_mouse(ready: Hand) -> None:
    ready.key("1")
    ready.key("L")
    entry = ready.window.strip.entry
    assert entry.hasFocus()
    for text in ("3658340 581600", "20 90", "5 <90", "10"):
        ready.bot.keyClicks(entry, text)
        ready.key("Return", entry)
    ready.key("Return", entry)
    places = [value for place in course(ready) for value in place]
    assert places == pytest.approx(
        [581600, 3658340, 581620, 3658340, 581620, 3658335, 581620, 3658325]
    )
    assert ready.map.hasFocus()
    assert ready.session.drafts == ()


def test_rows_that_were_copied_are_vertices_on_the_map_and_in_the_field(ready: Hand) -> None:
    copy(ROWS)
    ready.key("1")
    ready.key("Ctrl+V")
    ready.key("Return")
    assert course(ready) == COURSE
    ready.key("3")
    ready.key("L")
    ready.key("Ctrl+V", ready.window.strip.entry)
    ready.key("Return")
    assert course(ready, "T1-gas") == COURSE


def test_rows_that_are_pasted_with_the_fields_own_menu_lose_no_vertex(ready: Hand) -> None:
    copy(ROWS)
    ready.key("1")
    ready.key("L")
    ready.window.strip.entry.paste()  # what the menu does: one line of text
    ready.key("Return", ready.window.strip.entry)
    ready.key("Return", ready.window.strip.entry)
    assert course(ready) == COURSE


def test_a_file_that_was_copied_is_pasted_as_one_that_is_dropped(
    ready: Hand, tmp_path: Path
) -> None:
    table = tmp_path / "points.csv"
    table.write_text("name,utility,X,Y\na,给水,3658330,581600\na,给水,3658330,581620\n", "utf-8")
    copy("", table)
    ready.key("Ctrl+V")
    ready.wait_for_work()
    assert course(ready) == [(581600, 3658330), (581620, 3658330)]


@pytest.mark.parametrize(
    ("key", "copied", "said"),
    [("1", "", "剪贴板里没有坐标"), ("V", ROWS, "请先选一个专业"), ("1", "abc", "第 1 行“abc”")],
)
def test_what_cannot_be_pasted_is_said(ready: Hand, key: str, copied: str, said: str) -> None:
    copy(copied)
    ready.key(key)
    ready.key("Ctrl+V")
    assert said in ready.said()
    assert (ready.session.routes, ready.session.drafts) == ({}, ())


def test_a_length_without_a_direction_is_asked_for_one(ready: Hand) -> None:
    ready.key("1")
    ready.click(at(0))
    ready.key("L")
    ready.bot.keyClicks(ready.window.strip.entry, "20")
    ready.key("Return", ready.window.strip.entry)
    assert "20 90" in ready.said()
    assert len(ready.session.drafts[0].vertices) == 1


def test_a_click_of_the_right_button_ends_the_line_where_it_is(ready: Hand) -> None:
    ready.key("1")
    ready.click(at(0), at(20))
    ready.right_click(*at(30, 10))
    assert [place[0] - AREA[0] for place in course(ready)] == pytest.approx([0, 20], abs=0.1)


def test_a_distance_is_typed_and_enter_gives_the_keyboard_back(ready: Hand) -> None:
    ready.draw(1, at(0), at(20))
    ready.key("3")
    ready.key("P")
    distance = ready.window.strip.distance
    distance.setFocus()
    distance.selectAll()
    ready.bot.keyClicks(distance, "2.5")
    ready.key("Return", distance)
    assert ready.map.hasFocus()
    ready.click(at(2), at(18, 3))
    ready.key("Return")
    gas, water = (ready.session.routes[f"T1-{one}"].line for one in ("gas", "water"))
    assert gas.distance(water) == pytest.approx(2.5, abs=0.01)


def test_a_window_that_was_never_seen_fits_on_a_small_laptop() -> None:
    for room, size in (((1366, 728), (1366, 688)), ((1920, 1040), (1440, 900))):
        found = first_size(QtCore.QSize(*room))
        assert (found.width(), found.height()) == size
