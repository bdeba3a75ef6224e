"""What the finder lists is what matches, however many things lie on its shelves."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.ui import findable
from neixiang_survey_plugin.ui.findable import Findable, Found, Shelf, shelf_of
from neixiang_survey_plugin.ui.finder import Finder
from tests.window.hand import Hand

TEXTS = st.text("aB路 ", max_size=4)
THINGS = st.lists(
    st.builds(lambda words, beside: Found(words, "road", nothing, beside), TEXTS, TEXTS)
)


@pytest.fixture(autouse=True)
def pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findable, "_LOOKED_THROUGH", 2)
    monkeypatch.setattr(findable, "_AT_ONCE", 2)
    monkeypatch.setattr(findable, "_MOST", 3)


def listed(wanted: str, things: list[Found]) -> list[Found]:
    """What is found by looking at all things at once."""
    whole = wanted.casefold()
    held = [one for one in things if all(part in one.text.casefold() for part in whole.split())]
    return sorted(held, key=lambda one: not one.text.casefold().startswith(whole))[:3]


@given(st.lists(THINGS, max_size=3), TEXTS)
def test_things_on_shelves_are_found_as_if_they_were_looked_at_one_by_one(
    shelves: list[list[Found]], wanted: str
) -> None:
    there = Findable([shelf_of("road", one) for one in shelves])
    there.read()
    every = [one for shelf in shelves for one in shelf]
    found = there.matching(wanted.strip())
    assert [id(one) for one in found] == [id(one) for one in listed(wanted.strip(), every)]


def test_a_thing_is_made_only_where_it_is_listed() -> None:
    made: list[int] = []

    def found(key: int) -> Found:
        made.append(key)
        return Found(f"路 {key}", "road", nothing)

    there = Findable([Shelf("road", ((f"路 {key} ", key) for key in range(100)), found)])
    there.read()
    assert [one.words for one in there.matching("路 9")] == ["路 9", "路 90", "路 91"]
    assert made == [9, 90, 91]


def test_enter_goes_to_what_all_letters_say_though_the_list_is_not_there_yet(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    things = [
        Found(words, "road", lambda one=words: went.append(one)) for words in ("ab", "a", "abc")
    ]
    finder = Finder([shelf_of("road", things)], hand.window.look)
    hand.bot.waitUntil(lambda: not finder._reading.busy)
    no_time: Any = iter(range(1_000))
    monkeypatch.setattr("neixiang_survey_plugin.ui.in_steps.now_s", lambda: next(no_time))
    finder.entry.setText("abc")
    assert finder.list.topLevelItem(0).text(0) == "ab"
    hand.key("Return", finder.entry)
    assert went == ["abc"]


def test_enter_before_all_is_read_goes_once_it_is(hand: Hand) -> None:
    went: list[str] = []
    things = [
        Found(words, "road", lambda one=words: went.append(one)) for words in ("ab", "abd", "abc")
    ]
    finder = Finder([shelf_of("road", things)], hand.window.look)
    finder.entry.setText("abc")
    hand.key("Return", finder.entry)
    assert went == []
    hand.bot.waitUntil(lambda: went == ["abc"])


def test_who_types_on_after_enter_goes_nowhere_yet(hand: Hand) -> None:
    went: list[str] = []
    things = [Found(words, "road", lambda one=words: went.append(one)) for words in ("b", "a", "c")]
    finder = Finder([shelf_of("road", things)], hand.window.look)
    hand.key("Return", finder.entry)
    finder.entry.setText("a")
    hand.bot.waitUntil(lambda: not finder._reading.busy)
    assert went == []


def test_rows_that_are_nothing_take_their_turn_and_are_not_found() -> None:
    rows = [None, None, None, ("路 3 ", 3), None]
    shelf = Shelf("road", rows, lambda key: Found(f"路 {key}", "road", nothing))
    steps = sum(1 for _ in shelf.reading())
    assert (steps, shelf.texts) == (3, ["路 3 "])
    assert [one.words for one in Findable([shelf]).matching("路")] == ["路 3"]


def test_who_closes_the_finder_after_enter_goes_nowhere(hand: Hand) -> None:
    went: list[str] = []
    things = [Found(words, "road", lambda one=words: went.append(one)) for words in ("b", "a", "c")]
    finder = Finder([shelf_of("road", things)], hand.window.look)
    hand.key("Return", finder.entry)
    finder.reject()
    assert not finder._reading.busy
    assert went == []


def test_what_an_arrow_chose_is_gone_to_before_all_is_read(hand: Hand) -> None:
    went: list[str] = []
    things = [Found(words, "road", lambda one=words: went.append(one)) for words in ("b", "a", "c")]
    finder = Finder([shelf_of("road", things)], hand.window.look)
    hand.key("Down", finder.entry)
    hand.key("Return", finder.entry)
    assert went == ["a"]
