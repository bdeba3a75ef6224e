"""The work file of a screening: the lines read, the batches done, the rows that came of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from neixiang_survey_plugin.app.screening import ScreenedRoute
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.screening.stored_routes import Stored, stored

_SCHEMA = """
CREATE TABLE said (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE route (seq INTEGER PRIMARY KEY, route_id TEXT NOT NULL UNIQUE, facts TEXT NOT NULL,
  line BLOB NOT NULL, batch INTEGER NOT NULL);
CREATE TABLE tie (name TEXT NOT NULL, seq INTEGER NOT NULL);
CREATE TABLE done (batch INTEGER PRIMARY KEY);
CREATE TABLE result (seq INTEGER PRIMARY KEY, row TEXT NOT NULL);
"""
# The lines of one case or site belong together, and so do those that a line of both ties.
_LOWEST = (
    "CREATE TEMP TABLE lowest AS SELECT tie.name, min(route.batch) AS batch"
    " FROM tie JOIN route USING (seq) GROUP BY tie.name",
    "CREATE UNIQUE INDEX temp.lowest_name ON lowest (name)",
)
_LOWERED = """
UPDATE route SET batch = found.batch FROM (
  SELECT tie.seq, min(lowest.batch) AS batch FROM tie JOIN lowest USING (name) GROUP BY tie.seq
) AS found WHERE found.seq = route.seq AND found.batch < route.batch
"""


class Batch(NamedTuple):
    """Lines that are measured at once: their numbers in the file, and what is stored of them."""

    number: int
    seqs: tuple[int, ...]
    rows: tuple[Stored, ...]


class WorkFile:
    """A SQLite file beside the result; what ``keep`` returned from is there after a kill."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path, of: Mapping[str, str]) -> WorkFile:
        """A new work file, or the one of the same job that was not finished.

        ``of`` says what is screened, on what and when. SurveyError where the file is of another
        job: nothing of it is lost.
        """
        if path.exists() and not _is_read(path):
            path.unlink()  # lines alone, half of them: they are in the routes' file
        fresh = not path.exists()
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = FILE")
        if fresh:
            connection.executescript(f"BEGIN; {_SCHEMA}")
            connection.execute("INSERT INTO said VALUES ('of', ?)", (_text(of),))
            connection.execute("COMMIT")
        work = cls(connection)
        if work._said("of") != _text(of):
            connection.close()
            raise SurveyError(
                f"{path}: 是另一次筛查没有做完的工作（外线、县资料、日期或程序不同）；"
                "要接着做请用原来的参数，不要了就删除它，或换一个 --out"
            )
        return work

    def close(self) -> None:
        """Close the file; it stays."""
        self._connection.close()

    @property
    def is_read(self) -> bool:
        """Whether every line is in it."""
        return self._said("warnings") is not None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was doubtful about the lines read."""
        return tuple(json.loads(self._said("warnings") or "[]"))

    def add(self, routes: Sequence[Route], path: Path) -> None:
        """Add lines in the order of their file; SurveyError for an id that was there before."""
        (begin,) = self._connection.execute("SELECT ifnull(max(seq) + 1, 0) FROM route").fetchone()
        rows = list(enumerate(zip(routes, stored(routes), strict=True), start=begin))
        self._connection.execute("BEGIN")
        try:
            self._connection.executemany(
                "INSERT INTO route VALUES (?, ?, ?, ?, ?)",
                [(seq, route.route_id, *kept, seq) for seq, (route, kept) in rows],
            )
        except sqlite3.IntegrityError:
            self._connection.execute("ROLLBACK")
            raise SurveyError(f"{path}: {self._twice(routes)}") from None
        self._connection.executemany(
            "INSERT INTO tie VALUES (?, ?)",
            [(name, seq) for seq, (route, _) in rows for name in _ties(route)],
        )
        self._connection.execute("COMMIT")

    def _twice(self, routes: Sequence[Route]) -> str:
        known = "SELECT 1 FROM route WHERE route_id = ?"
        names = (one.route_id for one in routes)
        twice = next(one for one in names if self._connection.execute(known, (one,)).fetchone())
        return f"route_id {twice} 出现不止一次；每条外线要有自己的编号"

    def make_batches(self, size: int, warnings: Sequence[str]) -> None:
        """Number the batches: whole cases and sites, about ``size`` lines in each."""
        run = self._connection.execute
        run("BEGIN")
        run("CREATE INDEX tie_seq ON tie (seq)")
        while True:
            for statement in _LOWEST:
                run(statement)
            lowered = run(_LOWERED).rowcount
            run("DROP TABLE lowest")
            if lowered <= 0:
                break
        run("CREATE INDEX route_batch ON route (batch, seq)")
        self._fill_up(size)
        run("INSERT INTO said VALUES ('warnings', ?)", (json.dumps(list(warnings)),))
        run("COMMIT")

    def _fill_up(self, size: int) -> None:
        """Small groups that follow each other as one batch, named by its first line."""
        run = self._connection.execute
        groups = run("SELECT batch, count(*) FROM route GROUP BY batch ORDER BY batch")
        run("CREATE TEMP TABLE filled (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
        new, lines = 0, size
        for old, count in groups:
            if lines >= size:
                new, lines = old, 0
            lines += count
            self._connection.execute("INSERT INTO filled VALUES (?, ?)", (old, new))
        run("UPDATE route SET batch = (SELECT new FROM filled WHERE old = batch)")
        run("DROP TABLE filled")

    @property
    def count(self) -> int:
        """How many lines."""
        return int(self._connection.execute("SELECT count(*) FROM route").fetchone()[0])

    @property
    def done_count(self) -> int:
        """How many lines have their result."""
        return int(self._connection.execute("SELECT count(*) FROM result").fetchone()[0])

    @property
    def open_count(self) -> int:
        """How many batches are not done."""
        return len(self._open())

    def _open(self) -> list[int]:
        found = self._connection.execute(
            "SELECT DISTINCT batch FROM route EXCEPT SELECT batch FROM done ORDER BY 1"
        )
        return [number for (number,) in found]

    def open_batches(self) -> Iterator[Batch]:
        """The batches that are not done, one after another."""
        for number in self._open():
            found = self._connection.execute(
                "SELECT seq, facts, line FROM route WHERE batch = ? ORDER BY seq", (number,)
            ).fetchall()
            yield Batch(number, tuple(row[0] for row in found), tuple(row[1:] for row in found))

    def keep(self, batch: int, seqs: Sequence[int], rows: Sequence[ScreenedRoute]) -> None:
        """Keep the rows of a batch for good."""
        texts = [json.dumps(row, ensure_ascii=False) for row in rows]
        self._connection.execute("BEGIN")
        self._connection.executemany(
            "INSERT INTO result VALUES (?, ?)", list(zip(seqs, texts, strict=True))
        )
        self._connection.execute("INSERT INTO done VALUES (?)", (batch,))
        self._connection.execute("COMMIT")

    def results(self) -> Iterator[tuple[bytes, ScreenedRoute]]:
        """Every line as WKB in the county grid, with its row, in the order of the file."""
        with closing(self._connection.cursor()) as cursor:
            cursor.execute("SELECT line, row FROM route JOIN result USING (seq) ORDER BY seq")
            for line, row in cursor:
                yield line, _row(json.loads(row))

    def _said(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM said WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])


def _is_read(path: Path) -> bool:
    """Whether a work file got as far as its batches; SurveyError for a file of another kind."""
    if path.stat().st_size == 0:
        return False  # killed before there was anything in it
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as file:
            return bool(file.execute("SELECT 1 FROM said WHERE name = 'warnings'").fetchone())
    except sqlite3.Error:
        raise SurveyError(f"{path}: 不是筛查的工作文件；请移走它，或换一个 --out") from None


def _ties(route: Route) -> Iterator[str]:
    if route.case_id is not None:
        yield f"case {route.case_id}"
    if route.site_id is not None:
        yield f"site {route.site_id}"


def _text(of: Mapping[str, str]) -> str:
    return json.dumps(dict(of), sort_keys=True)


def _row(values: list[Any]) -> ScreenedRoute:
    return ScreenedRoute._make(
        tuple(value) if isinstance(value, list) else value for value in values
    )
