"""Every kind of fact stands in a cell and comes back; what QGIS wrote is understood or named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.record_kinds import RECORD_TABLES
from neixiang_survey_plugin.io.survey.record_rows import record_from_row
from neixiang_survey_plugin.io.survey.record_values import (
    cell_from_fact,
    fact_from_cell,
    facts_of,
)
from neixiang_survey_plugin.io.survey.tables import ROW_TABLES
from tests.survey.lines import new_survey


class Colour(Enum):
    RED = "red"
    GREEN = "绿"


@dataclass(frozen=True)
class Everything:
    uuid: str | None = None
    text: str | None = None
    whole: int | None = None
    number: float | None = None
    yes: bool | None = None
    day: date | None = None
    moment: datetime | None = None
    picture: bytes | None = None
    colour: Colour | None = None
    needed: str = "meant"


@dataclass(frozen=True)
class Needing:
    uuid: str | None
    day: date


FACTS = {fact.name: fact for fact in facts_of(Everything)}
RECORDS = st.builds(
    Everything,
    text=st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    whole=st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
    number=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    yes=st.none() | st.booleans(),
    day=st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    moment=st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),
    picture=st.none() | st.binary(),
    colour=st.none() | st.sampled_from(Colour),
)


@given(RECORDS)
def test_a_record_goes_through_a_table_unchanged(record: Everything) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE TABLE t (uuid TEXT, text TEXT, whole INTEGER, number DOUBLE, yes BOOLEAN,"
            " day DATE, moment DATETIME, picture BLOB, colour TEXT, needed TEXT)"
        )
        cells = [
            cell_from_fact(FACTS[one.name], getattr(record, one.name)) for one in fields(record)
        ]
        connection.execute(f"INSERT INTO t VALUES ({', '.join('?' for _ in cells)})", cells)
        row = connection.execute("SELECT * FROM t").fetchone()
    back = record_from_row(Everything, facts_of(Everything), dict(zip(FACTS, row, strict=True)))
    empty = not (record.text or "").strip()
    assert back == (record if not empty else Everything(**{**vars(record), "text": None}))


@pytest.mark.parametrize(
    ("name", "cell", "meant"),
    [
        ("day", "2026/11/2", date(2026, 11, 2)),
        ("day", "2026-11-02T00:00:00.000Z", date(2026, 11, 2)),
        ("moment", "2026-11-02T09:05:00.500Z", datetime(2026, 11, 2, 9, 5, 0, 500_000)),
        ("moment", "2026-11-02T09:05:00+08:00", datetime(2026, 11, 2, 9, 5)),
        ("moment", "2026年11月2日 9:05", datetime(2026, 11, 2, 9, 5)),
        ("yes", 1, True),
        ("yes", "否", False),
        ("yes", 0.0, False),
        ("whole", 3.0, 3),
        ("whole", "3", 3),
        ("number", "2.5", 2.5),
        ("text", 17, "17"),
        ("text", "  ", None),
        ("colour", " 绿", Colour.GREEN),
        ("needed", None, "meant"),
    ],
)
def test_a_cell_is_understood_as_people_and_programs_write_it(
    name: str, cell: object, meant: object
) -> None:
    assert fact_from_cell(FACTS[name], cell) == meant


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("day", "昨天"),
        ("day", "2026-02-30"),
        ("moment", "2026-11-02"),
        ("moment", "2026-11-02T25:00"),
        ("moment", 46_000.5),
        ("yes", 2),
        ("whole", 2.5),
        ("whole", "many"),
        ("number", "Inf"),
        ("number", b"\xff"),
        ("text", b"\xff"),
        ("picture", "text"),
        ("colour", "blue"),
    ],
)
def test_a_cell_that_means_nothing_is_named_and_never_passes(name: str, cell: object) -> None:
    with pytest.raises(ValueError, match=f"字段 {name} 的值.*不认识"):
        fact_from_cell(FACTS[name], cell)


def test_a_fact_that_a_record_cannot_be_without_is_missed() -> None:
    with pytest.raises(ValueError, match="字段 day 是空的"):
        record_from_row(Needing, facts_of(Needing), {"uuid": "u", "day": None})


def test_a_type_that_no_cell_can_hold_is_refused() -> None:
    @dataclass(frozen=True)
    class Wrong:
        uuid: str | None
        several: tuple[str, ...]

    with pytest.raises(TypeError, match="several"):
        facts_of(Wrong)


def test_every_unreadable_row_is_reported_at_once_with_its_field_and_value(tmp_path: Path) -> None:
    path = new_survey(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO photos (uuid, taken_at) VALUES ('u1', '昨天')")
        connection.execute("INSERT INTO photos (uuid, taken_at) VALUES ('u2', '2026-11-02 9:05')")
        connection.execute("INSERT INTO photos (uuid, easting_m, image) VALUES ('u3', 'x', 'y')")
        connection.commit()
    store = open_survey(path, "甲")
    with pytest.raises(SurveyError) as caught:
        store.records(Photo)
    assert len(store.records(Photo, uuid="u2")) == 1
    store.close()
    first, second = caught.value.problems
    assert "photos" in first
    assert "u1" in first
    assert "taken_at 的值“昨天”" in first
    assert "easting_m 的值“x”" in second
    assert "image 的值“y”" in second


@pytest.mark.parametrize("kind", RECORD_TABLES, ids=lambda kind: kind.__name__)
def test_every_kind_of_record_has_its_columns_and_its_journal(kind: type, tmp_path: Path) -> None:
    table = RECORD_TABLES[kind]
    with closing(sqlite3.connect(new_survey(tmp_path))) as connection:
        columns = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
    declared = {
        str: "TEXT",
        int: "INTEGER",
        float: "DOUBLE",
        bool: "BOOLEAN",
        date: "DATE",
        datetime: "DATETIME",
        bytes: "BLOB",
        LineString: "LINESTRING",
    }
    wanted = {fact.name: declared.get(fact.type, "TEXT") for fact in facts_of(kind)}
    assert {name: columns.get(name) for name in wanted} == wanted
    assert next(iter(wanted)) == "uuid"
    assert table in ROW_TABLES


def test_a_record_can_be_kept_in_every_kind_and_read_back(tmp_path: Path) -> None:
    store = open_survey(new_survey(tmp_path), "甲")
    for kind in RECORD_TABLES:
        assert store.records(kind) == ()
    store.close()
