"""Tables flow from column to column; no row is lost, no cell is left."""

from __future__ import annotations

import itertools

from neixiang_survey_plugin.app.sheets.scene import Line, Text
from neixiang_survey_plugin.app.sheets.table_pages import table_pages
from neixiang_survey_plugin.app.sheets.tables import Column, Table, flowed
from tests.sheets.letters import LETTERS

ROWS = tuple((f"JS{k}", f"{k}.000") for k in range(40))
TABLE = Table("拐点坐标", ("点号", "X"), (15.0, 28.0), ROWS, frozenset({1}))


def texts(marks: object) -> list[str]:
    return [mark.text for mark in marks if isinstance(mark, Text)]  # type: ignore[attr-defined]


def test_a_table_that_fits_leaves_nothing() -> None:
    marks, rest = flowed([TABLE], [Column(10.0, 10.0, 280.0)], LETTERS)
    assert rest == ()
    assert texts(marks)[:3] == ["拐点坐标", "点号", "X"]


def test_what_finds_no_room_goes_on_in_the_next_column_and_then_is_handed_back() -> None:
    columns = [Column(10.0, 10.0, 60.0), Column(80.0, 10.0, 60.0)]
    marks, (rest,) = flowed([TABLE], columns, LETTERS)
    assert "拐点坐标（续）" in texts(marks)
    drawn = [text for text in texts(marks) if text.startswith("JS")]
    assert [*drawn, *(row[0] for row in rest.rows)] == [row[0] for row in ROWS]


def test_nothing_of_a_table_is_drawn_below_its_column() -> None:
    marks, _ = flowed([TABLE], [Column(10.0, 10.0, 60.0)], LETTERS)
    levels = [y for mark in marks if isinstance(mark, Line) for _, y in mark.points]
    assert max(levels) <= 60.0


def test_a_long_cell_wraps_and_makes_its_row_higher() -> None:
    long = Table("外线", ("外线",), (15.0,), (("示例豫西南水电气暖信一体化供应公司",), ("b",)))
    marks, rest = flowed([long], [Column(0.0, 0.0, 100.0)], LETTERS)
    assert rest == ()
    assert "".join(texts(marks)[2:-1]) == "示例豫西南水电气暖信一体化供应公司"


def test_a_table_without_rows_is_left_out() -> None:
    assert flowed([Table("a", ("b",), (5.0,), ())], [Column(0.0, 0.0, 90.0)], LETTERS) == ((), ())


def test_a_row_higher_than_any_column_goes_on_in_the_next_ones() -> None:
    high = Table("外线", ("外线",), (15.0,), (("a",), ("一二三四五六七八九十" * 200,), ("b",)))
    pages = [*itertools.islice(table_pages("外线", [high], LETTERS), 9)]
    assert len(pages) < 9
    said = [text for page in pages for text in texts(page.marks)]
    assert sum(len(text) for text in said if text[0] in "一二三四五六七八九十") == 2000
    assert said[-1] == "b"
