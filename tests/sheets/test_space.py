"""Words on a map stand clear of each other and of lines, or they do not stand there."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.sheets.frames import MapFrame
from neixiang_survey_plugin.app.sheets.letters import width_mm
from neixiang_survey_plugin.app.sheets.scene import Line, Text
from neixiang_survey_plugin.app.sheets.space import Space
from tests.sheets.letters import LETTERS

FRAME = MapFrame(500.0, 0.0, 0.0, 0.0, 0.0, 100.0, 100.0)
places = st.tuples(st.floats(5.0, 95.0), st.floats(5.0, 95.0))


def box(text: Text) -> tuple[float, float, float, float]:
    half, wide = text.size_mm / 2.0, width_mm(LETTERS, text.text, text.size_mm)
    return text.at[0], text.at[1] - half, text.at[0] + wide, text.at[1] + half


def apart(one: Text, other: Text) -> bool:
    a, b = box(one), box(other)
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@given(st.lists(places, max_size=30))
def test_no_two_labels_cover_each_other_and_none_leaves_the_frame(
    found: list[tuple[float, float]],
) -> None:
    space = Space(FRAME, LETTERS)
    marks = [mark for at in found for mark in space.about(at, ("示例路", "7.32 m"), 2.0)]
    texts = [mark for mark in marks if isinstance(mark, Text)]
    assert all(apart(one, other) for one, other in itertools.combinations(texts, 2))
    assert all(FRAME.holds(*box(text)[:2]) and FRAME.holds(*box(text)[2:]) for text in texts)


def test_a_label_that_has_to_stand_far_off_has_a_leader() -> None:
    space = Space(FRAME, LETTERS)
    space.take([(40.0, 40.0, 60.0, 60.0)])
    marks = list(space.about((50.0, 50.0), ("路",), 2.0))
    assert isinstance(marks[0], Line)
    assert marks[0].points[0] == (50.0, 50.0)


def test_a_label_without_room_is_left_out() -> None:
    space = Space(FRAME, LETTERS)
    space.take([(0.0, 0.0, 100.0, 100.0)])
    assert list(space.about((50.0, 50.0), ("路",), 2.0)) == []
    assert space.beside((10.0, 50.0), (90.0, 50.0), "路", 2.0) is None


def test_words_along_a_line_are_never_head_over_heels() -> None:
    for ends in (((90.0, 50.0), (10.0, 50.0)), ((50.0, 10.0), (50.0, 90.0))):
        words = Space(FRAME, LETTERS).beside(*ends, "给水", 2.0)
        assert words is not None
        assert -90.0 < words.turned_deg <= 90.0


def test_words_stand_beside_a_line_and_not_on_it() -> None:
    space = Space(FRAME, LETTERS)
    space.take_line(((10.0, 50.0), (90.0, 50.0)), 0.5)
    words = space.beside((10.0, 50.0), (90.0, 50.0), "给水", 2.0)
    assert words is not None
    assert abs(words.at[1] - 50.0) > 1.5
