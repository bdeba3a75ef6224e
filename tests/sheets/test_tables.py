"""Tables flow from column to column; no row is lost, no cell is left."""

from __future__ import annotations

from neixiang_survey_plugin.app.sheets.scene import Line, Text
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
