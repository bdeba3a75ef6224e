"""A survey kept in one GeoPackage."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import shapely
from shapely import LineString

from neixiang_survey_plugin.app.progress import CancelledError, Progress
from neixiang_survey_plugin.app.survey_store import (
    Ahead,
    CaseIds,
    Changed,
    Draft,
    KeptRoutes,
    LogEntry,
    RouteVersion,
    Step,
    SurveyStore,
)
from neixiang_survey_plugin.core.breathing import breathing
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.connection import (
    PATIENCE_S,
    Connection,
    connect,
    is_taken,
    leave_wal,
    snapshot,
    switch_to_wal,
    transaction,
)
from neixiang_survey_plugin.io.survey.creating import now_text
from neixiang_survey_plugin.io.survey.drafting import drop_draft, keep_draft, read_drafts
from neixiang_survey_plugin.io.survey.facts_table import keep_fact, read_facts
from neixiang_survey_plugin.io.survey.failures import TAKEN, explained, is_busy, was_interrupted
from neixiang_survey_plugin.io.survey.meta import SurveyMeta
from neixiang_survey_plugin.io.survey.past import (
    last_entry,
    read_changed,
    read_log,
    read_versions,
)
from neixiang_survey_plugin.io.survey.record_kinds import table_of
from neixiang_survey_plugin.io.survey.record_rows import (
    Cells,
    forget_records,
    put_record,
    read_records,
    row_from_record,
)
from neixiang_survey_plugin.io.survey.route_rows import (
    read_rows,
    routes_from_rows,
    row_from_route,
)
from neixiang_survey_plugin.io.survey.steps import (
    at_work,
    delete_row,
    new_step,
    put_row,
    redo_step,
    step_ahead,
    undo_step,
)
from neixiang_survey_plugin.io.survey.turns import Turns

R = TypeVar("R")

_HURRY_S = 0.02  # what somebody at a window may wait for another program
_AGAIN_S = 0.02  # until a thread looks again whether another program has finished
_STEPS_BETWEEN = 5_000  # of SQLite's machine, half a millisecond, between two looks at the window


class GpkgSurveyStore:
    """A SurveyStore over an open survey file; ``who`` stands in the log.

    What a verb has returned from is on the disk. A file that is open elsewhere too is no
    danger: each edit is a transaction, and each reading sees what the others have finished.
    """

    def __init__(
        self, connection: Connection, path: Path, meta: SurveyMeta, who: str, notes: Sequence[str]
    ) -> None:
        self._connection = connection
        self._closed = False
        self._notes = tuple(notes)
        self._seen = last_entry(connection)
        self._turns = Turns()
        self._patience_s = PATIENCE_S
        self._has_written = False
        self.path = path
        self.meta = meta
        self.who = who

    @property
    def notes(self) -> tuple[str, ...]:
        """What the surveyor has to know about this opening."""
        return self._notes

    @property
    def is_taken(self) -> bool:
        """Whether another program writes into the file now."""
        connection = self._open()
        with self._turns.at_once() as is_ours:
            return is_ours and is_taken(connection)

    def refuse_if_taken(self) -> None:
        """SurveyError where another program writes into the file now."""
        if self.is_taken:
            raise SurveyError(f"{self.path}: {TAKEN}")

    def hurry(self) -> None:
        """Wait for other programs no longer than somebody at a window should."""
        self._patience_s = _HURRY_S

    def routes(
        self, *, case_id: CaseIds = None, route_ids: Sequence[str] | None = None
    ) -> KeptRoutes:
        """The lines as they are now, of some cases or of these names where asked, as they came."""
        with self._reading() as connection:
            routes, unreadable = routes_from_rows(read_rows(connection, case_id, route_ids))
        return KeptRoutes(tuple(routes), tuple(unreadable))

    def edit(
        self,
        put: Sequence[Route] = (),
        delete: Sequence[str] = (),
        *,
        what: str = "edit",
        finishes: str | None = None,
        records: Sequence[object] = (),
    ) -> tuple[str, ...]:
        """Add or replace lines and records and delete lines, as one undoable step."""
        rows = [row_from_route(route, self.meta.epsg) for route in breathing(put)]
        kept = _rows_by_table(records, self.meta.epsg)
        with self._writing() as connection:
            with new_step(connection, self.who, what):
                for route_id in breathing(delete):
                    delete_row(connection, route_id)
                for row in breathing(rows):
                    put_row(connection, row)
                _put_records(connection, kept)
            _widen_extents(connection, [*put, *records])
            if finishes is not None:
                drop_draft(connection, finishes)
        return _uuids(kept)

    def records(
        self, kind: type[R], without: Collection[str] = (), /, **where: object
    ) -> tuple[R, ...]:
        """The records of a kind whose fields are as asked, in the order in which they came."""
        with self._reading() as connection:
            return read_records(connection, kind, where, without)

    def keep(self, records: Sequence[object], *, what: str) -> tuple[str, ...]:
        """Add records, or replace those of the same uuid, all or none; their uuids."""
        kept = _rows_by_table(records, self.meta.epsg)
        with self._writing() as connection, at_work(connection, self.who, what, None):
            _put_records(connection, kept)
            _widen_extents(connection, records)
        return _uuids(kept)

    def forget(self, kind: type, uuids: Sequence[str], *, what: str) -> None:
        """Take records away, all or none; the log keeps them as they were."""
        with self._writing() as connection, at_work(connection, self.who, what, None):
            forget_records(connection, table_of(kind), uuids)

    def ahead(self, *, back: bool) -> Ahead | None:
        """The step that undo, or else redo, would travel over; None when there is none."""
        with self._reading() as connection:
            return step_ahead(connection, back)

    def undo(self) -> Step | None:
        """Take back the last step, whoever made it; None when there is none."""
        with self._writing() as connection:
            return undo_step(connection, self.who)

    def redo(self) -> Step | None:
        """Do again the step that was taken back last; None when a new edit came between."""
        with self._writing() as connection:
            return redo_step(connection, self.who)

    def draw(self, draft: Draft) -> None:
        """Keep a draft as it is now; one without vertices is dropped."""
        with self._writing() as connection:
            if draft.vertices:
                keep_draft(connection, draft, self.who)
            else:
                drop_draft(connection, draft.draft_id)

    def drafts(self, *, vertices: bool = True) -> tuple[Draft, ...]:
        """The drafts that are not finished, the oldest first; without vertices where not asked."""
        with self._reading() as connection:
            return read_drafts(connection, vertices)

    def history(self, route_id: str) -> tuple[RouteVersion, ...]:
        """Every version of a line, the oldest first; empty for a line that never was."""
        with self._reading() as connection:
            return read_versions(connection, route_id)

    def confirm(self, fact: ConfirmedFact) -> None:
        """Keep what the site showed."""
        with self._writing() as connection, at_work(connection, self.who, "confirm", None):
            keep_fact(connection, fact)

    def confirmed_facts(self) -> tuple[ConfirmedFact, ...]:
        """The facts that hold now, one a field, in the order in which they were confirmed."""
        with self._reading() as connection:
            return read_facts(connection)

    def log(self, last: int = 100) -> tuple[LogEntry, ...]:
        """The last entries of the log, the oldest first."""
        with self._reading() as connection:
            return read_log(connection, last)

    def changed(self) -> Changed:
        """What anybody wrote since this was last asked, or since the opening."""
        with self._reading() as connection:
            found = read_changed(connection, self._seen)
        self.know(found)
        return found

    def know(self, changed: Changed) -> None:
        """Tell no more what a thread was told beside this."""
        self._seen = max(self._seen, changed.upto)

    @contextmanager
    def beside(self) -> Iterator[GpkgSurveyStore]:
        """The same survey through a connection of its own, for another thread."""
        self._open()
        with explained(self.path):
            connection = connect(self.path)
        try:
            switch_to_wal(connection)
            yield GpkgSurveyStore(connection, self.path, self.meta, self.who, ())
        finally:
            connection.close()

    def write_beside(self, write: Callable[[SurveyStore], R], progress: Progress) -> R:
        """Write much from another thread; whoever writes at the window meanwhile goes first."""

        def gives_way() -> bool:
            return self._turns.are_wanted or progress.is_cancelled

        until_s = time.monotonic() + PATIENCE_S
        while True:
            with self.beside() as store:
                _wait_while_taken(store._connection, until_s, progress)
                store.hurry()
                store._seen = self._seen
                store._connection.set_progress_handler(gives_way, _STEPS_BETWEEN)
                try:
                    with self._turns.last():
                        return write(store)
                except SurveyError as error:
                    was_later = is_busy(error.__cause__) and time.monotonic() < until_s
                    comes_again = was_later or was_interrupted(error.__cause__)
                    if store._has_written or not comes_again:
                        raise

    def settle(self) -> None:
        """Bring the write-ahead log into the file, so that the .gpkg alone holds everything.

        First as much as can be while anybody writes: an edit waited 0.6 s for 40 MB of it.
        """
        with self.beside() as store, explained(self.path):
            store._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            with self._turns.last():  # nobody takes it for another program
                store._connection.execute("PRAGMA busy_timeout = 0")  # else the next time
                store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Settle, and let go of the file; closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            with explained(self.path), self._turns.first():
                if not leave_wal(self._connection):
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._connection.close()

    def _open(self) -> Connection:
        if self._closed:
            raise SurveyError(f"{self.path}: 踏勘文件已经关闭；请重新打开")
        return self._connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        connection = self._open()
        with explained(self.path), snapshot(connection):
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        connection = self._open()
        with explained(self.path), self._turns.first(), transaction(connection, self._patience_s):
            yield connection
        self._has_written = True
        connection.set_progress_handler(None, 0)  # what is written gives way to nobody any more


def _wait_while_taken(connection: Connection, until_s: float, progress: Progress) -> None:
    """Wait in a thread for another program, without a turn, so that nobody at the window does."""
    while is_taken(connection) and time.monotonic() < until_s and not progress.is_cancelled:
        time.sleep(_AGAIN_S)
    if progress.is_cancelled:
        raise CancelledError


def _rows_by_table(records: Sequence[object], epsg: int) -> list[tuple[str, Cells]]:
    """Each record's table and cells; SurveyError when the same record is given twice."""
    rows = [(table_of(type(one)), row_from_record(one, epsg)) for one in breathing(records)]
    if len(set(_uuids(rows))) < len(rows):
        raise SurveyError("同一条记录给了两次；没有保存")
    return rows


def _put_records(connection: Connection, rows: Sequence[tuple[str, Cells]]) -> None:
    for table, cells in breathing(rows):
        put_record(connection, table, cells)


def _uuids(rows: Sequence[tuple[str, Cells]]) -> tuple[str, ...]:
    return tuple(str(cells["uuid"]) for _, cells in rows)


def _widen_extents(connection: Connection, things: Sequence[object]) -> None:
    """Keep the extents that QGIS zooms to; they never shrink, which the standard allows."""
    lines: dict[str, list[LineString]] = {}
    for thing in things:
        line = thing.line if isinstance(thing, Route) else getattr(thing, "geom", None)
        if line is not None:
            table = "routes" if isinstance(thing, Route) else table_of(type(thing))
            lines.setdefault(table, []).append(line)
    for table, drawn in lines.items():
        west, south, east, north = shapely.total_bounds(drawn).tolist()
        connection.execute(
            "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, ?1), ?1),"
            " min_y = min(coalesce(min_y, ?2), ?2), max_x = max(coalesce(max_x, ?3), ?3),"
            " max_y = max(coalesce(max_y, ?4), ?4), last_change = ?5 WHERE table_name = ?6",
            (west, south, east, north, now_text(), table),
        )
