"""Features that lie on each other are named and left as they are."""

from __future__ import annotations

import pytest
import shapely

from neixiang_survey_plugin.core.repair import neighbours
from neixiang_survey_plugin.core.repair.repairs import Outcome, Trouble
from tests.repair.shapes import LINES, column, repaired

SQUARE = "POLYGON((0 0,10 0,10 10,0 10,0 0))"


def test_the_same_area_begun_at_another_corner_is_a_duplicate() -> None:
    result = repaired(SQUARE, "POLYGON((10 10,0 10,0 0,10 0,10 10))", SQUARE)
    assert [(r.trouble, r.row, r.other_row) for r in result.repairs] == [
        (Trouble.DUPLICATE, 1, 0),
        (Trouble.DUPLICATE, 2, 0),
    ]
    assert {repair.outcome for repair in result.repairs} == {Outcome.KEPT}


def test_a_line_drawn_the_other_way_is_a_duplicate() -> None:
    result = repaired(
        "LINESTRING(0 0,5 5)", "LINESTRING(5 5,0 0)", "LINESTRING(0 5,5 0)", kinds=LINES
    )
    assert [(r.trouble, r.row, r.other_row) for r in result.repairs] == [(Trouble.DUPLICATE, 1, 0)]


def test_an_overlap_is_named_with_its_square_metres_and_its_place() -> None:
    result = repaired(SQUARE, "POLYGON((8 0,20 0,20 10,8 10,8 0))")
    (repair,) = result.repairs
    assert (repair.trouble, repair.row, repair.other_row) == (Trouble.OVERLAP, 1, 0)
    assert repair.amount == pytest.approx(20.0)
    assert repair.at is not None
    assert shapely.from_wkt("POLYGON((8 0,10 0,10 10,8 10,8 0))").covers(shapely.Point(repair.at))
    assert repair.before.area_m2 == 120.0


def test_neighbours_that_share_an_edge_do_not_overlap() -> None:
    assert repaired(SQUARE, "POLYGON((10 0,20 0,20 10,10 10,10 0))").repairs == ()


def test_an_overlap_below_the_limit_is_a_rounded_edge() -> None:
    assert repaired(SQUARE, "POLYGON((9.9991 0,20 0,20 10,9.9991 10,9.9991 0))").repairs == ()


def test_what_several_parts_share_is_one_overlap() -> None:
    comb = "MULTIPOLYGON(((0 -5,2 -5,2 1,0 1,0 -5)),((5 -5,7 -5,7 1,5 1,5 -5)))"
    result = repaired(SQUARE, comb)
    (overlap,) = [repair for repair in result.repairs if repair.trouble is Trouble.OVERLAP]
    assert overlap.amount == pytest.approx(4.0)


def test_where_all_lies_on_all_the_list_ends_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "_MOST_OVERLAPS", 5)
    stack = [shapely.box(i / 100, 0, 10 + i / 100, 10) for i in range(10)]
    result = repaired(*stack)
    assert result.cut_off
    assert len(result.repairs) == 5
    assert column(*stack).tolist() == result.geometry.tolist()
