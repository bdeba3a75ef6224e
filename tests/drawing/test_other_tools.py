"""Reshaping, splitting, boring, parallels, choosing, turning round and copying."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from shapely import LineString

from neixiang_survey_plugin.app.drawing.board import Notice
from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.session.events import Previewed
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.routes import Bore
from tests.drawing.desk import Drawn, at, desk_on
from tests.drawn import route

STRAIGHT = route("0 0, 30 0, 55 0", "r1", case_id="c", diameter_mm=110.0)


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[Drawn]:
    with desk_on(tmp_path) as found:
        found.session.put(STRAIGHT, what="import")
        found.session.select("r1")
        yield found


def test_a_vertex_is_dragged_in_one_undoable_step(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.RESHAPE)
    drawn.desk.press(at(30.2, 0.1))
    drawn.move((30, 10))
    assert drawn.readouts[-1] is not None
    drawn.move((30, 20))
    drawn.desk.release(at(30, 20))
    assert drawn.course("r1") == [(0, 0), (30, 20), (55, 0)]
    drawn.session.undo()
    assert drawn.course("r1") == [(0, 0), (30, 0), (55, 0)]
    assert drawn.session.can_redo


def test_a_press_on_a_vertex_that_moves_nothing_is_no_step(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.RESHAPE)
    drawn.desk.press(at(30, 0))
    drawn.desk.release(at(30, 0))
    assert drawn.session.undo().what == "import"


def test_a_press_on_a_segment_inserts_a_vertex(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.RESHAPE)
    drawn.drag((40, 0), (40, 6))
    assert drawn.course("r1") == [(0, 0), (30, 0), (40, 6), (55, 0)]


def test_backspace_deletes_the_vertex_touched_last_and_two_always_stay(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.RESHAPE)
    drawn.desk.press(at(0, 0))
    drawn.desk.release(at(0, 0))
    drawn.desk.back()
    assert drawn.course("r1") == [(30, 0), (55, 0)]
    drawn.desk.back()
    assert drawn.notices == [Notice.TWO_VERTICES_STAY]


def test_escape_while_dragging_leaves_the_line_as_it_was(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.RESHAPE)
    drawn.desk.press(at(30, 0))
    drawn.move((30, 20))
    drawn.desk.cancel()
    drawn.desk.release(at(30, 20))
    assert drawn.course("r1") == [(0, 0), (30, 0), (55, 0)]
    assert drawn.desk.now.mode is Mode.RESHAPE
    drawn.desk.cancel()
    assert drawn.desk.now.mode is Mode.SELECT
    assert drawn.map.shown == {}


def test_a_press_beside_the_chosen_line_chooses_another(drawn: Drawn) -> None:
    drawn.session.put(route("0 9, 30 9", "r2"), what="import")
    drawn.desk.enter(Mode.RESHAPE)
    drawn.click((10, 9))
    assert drawn.session.selected == "r2"
    drawn.click((10, 90))
    assert drawn.notices == [Notice.NO_LINE_HERE]


def test_a_bore_stays_where_it_is_while_another_part_is_bent(drawn: Drawn) -> None:
    drawn.session.put(route("0 0, 30 0, 60 0, 90 0", "r1", bores=[(62.0, 80.0)]), what="import")
    drawn.desk.enter(Mode.RESHAPE)
    drawn.drag((30, 0), (30, 40))
    (bore,) = drawn.session.routes["r1"].trenchless
    assert (bore.from_m, bore.to_m) == (pytest.approx(102), pytest.approx(120))


def test_a_click_splits_a_line_and_shares_its_bores(drawn: Drawn) -> None:
    bored = route("0 0, 60 0", "r1", case_id="c", bores=[(10, 30), (40, 50)])
    drawn.session.put(bored, what="import")
    drawn.desk.enter(Mode.SPLIT)
    drawn.click((20, 0.3))
    first, second = drawn.session.routes["r1"], drawn.session.routes["c-water"]
    assert (first.line.wkt, first.trenchless) == ("LINESTRING (0 0, 20 0)", (Bore(10, 20),))
    assert second.line.wkt == "LINESTRING (20 0, 60 0)"
    assert second.trenchless == (Bore(0, 10), Bore(20, 30))
    drawn.session.undo()
    assert drawn.session.routes == {"r1": bored}


def test_a_line_is_not_split_at_its_end_nor_where_there_is_none(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.SPLIT)
    drawn.click((0, 0), (10, 90))
    assert "不能在端点处打断" in drawn.map.said[0]
    assert drawn.notices == [Notice.NO_LINE_HERE]
    assert list(drawn.session.routes) == ["r1"]


def test_two_clicks_mark_a_bore_with_its_depth_and_pits(drawn: Drawn) -> None:
    drawn.desk.set_bore(3.2, (2.0, 1.5))
    drawn.desk.enter(Mode.TRENCHLESS)
    drawn.click((48, 0), (40, 0.2))
    bored = drawn.session.routes["r1"]
    assert bored.trenchless == (Bore(40, 48, 3.2),)
    assert (bored.pit_length_m, bored.pit_width_m) == (2.0, 1.5)
    drawn.click((44, 0))
    assert drawn.session.routes["r1"].trenchless == ()


def test_bores_that_meet_become_one_and_an_unknown_depth_stays_unknown(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.TRENCHLESS)
    drawn.click((10, 0), (20, 0))
    drawn.desk.set_bore(4.0, None)
    drawn.click((30, 0), (15, 0))
    assert drawn.session.routes["r1"].trenchless == (Bore(10, 30, None),)
    drawn.click((50, 0), (40, 0))
    assert drawn.session.routes["r1"].trenchless == (Bore(10, 30, None), Bore(40, 50, 4.0))


def test_escape_drops_the_bore_that_was_begun(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.TRENCHLESS)
    drawn.click((10, 0))
    drawn.desk.cancel()
    drawn.click((20, 0))
    assert drawn.session.routes["r1"].trenchless == ()
    assert drawn.desk.now.mode is Mode.TRENCHLESS


def test_a_parallel_follows_a_kerb_on_the_side_of_the_pointer(drawn: Drawn) -> None:
    drawn.desk.set_distance(2.0)
    drawn.desk.enter(Mode.PARALLEL, "gas")
    drawn.click((40, -20), (37, 30))
    drawn.desk.finish()
    assert drawn.course("c-gas") == [(38, -20), (38, 30)]


def test_a_parallel_goes_on_with_the_line_that_was_begun(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.DRAW, "gas")
    drawn.click((0, -20))
    drawn.desk.enter(Mode.PARALLEL)
    drawn.click((10, 0), (20, 3))
    drawn.desk.enter(Mode.DRAW)
    drawn.click((30, 30))
    drawn.desk.finish()
    assert drawn.course("c-gas") == [(0, -20), (10, 1), (20, 1), (30, 30)]


def test_a_parallel_round_a_corner_of_a_ring_goes_the_shorter_way(drawn: Drawn) -> None:
    # the ring of the street begins at (48, -100): from one side of that corner to the other
    drawn.desk.enter(Mode.PARALLEL, "gas")
    drawn.click((48, -95), (43, -102))
    drawn.desk.finish()
    assert drawn.course("c-gas") == [(49, -95), (49, -101), (43, -101)]


def test_a_parallel_that_is_only_shown_looks_for_a_free_name_once(drawn: Drawn) -> None:
    session, shown = drawn.session, []
    session.listen(lambda event: shown.append(event) if isinstance(event, Previewed) else None)
    drawn.desk.enter(Mode.PARALLEL, "gas")
    drawn.click((40, -20))
    with patch.object(Session, "free_ids", autospec=True, side_effect=Session.free_ids) as asked:
        for north in (-10, 0, 10, 20):
            drawn.move((37, north))
        assert asked.call_count == 1
        session.put(route("0 -50, 9 -50", "c-gas", "gas", case_id="c"), what="import")
        drawn.move((37, 30))  # another line took that name meanwhile
        assert asked.call_count == 2
    named = [one.result.route.route_id for one in shown if one.result is not None]
    assert named == ["c-gas"] * 4 + ["c-gas-2"]
    drawn.click((37, 30))
    drawn.desk.finish()
    assert drawn.course("c-gas") == [(0, -50), (9, -50)]
    assert drawn.course("c-gas-2") == [(39, -20), (39, 30)]


def test_what_cannot_be_followed_is_said(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.PARALLEL, "gas")
    drawn.click((-300, -300))
    assert drawn.notices == [Notice.NO_EDGE_HERE]


def test_a_line_is_turned_round_with_its_bores_where_they_were(drawn: Drawn) -> None:
    drawn.session.put(route("0 0, 60 0", "r1", bores=[(10, 30)]), what="import")
    drawn.desk.reverse()
    turned = drawn.session.routes["r1"]
    assert (turned.line.wkt, turned.trenchless) == ("LINESTRING (60 0, 0 0)", (Bore(30, 50),))


def test_a_line_that_is_bored_to_its_end_is_turned_round_and_read_again(drawn: Drawn) -> None:
    line = route("0 0, -9.937233133967627 11.744002794689015", "r1")
    bored = replace(line, trenchless=(Bore(10.819579297286424, line.line.length + 2e-15),))
    drawn.session.put(bored, what="split")
    drawn.session.select("r1")
    drawn.desk.reverse()
    kept = drawn.session.store.routes()
    assert (kept.unreadable, kept.routes[0].trenchless[0].from_m) == ((), 0.0)


def test_a_copy_takes_the_course_and_nothing_of_the_pipe(drawn: Drawn) -> None:
    drawn.desk.copy_to("gas")
    copy = drawn.session.routes["c-gas"]
    assert copy.line == STRAIGHT.line
    assert (copy.utility, copy.unit, copy.diameter_mm, copy.case_id) == ("gas", "gas", None, "c")
    assert drawn.session.selected == "c-gas"


def test_the_chosen_line_is_deleted(drawn: Drawn) -> None:
    drawn.desk.delete()
    assert drawn.session.routes == {}
    drawn.desk.delete()
    drawn.desk.reverse()
    drawn.desk.copy_to("gas")
    assert drawn.notices == [Notice.NO_LINE_HERE] * 3


def test_a_click_chooses_a_line_and_elsewhere_says_what_is_there(drawn: Drawn) -> None:
    drawn.session.select(None)
    drawn.move((10, 0))
    assert drawn.map.shown["hover"][0].geometry == LineString([(0, 0), (30, 0), (55, 0)])
    drawn.click((10, 0))
    assert (drawn.session.selected, drawn.identified) == ("r1", [None])
    drawn.click((70, 30))
    found = drawn.identified[-1]
    assert found is not None
    assert (found.layer, found.object_id, drawn.session.selected) == ("green_spaces", "G1", None)
    drawn.click((44, 30))
    found = drawn.identified[-1]
    assert found is not None
    assert (found.layer, found.facts["width_m"], found.facts["name"]) == ("roads", 8.0, None)
    drawn.click((-300, 0))
    assert drawn.identified[-1] is None
    assert "identified" not in drawn.map.shown
