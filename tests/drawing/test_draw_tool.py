"""Drawing: every vertex is on disk, the figures follow the pointer, Esc and Backspace step back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from neixiang_survey_plugin.app.drawing import modes
from neixiang_survey_plugin.app.drawing.board import Notice
from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.drawing.modes import Entered, Mode
from neixiang_survey_plugin.app.map_host import Mark
from tests.drawing.desk import Drawn, desk_on
from tests.drawn import route
from tests.session.lanes import Newest, Queue, drain

# Where 20 and 90 are no coordinates.
FAR_AWAY = (576_000.0, 3_655_000.0, 583_000.0, 3_662_000.0)


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[Drawn]:
    with desk_on(tmp_path) as found:
        yield found


def test_clicks_make_a_line_and_finishing_keeps_it(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0), (55, 0))
    drawn.desk.finish()
    assert drawn.course("c-water") == [(0, 0), (30, 0), (55, 0)]
    kept = drawn.session.routes["c-water"]
    assert (kept.utility, kept.case_id, kept.unit) == ("water", "c", "water")
    assert drawn.session.drafts == ()
    assert drawn.session.selected == "c-water"
    assert drawn.map.shown == {}


def test_a_double_click_adds_no_second_vertex_at_its_place(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0), (30, 0))
    drawn.desk.finish()
    assert drawn.course("c-water") == [(0, 0), (30, 0)]


def test_every_vertex_is_on_disk_before_the_next(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "gas")
    drawn.click((0, 0))
    assert [one.vertices for one in drawn.session.drafts] == [((0, 0),)]
    drawn.click((10, 0))
    (draft,) = drawn.session.drafts
    assert (draft.vertices, draft.utility, draft.route_id) == (((0, 0), (10, 0)), "gas", "c-gas")


def test_the_figures_beside_the_pointer_are_those_of_the_line_up_to_it(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0))
    drawn.move((45, 0))
    shown = drawn.readouts[-1]
    assert shown is not None
    assert (shown.segment_m, shown.total_m, shown.azimuth_deg) == (15, 45, 90)
    assert shown.crossing is not None
    assert (shown.crossing.length_m, shown.inside) == (pytest.approx(5), True)
    drawn.move((70, 0))
    shown = drawn.readouts[-1]
    assert shown is not None
    assert shown.crossing is not None
    assert (shown.crossing.length_m, shown.inside) == (pytest.approx(8), False)
    assert shown.green_m2 == pytest.approx(20)
    assert [one.mark for one in drawn.map.shown["measured"]] == [Mark.CROSSING, Mark.GREEN]
    assert drawn.map.shown["measured"][0].geometry.length == pytest.approx(8)


def test_backspace_takes_the_last_vertex_back_and_the_first_drops_the_line(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0))
    drawn.desk.back()
    assert [one.vertices for one in drawn.session.drafts] == [((0, 0),)]
    drawn.desk.back()
    assert drawn.session.drafts == ()
    drawn.desk.back()


def test_escape_drops_the_line_then_leaves_the_tool_then_chooses_nothing(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0))
    drawn.desk.finish()
    drawn.click((0, 9), (30, 9))
    drawn.desk.cancel()
    assert (drawn.session.drafts, drawn.desk.now.mode) == ((), Mode.DRAW)
    drawn.desk.cancel()
    assert drawn.desk.now == Entered(Mode.SELECT)
    drawn.session.select("c-water")
    drawn.desk.cancel()
    assert drawn.session.selected is None


def test_undo_goes_vertex_by_vertex_and_then_step_by_step(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0))
    drawn.desk.finish()
    drawn.click((0, 9), (30, 9))
    assert drawn.desk.undo()
    assert [len(one.vertices) for one in drawn.session.drafts] == [1]
    assert drawn.desk.undo()
    assert drawn.session.drafts == ()
    assert drawn.desk.undo()
    assert drawn.session.routes == {}
    assert not drawn.desk.undo()


def test_undo_brings_back_a_line_that_escape_dropped(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0), (40, 5))
    drawn.desk.cancel()
    assert drawn.desk.undo()
    assert [len(one.vertices) for one in drawn.session.drafts] == [3]
    drawn.desk.finish()
    assert len(drawn.course("c-water")) == 3


def test_one_vertex_is_no_line_and_is_said_to_be_none(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.desk.finish()
    drawn.click((0, 0))
    drawn.desk.finish()
    assert drawn.notices == [Notice.TOO_FEW_VERTICES]
    assert drawn.session.routes == {}


def test_another_mode_leaves_the_line_as_a_draft_that_can_be_taken_up(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "gas")
    drawn.click((0, 0), (30, 0))
    drawn.desk.enter(Mode.SELECT)
    assert drawn.map.shown == {}
    (draft,) = drawn.session.drafts
    drawn.desk.take_up(draft)
    assert drawn.desk.now == Entered(Mode.DRAW, "gas")
    drawn.click((55, 0))
    drawn.desk.finish()
    assert drawn.course("c-gas") == [(0, 0), (30, 0), (55, 0)]


def test_typed_lengths_angles_and_coordinates_are_vertices(drawn: Drawn) -> None:
    drawn.desk.board.home = FAR_AWAY
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0))
    drawn.move((7, 0))
    drawn.desk.type_in("20")
    drawn.desk.type_in("5 0")
    drawn.desk.type_in("10 <90")
    drawn.desk.type_in("3658606.96 578457.54")
    drawn.desk.finish()
    course = drawn.course("c-water")
    assert course[-1] == (578457.54, 3658606.96)
    assert [x for point in course[:4] for x in point] == pytest.approx([0, 0, 20, 0, 20, 5, 30, 5])


def test_pasted_coordinates_are_kept_and_measured_once_however_many(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, measured = [], []
    keep, measure = drawn.session.draw, drawn.session.preview
    monkeypatch.setattr(drawn.session, "draw", lambda one: (kept.append(one), keep(one))[1])
    monkeypatch.setattr(
        drawn.session, "preview", lambda one, *how: (measured.append(one), measure(one, *how))[1]
    )
    drawn.desk.board.home = FAR_AWAY
    drawn.desk.enter(Mode.DRAW, "water")
    rows = [f"{3_658_600 + n} 578457.5" for n in range(30)]
    drawn.desk.type_in("\n".join([*rows, rows[-1]]))
    assert [len(one.vertices) for one in kept] == [30]
    assert len(measured) == 1
    drawn.desk.back()
    assert drawn.desk.drawing is not None
    assert len(drawn.desk.drawing.vertices) == 29


def test_what_is_typed_before_anything_is_drawn_asks_to_begin(drawn: Drawn) -> None:
    drawn.desk.board.home = FAR_AWAY
    drawn.desk.type_in("20")
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.desk.type_in("20 90")
    drawn.desk.type_in("nonsense")
    assert drawn.notices == [Notice.BEGIN_FIRST, Notice.NO_FIRST_VERTEX]
    assert "nonsense" in drawn.map.said[0]


def test_a_length_without_a_direction_asks_for_one(drawn: Drawn) -> None:
    drawn.desk.board.home = FAR_AWAY
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0))
    drawn.desk.type_in("20")
    drawn.desk.type_in("20 <90")
    assert drawn.notices == [Notice.NO_DIRECTION, Notice.NO_DIRECTION]
    drawn.desk.type_in("20 90")
    assert drawn.session.drafts[0].vertices[1] == (pytest.approx(20), pytest.approx(0))


def test_a_length_goes_straight_on_while_the_pointer_lies_where_it_lay(drawn: Drawn) -> None:
    drawn.desk.board.home = FAR_AWAY
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0))
    drawn.move((7, 0))
    drawn.desk.type_in("20")
    shown = drawn.readouts[-1]
    assert shown is not None
    assert (shown.total_m, shown.at) == (pytest.approx(20), (pytest.approx(20), pytest.approx(0)))
    drawn.desk.type_in("10")  # not back to the pointer, which lies behind now
    assert drawn.session.drafts[0].vertices[2] == (pytest.approx(30), pytest.approx(0))
    drawn.move((30, 5))
    drawn.desk.type_in("4")
    assert drawn.session.drafts[0].vertices[3] == (pytest.approx(30), pytest.approx(4))


def test_enter_alone_ends_a_line_that_was_typed(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0))
    drawn.desk.type_in("  ")
    assert drawn.course("c-water") == [(0, 0), (30, 0)]


def test_a_line_stays_with_the_case_in_which_it_was_begun(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0))
    drawn.desk.board.kit = Kit("other")
    drawn.move((50, 0))
    drawn.desk.finish()
    kept = drawn.session.routes["c-water"]
    assert (kept.case_id, kept.unit, kept.applicant_kind) == ("c", "water", "company")
    drawn.click((0, 9), (30, 9))
    drawn.desk.finish()
    assert drawn.session.routes["other-water"].case_id == "other"


def test_a_line_that_is_taken_up_again_is_given_what_its_own_case_shares(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0))
    drawn.desk.enter(Mode.SELECT)
    drawn.desk.board.kit = Kit("other")
    drawn.desk.board.kit_of = lambda case_id: Kit(case_id, site_id=f"site of {case_id}")
    drawn.desk.take_up(drawn.session.drafts[0])
    drawn.desk.finish()
    kept = drawn.session.routes["c-water"]
    assert (kept.case_id, kept.site_id) == ("c", "site of c")


def test_a_new_utility_begins_a_new_line(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 0), (30, 0))
    drawn.desk.enter(Mode.DRAW, "gas")
    drawn.click((0, 5), (30, 5))
    drawn.desk.finish()
    assert list(drawn.session.routes) == ["c-gas"]
    assert [one.utility for one in drawn.session.drafts] == ["water"]


def while_undoing(drawn: Drawn) -> Queue:
    """Many lines are being taken back, until somebody says that they are."""
    lines = [route(f"300 {n}, 309 {n}", f"m{n}", case_id="c") for n in range(30)]
    drawn.session.bring_in(lines, "import", lambda _: None)
    drawn.session.writing = Queue()
    drawn.session.undo()
    return drawn.session.writing


def test_a_line_that_is_ended_while_many_are_taken_back_is_seen_and_kept_after_them(
    drawn: Drawn,
) -> None:
    drawn.desk.enter(Mode.DRAW, "gas")
    drawn.click((0, 5), (30, 5))
    writing = while_undoing(drawn)
    drawn.desk.finish()
    (name,) = [one for one in drawn.map.shown if one.startswith("ending")]
    assert drawn.map.shown[name][0].geometry.wkt == "LINESTRING (0 5, 30 5)"
    assert "c-gas" not in drawn.session.routes
    assert not drawn.desk.drawing.begun
    drain(writing)
    assert list(drawn.session.routes) == ["c-gas"]
    assert drawn.session.selected == "c-gas"
    assert name not in drawn.map.shown


@pytest.mark.parametrize("leaves", [True, False])
def test_a_line_that_was_ended_is_not_chosen_while_another_is_in_hand(
    drawn: Drawn, leaves: bool
) -> None:
    drawn.desk.enter(Mode.DRAW, "gas")
    drawn.click((0, 5), (30, 5))
    writing = while_undoing(drawn)
    drawn.desk.finish()
    if leaves:
        drawn.desk.enter(Mode.DRAW, "water")
    drawn.click((0, 9), (30, 9))
    drain(writing)
    assert "c-gas" in drawn.session.routes
    assert drawn.session.selected is None
    assert drawn.desk.drawing.vertices == ((0, 9), (30, 9))


def test_a_line_whose_keeping_was_cancelled_can_be_gone_on_with(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "gas")
    drawn.click((0, 5), (30, 5))
    writing = while_undoing(drawn)
    drawn.desk.finish()
    for _ in range(2):
        writing.drop()
    assert drawn.notices == [Notice.LINE_LEFT]
    assert not any(one.startswith("ending") for one in drawn.map.shown)
    assert [one.vertices for one in drawn.session.drafts] == [((0, 5), (30, 5))]


def test_very_many_vertices_are_on_disk_at_once_and_shown_after_what_waits(drawn: Drawn) -> None:
    waiting: list[Callable[[], None]] = []
    pasted = "\n".join(f"{n / 50:.2f} {60 + n % 2}" for n in range(600))
    with patch.object(drawn.map, "run_later", lambda call, after_ms=0: waiting.append(call)):
        drawn.desk.enter(Mode.DRAW, "water")
        drawn.desk.type_in(pasted)
        (draft,) = drawn.session.drafts
        assert len(draft.vertices) == 600
        assert "draft" not in drawn.map.shown
        waiting.pop()()
        assert len(drawn.map.shown["draft"][0].geometry.coords) == 600
        drawn.session.ahead = newest = Newest()
        before = drawn.session._lines._previewed
        waiting.pop()()
        assert (before, drawn.session._lines._previewed) == (None, "c-water")
        assert not drawn.readouts[-1].is_measured
        drawn.desk.type_in("100 0")  # before it was shown: newer is, and nothing of before
        newest.drain()
        waiting.pop()()
        shown = drawn.readouts[-1]
        assert shown.at == (0.0, 100.0)
        assert shown.is_measured
        assert waiting == []
        drawn.desk.back()
        newest.drain()
        waiting.pop()()
        drawn.desk.type_in(pasted)
        told: list[object] = []
        drawn.session.listen(told.append)
        for heard in (0, 1):  # its course, that it is being measured
            waiting.pop()()
            assert len(told) == heard
        newest.work()
        assert len(told) == 1
        newest.tell()  # what the panels and the map show of it
        assert len(told) == 2
        assert not drawn.readouts[-1].is_measured
        waiting.pop()()
        assert drawn.readouts[-1].is_measured
        assert drawn.readouts[-1].at == (61.0, 11.98)
        assert "measured" in drawn.map.shown
        assert waiting == []
        drawn.desk.back()
        drawn.desk.type_in(pasted)
        drawn.desk.enter(Mode.SELECT)  # before it was shown
        waiting.pop()()
        assert "draft" not in drawn.map.shown


def test_of_very_many_lines_the_pointer_is_drawn_to_the_last_after_what_waits(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modes, "_LINES_A_STEP", 10)
    waiting: list[Callable[[], None]] = []
    lines = [route(f"300 {n}, 309 {n}", f"m{n}") for n in range(25)]
    with patch.object(drawn.map, "run_later", lambda call, after_ms=0: waiting.append(call)):
        drawn.session.bring_in(lines, "import", lambda _: None)
        drawn.session.delete("m9", "m24")
        there = [{f"m{n}" for n in range(end) if n not in (9, 24)} for end in (10, 20, 25)]
        for names in there:
            assert {
                f"m{n}" for n in range(25) if f"m{n}" in drawn.desk.board.snapper.moving
            } == names
            if waiting:
                waiting.pop()()
    assert waiting == []
