"""Pages read by themselves say what SQLite says, and junk on them stops nothing."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.io.survey.raw_pages import Pages

CELLS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([0, 1, 127, 128, -129, 2**15, 2**23, 2**31, 2**47]),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.binary(max_size=30),
    st.integers(0, 9000).map(lambda size: b"\xab" * size),
)
ROWS = st.lists(
    st.tuples(st.integers(-(2**63), 2**63 - 1), CELLS, CELLS), unique_by=lambda row: row[0]
)


def database(rows: list[tuple[object, ...]], page_bytes: int) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute("CREATE TABLE t (a, b)")
        connection.executemany("INSERT INTO t (rowid, a, b) VALUES (?, ?, ?)", rows)
        return connection.serialize()


def found(content: bytes) -> list[tuple[object, ...]]:
    """The rows of all pages but the schema's, in the order of their numbers."""
    pages = Pages(content)
    leaves = (number for number in range(2, pages.count + 1) if pages.is_leaf_of_a_table(number))
    return sorted((number, *values) for leaf in leaves for number, values in pages.rows(leaf))


@given(ROWS, st.sampled_from([512, 4096, 65_536]))
def test_every_row_is_read_as_sqlite_reads_it(rows: list[tuple[object, ...]], page: int) -> None:
    content = database(rows, page)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        said = connection.execute("SELECT rowid, a, b FROM t ORDER BY rowid").fetchall()
    assert repr(found(content)) == repr(said)


def test_all_pages_of_a_table_are_reached_from_its_root() -> None:
    content = database([(number, b"x" * 300, number) for number in range(2000)], 512)
    pages = Pages(content)
    leaves = {n for n in range(2, pages.count + 1) if pages.is_leaf_of_a_table(n)}
    assert len(leaves) > 500
    assert leaves < pages.tree(2)


def test_deleted_rows_lie_on_free_pages() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (?)", [(b"x" * 3000,)] * 3000)
        before = Pages(connection.serialize())
        connection.execute("DELETE FROM t WHERE rowid > 10")
        (count,) = connection.execute("PRAGMA freelist_count").fetchone()
        after = Pages(connection.serialize())
    assert before.free() == set()
    assert len(after.free()) == count > 1022  # more than one page of the list holds


@pytest.mark.parametrize("seed", range(30))
def test_junk_on_the_pages_stops_nothing(seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(database([(n, b"x" * 900, str(n)) for n in range(60)], 1024))
    for _ in range(40):
        at = rng.randrange(1024, len(content))
        content[at : at + 8] = rng.randbytes(8)
    pages = Pages(bytes(content))
    assert pages.tree(2)
    pages.free()
    assert len(found_anyhow(pages)) > 5


def found_anyhow(pages: Pages) -> list[object]:
    leaves = (number for number in range(2, pages.count + 1) if pages.is_leaf_of_a_table(number))
    return [row for leaf in leaves for row in pages.rows(leaf)]
